/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp history: the runs of one machine in the order of time, and since when each row is as it is.
 */
#include "analysis/history.h"
#include "base/units.h"
#include "cli/command.h"
#include "cli/compare_input.h"
#include "cli/terminal.h"
#include "output/history_text.h"

#include <errno.h>
#include <string.h>

#define THRESHOLD 0.05

enum { ABSOLUTE, ASCII, BASE, HELP, JSON, METRIC, ROW, THRESHOLD_OPTION };
static const struct option_spec options[] = {
    [ABSOLUTE] = {"absolute", 0, NULL, "times, not ratios between strategies"},
    [ASCII] = {"ascii", 0, NULL, "plain letters only"},
    [BASE] = {"base", 0, "STRATEGY", "what the others are divided by, as in tvp compare"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [JSON] = {"json", 0, NULL, "as JSON"},
    [METRIC] = {"metric", 'm', "NAME", "cold (default), warm or cpu, as in tvp show"},
    [ROW] = {"row", 0, "KEYS", "what makes a row, as in tvp compare"},
    [THRESHOLD_OPTION] = {"threshold", 0, "PERCENT", "smaller changes are none (default: 5%)"},
    {0},
};

struct history_request {
    struct compare_settings settings;
    struct result_paths paths;
    bool ascii, json;
};

static int take_option(int option, const char *value, struct history_request *request)
{
    struct compare_settings *settings = &request->settings;
    const char *wrong;

    switch (option) {
    case BASE:
        settings->base = value;
        return *value ? 0 : -EINVAL;
    case METRIC:
        return metric_find(value, &settings->metric);
    case ROW:
        return compare_keys_parse(value, &settings->rows, &wrong);
    case THRESHOLD_OPTION:
        return parse_percent(value, &settings->threshold) == 0 && settings->threshold > 0 ? 0
                                                                                          : -EINVAL;
    default:
        settings->absolute |= option == ABSOLUTE;
        request->ascii |= option == ASCII;
        request->json |= option == JSON;
        return 0;
    }
}

/* -1: go on; else the status to end with. */
static int parse(const struct command *command, char **arguments, struct history_request *request)
{
    struct options reader;
    int option, r;

    options_init(&reader, options, arguments);
    while ((option = options_next(&reader)) != OPTION_END) {
        if (option == HELP) {
            command_help(command);
            return STATUS_DONE;
        }
        if (option == OPTION_WRONG) {
            return command_complain(command, STATUS_USAGE, "%s", reader.why);
        }
        if (option == OPTION_ARGUMENT) {
            r = result_paths_add(&request->paths, reader.value);
            if (r < 0) {
                return command_complain(command, STATUS_DAMAGED, "%s: %s", reader.value,
                                        r == -ENOENT ? "holds no result.json" : strerror(-r));
            }
        } else if (take_option(option, reader.value, request) < 0) {
            return command_complain(command, STATUS_USAGE, "--%s: '%.80s' is no %s",
                                    options[option].name, reader.value, options[option].value);
        }
    }
    if (request->paths.count == 0) {
        return command_complain(command, STATUS_USAGE, "which folder?");
    }
    if (request->settings.absolute && request->settings.base) {
        return command_complain(command, STATUS_USAGE,
                                "--base is for ratios, --absolute for times: one of them");
    }
    return -1;
}

static const char *label_of(const struct compare_file *file)
{
    const char *label = record_text(file->record, "machine.label");

    return label ? label : "unknown";
}

/* Runs of two machines are no history: what differs between them is no change. */
static int check_machine(const struct command *command, const struct compare_input *input)
{
    for (size_t i = 1; i < input->count; i++) {
        if (strcmp(label_of(&input->files[i]), label_of(&input->files[0])) != 0) {
            return command_complain(command, STATUS_DAMAGED,
                                    "runs of several machines (%.60s, %.60s): name the folder of "
                                    "one, results/LABEL",
                                    label_of(&input->files[0]), label_of(&input->files[i]));
        }
    }
    return input->count > 0 ? -1 : command_complain(command, STATUS_DAMAGED, "no result in it");
}

static int print(const struct history *history, const struct history_request *request)
{
    struct style style;

    if (!request->json) {
        (void)terminal_style(stdout, "never", request->ascii, &style);
        return history_write(stdout, history, &style);
    }
    json_t *document = history_to_json(history);
    int r =
        document ? json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) : -ENOMEM;

    putchar('\n');
    json_decref(document);
    return r < 0 ? -ENOMEM : 0;
}

static int show(const struct command *command, struct compare_input *input,
                const struct history_request *request)
{
    struct comparison comparison;
    struct history history;

    history_sort(input->files, input->count);
    int r = compare_make(input->files, input->count, &request->settings, &comparison);
    if (r == -ENOENT) {
        return command_complain(command, STATUS_DAMAGED, "a run has no %s to divide by",
                                request->settings.base);
    }
    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "%s", strerror(-r));
    }
    if (comparison.column_count == 0) {
        compare_release(&comparison);
        return command_complain(command, STATUS_DAMAGED, "no run in it has measured anything");
    }
    r = history_make(&comparison, &history);
    if (r == 0) {
        r = print(&history, request);
        history_release(&history);
    }
    compare_release(&comparison);
    return r < 0 ? command_complain(command, STATUS_FAILED, "%s", strerror(-r)) : STATUS_DONE;
}

static int history_run(const struct command *command, char **arguments)
{
    struct history_request request = {.settings = {.threshold = THRESHOLD}};
    struct compare_input input = {0};
    int status = parse(command, arguments, &request);

    status = status < 0 ? compare_input_load(command, &request.paths, &input) : status;
    status = status < 0 ? check_machine(command, &input) : status;
    status = status < 0 ? show(command, &input, &request) : status;
    compare_input_release(&input);
    result_paths_release(&request.paths);
    return status;
}

const struct command command_history = {
    .name = "history",
    .arguments = "DIR... [OPTION]...",
    .summary = "runs of one machine in order of time: what changed, and when",
    .options = options,
    .more = "DIR is results/LABEL, or any files and folders with results of one machine. With\n"
            "fewer than 8 runs it only draws them.\n",
    .run = history_run,
};
