/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/plan.h"

#include "harness/plan_like.h"
#include "harness/plan_parts.h"
#include "harness/variants.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        cell_set_release(&plan->sets[i]);
    }
    free(plan->sets);
    *plan = (struct plan){0};
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

/* A set for each point of the sweep. */
static int add_sets(const struct plan_request *request, const struct catalogue *catalogue,
                    const char *workload, const json_t *entry, char **strategies, struct plan *plan)
{
    size_t points = points_count(request->sweep);
    struct cell_set *sets = reallocarray(plan->sets, plan->count + points, sizeof(*sets));

    if (!sets) {
        return -ENOMEM;
    }
    plan->sets = sets;
    for (size_t i = 0; i < points; i++) {
        struct point point = point_at(request->sweep, i);

        sets[plan->count] = (struct cell_set){0};
        int r = cell_set_fill(&sets[plan->count++], request, catalogue, workload, entry, strategies,
                              &point);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* Under the strategies of the run, and of the profile one more that shows what only it can: not
 * where strategies were named, nor where builds or the points of a sweep are held against each
 * other. */
static int add_workload(const struct plan_request *request, const struct catalogue *catalogue,
                        const char *workload, const json_t *entry, char **strategies,
                        struct plan *plan, char *why)
{
    const struct profile_workload *profile = profile_workload(request->profile, workload);
    char *text = NULL;

    if (!profile || !profile->strategies || request->strategies || request->sweep ||
        request->variants) {
        return add_sets(request, catalogue, workload, entry, strategies, plan);
    }
    if (asprintf(&text, "%s,%s", request->profile->strategies, profile->strategies) < 0) {
        return -ENOMEM;
    }
    char **more = words_split(text, ",");
    int r = more ? check_strategies(more, catalogue, why) : -ENOMEM;

    r = r < 0 ? r : add_sets(request, catalogue, workload, entry, more, plan);
    words_free(more);
    free(text);
    return r;
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
        int r = add_workload(request, catalogue, name, entry, strategies, plan, why);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int plan_new(const struct plan_request *request, const struct catalogue *catalogue,
                    struct plan *plan, char *why)
{
    char **strategies =
        words_split(request->strategies ? request->strategies : request->profile->strategies, ",");
    int r = strategies ? check_strategies(strategies, catalogue, why) : -ENOMEM;

    r = r < 0 ? r : strategies_expand(request->sweep, catalogue, &strategies, why);
    r = r < 0 ? r : add_workloads(request, catalogue, strategies, plan, why);
    r = r < 0 ? r : check_sets(request, plan, catalogue, why);
    words_free(strategies);
    return r;
}

int plan_make(const struct plan_request *request, const struct catalogue *catalogue,
              struct plan *ret_plan, char *why)
{
    struct plan plan = {0};

    int r = request->like ? plan_like(request, catalogue, &plan, why)
                          : plan_new(request, catalogue, &plan, why);

    r = r < 0 ? r : plan_variants(&plan, request->variants);
    r = r < 0 ? r : sweep_check(request, catalogue, &plan, why);
    if (r < 0) {
        plan_release(&plan);
        return r;
    }
    *ret_plan = plan;
    return 0;
}
