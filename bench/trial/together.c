/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/together.h"

#include <errno.h>
#include <string.h>

unsigned together_workers(const struct workload *workload)
{
    return workload->together > 0 ? workload->together : 1;
}

/* The option `chunk` of pools: who has a partner's task in the same hand never gets to it. */
static uint64_t tasks_in_hand(const struct args *options)
{
    for (size_t i = 0; i < options->count; i++) {
        if (strcmp(options->params[i].name, "chunk") == 0) {
            return options->items[i].number;
        }
    }
    return 1;
}

int together_check(const struct trial *trial, char *why)
{
    const struct workload *workload = trial->module.workload;
    const unsigned together = together_workers(workload), workers = trial->crew.workers;

    if (together == 1) {
        return 0;
    }
    if (trial->env.tasks % together != 0) {
        snprintf(why, TRIAL_WHY_SIZE, "%u tasks of %s wait for each other: %u tasks leave a rest",
                 together, workload->name, trial->env.tasks);
        return -EINVAL;
    }
    /* 0 workers: one for every task. */
    if (workers > 0 && workers < together) {
        snprintf(why, TRIAL_WHY_SIZE,
                 "%u tasks of %s wait for each other, and there is %u worker%s", together,
                 workload->name, workers, workers == 1 ? "" : "s");
        return -EOPNOTSUPP;
    }
    if (tasks_in_hand(&trial->options) > 1) {
        snprintf(why, TRIAL_WHY_SIZE,
                 "%u tasks of %s wait for each other, and chunks would give them to one worker",
                 together, workload->name);
        return -EOPNOTSUPP;
    }
    return 0;
}
