/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_options.h"

#include "base/affinity.h"
#include "base/units.h"
#include "cli/run_values.h"
#include "record/machine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum {
    ASCII,
    BUDGET,
    COLOR,
    EPOCHS,
    HELP,
    JSON,
    LABEL,
    LIKE,
    MEMORY,
    NO_PLACEBO,
    NO_PLOTS,
    NO_REPEATS,
    NO_STAMPS,
    OUTPUT,
    PIN,
    PROFILE,
    QUIET,
    RESUME,
    SEED,
    SET,
    STRATEGIES,
    SWEEP,
    TASK_LIMIT,
    TASKS,
    TRIAL,
    UNTIL,
    WORKERS
};
const struct option_spec run_options[] = {
    [ASCII] = {"ascii", 0, NULL, "plain letters only"},
    [BUDGET] = {"budget", 'b', "TIME", "begin no round that would end later than this"},
    [COLOR] = {"color", 0, "WHEN", "auto (default), always or never"},
    [EPOCHS] = {"epochs", 'e', "N", "epochs of each workload; 6 or more give intervals"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [JSON] = {"json", 0, "FILE", "write the result to FILE (- is stdout) and no folder"},
    [LABEL] = {"label", 'l', "NAME", "what to call this machine (default: made from its hardware)"},
    [LIKE] = {"like", 0, "FILE",
              "measure what this result did: workloads, arguments, strategies, workers, tasks"},
    [MEMORY] = {"memory", 0, NULL, "read what the workers cost in memory, in trials of their own"},
    [NO_PLACEBO] = {"no-placebo", 0, NULL,
                    "measure serial once, not twice to see that equal code comes out equal"},
    [NO_PLOTS] = {"no-plots", 0, NULL, "draw no pictures"},
    [NO_REPEATS] = {"no-repeats", 0, NULL, "do not measure again what others disturbed"},
    [NO_STAMPS] = {"no-stamps", 0, NULL, "do not stamp the start and end of every task"},
    [OUTPUT] = {"output", 'o', "DIR", "folder of all results (default: results)"},
    [PIN] = {"pin", 0, NULL, "pin workers, one a core"},
    [PROFILE] = {"profile", 'p', "NAME",
                 "quick (default), standard, thorough, all, article, or sweep; see tvp list"},
    [QUIET] = {"quiet", 'q', NULL, "the verdict alone, and no progress"},
    [RESUME] = {"resume", 0, "FILE", "go on with a run that was cut short, and save it there"},
    [SEED] = {"seed", 0, "N", "of all random orders (default: a new one each time)"},
    [SET] = {"set", 0, "NAME=VALUE",
             "an argument of all workloads that have it, or WORKLOAD.NAME=VALUE; may be repeated"},
    [STRATEGIES] = {"strategies", 's', "LIST",
                    "serial, pthread, fork, thread-pool, process-pool, "
                    "with options after colons (default: all these); serial+thread"},
    [SWEEP] = {"sweep", 0, "AXIS=LIST",
               "vary it, as in workers=1..8, parent=0,64MiB,1GiB:huge, task=1us..1ms*10, "
               "or tasks, payload, chunk, stack; several: all combinations"},
    [TASK_LIMIT] = {"task-limit", 0, "TIME", "stop a task after this long, where the strategy can"},
    [TASKS] = {"tasks", 0, "N", "tasks in a sample (default: calibrated, or what a list says)"},
    [TRIAL] = {"trial", 0, "FILE", "the trial program (default: our own)"},
    [UNTIL] = {"until", 0, "PERCENT",
               "stop a workload when differences of this size can be told, at 12, 24, 48 or 60 "
               "epochs"},
    [WORKERS] = {"workers", 'w', "LIST",
                 "most workers at once, as in 1,2,4; 0: one for every task; "
                 "auto: a core each, or a task each where tasks wait"},
    {0},
};

static int apply_plan_option(int option, const char *value, struct run_command *run)
{
    struct plan_request *plan = &run->settings.plan;
    size_t count = 0;

    switch (option) {
    case PROFILE:
        plan->profile = profile_find(value);
        return plan->profile ? 0 : -EINVAL;
    case SET:
        while (run->sets[count]) {
            count++;
        }
        run->sets[count] = value;
        return strchr(value, '=') ? 0 : -EINVAL;
    case SWEEP:
        return sweep_add(&run->sweep, value, affinity_count(), run->why);
    case STRATEGIES:
        plan->strategies = value;
        return 0;
    case TASKS:
        return run_parse_positive(value, 1u << 24, &plan->tasks);
    case WORKERS:
        plan->workers = value;
        return run_check_workers(value);
    default:
        return -ENOENT;
    }
}

static int apply_option(int option, const char *value, struct run_command *run)
{
    struct run_settings *settings = &run->settings;
    uint64_t limit_ns;

    switch (option) {
    case BUDGET:
        return run_parse_budget(value, &settings->budget_ns);
    case COLOR:
        run->color = value;
        return 0;
    case EPOCHS:
        return run_parse_positive(value, 1000000, &settings->epochs);
    case JSON:
        run->json = value;
        return *value ? 0 : -EINVAL;
    case LABEL:
        run->label = value;
        return machine_label_check(value);
    case LIKE:
        run->like = value;
        return 0;
    case RESUME:
        run->resume = value;
        return *value ? 0 : -EINVAL;
    case OUTPUT:
        run->results = value;
        return *value ? 0 : -EINVAL;
    case SEED:
        run->seeded = true;
        return parse_count(value, &settings->seed) < 0 || settings->seed > UINT32_MAX ? -EINVAL : 0;
    case TASK_LIMIT:
        settings->task_limit = value;
        return parse_duration(value, &limit_ns);
    case TRIAL:
        settings->trial = value;
        return 0;
    case UNTIL:
        return run_parse_until(value, &settings->until);
    default:
        run->ascii |= option == ASCII;
        settings->plan.no_placebo |= option == NO_PLACEBO;
        run->no_plots |= option == NO_PLOTS;
        run->quiet |= option == QUIET;
        settings->no_repeats |= option == NO_REPEATS;
        settings->no_stamps |= option == NO_STAMPS;
        settings->memory |= option == MEMORY;
        settings->pin |= option == PIN;
        return 0;
    }
}

/* Lists as long as the command line can make them. */
static int make_lists(char **arguments, struct run_command *run)
{
    size_t count = 0;

    while (arguments[count]) {
        count++;
    }
    run->workloads = calloc(count + 1, sizeof(*run->workloads));
    run->sets = calloc(count + 1, sizeof(*run->sets));
    run->settings.plan.workloads = run->workloads;
    run->settings.plan.sets = run->sets;
    return run->workloads && run->sets ? 0 : -ENOMEM;
}

int run_options_parse(const struct command *command, char **arguments, struct run_command *run)
{
    struct options reader;
    size_t workload_count = 0;
    uint32_t seed = 1;
    int option;

    *run = (struct run_command){.results = "results", .color = "auto"};
    if (make_lists(arguments, run) < 0) {
        return command_complain(command, STATUS_FAILED, "out of memory");
    }
    options_init(&reader, run_options, arguments);
    while ((option = options_next(&reader)) != OPTION_END) {
        if (option == HELP) {
            command_help(command);
            return STATUS_DONE;
        }
        if (option == OPTION_WRONG) {
            return command_complain(command, STATUS_USAGE, "%s", reader.why);
        }
        if (option == OPTION_ARGUMENT) {
            run->workloads[workload_count++] = reader.value;
            continue;
        }
        run->given |= (uint64_t)1 << option;
        int r = apply_plan_option(option, reader.value, run);
        r = r == -ENOENT ? apply_option(option, reader.value, run) : r;
        if (r == -ENOMEM || (r < 0 && option == SWEEP)) {
            return command_complain(command, r == -ENOMEM ? STATUS_FAILED : STATUS_USAGE, "%s",
                                    r == -ENOMEM ? "out of memory" : run->why);
        }
        if (r < 0 && option == PROFILE) {
            return run_unknown_profile(command, reader.value);
        }
        if (r < 0) {
            return command_complain(command, STATUS_USAGE, "--%s: '%.80s' is no %s",
                                    run_options[option].name, reader.value,
                                    run_options[option].value);
        }
    }
    int status = run_complete_sweep(command, run);
    status = status < 0 ? run_complete_like(command, run) : status;
    if (status >= 0) {
        return status;
    }
    if (!run->seeded && getrandom(&seed, sizeof(seed), 0) == (ssize_t)sizeof(seed)) {
        run->settings.seed = seed;
    }
    if (!run->label) {
        machine_default_label(run->default_label, sizeof(run->default_label));
        run->label = run->default_label;
    }
    run->settings.label = run->label;
    return -1;
}

void run_options_release(struct run_command *run)
{
    record_file_end(&run->file);
    record_release(&run->resumed);
    record_release(&run->earlier);
    free(run->workloads);
    free(run->sets);
}
