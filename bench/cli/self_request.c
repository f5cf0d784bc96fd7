/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/self_request.h"

#include "base/units.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define TIME_NS 60000000000u
#define EPOCHS_STANDARD 12u
#define ALL_STRATEGIES "serial,pthread,fork,thread-pool,process-pool"

/* clang-format off */
enum { ASCII, COMPARISONS, EPOCHS, HELP, JSON, PLANT_LOAD, PLANTED, QUIET, SEED, SELF,
       STRATEGIES, TIME, TRIAL };
static const struct option_spec options[] = {
    [ASCII] = {"ascii", 0, NULL, "plain letters only"},
    [COMPARISONS] = {"comparisons", 0, "N", "of each workload, however long it takes"},
    [EPOCHS] = {"epochs", 'e', "N", "of a comparison (default: 12)"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [JSON] = {"json", 0, NULL, "as JSON, with every comparison"},
    [PLANT_LOAD] = {"plant-load", 0, NULL, "keep a CPU busy in the second half of every "
                    "comparison, and tell whether these epochs were flagged"},
    [PLANTED] = {"planted", 0, "PERCENT", "also compare loop with as much more work on one side, "
                 "and tell how often that is found; may be repeated"},
    [QUIET] = {"quiet", 'q', NULL, "no progress"},
    [SEED] = {"seed", 0, "N", "of all random orders (default: a new one each time)"},
    [SELF] = {"self", 0, NULL, "compare equal cells with each other"},
    [STRATEGIES] = {"strategies", 's', "LIST", "each comparison takes the next (default: all)"},
    [TIME] = {"time", 0, "TIME", "begin no comparison after this long (default: 60s)"},
    [TRIAL] = {"trial", 0, "FILE", "the trial program (default: our own)"},
    {0},
};
/* clang-format on */

bool self_is_asked(char **arguments)
{
    for (; *arguments && strcmp(*arguments, "--") != 0; arguments++) {
        if (strcmp(*arguments, "--self") == 0) {
            return true;
        }
    }
    return false;
}

static int print_help(void)
{
    puts("Usage: tvp check --self [WORKLOAD]... [OPTION]...\n"
         "how large are differences here that are none, and how often is one of them told?\n\n"
         "Equal cells are measured side by side and compared, again and again, each time\n"
         "with fresh epochs. WORKLOAD: default empty, file, loop, payload and primes.\n");
    options_print(options, stdout);
    return STATUS_DONE;
}

static int take_count(const char *text, uint64_t most, uint64_t *ret_value)
{
    uint64_t value;

    if (parse_count(text, &value) < 0 || value == 0 || value > most) {
        return -EINVAL;
    }
    *ret_value = value;
    return 0;
}

static int take_planted(const char *text, struct self_request *request)
{
    double planted;

    if (parse_percent(text, &planted) < 0 || planted <= 0 || planted > 1 ||
        request->planted_count == PLANTED_MOST) {
        return -EINVAL;
    }
    request->planted[request->planted_count++] = planted;
    return 0;
}

static int take_option(int option, const char *value, struct self_request *request)
{
    switch (option) {
    case COMPARISONS:
        return take_count(value, 100000, &request->comparisons);
    case EPOCHS:
        return take_count(value, 10000, &request->epochs);
    case PLANTED:
        return take_planted(value, request);
    case SEED:
        return take_count(value, UINT32_MAX, &request->seed);
    case STRATEGIES:
        request->strategies = value;
        return *value ? 0 : -EINVAL;
    case TIME:
        return parse_duration(value, &request->time_ns) < 0 || request->time_ns == 0 ? -EINVAL : 0;
    case TRIAL:
        request->trial = value;
        return 0;
    default:
        request->ascii |= option == ASCII;
        request->hog |= option == PLANT_LOAD;
        request->json |= option == JSON;
        request->quiet |= option == QUIET;
        return 0;
    }
}

/* What was not said. */
static void complete(struct self_request *request, size_t workload_count)
{
    static const char *const standard[] = {"empty", "file", "loop", "payload", "primes"};
    uint32_t seed = 1;

    for (size_t i = 0; workload_count == 0 && i < sizeof(standard) / sizeof(*standard); i++) {
        request->workloads[i] = standard[i];
    }
    if (request->time_ns == 0) {
        request->time_ns = request->comparisons > 0 ? UINT64_MAX : TIME_NS;
    }
    if (request->seed == 0 && getrandom(&seed, sizeof(seed), 0) == (ssize_t)sizeof(seed)) {
        request->seed = seed;
    }
}

int self_request_parse(const struct command *command, char **arguments,
                       struct self_request *request)
{
    struct options reader;
    size_t count = 0, workload_count = 0;
    int option;

    while (arguments[count]) {
        count++;
    }
    *request = (struct self_request){.strategies = ALL_STRATEGIES,
                                     .epochs = EPOCHS_STANDARD,
                                     .workloads = calloc(count + 6, sizeof(char *))};
    if (!request->workloads) {
        return command_complain(command, STATUS_FAILED, "out of memory");
    }
    options_init(&reader, options, arguments);
    while ((option = options_next(&reader)) != OPTION_END) {
        if (option == HELP) {
            return print_help();
        }
        if (option == OPTION_WRONG) {
            return command_complain(command, STATUS_USAGE, "%s", reader.why);
        }
        if (option == OPTION_ARGUMENT) {
            request->workloads[workload_count++] = reader.value;
        } else if (take_option(option, reader.value, request) < 0) {
            return command_complain(command, STATUS_USAGE, "--%s: '%.80s' is no %s",
                                    options[option].name, reader.value, options[option].value);
        }
    }
    complete(request, workload_count);
    return -1;
}

void self_request_release(struct self_request *request)
{
    free(request->workloads);
}
