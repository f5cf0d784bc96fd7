/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/live_request.h"

#include "base/units.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TABLE_MAX 64

/* clang-format off */
enum { FAIL_ON, HELP, JSON, LIVE, METRIC, STRICT, THRESHOLD, OWN };
static const struct option_spec own_options[] = {
    [FAIL_ON] = {"fail-on", 0, "WHAT", "slower or different: exit with 1 if the whole interval of "
                 "a pair lies beyond the threshold"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [JSON] = {"json", 0, NULL, "the comparison as JSON; the result is saved as well"},
    [LIVE] = {"live", 0, NULL, "measure two builds against each other, now"},
    [METRIC] = {"metric", 'm', "NAME", "cold (default), warm or cpu, as in tvp show"},
    [STRICT] = {"strict", 0, NULL, "with --fail-on: what cannot be told fails as well"},
    [THRESHOLD] = {"threshold", 0, "PERCENT", "smaller differences are none (default: 2%)"},
    {0},
};
/* clang-format on */

bool live_is_asked(char **arguments)
{
    for (; *arguments && strcmp(*arguments, "--") != 0; arguments++) {
        if (strcmp(*arguments, "--live") == 0) {
            return true;
        }
    }
    return false;
}

static int print_help(void)
{
    puts("Usage: tvp compare --live A B [WORKLOAD]... [OPTION]...\n"
         "measure two builds against each other, side by side in the same blocks\n\n"
         "A and B are two trial programs (old/bench/tvp-trial new/bench/tvp-trial) or two\n"
         "modules of one workload (old/mine.so new/mine.so). The result is saved like\n"
         "that of tvp run, and tvp compare FILE shows the comparison again.\n");
    options_print(own_options, stdout);
    puts("\nThe options of tvp run are understood as well (--epochs, --budget, --set, ...).");
    return STATUS_DONE;
}

static int take_own(const struct command *command, int option, const char *value,
                    struct live_request *request)
{
    switch (option) {
    case FAIL_ON:
        request->gate = strcmp(value, "slower") == 0      ? LIVE_GATE_SLOWER
                        : strcmp(value, "different") == 0 ? LIVE_GATE_DIFFERENT
                                                          : LIVE_GATE_NONE;
        return request->gate != LIVE_GATE_NONE
                   ? -1
                   : command_complain(command, STATUS_USAGE,
                                      "--fail-on is slower or different, not '%s'", value);
    case METRIC:
        return metric_find(value, &request->metric) == 0
                   ? -1
                   : command_complain(command, STATUS_USAGE,
                                      "--metric is cold, warm or cpu, not '%s'", value);
    case THRESHOLD:
        return parse_percent(value, &request->threshold) == 0 && request->threshold > 0 &&
                       request->threshold <= 10
                   ? -1
                   : command_complain(command, STATUS_USAGE,
                                      "--threshold is a percentage above 0, like 5%%, not '%s'",
                                      value);
    default:
        request->json |= option == JSON;
        request->strict |= option == STRICT;
        return option == HELP ? print_help() : -1;
    }
}

static bool is_module(const char *path)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): sort_words() complains */
    size_t length = strlen(path);

    return length > 3 && strcmp(path + length - 3, ".so") == 0;
}

static bool is_component_start(const char *path, size_t i)
{
    return i == 0 || path[i - 1] == '/';
}

/* Where the ends of two paths begin that tell them apart: whole components. NULL: none does, for
 * one path is the end of the other, or they are equal. */
static const char *distinct_end(const char *path, const char *other)
{
    size_t i = strlen(path), j = strlen(other);

    while (i > 0 && j > 0 && path[i - 1] == other[j - 1]) {
        i--;
        j--;
    }
    if (is_component_start(path, i) && is_component_start(other, j)) {
        return NULL;
    }
    while (!is_component_start(path, i)) {
        i--;
    }
    return path + i;
}

/* The end of a path, as little of it as tells A and B apart: the rest says who the user is. */
static void name_variants(struct live_request *request, const char *const paths[2])
{
    for (int i = 0; i < 2; i++) {
        const char *end = distinct_end(paths[i], paths[1 - i]);
        const char *slash = strrchr(paths[i], '/');

        snprintf(request->names[i], sizeof(request->names[i]), "%s%s",
                 end     ? end
                 : slash ? slash + 1
                         : paths[i],
                 end      ? ""
                 : i == 0 ? " (A)"
                          : " (B)");
        request->variants[i].name = request->names[i];
    }
}

static int take_builds(const struct command *command, const char *const paths[2],
                       struct live_request *request)
{
    struct run_settings *settings = &request->run.settings;

    for (int i = 0; i < 2; i++) {
        if (access(paths[i], is_module(paths[i]) ? R_OK : X_OK) < 0) {
            return command_complain(command, STATUS_DAMAGED, "%s: %s", paths[i], strerror(errno));
        }
    }
    if (is_module(paths[0]) != is_module(paths[1])) {
        return command_complain(command, STATUS_USAGE,
                                "A and B are two trial programs or two modules, not one of each");
    }
    if (is_module(paths[0]) && (!strchr(paths[0], '/') || !strchr(paths[1], '/'))) {
        return command_complain(command, STATUS_USAGE,
                                "the path of a module has a slash in it: ./mine.so");
    }
    name_variants(request, paths);
    if (!is_module(paths[0])) {
        request->variants[0].trial = paths[0];
        request->variants[1].trial = paths[1];
        settings->trial = paths[0];
    } else if (settings->plan.workloads[0]) {
        return command_complain(command, STATUS_USAGE, "two modules are their own workload");
    } else {
        request->variants[0].module = request->modules[0] = paths[0];
        request->variants[1].module = paths[1];
        settings->plan.workloads = request->modules;
    }
    settings->plan.variants = request->variants;
    return -1;
}

/* Takes out what is ours: the rest is for tvp run. */
static int sort_words(const struct command *command, char **arguments, const char *paths[2],
                      struct live_request *request)
{
    struct option_spec table[TABLE_MAX + 1] = {0};
    struct options reader;
    size_t count = 0, builds = 0, own = OWN;
    int option, status = -1;

    memcpy(table, own_options, sizeof(*table) * OWN);
    for (size_t i = 0; run_options[i].name && own < TABLE_MAX; i++) {
        table[own++] = run_options[i];
    }
    options_init(&reader, table, arguments);
    char **before = arguments;
    while (status < 0 && (option = options_next(&reader)) != OPTION_END) {
        if (option == OPTION_WRONG) {
            status = command_complain(command, STATUS_USAGE, "%s", reader.why);
        } else if (option == OPTION_ARGUMENT && builds < 2) {
            paths[builds++] = reader.value;
        } else if (option >= 0 && option < OWN) {
            status = take_own(command, option, reader.value, request);
        } else {
            for (char **word = before; word < reader.arguments; word++) {
                request->rest[count++] = *word;
            }
        }
        before = reader.arguments;
    }
    if (status < 0 && builds < 2) {
        status = command_complain(command, STATUS_USAGE, "--live needs two builds: A and B");
    }
    return status;
}

int live_request_parse(const struct command *command, char **arguments,
                       struct live_request *request)
{
    const char *paths[2] = {NULL};
    size_t count = 0;

    while (arguments[count]) {
        count++;
    }
    *request = (struct live_request){.threshold = LIVE_THRESHOLD,
                                     .rest = calloc(count + 1, sizeof(*request->rest))};
    if (!request->rest) {
        return command_complain(command, STATUS_FAILED, "out of memory");
    }
    int status = sort_words(command, arguments, paths, request);
    status = status < 0 ? run_options_parse(command, request->rest, &request->run) : status;
    if (status < 0 && request->run.resume) {
        status = command_complain(command, STATUS_USAGE, "--live and --resume exclude each other");
    }
    if (status < 0 && request->strict && request->gate == LIVE_GATE_NONE) {
        status = command_complain(command, STATUS_USAGE, "--strict goes with --fail-on");
    }
    return status < 0 ? take_builds(command, paths, request) : status;
}

void live_request_release(struct live_request *request)
{
    run_options_release(&request->run);
    free(request->rest);
}
