/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/plan.h"

#include "harness/variants.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words of text between separators, as a list that ends with NULL; free with words_free(). */
static char **words_split(const char *text, const char *separator)
{
    char *copy = strdup(text), *rest = copy, *word;
    size_t count = 0;
    char **words = calloc(strlen(text) + 2, sizeof(*words));

    while (copy && words && (word = strsep(&rest, separator))) {
        if (*word) {
            words[count++] = strdup(word);
        }
    }
    free(copy);
    return words;
}

static void words_free(char **words)
{
    for (char **word = words; word && *word; word++) {
        free(*word);
    }
    free(words);
}

void cell_release(struct cell *cell)
{
    free(cell->workload);
    free(cell->strategy);
    free(cell->workers);
    free(cell->variant);
    free(cell->trial);
    words_free(cell->sets);
}

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        for (size_t j = 0; j < plan->sets[i].count; j++) {
            cell_release(&plan->sets[i].cells[j]);
        }
        free(plan->sets[i].cells);
    }
    free(plan->sets);
    *plan = (struct plan){0};
}

/* The profile's arguments for a workload, then the user's, which win because they come last.
 * "sleep.durations=..." is for one workload, "durations=..." for all that have it. */
static char **sets_for(const struct plan_request *request, const char *workload,
                       const json_t *entry)
{
    const struct profile_workload *profile = profile_workload(request->profile, workload);
    const char *standard = profile ? profile->sets : "";
    size_t length = strlen(standard) + 1, prefix = strlen(workload);

    for (const char *const *set = request->sets; set && *set; set++) {
        length += strlen(*set) + 1;
    }
    char *text = calloc(1, length + 1);
    if (!text) {
        return NULL;
    }
    char *end = stpcpy(text, standard);
    for (const char *const *set = request->sets; set && *set; set++) {
        size_t name = strcspn(*set, "=");

        if (name > prefix && strncmp(*set, workload, prefix) == 0 && (*set)[prefix] == '.') {
            end = stpcpy(stpcpy(end, "\n"), *set + prefix + 1);
        } else if (entry ? workload_has_param(entry, *set, name) : !memchr(*set, '.', name)) {
            end = stpcpy(stpcpy(end, "\n"), *set);
        }
    }
    char **words = words_split(text, "\n");
    free(text);
    return words;
}

static int cell_init(struct cell *cell, const struct plan_request *request, const char *workload,
                     const json_t *entry, const char *strategy, const char *workers)
{
    *cell = (struct cell){
        .workload = strdup(workload),
        .strategy = strdup(strategy),
        .workers = strdup(workers),
        .sets = sets_for(request, workload, entry),
        .tasks = request->tasks,
    };
    if (!cell->workload || !cell->strategy || !cell->workers || !cell->sets) {
        cell_release(cell);
        return -ENOMEM;
    }
    return 0;
}

/* Strategies x workers; more workers do not make serial another cell. */
static int fill_set(struct cell_set *set, const struct plan_request *request, const char *workload,
                    const json_t *entry, char **strategies)
{
    const struct profile_workload *profile = profile_workload(request->profile, workload);
    const char *standard = profile ? profile->workers : "auto";
    char **workers = words_split(request->workers ? request->workers : standard, ",");
    size_t strategy_count = 0, worker_count = 0;
    int r = workers ? 0 : -ENOMEM;

    while (strategies[strategy_count]) {
        strategy_count++;
    }
    while (workers && workers[worker_count]) {
        worker_count++;
    }
    set->cells = calloc(strategy_count * (worker_count + 1) + 1, sizeof(*set->cells));
    r = set->cells ? r : -ENOMEM;
    for (size_t i = 0; r == 0 && i < strategy_count; i++) {
        bool once = strcmp(strategies[i], "serial") == 0;

        for (size_t j = 0; r == 0 && j < (once ? 1 : worker_count); j++) {
            r = cell_init(&set->cells[set->count], request, workload, entry, strategies[i],
                          workers[j]);
            set->count += r == 0;
        }
        if (r == 0 && once && request->profile->placebo) {
            r = cell_init(&set->cells[set->count], request, workload, entry, strategies[i],
                          workers[0]);
            set->cells[set->count].placebo = true;
            set->count += r == 0;
        }
    }
    words_free(workers);
    return r;
}

static int check_strategies(char **strategies, const struct catalogue *catalogue, char *why)
{
    for (char **strategy = strategies; *strategy; strategy++) {
        if (!catalogue_strategy(catalogue, *strategy, why)) {
            return -EINVAL;
        }
    }
    if (!strategies[0]) {
        snprintf(why, HARNESS_WHY_SIZE, "--strategies is empty");
        return -EINVAL;
    }
    return 0;
}

/* Each --set must be meant for at least one of the workloads, or it is a slip. */
static int check_sets(const struct plan_request *request, const struct plan *plan,
                      const struct catalogue *catalogue, char *why)
{
    for (const char *const *set = request->sets; set && *set; set++) {
        size_t name = strcspn(*set, "="), dot = strcspn(*set, ".=");
        bool used = false;

        for (size_t i = 0; i < plan->count && !used; i++) {
            const char *workload = plan->sets[i].cells[0].workload;
            const json_t *entry =
                strchr(workload, '/') ? NULL : catalogue_workload(catalogue, workload, why);

            used = !entry || workload_has_param(entry, *set, name) ||
                   ((*set)[dot] == '.' && strlen(workload) == dot &&
                    strncmp(*set, workload, dot) == 0 &&
                    workload_has_param(entry, *set + dot + 1, name - dot - 1));
        }
        if (!used || (*set)[name] != '=') {
            snprintf(why, HARNESS_WHY_SIZE, "--set %.80s: %s", *set,
                     used ? "is not of the form NAME=VALUE"
                          : "no workload of this run has such an argument");
            return -EINVAL;
        }
    }
    return 0;
}

/* The workloads asked for, or all of the profile. */
static int add_workloads(const struct plan_request *request, const struct catalogue *catalogue,
                         char **strategies, struct plan *plan, char *why)
{
    const struct profile_workload *standard = request->profile->workloads;
    const char *const *asked = request->workloads;
    bool all = !asked || !asked[0];

    for (size_t i = 0; all ? standard[i].name != NULL : asked[i] != NULL; i++) {
        const char *name = all ? standard[i].name : asked[i];
        const json_t *entry = NULL;

        if (!strchr(name, '/')) {
            entry = catalogue_workload(catalogue, name, why);
            if (!entry) {
                return -EINVAL;
            }
        }
        for (size_t j = 0; j < plan->count; j++) {
            if (strcmp(plan->sets[j].cells[0].workload, name) == 0) {
                snprintf(why, HARNESS_WHY_SIZE, "workload '%.60s' is named twice", name);
                return -EINVAL;
            }
        }
        struct cell_set *sets = realloc(plan->sets, (plan->count + 1) * sizeof(*sets));
        if (!sets) {
            return -ENOMEM;
        }
        plan->sets = sets;
        sets[plan->count] = (struct cell_set){0};
        int r = fill_set(&sets[plan->count++], request, name, entry, strategies);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

int plan_make(const struct plan_request *request, const struct catalogue *catalogue,
              struct plan *ret_plan, char *why)
{
    struct plan plan = {0};
    char **strategies =
        words_split(request->strategies ? request->strategies : request->profile->strategies, ",");
    int r = strategies ? check_strategies(strategies, catalogue, why) : -ENOMEM;

    r = r < 0 ? r : add_workloads(request, catalogue, strategies, &plan, why);
    r = r < 0 ? r : check_sets(request, &plan, catalogue, why);
    r = r < 0 ? r : plan_variants(&plan, request->variants);
    words_free(strategies);
    if (r < 0) {
        plan_release(&plan);
        return r;
    }
    *ret_plan = plan;
    return 0;
}
