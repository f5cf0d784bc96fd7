/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manual/choices.h"
#include "manual/manual.h"

#include <stdlib.h>
#include <string.h>

/* cur: the word at the cursor; words of lists with commas are completed one by one. */
static const char helpers[] =
    "# bash completion of tvp and tvp-trial; generated from their option tables\n"
    "_tvp_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
    "}\n"
    "_tvp_list() {\n"
    "    local before=\n"
    "    [[ $cur != *,* ]] || before=${cur%,*},\n"
    "    mapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$1\" -- \"${cur##*,}\")\n"
    "}\n"
    "_tvp_files() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "}\n"
    "_tvp_folders() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")\n"
    "}\n"
    "# \"--name=value\" comes as three words.\n"
    "_tvp_word() {\n"
    "    cur=${COMP_WORDS[COMP_CWORD]}\n"
    "    prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    if [[ $cur == = ]]; then\n"
    "        cur=\n"
    "    elif [[ $prev == = ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    COMPREPLY=()\n"
    "}\n";

static void write_call(FILE *out, enum choice choice, const char *words)
{
    static const char *const calls[] = {
        [CHOICE_NOTHING] = ":",
        [CHOICE_FILES] = "_tvp_files",
        [CHOICE_FOLDERS] = "_tvp_folders",
        [CHOICE_WORDS] = "_tvp_words",
        [CHOICE_LIST] = "_tvp_list",
    };

    fputs(calls[choice], out);
    if (choice == CHOICE_WORDS || choice == CHOICE_LIST) {
        fprintf(out, " '%s'", words);
    }
    fputs(" ;;\n", out);
}

static void write_values(FILE *out, const struct command *command)
{
    for (const struct option_spec *spec = command->options; spec->name; spec++) {
        char *words = NULL;
        FILE *file = choices_open(&words);

        if (!file) {
            continue;
        }
        enum choice choice = choice_of_option(spec, file);
        choices_close(file);
        if (spec->value) {
            fprintf(out, "    '%s --%s'", command->name, spec->name);
            if (spec->letter) {
                fprintf(out, " | '%s -%c'", command->name, spec->letter);
            }
            fputs(") ", out);
            write_call(out, choice, words);
        }
        free(words);
    }
}

static void write_arguments(FILE *out, const struct command *command, unsigned first)
{
    fprintf(out, "    '%s '*)\n        if [[ $cur == -* ]]; then\n            _tvp_words '",
            command->name);
    for (const struct option_spec *spec = command->options; spec->name; spec++) {
        fprintf(out, "--%s ", spec->name);
    }
    fputs("'\n            return\n        fi\n        case $COMP_CWORD in\n", out);
    for (unsigned index = 0; index < 2; index++) {
        char *words = NULL;
        FILE *file = choices_open(&words);

        if (file) {
            enum choice choice = choice_of_argument(command, index, file);

            choices_close(file);
            if (index == 0) {
                fprintf(out, "        %u) ", first);
            } else {
                fputs("        *) ", out);
            }
            write_call(out, choice, words);
        }
        free(words);
    }
    fputs("        esac ;;\n", out);
}

void completion_write_bash(FILE *out)
{
    fputs(helpers, out);
    fputs("_tvp() {\n    local cur prev\n    _tvp_word\n    if ((COMP_CWORD == 1)); then\n"
          "        _tvp_words '",
          out);
    for (size_t i = 0; commands[i]; i++) {
        fprintf(out, "%s ", commands[i]->name);
    }
    fputs("--help --version'\n        return\n    fi\n    case \"${COMP_WORDS[1]} $prev\" in\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        write_values(out, commands[i]);
    }
    for (size_t i = 0; commands[i]; i++) {
        write_arguments(out, commands[i], 2);
    }
    fputs("    esac\n}\n_tvp_trial() {\n    local cur prev\n    _tvp_word\n"
          "    case \"tvp-trial $prev\" in\n",
          out);
    write_values(out, &command_trial);
    write_arguments(out, &command_trial, 1);
    fputs("    esac\n}\ncomplete -F _tvp tvp\ncomplete -F _tvp_trial tvp-trial\n", out);
}
