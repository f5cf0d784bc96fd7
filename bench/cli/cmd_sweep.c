/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp sweep: named command lines of tvp run that each answer one question of what decides. They are
 * no more than that, so what they measure can be seen, and changed by the options that follow. */
#include "cli/command.h"
#include "cli/run_options.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 16 /* one more than the longest needs, for its NULL */

struct sweep_profile {
    const char *name;
    const char *words[WORDS_MAX]; /* as for tvp run; ends with NULL */
};

/* Alphabetical. Each ends within 90 s on two cores. */
/* clang-format off */
static const struct sweep_profile sweep_profiles[] = {
    {"chunk", {"empty", "--sweep", "chunk=1..256*4", "--strategies",
               "serial,thread-pool,process-pool", "--budget", "40s"}},
    {"few", {"loop", "--sweep", "task=1us..1ms*10", "--sweep", "workers=auto", "--tasks", "8",
             "--budget", "40s"}},
    {"length", {"loop", "--sweep", "task=100ns..10ms*10", "--budget", "80s"}},
    {"many", {"loop", "--sweep", "task=1us..100us*10", "--sweep", "workers=auto", "--strategies",
              "serial,thread-pool,process-pool,thread-pool:chunk=64,process-pool:chunk=64",
              "--budget", "60s"}},
    {"map", {"loop", "--sweep", "task=1us..10ms*10", "--sweep", "workers=auto", "--budget", "80s"}},
    {"memory", {"empty", "--sweep", "parent=0,512MiB", "--workers", "16", "--tasks", "16",
                "--strategies", "pthread,fork,thread-pool,process-pool", "--memory", "--budget",
                "40s"}},
    {"parent", {"empty", "--sweep", "parent=0,64MiB,1GiB,1GiB:huge", "--strategies", "pthread,fork",
                "--workers", "1", "--budget", "28s"}},
    {"payload", {"payload", "--sweep", "payload=64..1MiB*32", "--strategies",
                 "serial,thread-pool,process-pool,process-pool:channel=pipe", "--budget", "40s"}},
    {"workers", {"loop", "--sweep", "workers=auto", "--budget", "60s"}},
};
/* clang-format on */
#define PROFILES (sizeof(sweep_profiles) / sizeof(*sweep_profiles))

static const struct sweep_profile *find_profile(const char *name)
{
    for (size_t i = 0; i < PROFILES; i++) {
        if (strcmp(sweep_profiles[i].name, name) == 0) {
            return &sweep_profiles[i];
        }
    }
    return NULL;
}

static int unknown_profile(const struct command *command, const char *name)
{
    const char *names[PROFILES + 1] = {NULL};

    for (size_t i = 0; i < PROFILES; i++) {
        names[i] = sweep_profiles[i].name;
    }
    const char *nearest = nearest_name(name, names);
    return command_complain(command, STATUS_USAGE, "unknown sweep '%.80s'%s%s%s", name,
                            nearest ? "; did you mean '" : "; see tvp sweep --help",
                            nearest ? nearest : "", nearest ? "'?" : "");
}

static void print_help(const struct command *command)
{
    printf("Usage: tvp %s %s\n%s\n\n", command->name, command->arguments, command->summary);
    for (size_t i = 0; i < PROFILES; i++) {
        printf("  %-8s  tvp run", sweep_profiles[i].name);
        for (const char *const *word = sweep_profiles[i].words; *word; word++) {
            bool option = strncmp(*word, "--", 2) == 0;

            printf("%s%s",
                   option && word != sweep_profiles[i].words ? " \\\n                " : " ",
                   *word);
        }
        putchar('\n');
    }
    printf("\n%s", command->more);
}

static int sweep_run(const struct command *command, char **arguments)
{
    size_t count = 0, words = 0;

    if (!arguments[0]) {
        return command_complain(command, STATUS_USAGE, "which sweep? see tvp sweep --help");
    }
    if (strcmp(arguments[0], "--help") == 0 || strcmp(arguments[0], "-h") == 0) {
        print_help(command);
        return STATUS_DONE;
    }
    const struct sweep_profile *profile = find_profile(arguments[0]);
    if (!profile) {
        return unknown_profile(command, arguments[0]);
    }
    while (arguments[count]) {
        count++;
    }
    char **line = calloc(WORDS_MAX + count, sizeof(*line));
    if (!line) {
        return command_complain(command, STATUS_FAILED, "out of memory");
    }
    for (; profile->words[words]; words++) {
        line[words] = (char *)profile->words[words];
    }
    memcpy(line + words, arguments + 1, count * sizeof(*line));
    int status = command_run.run(command, line);
    free(line);
    return status;
}

const struct command command_sweep = {
    .name = "sweep",
    .arguments = "NAME [OPTION]...",
    .summary = "vary what decides: workers, length, parent, payload, chunk",
    .options = run_options,
    .more =
        "The options of tvp run may follow, and win: tvp sweep parent --epochs 6. The last list\n"
        "of an axis counts: tvp sweep parent --sweep parent=0,4GiB.\n",
    .run = sweep_run,
};
