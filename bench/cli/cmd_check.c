/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp check: is this machine fit to measure, is a result file fit to be believed? */
#include "analysis/fitness.h"
#include "base/clock.h"
#include "cli/manners.h"
#include "cli/self_check.h"
#include "cli/self_request.h"
#include "output/fitness_text.h"
#include "record/condition.h"
#include "record/load.h"
#include "record/machine.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WATCH_NS 1000000000u /* one step of the kernel's counters is 1 % of it */

enum { ASCII, HELP, JSON, QUIET, SELF, STRICT };
static const struct option_spec options[] = {
    [ASCII] = OPTION_ASCII,
    [HELP] = OPTION_HELP,
    [JSON] = {"json", 0, NULL, "as JSON: an array with an object for each thing checked"},
    [QUIET] = OPTION_QUIET("print nothing: with --strict, the exit status tells"),
    [SELF] = {"self", 0, NULL, "compare equal cells with each other; see tvp check --self --help"},
    [STRICT] = {"strict", 0, NULL, "exit with status 5 if there is a warning"},
    {0},
};

struct check {
    struct style style;
    json_t *list; /* with --json: what to print at the end */
    bool quiet, strict, unfit;
};

static uint64_t own_cpu_ns(void)
{
    struct timespec used = {0};

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

/* Looks for a second at who else is at work. NULL: no memory; without members: not to be seen. */
static json_t *watch_load(void)
{
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    struct load_reading from, to;
    struct load_reader reader;
    struct load_share share;
    json_t *load = json_object();

    if (load_reader_open("", &reader) < 0) {
        return load;
    }
    uint64_t own_ns = own_cpu_ns();
    int r = load_read(&reader, &from);
    if (r == 0) {
        clock_sleep_until(from.at_ns + WATCH_NS);
        r = load_read(&reader, &to);
    }
    if (r == 0) {
        load_between(&from, &to, own_cpu_ns() - own_ns, online > 0 ? (unsigned)online : 1, &share);
        if (load_describe(&share, load) < 0) {
            json_decref(load);
            load = NULL;
        }
    }
    load_reader_close(&reader);
    return load;
}

/* Prints at once, or keeps it for the end. 0 or a negative errno. */
static int report(struct check *check, const char *title, const struct fitness *fitness)
{
    check->unfit |= fitness_count(fitness, FITNESS_WARN) > 0;
    if (check->quiet) {
        return 0;
    }
    if (!check->list) {
        return fitness_write(stdout, title, fitness, &check->style);
    }
    json_t *name = json_string(title);
    json_t *subject = json_pack("{s:o, s:o}", "subject", name ? name : json_string("?"), "checks",
                                fitness_to_json(fitness));
    return subject && json_array_append_new(check->list, subject) == 0 ? 0 : -ENOMEM;
}

static int check_machine(struct check *check)
{
    struct fitness fitness = {.count = 0};
    char label[80];

    machine_default_label(label, sizeof(label));
    json_t *facts = json_pack("{s:o, s:o, s:o, s:o, s:o}", "tool", tool_describe(), "machine",
                              machine_describe(label), "environment", environment_describe(),
                              "condition", condition_describe(""), "load", watch_load());
    if (!facts) {
        return -ENOMEM;
    }
    fitness_check_machine(facts, &fitness);
    json_decref(facts);
    return report(check, "this machine", &fitness);
}

static int check_file(struct check *check, const char *path, char *why)
{
    struct fitness fitness = {.count = 0};
    struct record record;
    int r = record_load(path, &record, why);

    if (r < 0) {
        return r;
    }
    fitness_check_record(&record, &fitness);
    record_release(&record);
    r = report(check, path, &fitness);
    if (r < 0) {
        (void)snprintf(why, RECORD_WHY_SIZE, "%s", strerror(-r));
    }
    return r;
}

/* -1: go on; else the status to end with. Files are moved to the front of arguments. */
static int parse(const struct command *command, char **arguments, struct check *check,
                 size_t *ret_count)
{
    struct options reader;
    struct manners manners = {.color = "never"}; /* there are no colors here */
    bool as_json = false;
    size_t count = 0;
    int option;

    options_init(&reader, options, arguments);
    while ((option = manners_next(command, &reader, &manners)) != OPTION_END) {
        if (option == OPTION_ARGUMENT) {
            arguments[count++] = (char *)reader.value;
        }
        as_json |= option == JSON;
        check->strict |= option == STRICT;
    }
    if (manners.status >= 0) {
        return manners.status;
    }
    (void)manners_style(command, &manners, stdout, &check->style);
    check->quiet = manners.quiet && !as_json;
    check->list = as_json ? json_array() : NULL;
    *ret_count = count;
    return as_json && !check->list
               ? command_complain(command, STATUS_FAILED, "%s", strerror(ENOMEM))
               : -1;
}

/* A file that cannot be read does not keep the others from being checked. */
static int check_files(const struct command *command, struct check *check, char **files,
                       size_t count)
{
    char why[RECORD_WHY_SIZE];
    int status = STATUS_DONE;

    for (size_t i = 0; i < count; i++) {
        int r = check_file(check, files[i], why);

        if (r < 0) {
            int one = command_complain(command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED,
                                       "%s: %s", files[i], why);

            status = one > status ? one : status;
        } else if (!check->list && !check->quiet && i + 1 < count) {
            putchar('\n');
        }
    }
    return status;
}

static int check_run(const struct command *command, char **arguments)
{
    struct check check = {.strict = false};
    size_t count = 0;

    if (self_is_asked(arguments)) {
        return self_check_run(command, arguments);
    }
    int status = parse(command, arguments, &check, &count);

    if (status >= 0) {
        return status;
    }
    if (count > 0) {
        status = check_files(command, &check, arguments, count);
    } else {
        int r = check_machine(&check);

        status = r < 0 ? command_complain(command, STATUS_FAILED, "%s", strerror(-r)) : STATUS_DONE;
    }
    if (check.list) {
        json_dumpf(check.list, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(check.list);
    }
    return status == STATUS_DONE && check.strict && check.unfit ? STATUS_UNFIT : status;
}

const struct command command_check = {
    .name = "check",
    .arguments = "[FILE]... [OPTION]...  or  --self [WORKLOAD]... [OPTION]...",
    .summary = "tell whether this machine or a result file is to be believed",
    .options = options,
    .more = "Without FILE it looks at this machine for a second; - is stdin. Each line says ok, "
            "note\n(mind it when you read the numbers) or warn (mend it first), and what to do.\n",
    .run = check_run,
};
