/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/plan_like.h"

#include "harness/plan_parts.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Does "name=" of an argument begin here? entry: of the workload; NULL for a module, of which the
 * names are not known. */
static bool is_argument(const char *text, const json_t *entry)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) ||
           strchr("-_", text[length] ? text[length] : '=')) {
        length++;
    }
    return length > 0 && text[length] == '=' && (!entry || workload_has_param(entry, text, length));
}

/* "bytes=1KiB fsync=no" as a list: a value may hold blanks, so only names divide it. */
static char **arguments_split(const char *text, const json_t *entry)
{
    char *lines = strdup(text);

    for (char *p = lines; p && *p; p++) {
        if (*p == ' ' && is_argument(p + 1, entry)) {
            *p = '\n';
        }
    }
    char **words = lines ? words_split(lines, "\n") : NULL;
    free(lines);
    return words;
}

static const char *option_name(const struct plan_request *request)
{
    return request->resumes ? "--resume" : "--like";
}

/* What the workload of a series is called here: its own string, or what the user calls it, a name
 * or the path of a module. NULL: it was not asked for. */
static const char *workload_here(const struct plan_request *request, const char *name)
{
    const char *const *asked = request->workloads;

    if (!asked || !asked[0]) {
        return name;
    }
    while (*asked && strcmp(last_part(*asked), name) != 0) {
        asked++;
    }
    return *asked || !request->resumes ? *asked : name;
}

/* Those that did the same work lived side by side. */
static bool same_work(const struct series *a, const struct series *b)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): both were read */
    return strcmp(a->workload, b->workload) == 0 && strcmp(a->arguments, b->arguments) == 0 &&
           a->tasks == b->tasks && parent_same(&a->parent, &b->parent);
}

/* strategy: of the catalogue. */
static int add_cell(struct cell_set *set, const struct record *record, size_t index,
                    const char *workload, const json_t *entry, const json_t *strategy)
{
    const struct series *series = &record->series[index];
    struct cell *cells = reallocarray(set->cells, set->count + 1, sizeof(*cells));
    struct cell *cell = cells ? &cells[set->count] : NULL;
    char workers[32];

    if (!cells) {
        return -ENOMEM;
    }
    set->cells = cells;
    snprintf(workers, sizeof(workers), "%" PRIu64, series->workers);
    *cell = (struct cell){
        .workload = strdup(workload),
        .strategy = strdup(series->strategy),
        .workers = strdup(workers),
        .sets = arguments_split(series->arguments, entry),
        .tasks = series->tasks,
        .parent = series->parent,
        .placebo = series->placebo,
        .series = index,
    };
    set->count++;
    if (!cell->workload || !cell->strategy || !cell->workers || !cell->sets) {
        return -ENOMEM;
    }
    /* What the machine could not do then it may do now; what takes minutes still does. */
    return series->skipped ? cell_skip_spawns(cell, strategy, series->tasks) : 0;
}

/* Who repeats what a stranger measured wants that work done, not that stranger's code run. named:
 * by the user, on the command line. A run that goes on was the user's own; but no run of ours ever
 * calls its workload by a path. */
static int check_trust(const struct plan_request *request, const struct series *series,
                       const json_t *entry, bool named, char *why)
{
    if (named) {
        return 0;
    }
    if (strchr(series->workload, '/')) {
        snprintf(why, HARNESS_WHY_SIZE,
                 "%s: it calls a workload by the path %.80s: modules are loaded from where you say",
                 option_name(request), series->workload);
    } else if (!request->resumes && workload_starts_programs(entry)) {
        snprintf(why, HARNESS_WHY_SIZE,
                 "--like: %.40s would start what that file says (%.120s); if you want that, name "
                 "it: tvp run %.40s --like FILE",
                 series->workload, series->arguments, series->workload);
    } else {
        return 0;
    }
    text_disarm(why);
    return -EINVAL;
}

/* The cells of all series that did the work of this one. */
static int add_set(const struct plan_request *request, const struct series *first,
                   const char *workload, const struct catalogue *catalogue, struct plan *plan,
                   char *why)
{
    const struct record *record = request->like;
    const json_t *entry =
        strchr(workload, '/') ? NULL : catalogue_workload(catalogue, workload, why);
    struct cell_set *sets = reallocarray(plan->sets, plan->count + 1, sizeof(*sets));
    int r = 0;

    if (!sets) {
        return -ENOMEM;
    }
    plan->sets = sets;
    sets[plan->count++] = (struct cell_set){0};
    if (!entry && !strchr(workload, '/')) {
        return -EINVAL;
    }
    r = check_trust(request, first, entry, workload != first->workload, why);
    for (size_t i = 0; r == 0 && i < record->series_count; i++) {
        const struct series *series = &record->series[i];

        if (!same_work(series, first)) {
            continue;
        }
        if (series->variant) {
            snprintf(why, HARNESS_WHY_SIZE,
                     "%s: the earlier run compared several builds or settings",
                     option_name(request));
            return -EINVAL;
        }
        const json_t *strategy = catalogue_strategy(catalogue, series->strategy, why);

        r = strategy ? add_cell(&sets[plan->count - 1], record, i, workload, entry, strategy)
                     : -EINVAL;
    }
    return r;
}

int plan_like(const struct plan_request *request, const struct catalogue *catalogue,
              struct plan *ret_plan, char *why)
{
    const struct record *record = request->like;
    struct plan plan = {0};
    int r = 0;

    for (size_t i = 0; r == 0 && i < record->series_count; i++) {
        const struct series *series = &record->series[i];
        const char *workload = workload_here(request, series->workload);
        bool known = !workload;

        for (size_t j = 0; j < i; j++) {
            known = known || same_work(series, &record->series[j]);
        }
        r = known ? 0 : add_set(request, series, workload, catalogue, &plan, why);
    }
    if (r == 0 && plan.count == 0) {
        snprintf(why, HARNESS_WHY_SIZE, "%s: the earlier run has none of these workloads",
                 option_name(request));
        r = -EINVAL;
    }
    if (r < 0) {
        plan_release(&plan);
        return r;
    }
    *ret_plan = plan;
    return 0;
}
