/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_text.h"
#include "base/stream.h"
#include "trial/trial.h"

#include <stdlib.h>
#include <string.h>

#define SUMMARY_FIRST 34 /* characters of the first argument that a summary shows */

/* "6 tasks, numbers=112272535095293,11…": the first argument tells most about a workload. */
static void print_summary(const struct trial *trial, FILE *out)
{
    char text[160];
    int length = snprintf(text, sizeof(text), "%u task%s", trial->env.tasks,
                          trial->env.tasks == 1 ? "" : "s");

    if (trial->args.count > 0) {
        char *first = NULL;
        size_t size;
        FILE *memory = open_memstream(&first, &size);

        if (memory) {
            args_print_one(&trial->args, 0, memory);
        }
        if (stream_end(memory, &first) == 0) {
            snprintf(text + length, sizeof(text) - (size_t)length, ", %.*s%s", SUMMARY_FIRST, first,
                     strlen(first) > SUMMARY_FIRST ? "..." : "");
        }
        free(first);
    }
    json_write_text(out, text);
}

void trial_print(const struct trial *trial, FILE *out)
{
    char *arguments = NULL;
    size_t size;
    FILE *memory = open_memstream(&arguments, &size);

    if (memory) {
        args_print(&trial->args, memory);
    }
    (void)stream_end(memory, &arguments);
    fputs("{\"workload\":", out);
    json_write_text(out, trial->module.workload->name);
    fputs(",\"arguments\":", out);
    json_write_text(out, arguments ? arguments : "");
    fputs(",\"strategy\":", out);
    json_write_text(out, trial->strategy_words);
    fputs(",\"summary\":", out);
    print_summary(trial, out);
    fprintf(out, ",\"workers\":%u,\"tasks\":%u,\"calibrated\":%s}\n", trial->crew.workers,
            trial->env.tasks, trial->module.workload->tasks > 0 ? "true" : "false");
    free(arguments);
}
