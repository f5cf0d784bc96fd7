/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/options.h"

#include <stdarg.h>
#include <string.h>

#define NAMES_MAX 64
#define HELP_COLUMN 26
#define HELP_WIDTH 80

void options_init(struct options *options, const struct option_spec *table, char **arguments)
{
    *options = (struct options){.table = table, .arguments = arguments};
}

__attribute__((format(printf, 2, 3))) static int wrong(struct options *options, const char *format,
                                                       ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(options->why, sizeof(options->why), format, list);
    va_end(list);
    return OPTION_WRONG;
}

static int unknown_option(struct options *options, const char *name, size_t length)
{
    const char *names[NAMES_MAX + 1] = {NULL};
    char word[64];

    for (size_t i = 0; i < NAMES_MAX && options->table[i].name; i++) {
        names[i] = options->table[i].name;
    }
    snprintf(word, sizeof(word), "%.*s", (int)length, name);
    const char *nearest = nearest_name(word, names);
    return nearest ? wrong(options, "unknown option --%s; did you mean --%s?", word, nearest)
                   : wrong(options, "unknown option --%s", word);
}

/* The value of an option: what follows "=" or the letter, else the next argument. */
static int take_value(struct options *options, int index, const char *attached)
{
    const struct option_spec *spec = &options->table[index];

    if (!spec->value) {
        return attached ? wrong(options, "--%s takes no value", spec->name) : index;
    }
    if (!attached) {
        attached = *options->arguments;
        if (!attached) {
            return wrong(options, "--%s needs a value: %s", spec->name, spec->value);
        }
        options->arguments++;
    }
    options->value = attached;
    return index;
}

static int long_option(struct options *options, const char *name)
{
    size_t length = strcspn(name, "=");
    const char *attached = name[length] == '=' ? name + length + 1 : NULL;

    for (int i = 0; options->table[i].name; i++) {
        const char *known = options->table[i].name;

        if (strlen(known) == length && strncmp(known, name, length) == 0) {
            return take_value(options, i, attached);
        }
    }
    return unknown_option(options, name, length);
}

static int short_option(struct options *options, const char *letters)
{
    for (int i = 0; options->table[i].name; i++) {
        if (options->table[i].letter == letters[0]) {
            return take_value(options, i, letters[1] ? letters + 1 : NULL);
        }
    }
    return wrong(options, "unknown option -%.1s", letters);
}

int options_next(struct options *options)
{
    const char *argument = *options->arguments;

    options->value = NULL;
    if (!argument) {
        return OPTION_END;
    }
    options->arguments++;
    if (!options->only_arguments && strcmp(argument, "--") == 0) {
        options->only_arguments = 1;
        return options_next(options);
    }
    if (options->only_arguments || argument[0] != '-' || argument[1] == '\0') {
        options->value = argument;
        return OPTION_ARGUMENT;
    }
    return argument[1] == '-' ? long_option(options, argument + 2)
                              : short_option(options, argument + 1);
}

/* Words of text from column on, broken before the width is reached. */
static void print_wrapped(const char *text, FILE *out)
{
    int column = HELP_COLUMN;

    while (*text) {
        int length = (int)strcspn(text, " ");

        if (column > HELP_COLUMN && column + 1 + length > HELP_WIDTH) {
            fprintf(out, "\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        }
        column += fprintf(out, "%s%.*s", column > HELP_COLUMN ? " " : "", length, text);
        text += length + (text[length] == ' ');
    }
    fputc('\n', out);
}

void options_print(const struct option_spec *table, FILE *out)
{
    for (const struct option_spec *spec = table; spec->name; spec++) {
        char left[64];
        int length = snprintf(left, sizeof(left), "  %c%c%s--%s%s%s", spec->letter ? '-' : ' ',
                              spec->letter ? spec->letter : ' ', spec->letter ? ", " : "  ",
                              spec->name, spec->value ? " " : "", spec->value ? spec->value : "");

        fprintf(out, "%-*s", HELP_COLUMN - 1, left);
        if (length >= HELP_COLUMN - 1) {
            fprintf(out, "\n%*s", HELP_COLUMN - 1, "");
        }
        fputc(' ', out);
        print_wrapped(spec->help, out);
    }
}
