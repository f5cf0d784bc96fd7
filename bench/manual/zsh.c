/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manual/choices.h"
#include "manual/manual.h"

#include <stdlib.h>
#include <string.h>

/* Inside single quotes; marks: what else has a meaning where the text stands. */
static void write_escaped(FILE *out, const char *text, const char *marks)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'') {
            fputs("'\\''", out);
            continue;
        }
        if (strchr(marks, *p)) {
            fputc('\\', out);
        }
        fputc(*p, out);
    }
}

static void write_action(FILE *out, enum choice choice, const char *words)
{
    if (choice == CHOICE_LIST) {
        fprintf(out, "_sequence compadd - %s", words);
    } else if (choice == CHOICE_WORDS) {
        fprintf(out, "(%s)", words);
    } else {
        fputs(choice == CHOICE_FILES     ? "_files"
              : choice == CHOICE_FOLDERS ? "_files -/"
                                         : " ",
              out);
    }
}

static void write_option(FILE *out, const struct option_spec *spec)
{
    char *words = NULL;
    FILE *file = choices_open(&words);

    if (!file) {
        return;
    }
    enum choice choice = choice_of_option(spec, file);
    choices_close(file);
    fputs(" \\\n        ", out);
    if (spec->letter) {
        fprintf(out, "{-%c%s,--%s%s}", spec->letter, spec->value ? "+" : "", spec->name,
                spec->value ? "=" : "");
    } else {
        fprintf(out, "--%s%s", spec->name, spec->value ? "=" : "");
    }
    fputs("'[", out);
    write_escaped(out, spec->help, "[]\\:");
    fputc(']', out);
    if (spec->value) {
        fprintf(out, ":%s:", spec->value);
        write_action(out, choice, words);
    }
    fputc('\'', out);
    free(words);
}

static void write_arguments(FILE *out, const struct command *command)
{
    fputs("_arguments -s", out);
    for (const struct option_spec *spec = command->options; spec->name; spec++) {
        write_option(out, spec);
    }
    for (unsigned index = 0; index < 2; index++) {
        char *words = NULL;
        FILE *file = choices_open(&words);

        if (file) {
            enum choice choice = choice_of_argument(command, index, file);

            choices_close(file);
            fprintf(out, " \\\n        '%s:argument:", index == 0 ? "1" : "*");
            write_action(out, choice, words);
            fputc('\'', out);
        }
        free(words);
    }
    fputc('\n', out);
}

void completion_write_zsh(FILE *out)
{
    fputs("#compdef tvp tvp-trial\n"
          "# zsh completion of tvp and tvp-trial; generated from their option tables\n"
          "_tvp() {\n    local -a all\n    all=(\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        fprintf(out, "        '%s:", commands[i]->name);
        write_escaped(out, commands[i]->summary, ":\\");
        fputs("'\n", out);
    }
    fputs("    )\n    if [[ $service == tvp-trial ]]; then\n        ", out);
    write_arguments(out, &command_trial);
    fputs("        return\n    fi\n    if ((CURRENT == 2)); then\n"
          "        _describe command all\n        return\n    fi\n"
          "    local command=$words[2]\n    shift words\n    ((CURRENT--))\n    case $command in\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        fprintf(out, "    %s) ", commands[i]->name);
        write_arguments(out, commands[i]);
        fputs("        ;;\n", out);
    }
    fputs("    esac\n}\n_tvp \"$@\"\n", out);
}
