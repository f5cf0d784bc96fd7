/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines, an argument a line: the first chooses whose they are. Every table of options there
 * is, the whole command line of tvp-trial, and options behind the name of a strategy. */
#include "base/options.h"
#include "cli/command.h"
#include "strategies/strategy.h"
#include "target.h"
#include "trial/args.h"
#include "trial/command_line.h"

#include <errno.h>

#define ARGUMENTS_MAX 64

static void try_table(const struct option_spec *table, char **arguments)
{
    struct options options;
    int option, steps = 0;

    options_init(&options, table, arguments);
    while ((option = options_next(&options)) >= 0 || option == OPTION_ARGUMENT) {
        REQUIRE(++steps <= ARGUMENTS_MAX);
        REQUIRE(option == OPTION_ARGUMENT || (table[option].value == NULL) == !options.value);
    }
    REQUIRE(option == OPTION_END || strlen(options.why) > 5);
    REQUIRE(strlen(options.why) < OPTIONS_WHY_SIZE);
}

static void try_trial(char **arguments)
{
    char *sets[ARGUMENTS_MAX + 1] = {NULL}, why[COMMAND_LINE_WHY_SIZE] = "";
    struct command_line line = {.request = {.strategy = "serial", .sets = sets}};

    /* The first is the name of the program. */
    int r = command_line_parse(arguments, &line, why);
    REQUIRE(r == 0 || (r == -EINVAL && strlen(why) > 5));
    REQUIRE(line.request.cpu_count <= TRIAL_CPUS_MAX);
}

static void try_strategy(const struct strategy *strategy, const char *words)
{
    char why[ARGS_WHY_SIZE] = "";
    struct args args;

    REQUIRE(args_init(strategy->options, &args) == 0);
    int r = args_set_all(&args, words, why);
    REQUIRE(r == 0 || (r == -EINVAL && strlen(why) > 5));
    args_release(&args);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = target_text(data, size), *rest = text, *arguments[ARGUMENTS_MAX + 1] = {NULL};

    for (size_t i = 0; i < ARGUMENTS_MAX && rest; i++) {
        arguments[i] = strsep(&rest, "\n");
    }
    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, arguments[0]) == 0) {
            try_table(commands[i]->options, arguments + 1);
        }
    }
    for (size_t i = 0; strategies[i]; i++) {
        size_t length = strlen(strategies[i]->name);

        if (strncmp(arguments[0], strategies[i]->name, length) == 0 &&
            arguments[0][length] == ':') {
            try_strategy(strategies[i], arguments[0] + length + 1);
        }
    }
    if (strcmp(arguments[0], "tvp-trial") == 0) {
        try_trial(arguments);
    }
    free(text);
    return 0;
}
