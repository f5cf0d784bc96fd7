/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp show: verdict, table and timeline of a result file. */
#include "cli/command.h"
#include "cli/present.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ASCII, COLOR, HELP, METRIC, PRIVATE, QUIET, TIMELINE };
static const struct option_spec options[] = {
    [ASCII] = {"ascii", 0, NULL, "plain letters only"},
    [COLOR] = {"color", 0, "WHEN", "auto (default), always or never"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [METRIC] = {"metric", 'm', "NAME",
                "cold (default): from before the workers are made until they "
                "are gone; warm: in an open pool; cpu: CPU time of all workers"},
    [PRIVATE] = {"private", 0, NULL, "show only what the file says about the machine"},
    [QUIET] = {"quiet", 'q', NULL, "the verdict alone"},
    [TIMELINE] = {"timeline", 0, "WORKLOAD", "the timeline of this workload"},
    {0},
};

struct show {
    struct presentation what;
    const char *color, *path;
    bool ascii, private;
};

static int find_metric(const char *name, enum metric *ret_metric)
{
    for (int i = 0; metric_names[i]; i++) {
        if (strcmp(metric_names[i], name) == 0) {
            *ret_metric = (enum metric)i;
            return 0;
        }
    }
    return -EINVAL;
}

/* -1: go on; else the status to end with. */
static int parse(const struct command *command, char **arguments, struct show *show)
{
    struct options reader;
    int option;

    options_init(&reader, options, arguments);
    while ((option = options_next(&reader)) != OPTION_END) {
        if (option == HELP) {
            command_help(command);
            return STATUS_DONE;
        }
        if (option == OPTION_WRONG) {
            return command_complain(command, STATUS_USAGE, "%s", reader.why);
        }
        if (option == OPTION_ARGUMENT && show->path) {
            return command_complain(command, STATUS_USAGE, "one file at a time");
        }
        if (option == METRIC && find_metric(reader.value, &show->what.metric) < 0) {
            return command_complain(command, STATUS_USAGE,
                                    "--metric is cold, warm or cpu, not '%s'", reader.value);
        }
        show->path = option == OPTION_ARGUMENT ? reader.value : show->path;
        show->color = option == COLOR ? reader.value : show->color;
        show->what.timeline = option == TIMELINE ? reader.value : show->what.timeline;
        show->ascii |= option == ASCII;
        show->private |= option == PRIVATE;
        show->what.brief |= option == QUIET;
    }
    return show->path ? -1 : command_complain(command, STATUS_USAGE, "which file?");
}

static void print_private(const struct record *record)
{
    static const char *const members[] = {"created", "machine", "environment", "config", "tool"};

    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        const json_t *member = json_object_get(record->head, members[i]);

        /* The file may be a stranger's: no control character of it reaches the terminal. */
        char *text = json_dumps(member, JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);

        printf("%s: ", members[i]);
        for (const char *p = text ? text : "null"; *p; p++) {
            putchar(*p == 0x7f ? '?' : *p);
        }
        putchar('\n');
        free(text);
    }
}

static bool has_workload(const struct record *record, const char *name)
{
    for (size_t i = 0; i < record->series_count; i++) {
        if (strcmp(record->series[i].workload, name) == 0) {
            return true;
        }
    }
    return false;
}

static int show_run(const struct command *command, char **arguments)
{
    struct show show = {.color = "auto"};
    struct record record;
    struct style style;
    char why[RECORD_WHY_SIZE];
    int r = parse(command, arguments, &show);

    if (r >= 0) {
        return r;
    }
    if (terminal_style(stdout, show.color, show.ascii, &style) < 0) {
        return command_complain(command, STATUS_USAGE, "--color is auto, always or never, not '%s'",
                                show.color);
    }
    r = record_load(show.path, &record, why);
    if (r < 0) {
        return command_complain(command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED, "%s: %s",
                                show.path, why);
    }
    if (show.what.timeline && !has_workload(&record, show.what.timeline)) {
        record_release(&record);
        return command_complain(command, STATUS_USAGE, "no workload '%s' in %s", show.what.timeline,
                                show.path);
    }
    if (show.private) {
        print_private(&record);
    } else {
        r = present_record(stdout, &record, &show.what, &style);
    }
    record_release(&record);
    return r < 0 ? command_complain(command, STATUS_FAILED, "%s", strerror(-r)) : STATUS_DONE;
}

const struct command command_show = {
    .name = "show",
    .arguments = "FILE [OPTION]...",
    .summary = "show verdict, table and timeline of a result file (- is stdin)",
    .options = options,
    .run = show_run,
};
