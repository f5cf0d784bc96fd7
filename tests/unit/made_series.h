/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small records made up for the tests of analysis and output: times are given, and every sample
 * of epoch e is that times 1 + wave[e], the same wave for all series of a record. */
#ifndef TVP_TEST_MADE_SERIES_H
#define TVP_TEST_MADE_SERIES_H

#include "record/record.h"

#include <stdlib.h>
#include <string.h>

struct made {
    const char *workload, *arguments, *summary, *strategy;
    uint64_t workers, tasks;
    double run_ns, open_ns; /* close takes as long as open */
    const char *answer;     /* NULL: "a" */
    unsigned epochs, blocks;
    uint64_t failed;
    double own_noise; /* relative, of alternating sign from epoch to epoch */
};

static inline void made_samples(struct series *series, const struct made *made)
{
    static const double wave[] = {0,     .01,  -.01,  .02, -.02, .005,
                                  -.005, .015, -.015, .03, -.03, .001};

    for (unsigned i = 0; i < made->epochs * made->blocks; i++) {
        unsigned epoch = i / made->blocks;
        double factor = 1 + wave[epoch % 12] + (epoch % 2 ? 1 : -1) * made->own_noise;
        struct sample sample = {
            .epoch = epoch,
            .block = 2 + i % made->blocks,
            .open_ns = (uint64_t)(made->open_ns * factor),
            .run_ns = (uint64_t)(made->run_ns * factor),
            .close_ns = (uint64_t)(made->open_ns * factor),
            .user_ns = (uint64_t)(made->run_ns * factor),
            .failed = made->failed,
        };

        if (sample_list_append(&series->samples, &sample) < 0) {
            abort();
        }
    }
}

static inline struct series *made_add(struct record *record, struct made made)
{
    struct series *series = record_add_series(record);

    if (!series) {
        abort();
    }
    series->workload = strdup(made.workload);
    series->arguments = strdup(made.arguments ? made.arguments : "");
    series->summary = strdup(made.summary ? made.summary : "");
    series->strategy = strdup(made.strategy);
    series->workers = made.workers;
    series->tasks = made.tasks;
    series->answer = made.epochs ? strdup(made.answer ? made.answer : "a") : NULL;
    series->consistent = true;
    made_samples(series, &made);
    return series;
}

/* Rows of {task, worker, start, end} in ms; failed_task from 0, -1 for none. */
static inline void made_timeline(struct series *series, const unsigned (*rows)[4], size_t count,
                                 int failed_task)
{
    series->timeline.items = calloc(count, sizeof(*series->timeline.items));
    if (!series->timeline.items) {
        abort();
    }
    series->timeline.count = count;
    for (size_t i = 0; i < count; i++) {
        series->timeline.items[i] = (struct span){
            .task = rows[i][0],
            .worker = rows[i][1],
            .start_ns = rows[i][2] * 1000000ull,
            .end_ns = rows[i][3] * 1000000ull,
            .failed = (int)rows[i][0] == failed_task,
        };
    }
}

static inline void made_machine(struct record *record, const char *label, int cores, bool complete)
{
    json_decref(record->head);
    record->head = json_pack("{s:s, s:b, s:{s:s, s:{s:i}}}", "schema", RECORD_SCHEMA, "complete",
                             complete, "machine", "label", label, "cpu", "cores", cores);
    if (!record->head) {
        abort();
    }
}

#endif
