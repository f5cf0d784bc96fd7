/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/command_line.h"

#include "base/units.h"

#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    CPUS,
    EXAMINE,
    HELP,
    HOLD,
    LIMIT,
    LIST,
    NO_STAMPS,
    ON_COMMAND,
    PARENT,
    SAMPLES,
    SCRATCH,
    SET,
    STRATEGY,
    SUBMIT_EACH,
    TASK_LIMIT,
    TASKS,
    TIMELINE,
    VERSION,
    WORKERS
};
/* Alphabetical, as the enum above. */
const struct option_spec command_line_options[] = {
    [CPUS] = {"cpus", 0, "LIST", "pin worker n to entry n of this list of CPUs (0,1,...)"},
    [EXAMINE] =
        {"examine", 0, NULL,
         "tell what the kernel counts (run-queue delay, migrations, cycles, ...): not to be "
         "timed"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [HOLD] = {"hold", 0, NULL,
              "with --on-command: keep a task for each worker, all alive, until the next line"},
    [LIMIT] = {"limit", 0, "TIME", "end with status 124 after this long (default 10m, 0: never)"},
    [LIST] = {"list", 0, NULL, "list strategies and workloads as JSON and exit"},
    [NO_STAMPS] = {"no-stamps", 0, NULL, "do not stamp the start and end of every task"},
    [ON_COMMAND] =
        {"on-command", 0, NULL,
         "take a sample for every line on stdin (\"sample\", \"timeline\" or \"examine\")"},
    [PARENT] = {"parent", 0, "SIZE",
                "touch so much memory before the workers start, in small pages, or as in "
                "1GiB:huge in huge ones"},
    [SAMPLES] = {"samples", 'n', "N", "samples to take (default 1)"},
    [SCRATCH] = {"scratch", 0, "DIR", "make the scratch folder in DIR (default $TMPDIR or /tmp)"},
    [SET] = {"set", 0, "NAME=VALUE", "set an argument of the workload; may be repeated"},
    [STRATEGY] = {"strategy", 's', "NAME",
                  "how tasks are run, with options after a colon, as in "
                  "fork:channel=pipe (default serial)"},
    [SUBMIT_EACH] = {"submit-each", 0, NULL, "hand out tasks one at a time instead of all at once"},
    [TASK_LIMIT] = {"task-limit", 0, "TIME", "stop a task after this long, where the strategy can"},
    [TASKS] = {"tasks", 0, "N", "tasks in a sample (default: the workload's own number)"},
    [TIMELINE] = {"timeline", 0, NULL, "tell when each task ran on which worker"},
    [VERSION] = {"version", 0, NULL, "show the version and exit"},
    [WORKERS] = {"workers", 'w', "N",
                 "most workers at once; 0: one for every task; auto (default): a "
                 "core each, or a task each where tasks wait"},
    {0},
};

static int parse_cpus(const char *text, struct trial_request *request)
{
    char *end;

    for (request->cpu_count = 0; request->cpu_count < TRIAL_CPUS_MAX; text = end + 1) {
        long cpu = strtol(text, &end, 10);

        if (end == text || cpu < 0 || cpu > 65535 || (*end != ',' && *end != '\0')) {
            return -EINVAL;
        }
        request->cpus[request->cpu_count++] = (int)cpu;
        if (*end == '\0') {
            return 0;
        }
    }
    return -E2BIG;
}

/* 1 to most. */
static int parse_number(const char *text, uint64_t most, uint64_t *ret_number)
{
    uint64_t number;

    if (parse_count(text, &number) < 0 || number == 0 || number > most) {
        return -EINVAL;
    }
    *ret_number = number;
    return 0;
}

static int parse_workers(const char *text, uint64_t *ret_workers)
{
    uint64_t workers = WORKERS_AUTO;

    if (strcmp(text, "auto") != 0 && (parse_count(text, &workers) < 0 || workers > 1000000)) {
        return -EINVAL;
    }
    *ret_workers = workers;
    return 0;
}

static int apply_option(int option, const char *value, struct command_line *line, size_t *set_count)
{
    struct trial_request *request = &line->request;

    switch (option) {
    case CPUS:
        return parse_cpus(value, request);
    case LIMIT:
        return parse_duration(value, &line->limit_ns);
    case PARENT:
        return ballast_parse(value, &request->parent_bytes, &request->parent_huge);
    case SAMPLES:
        return parse_number(value, UINT64_MAX, &line->samples);
    case TASK_LIMIT:
        return parse_duration(value, &request->task_limit_ns);
    case TASKS:
        return parse_number(value, BATCH_TASKS_MAX, &request->tasks);
    case WORKERS:
        return parse_workers(value, &request->workers);
    case SCRATCH:
        request->scratch = value;
        return 0;
    case STRATEGY:
        request->strategy = value;
        return 0;
    case SET:
        request->sets[(*set_count)++] = (char *)value;
        return 0;
    default:
        line->help |= option == HELP;
        line->list |= option == LIST;
        line->version |= option == VERSION;
        line->timeline |= option == TIMELINE;
        line->examine |= option == EXAMINE;
        line->on_command |= option == ON_COMMAND;
        request->hold |= option == HOLD;
        request->no_stamps |= option == NO_STAMPS;
        request->submit_each |= option == SUBMIT_EACH;
        return 0;
    }
}

/* Tell what is wrong; returns -EINVAL. */
__attribute__((format(printf, 2, 3))) static int complain(char *why, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(why, COMMAND_LINE_WHY_SIZE, format, list);
    va_end(list);
    return -EINVAL;
}

/* A worker that could not be pinned would run anyway, and be measured somewhere else. */
static int check_cpus(const struct trial_request *request, char *why)
{
    cpu_set_t set;

    if (request->cpu_count == 0 || sched_getaffinity(0, sizeof(set), &set) < 0) {
        return 0;
    }
    for (size_t i = 0; i < request->cpu_count; i++) {
        if (request->cpus[i] >= CPU_SETSIZE || !CPU_ISSET(request->cpus[i], &set)) {
            return complain(why, "--cpus: CPU %d is not among those that may be used here",
                            request->cpus[i]);
        }
    }
    return 0;
}

int command_line_parse(char **argv, struct command_line *line, char *why)
{
    struct options options;
    size_t set_count = 0;
    int option;

    options_init(&options, command_line_options, argv + 1);
    while ((option = options_next(&options)) != OPTION_END) {
        if (option == OPTION_WRONG) {
            return complain(why, "%s", options.why);
        }
        if (option == OPTION_ARGUMENT) {
            if (line->request.workload) {
                return complain(why, "one workload at a time");
            }
            line->request.workload = options.value;
        } else if (apply_option(option, options.value, line, &set_count) < 0) {
            return complain(why, "--%s: '%.60s' is no %s", command_line_options[option].name,
                            options.value, command_line_options[option].value);
        }
    }
    if (!line->request.workload && !line->help && !line->list && !line->version) {
        return complain(why, "which workload? see tvp-trial --help");
    }
    return check_cpus(&line->request, why);
}
