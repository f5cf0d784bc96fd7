/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp show: verdict, table and timeline of a result file. */
#include "cli/manners.h"
#include "cli/present.h"
#include "output/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ASCII, CLAIMS, COLOR, COUNTERS, HELP, METRIC, PRIVATE, QUIET, TIMELINE };
static const struct option_spec options[] = {
    [ASCII] = OPTION_ASCII,
    [CLAIMS] = {"claims", 0, NULL,
                "what is said of threads and processes in Python, held against this file"},
    [COLOR] = OPTION_COLOR,
    [COUNTERS] = {"counters", 0, NULL,
                  "what a task took beside time: CPU time, faults, waits, queueing for a CPU, ..."},
    [HELP] = OPTION_HELP,
    [METRIC] = {"metric", 'm', "NAME",
                "cold (default): from before the workers are made until they "
                "are gone; warm: without open and close; cpu: CPU time of all workers"},
    [PRIVATE] = {"private", 0, NULL, "show only what the file says about the machine"},
    [QUIET] = OPTION_QUIET("the verdict alone"),
    [TIMELINE] = {"timeline", 0, "WORKLOAD", "the timeline of this workload"},
    {0},
};

struct show {
    struct presentation what;
    struct manners manners;
    const char *path;
    bool private, metric;
};

/* -1: go on; else the status to end with. An option that would do nothing is a misunderstanding. */
static int check(const struct command *command, const struct show *show)
{
    const char *lost = show->what.timeline ? "--timeline"
                       : show->metric      ? "--metric"
                       : show->what.brief  ? "--quiet"
                       : show->what.claims ? "--claims"
                                           : NULL;

    if (!show->path) {
        return command_complain(command, STATUS_USAGE, "which file?");
    }
    if (show->private && (lost || show->what.counters)) {
        return command_complain(command, STATUS_USAGE,
                                "--private shows no measurements, so %s cannot go with it",
                                lost ? lost : "--counters");
    }
    if (show->what.claims && (show->what.timeline || show->metric || show->what.brief)) {
        return command_complain(command, STATUS_USAGE,
                                "--claims shows the claims alone, so %s cannot go with it", lost);
    }
    if (show->what.counters && lost) {
        return command_complain(command, STATUS_USAGE,
                                "--counters shows the counters alone, so %s cannot go with it",
                                lost);
    }
    if (show->what.brief && show->what.timeline) {
        return command_complain(command, STATUS_USAGE,
                                "--quiet shows the verdict alone, so --timeline cannot go with it");
    }
    return -1;
}

/* -1: go on; else the status to end with. */
static int parse(const struct command *command, char **arguments, struct show *show)
{
    struct options reader;
    int option;

    options_init(&reader, options, arguments);
    while ((option = manners_next(command, &reader, &show->manners)) != OPTION_END) {
        if (option == OPTION_ARGUMENT && show->path) {
            return command_complain(command, STATUS_USAGE, "one file at a time");
        }
        if (option == METRIC && metric_find(reader.value, &show->what.metric) < 0) {
            return command_complain(command, STATUS_USAGE,
                                    "--metric is cold, warm or cpu, not '%s'", reader.value);
        }
        show->path = option == OPTION_ARGUMENT ? reader.value : show->path;
        show->what.timeline = option == TIMELINE ? reader.value : show->what.timeline;
        show->what.claims |= option == CLAIMS;
        show->what.counters |= option == COUNTERS;
        show->metric |= option == METRIC;
        show->private |= option == PRIVATE;
    }
    show->what.brief = show->manners.quiet;
    return show->manners.status < 0 ? check(command, show) : show->manners.status;
}

static int print_private(const struct record *record)
{
    static const char *const members[] = {"created", "machine", "environment", "config", "tool"};

    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        const json_t *member = json_object_get(record->head, members[i]);

        /* The file may be a stranger's: no control character of it reaches the terminal. */
        char *text = json_dumps(member, JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
        if (member && !text) {
            return -ENOMEM;
        }
        printf("%s: ", members[i]);
        for (const char *p = text ? text : "null"; *p; p++) {
            putchar(*p == 0x7f ? '?' : *p);
        }
        putchar('\n');
        free(text);
    }
    return 0;
}

/* The first `count` series, by the name of their workload. */
static bool has_workload(const struct record *record, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(record->series[i].workload, name) == 0) {
            return true;
        }
    }
    return false;
}

static int complain_workload(const struct command *command, const struct record *record,
                             const struct show *show, const struct style *style)
{
    const char *separator = "";
    struct paragraph names;

    if (paragraph_begin(&names) < 0) {
        return command_complain(command, STATUS_FAILED, "%s", strerror(ENOMEM));
    }
    for (size_t i = 0; i < record->series_count; i++) {
        const char *name = record->series[i].workload;

        if (!has_workload(record, i, name)) {
            fprintf(names.file, "%s%s", separator, name);
            separator = ", ";
        }
    }
    char *text = paragraph_take(&names, style);
    int status =
        text ? command_complain(command, STATUS_USAGE, "no workload '%s' in %s, which has %s",
                                show->what.timeline, show->path, *text ? text : "none")
             : command_complain(command, STATUS_FAILED, "%s", strerror(ENOMEM));
    free(text);
    return status;
}

static int show_run(const struct command *command, char **arguments)
{
    struct show show = {.path = NULL};
    struct record record;
    struct style style;
    char why[RECORD_WHY_SIZE];
    int r = parse(command, arguments, &show);

    if (r >= 0) {
        return r;
    }
    r = manners_style(command, &show.manners, stdout, &style);
    if (r >= 0) {
        return r;
    }
    r = record_load(show.path, &record, why);
    if (r < 0) {
        return command_complain(command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED, "%s: %s",
                                show.path, why);
    }
    if (show.what.timeline && !has_workload(&record, record.series_count, show.what.timeline)) {
        r = complain_workload(command, &record, &show, &style);
        record_release(&record);
        return r;
    }
    r = show.private ? print_private(&record) : present_record(stdout, &record, &show.what, &style);
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
