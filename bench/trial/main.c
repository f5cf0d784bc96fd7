/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp-trial: one cell, sample by sample. By hand it takes its samples at once; with --on-command
 * it takes one for every line on stdin, so that the harness can alternate many trials. */
#include "build_config.h"
#include "trial/command_line.h"
#include "trial/ending.h"
#include "trial/examination.h"
#include "trial/hold.h"
#include "trial/list.h"
#include "trial/sample.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <unistd.h>

enum {
    EXIT_USAGE = 2,
    EXIT_SKIPPED = 77,
};

static void print_help(void)
{
    puts("Usage: tvp-trial WORKLOAD [OPTION]...\n"
         "Runs one workload under one strategy and prints one JSON object a sample.\n");
    options_print(command_line_options, stdout);
    puts("\nExample:\n  tvp-trial primes --strategy process-pool --workers 2 --samples 3");
}

static int take_and_print(struct trial *trial, bool examine, bool timeline, char *why)
{
    struct measurement measurement;
    int r = examine ? examination_take(trial, &measurement, why)
                    : sample_take(trial, &measurement, why);

    if (r == 0) {
        sample_print(trial, &measurement, timeline, stdout);
    }
    /* Also so that no worker of the next sample inherits a filled buffer. */
    return r == 0 && fflush(stdout) != 0 ? -errno : r;
}

static int take_on_command(struct trial *trial, bool hold, char *why)
{
    char line[64];

    trial_print(trial, stdout);
    int r = fflush(stdout) != 0 ? -errno : 0;
    while (r == 0 && fgets(line, sizeof(line), stdin)) {
        r = hold ? hold_take(trial, why)
                 : take_and_print(trial, strcmp(line, "examine\n") == 0,
                                  strcmp(line, "timeline\n") == 0, why);
    }
    return r;
}

static int run_trial(const struct command_line *line)
{
    struct trial trial = {.scratch.lock_fd = -1};
    char why[TRIAL_WHY_SIZE] = "";

    /* What tasks leave behind comes to us, so that it can be ended. */
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    /* Who commands us is our limit as well, so we must not outlive it in the middle of a sample. */
    if (line->on_command) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    }
    int r = ending_prepare(&trial.scratch, line->limit_ns);
    if (r < 0) {
        fprintf(stderr, "tvp-trial: limit: %s\n", strerror(-r));
        return EXIT_FAILURE;
    }
    r = trial_open(&line->request, &trial, why);
    bool opened = r == 0;

    if (r == 0 && line->on_command) {
        r = take_on_command(&trial, line->request.hold, why);
    }
    for (uint64_t i = 0; r == 0 && !line->on_command && i < line->samples; i++) {
        r = take_and_print(&trial, line->examine, line->timeline, why);
    }
    trial_close(&trial);
    if (r < 0) {
        fprintf(stderr, "tvp-trial: %s\n", why[0] ? why : strerror(-r));
    }
    return r == 0                        ? EXIT_SUCCESS
           : !opened && r == -EINVAL     ? EXIT_USAGE
           : !opened && r == -EOPNOTSUPP ? EXIT_SKIPPED
                                         : EXIT_FAILURE;
}

static int complain(int error)
{
    fprintf(stderr, "tvp-trial: %s\n", strerror(error));
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct command_line line = {
        .request = {.strategy = "serial", .workers = WORKERS_AUTO},
        .samples = 1,
        .limit_ns = 600000000000u,
    };
    char why[COMMAND_LINE_WHY_SIZE];
    /* It loads whatever code it is told to. */
    if (getauxval(AT_SECURE)) {
        fputs("tvp-trial: does not run with more rights than whoever calls it has\n", stderr);
        return EXIT_FAILURE;
    }
    char **sets = calloc((size_t)argc + 1, sizeof(*sets));
    if (!sets) {
        return complain(ENOMEM);
    }
    line.request.sets = sets;
    int r = command_line_parse(argv, &line, why) < 0 ? EXIT_USAGE : 0;
    if (r == EXIT_USAGE) {
        fprintf(stderr, "tvp-trial: %s\n", why);
    } else if (line.help) {
        print_help();
    } else if (line.version) {
        puts("tvp-trial " TVP_VERSION);
    } else if (line.list) {
        r = list_print(stdout) < 0 ? complain(ENOMEM) : EXIT_SUCCESS;
    } else {
        r = run_trial(&line);
    }
    free(sets);
    return r == 0 && fflush(stdout) != 0 ? complain(errno) : r;
}
