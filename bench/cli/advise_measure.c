/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/advise_measure.h"

#include "base/affinity.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/units.h"
#include "cli/advise_places.h"
#include "cli/interruption.h"
#include "cli/measuring.h"
#include "cli/progress.h"
#include "record/machine.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define BUDGET_NS 50000000000u /* of all places together; calibration comes on top */

static const struct profile_workload no_workloads[] = {{0}};
static const struct profile profile = {
    .name = "advise",
    .summary = "places around one question",
    .epochs = 8,
    .warmup_blocks = 1,
    .blocks = 3,
    .budget_ns = BUDGET_NS,
    .strategies = "serial",
    .workloads = no_workloads,
};
/* Programs start everything afresh with each task. */
static const struct profile program_profile = {
    .name = "advise-program",
    .summary = "a program, several at once",
    .epochs = 12,
    .warmup_blocks = 0,
    .blocks = 2,
    .budget_ns = BUDGET_NS,
    .strategies = "serial",
    .workloads = no_workloads,
};

struct measuring {
    const struct command *command;
    const struct profile *profile;
    const char *trial;
    struct progress progress;
    const volatile sig_atomic_t *stopped;
    uint64_t budget_ns; /* of one place */
    char label[80];
};

static int append(struct advise_records *records, struct record *record)
{
    struct record *items = reallocarray(records->items, records->count + 1, sizeof(*items));

    if (!items) {
        record_release(record);
        return -1;
    }
    records->items = items;
    items[records->count++] = *record;
    return 0;
}

/* -1 or the status to end with. */
static int measure(struct measuring *measuring, const struct advise_place *place,
                   struct advise_records *records)
{
    const char *const workloads[] = {place->workload, NULL};
    const char *const sets[] = {place->set, NULL};
    struct sweep sweep = {0};
    char why[SWEEP_WHY_SIZE];
    struct record record;
    struct run_settings settings = {
        .plan = {.profile = measuring->profile,
                 .workloads = workloads,
                 .strategies = place->strategies,
                 .workers = place->workers,
                 .sets = sets,
                 .tasks = place->tasks,
                 .no_placebo = true,
                 .sweep = place->axis[0] ? &sweep : NULL},
        .trial = measuring->trial,
        .label = measuring->label,
        .argv = json_array(),
        .budget_ns = measuring->budget_ns,
        .seed = 1 + records->count,
        .no_repeats = true,
        .stopped = measuring->stopped,
        .progress = progress_draw,
        .context = &measuring->progress,
    };
    int status = place->axis[0] && sweep_add(&sweep, place->axis, affinity_count(), why) < 0
                     ? command_complain(measuring->command, STATUS_FAILED, "%s", why)
                     : measuring_run(measuring->command, &settings, &record);

    json_decref(settings.argv);
    if (status < 0 && append(records, &record) < 0) {
        status = command_complain(measuring->command, STATUS_FAILED, "out of memory");
    }
    return status;
}

static int measure_all(const struct command *command, const struct profile *how,
                       const struct advise_places *places, const char *trial, bool quiet,
                       struct advise_records *ret_records)
{
    struct measuring measuring = {
        .command = command,
        .profile = how,
        .trial = trial,
        .stopped = interruption_catch(),
    };
    const uint64_t end_ns = clock_ns() + BUDGET_NS;
    int status = -1;

    *ret_records = (struct advise_records){.count = 0};
    machine_default_label(measuring.label, sizeof(measuring.label));
    progress_init(&measuring.progress, quiet);
    if (!quiet) {
        fprintf(stderr, "tvp advise: measuring at %zu places, about a minute at most\n",
                places->count);
    }
    for (size_t i = 0; status < 0 && i < places->count; i++) {
        uint64_t now_ns = clock_ns(), left = places->count - i;

        /* The first place is the question itself. What comes later is measured at least once. */
        measuring.budget_ns = (end_ns > now_ns ? end_ns - now_ns : 1) / (i == 0 ? 2 : left);
        status = measure(&measuring, &places->items[i], ret_records);
        progress_clear(&measuring.progress);
    }
    return status;
}

int advise_measure(const struct command *command, const struct advice_question *question,
                   const char *trial, bool quiet, struct advise_records *ret_records)
{
    const uint64_t available = memory_available();
    char wanted[UNITS_SIZE], left[UNITS_SIZE];
    struct advise_places places;

    *ret_records = (struct advise_records){.count = 0};
    if (question->parent.bytes > available / ADVISE_PARENTS) {
        return command_complain(
            command, STATUS_USAGE, "--parent: %u trials side by side want %s, and %s are available",
            ADVISE_PARENTS, format_size(question->parent.bytes * ADVISE_PARENTS, wanted),
            format_size(available - available % (1u << 20), left));
    }
    advise_places_make(question, affinity_count(), &places);
    return measure_all(command, &profile, &places, trial, quiet, ret_records);
}

int advise_measure_program(const struct command *command, char **program, uint64_t tasks,
                           const char *trial, bool quiet, struct advise_records *ret_records)
{
    struct advise_places places;
    char *line = advise_program_argument(program);

    *ret_records = (struct advise_records){.count = 0};
    if (!line) {
        return command_complain(command, STATUS_FAILED, "out of memory");
    }
    advise_places_program(line, tasks, affinity_count(), &places);
    int status = measure_all(command, &program_profile, &places, trial, quiet, ret_records);
    free(line);
    return status;
}

void advise_records_release(struct advise_records *records)
{
    for (size_t i = 0; i < records->count; i++) {
        record_release(&records->items[i]);
    }
    free(records->items);
    *records = (struct advise_records){.items = NULL};
}
