/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: tvp-manual WHAT DATE "WORKLOAD..."   one file of the manual or of a completion, on stdout
 */
#include "manual/choices.h"
#include "manual/manual.h"

#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*write)(FILE *out);
    } completions[] = {{"bash", completion_write_bash},
                       {"fish", completion_write_fish},
                       {"zsh", completion_write_zsh}};

    if (argc != 4) {
        fputs("usage: tvp-manual WHAT DATE WORKLOADS\n", stderr);
        return EXIT_FAILURE;
    }
    choices_workloads = argv[3];
    if (strcmp(argv[1], "tvp.1") == 0) {
        manual_write_tvp(stdout, argv[2]);
    } else if (strcmp(argv[1], "tvp-trial.1") == 0) {
        manual_write_trial(stdout, argv[2]);
    }
    for (size_t i = 0; i < sizeof(completions) / sizeof(*completions); i++) {
        if (strcmp(argv[1], completions[i].name) == 0) {
            completions[i].write(stdout);
        }
    }
    bool lost = choices_lost || ftell(stdout) == 0 || fflush(stdout) != 0 || ferror(stdout);
    return lost ? EXIT_FAILURE : EXIT_SUCCESS;
}
