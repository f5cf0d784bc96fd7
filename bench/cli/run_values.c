/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_values.h"

#include "base/units.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define UNTIL_LEAST 0.001
#define UNTIL_MOST 0.5

int run_parse_positive(const char *text, uint64_t most, uint64_t *ret_value)
{
    uint64_t value;
    int r = parse_count(text, &value);

    if (r < 0 || value == 0 || value > most) {
        return -EINVAL;
    }
    *ret_value = value;
    return 0;
}

int run_parse_budget(const char *text, uint64_t *ret_ns)
{
    uint64_t ns;
    int r = parse_duration(text, &ns);

    if (r < 0 || ns == 0 || ns > RECORD_NUMBER_MAX) {
        return -EINVAL;
    }
    *ret_ns = ns;
    return 0;
}

int run_parse_until(const char *text, double *ret_value)
{
    double value;
    int r = parse_percent(text, &value);

    if (r < 0 || value < UNTIL_LEAST || value > UNTIL_MOST) {
        return -EINVAL;
    }
    *ret_value = value;
    return 0;
}

int run_check_workers(const char *list)
{
    char *copy = strdup(list), *rest = copy;
    const char *word;
    uint64_t value;
    int r = !copy ? -ENOMEM : *copy ? 0 : -EINVAL;

    while (r == 0 && (word = strsep(&rest, ","))) {
        if (strcmp(word, "auto") != 0 && (parse_count(word, &value) < 0 || value > 1000000)) {
            r = -EINVAL;
        }
    }
    free(copy);
    return r;
}

int run_unknown_profile(const struct command *command, const char *name)
{
    const char *names[16] = {NULL};

    for (size_t i = 0; i < 15 && profiles[i]; i++) {
        names[i] = profiles[i]->name;
    }
    const char *nearest = nearest_name(name, names);
    return command_complain(command, STATUS_USAGE, "unknown profile '%.80s'%s%s%s", name,
                            nearest ? "; did you mean '" : "; see tvp list", nearest ? nearest : "",
                            nearest ? "'?" : "");
}

/* Two ways to say the same thing, of which one would have to lose. */
static const char *sweep_conflict(const struct run_command *run)
{
    const struct sweep_list *axes = run->sweep.axes;

    return axes[SWEEP_TASKS].count > 0 && run->settings.plan.tasks > 0           ? "tasks"
           : axes[SWEEP_WORKERS].count > 0 && run->settings.plan.workers != NULL ? "workers"
                                                                                 : NULL;
}

/* The workload that shows best what the axes do; NULL: all of the profile. */
static const char *sweep_workload(const struct sweep_list *axes)
{
    return axes[SWEEP_TASK].count > 0      ? "loop"
           : axes[SWEEP_PAYLOAD].count > 0 ? "payload"
           : axes[SWEEP_CHUNK].count + axes[SWEEP_PARENT].count + axes[SWEEP_STACK].count +
                       axes[SWEEP_TASKS].count >
                   0
               ? "empty"
               : NULL;
}

int run_complete_sweep(const struct command *command, struct run_command *run)
{
    struct plan_request *plan = &run->settings.plan;
    bool sweeps = sweep_any(&run->sweep);
    const char *conflict = sweep_conflict(run);

    if (conflict) {
        return command_complain(command, STATUS_USAGE, "--%s and --sweep %s exclude each other",
                                conflict, conflict);
    }
    if (!plan->profile) {
        plan->profile = sweeps ? profile_find("sweep") : profiles[0];
    }
    plan->sweep = sweeps ? &run->sweep : NULL;
    if (sweeps && !run->workloads[0]) {
        run->workloads[0] = sweep_workload(run->sweep.axes);
    }
    return -1;
}

int run_complete_like(const struct command *command, struct run_command *run)
{
    struct plan_request *plan = &run->settings.plan;
    char why[RECORD_WHY_SIZE];

    if (!run->like) {
        return -1;
    }
    const char *other = plan->strategies  ? "strategies"
                        : plan->workers   ? "workers"
                        : plan->tasks > 0 ? "tasks"
                        : plan->sweep     ? "sweep"
                        : plan->sets[0]   ? "set"
                                          : NULL;
    if (other) {
        return command_complain(command, STATUS_USAGE, "--like and --%s exclude each other", other);
    }
    int r = record_load(run->like, &run->earlier, why);
    if (r < 0) {
        return command_complain(command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED, "%s: %s",
                                run->like, why);
    }
    plan->like = &run->earlier;
    return -1;
}
