/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `tvp compare` is asked for. */
#include "cli/compare_request.h"

#include "base/units.h"

#include <errno.h>
#include <string.h>

/* clang-format off */
enum {
    ABSOLUTE, ASCII, BASE, COL, COLOR, FAIL_ON, HELP, IGNORE, JSON, LIVE, METRIC, QUIET, ROW,
    STRICT, TABLE, THRESHOLD
};
/* clang-format on */
const struct option_spec compare_options[] = {
    [ABSOLUTE] = {"absolute", 0, NULL,
                  "compare times, not ratios: for runs of one machine, spread over 5 minutes or "
                  "more"},
    [ASCII] = OPTION_ASCII,
    [BASE] = {"base", 0, "STRATEGY",
              "what the others are divided by (default: pthread, or serial where a file has none)"},
    [COL] = {"col", 0, "KEYS", "what makes a column (default: file)"},
    [COLOR] = OPTION_COLOR,
    [FAIL_ON] = {"fail-on", 0, "WHAT",
                 "slower or different: exit with 1 if the whole interval of a change lies beyond "
                 "the threshold"},
    [HELP] = OPTION_HELP,
    [IGNORE] = {"ignore", 0, "KEY",
                "do not heed differences in this key, also of the fingerprint (kernel, compiler, "
                "...); may be repeated"},
    [JSON] = {"json", 0, NULL, "as JSON"},
    [LIVE] = {"live", 0, NULL, "measure two builds side by side; see tvp compare --live --help"},
    [METRIC] = {"metric", 'm', "NAME", "cold (default), warm or cpu, as in tvp show"},
    [QUIET] = OPTION_QUIET("no table: the word of the gate and the exit status"),
    [ROW] = {"row", 0, "KEYS",
             "what makes a row: workload, arguments, strategy, workers, label, created, machine, "
             "kernel, container or file, separated by commas (default: workload,strategy)"},
    [STRICT] = {"strict", 0, NULL, "with --fail-on: what cannot be told fails as well"},
    [TABLE] = {"table", 0, "KEYS", "what makes a table of its own"},
    [THRESHOLD] = {"threshold", 0, "PERCENT", "smaller changes are none (default: 5%)"},
    {0},
};

/* -1, or the status after a complaint. */
static int take_keys(const struct command *command, const char *option, const char *text,
                     unsigned *keys)
{
    const char *wrong = NULL;

    if (compare_keys_parse(text, keys, &wrong) == 0) {
        return -1;
    }
    return command_complain(command, STATUS_USAGE, "--%s: '%.*s' is no key; see tvp compare --help",
                            option, (int)strcspn(wrong, ","), wrong);
}

static int take_ignored(const struct command *command, const char *text,
                        struct compare_settings *settings)
{
    const char *wrong = NULL;
    unsigned keys = 0;
    uint32_t bit = fingerprint_bit(text);

    if (compare_keys_parse(text, &keys, &wrong) < 0 && !bit) {
        return take_keys(command, "ignore", text, &keys);
    }
    settings->ignored |= keys;
    settings->ignored_fingerprint |= bit;
    if (keys & KEY_BIT(KEY_MACHINE)) {
        settings->ignored_fingerprint |= fingerprint_bit("cpu") | fingerprint_bit("cores");
    }
    return -1;
}

static int take_path(const struct command *command, const char *argument, struct request *request)
{
    int r = result_paths_add(&request->paths, argument);

    return r == -ENOENT
               ? command_complain(command, STATUS_DAMAGED, "%s: holds no result.json", argument)
           : r < 0 ? command_complain(command, STATUS_DAMAGED, "%s: %s", argument, strerror(-r))
                   : -1;
}

static int take_gate(const struct command *command, const char *text, struct request *request)
{
    request->gate = strcmp(text, "slower") == 0      ? GATE_SLOWER
                    : strcmp(text, "different") == 0 ? GATE_DIFFERENT
                                                     : GATE_NONE;
    return request->gate != GATE_NONE
               ? -1
               : command_complain(command, STATUS_USAGE,
                                  "--fail-on is slower or different, not '%s'", text);
}

static int take_threshold(const struct command *command, const char *text,
                          struct compare_settings *settings)
{
    if (parse_percent(text, &settings->threshold) == 0 && settings->threshold > 0 &&
        settings->threshold <= 10) {
        return -1;
    }
    return command_complain(command, STATUS_USAGE,
                            "--threshold is a percentage above 0, like 5%%, not '%s'", text);
}

static int take_metric(const struct command *command, const char *text,
                       struct compare_settings *settings)
{
    return metric_find(text, &settings->metric) == 0
               ? -1
               : command_complain(command, STATUS_USAGE, "--metric is cold, warm or cpu, not '%s'",
                                  text);
}

/* -1, or the status to end with. */
static int take_option(const struct command *command, int option, const char *value,
                       struct request *request)
{
    struct compare_settings *settings = &request->settings;

    switch (option) {
    case BASE:
        settings->base = value;
        return -1;
    case COL:
        return take_keys(command, "col", value, &settings->columns);
    case FAIL_ON:
        return take_gate(command, value, request);
    case IGNORE:
        return take_ignored(command, value, settings);
    case METRIC:
        return take_metric(command, value, settings);
    case ROW:
        return take_keys(command, "row", value, &settings->rows);
    case TABLE:
        return take_keys(command, "table", value, &settings->tables);
    case THRESHOLD:
        return take_threshold(command, value, settings);
    case OPTION_ARGUMENT:
        return take_path(command, value, request);
    default:
        settings->absolute |= option == ABSOLUTE;
        request->json |= option == JSON;
        request->strict |= option == STRICT;
        return -1;
    }
}

static int request_check(const struct command *command, const struct request *request)
{
    const struct compare_settings *settings = &request->settings;

    if (request->paths.count == 0) {
        return command_complain(command, STATUS_USAGE, "which files?");
    }
    if ((settings->rows & settings->columns) | (settings->rows & settings->tables) |
        (settings->columns & settings->tables)) {
        return command_complain(command, STATUS_USAGE,
                                "a key belongs to one of --row, --col and --table");
    }
    if (settings->absolute && settings->base) {
        return command_complain(command, STATUS_USAGE,
                                "--base is for ratios, --absolute for times: one of them");
    }
    if (request->manners.quiet && request->json) {
        return command_complain(command, STATUS_USAGE,
                                "--quiet shows nothing, so --json cannot go with it");
    }
    if (request->strict && request->gate == GATE_NONE) {
        return command_complain(command, STATUS_USAGE, "--strict goes with --fail-on");
    }
    return -1;
}

int request_parse(const struct command *command, char **arguments, struct request *request)
{
    struct options reader;
    int option, status = -1;

    options_init(&reader, compare_options, arguments);
    while (status < 0 &&
           (option = manners_next(command, &reader, &request->manners)) != OPTION_END) {
        status = take_option(command, option, reader.value, request);
    }
    status = status < 0 ? request->manners.status : status;
    return status < 0 ? request_check(command, request) : status;
}
