/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/advise_program.h"

#include "base/stream.h"
#include "base/units.h"
#include "cli/advise_measure.h"
#include "cli/advise_places.h"
#include "output/advice_program_words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START_TASKS 32u
#define THREAD_TASKS 200u
#define RECORDS 3u

/* "argv=", then the words: what would part or end one is escaped. */
char *advise_program_argument(char **program)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (!out) {
        return NULL;
    }
    fputs("argv=", out);
    for (char **word = program; *word; word++) {
        fputs(word == program ? "" : " ", out);
        fputs(**word ? "" : "\\e", out);
        for (const char *p = *word; *p; p++) {
            const char *escaped = *p == ' '    ? "\\s"
                                  : *p == '\n' ? "\\n"
                                  : *p == '\\' ? "\\\\"
                                               : NULL;

            if (escaped) {
                fputs(escaped, out);
            } else {
                fputc(*p, out);
            }
        }
    }
    (void)stream_end(out, &text);
    return text;
}

/* 2, 4, 8, ... up to twice the cores. */
void advise_places_program(const char *line, uint64_t tasks, unsigned cores,
                           struct advise_places *ret_places)
{
    const uint64_t most = 2ull * cores;
    struct advise_place *places = ret_places->items;
    size_t length = 0;

    *ret_places = (struct advise_places){.count = RECORDS};
    places[0] = (struct advise_place){.workload = "command", .set = line};
    places[0].tasks = tasks > 0 && tasks < most ? tasks : most;
    snprintf(places[0].strategies, sizeof(places[0].strategies), "serial,thread-pool");
    for (uint64_t workers = cores > 1 ? 2 : 1;
         workers <= most && length + UNITS_SIZE < sizeof(places[0].workers); workers *= 2) {
        length += (size_t)snprintf(places[0].workers + length, sizeof(places[0].workers) - length,
                                   "%s%" PRIu64, length > 0 ? "," : "", workers);
    }
    places[1] = (struct advise_place){
        .workload = "command", .strategies = "serial", .workers = "1", .tasks = START_TASKS};
    places[2] = (struct advise_place){
        .workload = "empty", .strategies = "serial,pthread", .workers = "1", .tasks = THREAD_TASKS};
}

static int print(const struct advise_request *request, const struct advice_program *program)
{
    if (!request->json) {
        return advice_program_write(stdout, program, request->program[0], request->question.tasks,
                                    &request->style);
    }
    json_t *document = advice_program_to_json(program);
    int r =
        document ? json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) : -ENOMEM;

    putchar('\n');
    json_decref(document);
    return r < 0 ? -ENOMEM : 0;
}

/* What was measured, told. */
static int conclude(const struct command *command, const struct advise_request *request,
                    const struct advise_records *records)
{
    struct groups groups[RECORDS];
    struct advice_program program;
    size_t count = 0;
    int r = 0, status = STATUS_DONE;

    while (r == 0 && count < RECORDS) {
        r = groups_make(&records->items[count], METRIC_COLD, &groups[count]);
        count += r == 0;
    }
    const char *error = r == 0 ? advice_program_error(&groups[0]) : NULL;
    if (error) {
        status = command_complain(command, STATUS_TASKS, "%s: %.90s", request->program[0], error);
    } else {
        r = r < 0 ? r : advice_program_make(&groups[0], &groups[1], &groups[2], &program);
        if (r == 0) {
            r = print(request, &program);
            scaling_release(&program.scaling);
        }
    }
    while (count > 0) {
        groups_release(&groups[--count]);
    }
    return r == -ENODATA
               ? command_complain(command, STATUS_TASKS, "no times of %s", request->program[0])
           : r < 0 ? command_complain(command, STATUS_FAILED, "%s", strerror(-r))
                   : status;
}

int advise_program_run(const struct command *command, const struct advise_request *request)
{
    struct advise_records records;
    int status = advise_measure_program(command, request->program, request->question.tasks,
                                        request->trial, request->manners.quiet, &records);

    if (status < 0) {
        status = conclude(command, request, &records);
    }
    advise_records_release(&records);
    return status;
}
