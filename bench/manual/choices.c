/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manual/choices.h"

#include "analysis/analysis.h"
#include "harness/profile.h"
#include "output/export.h"
#include "output/plot.h"
#include "strategies/strategy.h"
#include "trial/command_line.h"

#include <string.h>

const struct command command_trial = {
    .name = "tvp-trial",
    .arguments = "WORKLOAD [OPTION]...",
    .summary = "run one workload under one strategy and print one JSON object a sample",
    .options = command_line_options,
    .more = "Example:\n  tvp-trial primes --strategy process-pool --workers 2 --samples 3\n",
};

const char *choices_workloads = "";

bool choices_lost;

FILE *choices_open(char **ret_words)
{
    static size_t size;
    FILE *words = open_memstream(ret_words, &size);

    choices_lost = choices_lost || !words;
    return words;
}

void choices_close(FILE *words)
{
    choices_lost = fclose(words) != 0 || choices_lost;
}

static void write_names(FILE *out, const char *const *names)
{
    for (; *names; names++) {
        fprintf(out, "%s ", *names);
    }
}

static void write_strategies(FILE *out)
{
    for (size_t i = 0; strategies[i]; i++) {
        fprintf(out, "%s ", strategies[i]->name);
    }
}

static void write_profiles(FILE *out)
{
    for (size_t i = 0; profiles[i]; i++) {
        fprintf(out, "%s ", profiles[i]->name);
    }
}

static void write_formats(FILE *out)
{
    for (size_t i = 0; export_formats[i]; i++) {
        fprintf(out, "%s ", export_formats[i]->name);
    }
}

/* Options are known by their names: one name means one thing in all commands. */
static bool write_words(const char *name, FILE *words)
{
    static const char *const colors[] = {"auto", "always", "never", NULL};
    static const char *const gates[] = {"slower", "different", NULL};
    static const struct {
        const char *option;
        const char *const *names;
        void (*write)(FILE *out);
    } table[] = {
        {"base", NULL, write_strategies},
        {"color", colors, NULL},
        {"fail-on", gates, NULL},
        {"format", plot_format_names, NULL},
        {"metric", metric_names, NULL},
        {"profile", NULL, write_profiles},
        {"strategies", NULL, write_strategies},
        {"strategy", NULL, write_strategies},
        {"theme", plot_theme_names, NULL},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        if (strcmp(table[i].option, name) == 0) {
            if (table[i].names) {
                write_names(words, table[i].names);
            } else {
                table[i].write(words);
            }
            return true;
        }
    }
    return false;
}

enum choice choice_of_option(const struct option_spec *spec, FILE *words)
{
    if (!spec->value) {
        return CHOICE_NOTHING;
    }
    if (strcmp(spec->name, "timeline") == 0) {
        fputs(choices_workloads, words);
        return CHOICE_WORDS;
    }
    if (write_words(spec->name, words)) {
        return strcmp(spec->value, "LIST") == 0 ? CHOICE_LIST : CHOICE_WORDS;
    }
    return strcmp(spec->value, "FILE") == 0  ? CHOICE_FILES
           : strcmp(spec->value, "DIR") == 0 ? CHOICE_FOLDERS
                                             : CHOICE_NOTHING;
}

enum choice choice_of_argument(const struct command *command, unsigned index, FILE *words)
{
    const char *arguments = command->arguments;

    if (index == 0 && strncmp(arguments, "FORMAT ", 7) == 0) {
        write_formats(words);
        return CHOICE_WORDS;
    }
    if (index == 0 && strstr(arguments, "KIND")) {
        write_names(words, plot_kind_names);
        return CHOICE_WORDS;
    }
    if (strstr(arguments, "WORKLOAD")) {
        fputs(choices_workloads, words);
        return CHOICE_WORDS;
    }
    return strstr(arguments, "FILE") || strstr(arguments, "SRC") ? CHOICE_FILES : CHOICE_NOTHING;
}
