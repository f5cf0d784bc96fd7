/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manual/choices.h"
#include "manual/manual.h"

#include <stdlib.h>

static void write_quoted(FILE *out, const char *text)
{
    fputc('\'', out);
    for (const char *p = text; *p; p++) {
        if (*p == '\'' || *p == '\\') {
            fputc('\\', out);
        }
        fputc(*p, out);
    }
    fputc('\'', out);
}

/* -x: nothing but what is said here; -r: a file. */
static void write_choice(FILE *out, enum choice choice, const char *words)
{
    if (choice == CHOICE_FILES) {
        fputs(" -rF", out);
        return;
    }
    fputs(" -x", out);
    if (choice == CHOICE_FOLDERS) {
        fputs(" -a '(__fish_complete_directories)'", out);
    } else if (choice != CHOICE_NOTHING) {
        fputs(" -a ", out);
        write_quoted(out, words);
    }
}

/* condition: when the command is meant, or "". */
static void write_command(FILE *out, const char *program, const char *condition,
                          const struct command *command)
{
    for (const struct option_spec *spec = command->options; spec->name; spec++) {
        char *words = NULL;
        FILE *file = choices_open(&words);

        if (!file) {
            continue;
        }
        enum choice choice = choice_of_option(spec, file);
        choices_close(file);
        fprintf(out, "complete -c %s%s -l %s", program, condition, spec->name);
        if (spec->letter) {
            fprintf(out, " -s %c", spec->letter);
        }
        if (spec->value) {
            write_choice(out, choice, words);
        }
        fputs(" -d ", out);
        write_quoted(out, spec->help);
        fputc('\n', out);
        free(words);
    }
}

static void write_arguments(FILE *out, const char *program, const char *condition,
                            const struct command *command)
{
    for (unsigned index = 0; index < 2; index++) {
        char *words = NULL;
        FILE *file = choices_open(&words);

        if (!file) {
            continue;
        }
        enum choice choice = choice_of_argument(command, index, file);
        choices_close(file);
        if (choice == CHOICE_WORDS && (index == 0 || *command->arguments == '[')) {
            fprintf(out, "complete -c %s%s -a ", program, condition);
            write_quoted(out, words);
            fputc('\n', out);
        } else if (choice == CHOICE_FILES && index == 1) {
            fprintf(out, "complete -c %s%s -F\n", program, condition);
        }
        free(words);
    }
}

void completion_write_fish(FILE *out)
{
    fputs("# fish completion of tvp and tvp-trial; generated from their option tables\n"
          "complete -c tvp -f\ncomplete -c tvp-trial -f\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        char condition[80];

        snprintf(condition, sizeof(condition), " -n '__fish_seen_subcommand_from %s'",
                 commands[i]->name);
        fprintf(out, "complete -c tvp -n __fish_use_subcommand -a %s -d ", commands[i]->name);
        write_quoted(out, commands[i]->summary);
        fputc('\n', out);
        write_command(out, "tvp", condition, commands[i]);
        write_arguments(out, "tvp", condition, commands[i]);
    }
    write_command(out, "tvp-trial", "", &command_trial);
    write_arguments(out, "tvp-trial", "", &command_trial);
}
