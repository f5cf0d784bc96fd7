/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can stand behind an option or as an argument, for completion. bench/manual is a program of
 * the build: it writes the man pages and the completions out of the tables that parse. */
#ifndef TVP_CHOICES_H
#define TVP_CHOICES_H

#include "cli/command.h"

#include <stdbool.h>
#include <stdio.h>

enum choice {
    CHOICE_NOTHING, /* a number, a time: nothing can be proposed */
    CHOICE_FILES,
    CHOICE_FOLDERS,
    CHOICE_WORDS,
    CHOICE_LIST, /* words, several with commas between them */
};

/* tvp-trial, which has one command line and no commands. */
extern const struct command command_trial;
/* The names of the workloads that are built, with blanks between them. */
extern const char *choices_workloads;

/* A string that is written like a file; *ret_words is there, and the caller's to free, once it is
 * closed. NULL without memory. */
FILE *choices_open(char **ret_words);
void choices_close(FILE *words);
/* Some did not find memory: what was written lacks an option, and must not be installed. */
extern bool choices_lost;

/* Words go to `words`, with blanks between them. An option that takes no value: CHOICE_NOTHING. */
enum choice choice_of_option(const struct option_spec *spec, FILE *words);
/* The first argument (index 0) or one of those that follow. */
enum choice choice_of_argument(const struct command *command, unsigned index, FILE *words);

#endif
