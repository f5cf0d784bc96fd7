/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp advise: threads or processes, and how many, for tasks of this length and number? */
#include "cli/advise_measure.h"
#include "cli/advise_program.h"
#include "cli/advise_request.h"
#include "cli/compare_input.h"
#include "output/advice_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Records from files or measured just now, and what was made of them. */
struct advise {
    const struct command *command;
    struct advise_request request;
    struct compare_input input;
    struct advise_records records;
    const struct record **all; /* into the above */
    struct groups *groups;
    size_t count, made; /* records; groups */
};

static int list_records(struct advise *advise)
{
    advise->count = advise->input.count + advise->records.count;
    advise->all = calloc(advise->count + 1, sizeof(*advise->all));
    advise->groups = calloc(advise->count + 1, sizeof(*advise->groups));
    if (!advise->all || !advise->groups) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < advise->count; i++) {
        advise->all[i] =
            advise->input.count > 0 ? advise->input.files[i].record : &advise->records.items[i];
        int r = groups_make(advise->all[i], METRIC_COLD, &advise->groups[i]);
        if (r < 0) {
            return r;
        }
        advise->made++;
    }
    return 0;
}

static uint64_t cores_of(const struct record *record)
{
    int64_t cores = record_number(record, "environment.cpus_allowed",
                                  record_number(record, "machine.cpu.cores", 1));

    return cores > 0 ? (uint64_t)cores : 1;
}

static const char *label_of(const struct record *record)
{
    const char *label = record_text(record, "machine.label");

    return label ? label : "an unnamed machine";
}

/* Times of several machines make no model of any. -1 or a status. */
static int check_machines(const struct advise *advise)
{
    for (size_t i = 1; i < advise->count; i++) {
        if (strcmp(label_of(advise->all[i]), label_of(advise->all[0])) != 0 ||
            cores_of(advise->all[i]) != cores_of(advise->all[0])) {
            return command_complain(advise->command, STATUS_DAMAGED,
                                    "these are results of several machines; advice is for one");
        }
    }
    return -1;
}

static int print(const struct advise *advise, const struct advice_world *world,
                 const struct advice *advice)
{
    const struct record *first = advise->all[0];
    const struct advice_source source = {
        .machine = label_of(first),
        .cores = world->cores,
        .range = advice_range(world),
        .groups = world->groups,
        .doubtful = world->doubtful,
        .synthetic = json_is_true(json_object_get(first->head, "synthetic")),
        .here = advise->input.count == 0,
    };

    if (!advise->request.json) {
        return advice_write(stdout, advice, &advise->request.question, &source,
                            advise->request.manners.quiet, &advise->request.style);
    }
    json_t *document = advice_to_json(advice);
    int r =
        document ? json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) : -ENOMEM;

    putchar('\n');
    json_decref(document);
    return r < 0 ? -ENOMEM : 0;
}

static int no_world(const struct advise *advise)
{
    return command_complain(
        advise->command, STATUS_NOTHING,
        advise->input.count > 0
            ? "no times of loop, empty or payload under serial and another strategy here: measure "
              "with tvp sweep map, or without a file"
            : "nothing could be measured here");
}

/* The records are there. The status to end with. */
static int conclude(struct advise *advise)
{
    const struct advice_question *question = &advise->request.question;
    struct advice_world world = {.count = 0};
    struct advice advice = {.choices = NULL};
    int r = list_records(advise), status = r == 0 ? check_machines(advise) : STATUS_FAILED;

    if (r == 0 && status < 0) {
        r = advice_world_make(advise->groups, advise->count, cores_of(advise->all[0]),
                              question->parent.huge, &world);
        status = r == -ENODATA ? no_world(advise) : -1;
    }
    if (r == 0 && status < 0) {
        r = advice_make(&world, question, &advice);
        status = r == -ENODATA ? command_complain(advise->command, STATUS_NOTHING,
                                                  "nothing that was measured does what is asked: "
                                                  "see tvp advise --help on --workers, --isolation "
                                                  "and --parent")
                               : -1;
    }
    if (r == 0 && status < 0) {
        r = print(advise, &world, &advice);
        status = STATUS_DONE;
    }
    advice_release(&advice);
    advice_world_release(&world);
    return r < 0 && r != -ENODATA
               ? command_complain(advise->command, STATUS_FAILED, "%s", strerror(-r))
               : status;
}

static void release(struct advise *advise)
{
    while (advise->made > 0) {
        groups_release(&advise->groups[--advise->made]);
    }
    free(advise->groups);
    free(advise->all);
    compare_input_release(&advise->input);
    advise_records_release(&advise->records);
    advise_request_release(&advise->request);
}

static int advise_run(const struct command *command, char **arguments)
{
    struct advise advise = {.command = command, .input.unreadable = STATUS_FAILED};
    const struct advise_request *request = &advise.request;
    int status = advise_request_parse(command, arguments, &advise.request);

    if (status < 0 && request->program) {
        status = advise_program_run(command, request);
    } else if (status < 0) {
        status = request->paths.count > 0
                     ? compare_input_load(command, &request->paths, &advise.input)
                     : advise_measure(command, &request->question, request->trial,
                                      request->manners.quiet, &advise.records);
        status = status < 0 ? conclude(&advise) : status;
    }
    release(&advise);
    return status;
}

const struct command command_advise = {
    .name = "advise",
    .arguments = "[FILE]... [OPTION]...  or  [OPTION]... -- PROGRAM [WORD]...",
    .summary = "say in words what is best: threads or processes, and how many",
    .options = advise_options,
    .more = "From the results in FILE, or measured now, in less than a minute. PROGRAM is the\n"
            "task itself: how many at once, and what could threads in its place save?\n"
            "\nExamples:\n"
            "  tvp advise --task 200us --tasks 10k            measures, then answers\n"
            "  tvp advise results --task 200us --tasks 10k    from what was measured: best of\n"
            "                                                 tvp sweep map, few and many\n"
            "  tvp advise --task 5ms --tasks 100 --parent 1G --isolation\n"
            "  tvp advise --tasks 500 -- convert in.png out.jpg\n",
    .run = advise_run,
};
