/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/advise_request.h"

#include "base/units.h"

#include <errno.h>
#include <string.h>

#define TASKS_MOST 1000000000u
#define WORKERS_MOST 1000u
#define TASK_NS_MOST 86400000000000u /* a day */

/* clang-format off */
enum { ASCII, COLOR, HELP, ISOLATION, JSON, PARENT, PAYLOAD, QUIET, SHARED_MEMORY, TASK, TASKS,
       TRIAL, WORKERS };
const struct option_spec advise_options[] = {
    [ASCII] = OPTION_ASCII,
    [COLOR] = OPTION_COLOR,
    [HELP] = OPTION_HELP,
    [ISOLATION] = {"isolation", 0, NULL, "a task that dies must not take the others with it: "
                   "processes only"},
    [JSON] = {"json", 0, NULL, "as JSON, with every strategy"},
    [PARENT] = {"parent", 0, "SIZE", "memory that the caller has touched: 64M, 1GiB:huge"},
    [PAYLOAD] = {"payload", 0, "SIZE", "result that each task hands back: 4k"},
    [QUIET] = OPTION_QUIET("the first sentence alone, and no progress"),
    [SHARED_MEMORY] = {"shared-memory", 0, NULL, "tasks change data of the caller that the others "
                       "see: threads only; with --isolation, processes with that data MAP_SHARED"},
    [TASK] = {"task", 't', "TIME", "how long one task takes, done serially: 200us"},
    [TASKS] = {"tasks", 'n', "N", "how many there are: 10k"},
    [TRIAL] = {"trial", 0, "FILE", "the trial program (default: our own)"},
    [WORKERS] = {"workers", 'w', "N", "so many at once (default: what is best)"},
    {0},
};
/* clang-format on */

/* "64MiB", "1GiB:huge" */
static int take_parent(const char *text, struct parent *ret_parent)
{
    char copy[UNITS_SIZE];
    struct parent parent = {0};
    size_t length = strcspn(text, ":");

    if (length >= sizeof(copy) || (text[length] && strcmp(text + length, ":huge") != 0)) {
        return -EINVAL;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    parent.huge = text[length] != '\0';
    if (parse_size(copy, &parent.bytes) < 0 || parent.bytes > 1ull << 50) {
        return -EINVAL;
    }
    *ret_parent = parent;
    return 0;
}

static int take_count(const char *text, uint64_t most, uint64_t *ret_value)
{
    uint64_t value;

    if (parse_count(text, &value) < 0 || value == 0 || value > most) {
        return -EINVAL;
    }
    *ret_value = value;
    return 0;
}

static int take_option(int option, const char *value, struct advise_request *request)
{
    struct advice_question *question = &request->question;
    uint64_t ns;

    switch (option) {
    case PARENT:
        return take_parent(value, &question->parent);
    case PAYLOAD:
        return parse_size(value, &question->payload_bytes) < 0 ||
                       question->payload_bytes > 1ull << 30
                   ? -EINVAL
                   : 0;
    case TASK:
        if (parse_duration(value, &ns) < 0 || ns == 0 || ns > TASK_NS_MOST) {
            return -EINVAL;
        }
        question->task_ns = (double)ns;
        return 0;
    case TASKS:
        return take_count(value, TASKS_MOST, &question->tasks);
    case TRIAL:
        request->trial = value;
        return 0;
    case WORKERS:
        return take_count(value, WORKERS_MOST, &question->workers);
    default:
        question->isolation |= option == ISOLATION;
        question->shared_memory |= option == SHARED_MEMORY;
        request->json |= option == JSON;
        return 0;
    }
}

/* What follows "--" is a program, and no longer among the arguments. */
static char **split_program(char **arguments)
{
    for (; *arguments; arguments++) {
        if (strcmp(*arguments, "--") == 0) {
            *arguments = NULL;
            return arguments + 1;
        }
    }
    return NULL;
}

/* -1: go on; else the status to end with. */
static int check(const struct command *command, const struct advise_request *request)
{
    const struct advice_question *question = &request->question;
    const char *idle = request->paths.count > 0      ? "FILE"
                       : question->task_ns > 0       ? "--task"
                       : question->workers > 0       ? "--workers"
                       : question->parent.bytes > 0  ? "--parent"
                       : question->payload_bytes > 0 ? "--payload"
                       : question->isolation         ? "--isolation"
                       : question->shared_memory     ? "--shared-memory"
                                                     : NULL;

    if (request->program && !request->program[0]) {
        return command_complain(command, STATUS_USAGE, "-- which program?");
    }
    if (request->program && idle) {
        return command_complain(command, STATUS_USAGE,
                                "a program is a task of its own, so %s cannot go with it", idle);
    }
    if (request->program) {
        return -1;
    }
    if (question->task_ns <= 0) {
        return command_complain(command, STATUS_USAGE,
                                "how long is a task? --task 200us, or -- and a program");
    }
    return question->tasks > 0
               ? -1
               : command_complain(command, STATUS_USAGE, "how many tasks are there? --tasks 10k");
}

int advise_request_parse(const struct command *command, char **arguments,
                         struct advise_request *request)
{
    struct options reader;
    int option;

    *request = (struct advise_request){.program = split_program(arguments)};
    options_init(&reader, advise_options, arguments);
    while ((option = manners_next(command, &reader, &request->manners)) != OPTION_END) {
        int r = option == OPTION_ARGUMENT ? 0 : take_option(option, reader.value, request);

        if (r < 0) {
            return command_complain(command, STATUS_USAGE, "--%s: '%.80s' is no %s",
                                    advise_options[option].name, reader.value,
                                    advise_options[option].value);
        }
        r = option == OPTION_ARGUMENT ? result_paths_add(&request->paths, reader.value) : 0;
        if (r < 0) {
            return command_complain(command, STATUS_DAMAGED, "%s: %s", reader.value,
                                    r == -ENOENT ? "no result.json in this folder" : strerror(-r));
        }
    }
    int status = request->manners.status;
    status = status < 0 ? check(command, request) : status;
    return status < 0 ? manners_style(command, &request->manners, stdout, &request->style) : status;
}

void advise_request_release(struct advise_request *request)
{
    result_paths_release(&request->paths);
}
