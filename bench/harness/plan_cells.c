/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of one set. */
#include "base/stream.h"
#include "harness/plan_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 10,000 forks are a sample of a second and a half; more show nothing new and take for ever. */
#define SWEPT_SPAWNS_MAX 10000u

void words_free(char **words)
{
    for (char **word = words; word && *word; word++) {
        free(*word);
    }
    free(words);
}

char **words_split(const char *text, const char *separator)
{
    char *copy = strdup(text), *rest = copy, *word;
    size_t count = 0;
    char **words = calloc(strlen(text) + 2, sizeof(*words));
    bool whole = copy && words;

    while (whole && (word = strsep(&rest, separator))) {
        if (*word) {
            words[count] = strdup(word);
            whole = words[count++];
        }
    }
    free(copy);
    if (!whole) {
        words_free(words);
        return NULL;
    }
    return words;
}

void cell_release(struct cell *cell)
{
    free(cell->workload);
    free(cell->strategy);
    free(cell->workers);
    free(cell->skip);
    free(cell->variant);
    free(cell->trial);
    words_free(cell->sets);
}

void cell_set_release(struct cell_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        cell_release(&set->cells[i]);
    }
    free(set->cells);
    set->cells = NULL;
    set->count = 0;
}

/* The profile's arguments for a workload, then the user's, then the point's, which win because they
 * come last. "sleep.durations=..." is for one workload, "durations=..." for all that have it. */
static char **sets_for(const struct plan_request *request, const char *workload,
                       const json_t *entry, const struct point *point)
{
    const struct profile_workload *profile = profile_workload(request->profile, workload);
    size_t prefix = strlen(workload), size;
    char *text = NULL, **words = NULL;
    FILE *out = open_memstream(&text, &size);

    if (!out) {
        return NULL;
    }
    fputs(profile ? profile->sets : "", out);
    for (const char *const *set = request->sets; set && *set; set++) {
        size_t name = strcspn(*set, "=");

        if (name > prefix && strncmp(*set, workload, prefix) == 0 && (*set)[prefix] == '.') {
            fprintf(out, "\n%s", *set + prefix + 1);
        } else if (entry ? workload_has_param(entry, *set, name) : !memchr(*set, '.', name)) {
            fprintf(out, "\n%s", *set);
        }
    }
    if (point->has_payload) {
        fprintf(out, "\n" PAYLOAD_ARGUMENT "=%" PRIu64, point->payload);
    }
    if (point->task_ns > 0) {
        fputs("\n" LENGTH_ARGUMENT "=1", out); /* until it has been calibrated */
    }
    if (stream_end(out, &text) == 0) {
        words = words_split(text, "\n");
    }
    free(text);
    return words;
}

static int cell_init(struct cell *cell, const struct plan_request *request, const char *workload,
                     const json_t *entry, const char *strategy, const char *workers,
                     const struct point *point)
{
    *cell = (struct cell){
        .workload = strdup(workload),
        .strategy = strdup(strategy),
        /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): a list has an entry */
        .workers = strdup(workers),
        .sets = sets_for(request, workload, entry, point),
        .tasks = point->tasks ? point->tasks : request->tasks,
        .parent = point->parent,
    };
    if (!cell->workload || !cell->strategy || !cell->workers || !cell->sets) {
        cell_release(cell);
        return -ENOMEM;
    }
    return 0;
}

int cell_skip_spawns(struct cell *cell, const json_t *strategy, uint64_t tasks)
{
    const json_t *kept = json_object_get(strategy, "kept");

    if (tasks <= SWEPT_SPAWNS_MAX || !json_is_false(kept) || strategy_is_caller(strategy)) {
        return 0;
    }
    cell->given_up = true;
    return asprintf(&cell->skip, "a sweep makes no new worker for each of %" PRIu64 " tasks",
                    tasks) < 0
               ? -ENOMEM
               : 0;
}

/* Of --workers, of the sweep, or of the profile: "1,2,4", split. */
static char **workers_for(const struct plan_request *request, const char *workload)
{
    const struct profile_workload *profile = profile_workload(request->profile, workload);
    const struct sweep_list *swept = request->sweep ? &request->sweep->axes[SWEEP_WORKERS] : NULL;
    char *text = NULL, **words = NULL;
    size_t size;

    if (!swept || swept->count == 0) {
        return words_split(request->workers ? request->workers
                           : profile        ? profile->workers
                                            : "auto",
                           ",");
    }
    FILE *out = open_memstream(&text, &size);
    for (size_t i = 0; out && i < swept->count; i++) {
        fprintf(out, "%" PRIu64 ",", swept->values[i].number);
    }
    if (stream_end(out, &text) == 0) {
        words = words_split(text, ",");
    }
    free(text);
    return words;
}

/* Builds or settings that are held against each other make a serial of their own each, and what is
 * asked is how these differ. */
static bool wants_placebo(const struct plan_request *request)
{
    return request->profile->placebo && !request->no_placebo && !request->variants;
}

int cell_set_fill(struct cell_set *set, const struct plan_request *request,
                  const struct catalogue *catalogue, const char *workload, const json_t *entry,
                  char **strategies, const struct point *point)
{
    char **workers = workers_for(request, workload), why[HARNESS_WHY_SIZE];
    size_t strategy_count = 0, worker_count = 0;
    int r = workers ? 0 : -ENOMEM;

    while (strategies[strategy_count]) {
        strategy_count++;
    }
    while (workers && workers[worker_count]) {
        worker_count++;
    }
    set->task_ns = point->task_ns;
    set->cells = calloc(strategy_count * (worker_count + 1) + 1, sizeof(*set->cells));
    r = set->cells ? r : -ENOMEM;
    for (size_t i = 0; r == 0 && i < strategy_count; i++) {
        const json_t *strategy = catalogue_strategy(catalogue, strategies[i], why);
        bool once = strategy_is_caller(strategy);

        for (size_t j = 0; r == 0 && j < (once ? 1 : worker_count); j++) {
            struct cell *cell = &set->cells[set->count];

            r = cell_init(cell, request, workload, entry, strategies[i], workers[j], point);
            set->count += r == 0;
            r = r < 0 ? r : cell_skip_spawns(cell, strategy, point->tasks);
        }
        if (r == 0 && wants_placebo(request) && strcmp(strategies[i], "serial") == 0) {
            r = cell_init(&set->cells[set->count], request, workload, entry, strategies[i],
                          workers[0], point);
            set->cells[set->count].placebo = true;
            set->count += r == 0;
        }
    }
    words_free(workers);
    return r;
}
