/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp list: what can be run, with all arguments and options. */
#include "cli/manners.h"
#include "harness/catalogue.h"
#include "harness/profile.h"

#include <string.h>

enum { HELP, JSON, TRIAL };
static const struct option_spec options[] = {
    [HELP] = OPTION_HELP,
    [JSON] = {"json", 0, NULL, "as JSON"},
    [TRIAL] = {"trial", 0, "FILE", "the trial program to ask (default: our own)"},
    {0},
};

static const char *text(const json_t *object, const char *member)
{
    const char *value = json_string_value(json_object_get(object, member));

    return value ? value : "";
}

#define WIDTH 80

/* Words from a column on, broken at blanks and after commas. */
static void print_wrapped(const char *words, int column, int indent)
{
    for (const char *p = words; *p;) {
        int blank = *p == ' ', length = (int)strcspn(p + blank, " ,");

        length += p[blank + length] == ',';
        if (column > indent && column + blank + length > WIDTH) {
            printf("\n%*s", indent, "");
            column = indent;
            p += blank;
            blank = 0;
        }
        column += printf("%.*s", blank + length, p);
        p += blank + length;
    }
    putchar('\n');
}

static void print_params(const json_t *params)
{
    const json_t *param;
    size_t i;

    json_array_foreach(params, i, param)
    {
        const char *choices = text(param, "choices");
        char help[400];

        int column = printf("      %s=", text(param, "name"));
        print_wrapped(text(param, "default"), column, 8);
        snprintf(help, sizeof(help), "%s%s%s", text(param, "help"), *choices ? ": " : "", choices);
        print_wrapped(help, printf("        "), 8);
    }
}

static void print_entries(const json_t *entries, const char *params)
{
    const json_t *entry;
    size_t i;

    json_array_foreach(entries, i, entry)
    {
        int column = printf("  %-13s ", text(entry, "name"));
        print_wrapped(json_object_get(entry, "broken") ? text(entry, "broken")
                                                       : text(entry, "summary"),
                      column, 16);
        print_params(json_object_get(entry, params));
    }
}

static void print_list(const json_t *list)
{
    puts("Strategies (options after a colon, as in fork:channel=pipe):");
    print_entries(json_object_get(list, "strategies"), "options");
    puts("\nWorkloads (arguments by --set NAME=VALUE):");
    print_entries(json_object_get(list, "workloads"), "params");
    puts("\nProfiles:");
    for (size_t i = 0; profiles[i]; i++) {
        int column = printf("  %-13s ", profiles[i]->name);
        print_wrapped(profiles[i]->summary, column, 16);
    }
}

static int list_run(const struct command *command, char **arguments)
{
    struct catalogue catalogue;
    struct manners manners = {0};
    struct options reader;
    char why[HARNESS_WHY_SIZE];
    const char *trial = NULL;
    bool as_json = false;
    int option;

    options_init(&reader, options, arguments);
    while ((option = manners_next(command, &reader, &manners)) != OPTION_END) {
        switch (option) {
        case JSON:
            as_json = true;
            break;
        case TRIAL:
            trial = reader.value;
            break;
        default:
            return command_complain(command, STATUS_USAGE, "takes no argument '%s'", reader.value);
        }
    }
    if (manners.status >= 0) {
        return manners.status;
    }
    if (catalogue_open(trial, &catalogue, why) < 0) {
        return command_complain(command, STATUS_FAILED, "%s", why);
    }
    bool printed = true;
    if (as_json) {
        printed = json_dumpf(catalogue.list, stdout, JSON_INDENT(2)) == 0;
        putchar('\n');
    } else {
        print_list(catalogue.list);
    }
    catalogue_close(&catalogue);
    return printed ? STATUS_DONE
                   : command_complain(command, STATUS_FAILED, "cannot write the list");
}

const struct command command_list = {
    .name = "list",
    .arguments = "[OPTION]...",
    .summary = "list strategies, workloads and profiles with all their settings",
    .options = options,
    .run = list_run,
};
