/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timelines as Trace Event Format, which Perfetto and chrome://tracing open: a cell is a
 * process, a worker a thread, a task a slice. */
#include "output/export_cells.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int compare_spans(const void *a, const void *b)
{
    const struct span *left = a, *right = b;

    if (left->worker != right->worker) {
        return left->worker < right->worker ? -1 : 1;
    }
    return (left->start_ns > right->start_ns) - (left->start_ns < right->start_ns);
}

/* In the order of workers and time, to be freed. NULL: no memory. */
static struct span *sort_spans(const struct timeline *timeline)
{
    struct span *spans = calloc(timeline->count, sizeof(*spans));

    if (spans) {
        memcpy(spans, timeline->items, timeline->count * sizeof(*spans));
        qsort(spans, timeline->count, sizeof(*spans), compare_spans);
    }
    return spans;
}

/* A worker does one task at a time; a viewer would draw anything else as tasks in tasks. */
static bool spans_overlap(const struct span *spans, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (spans[i].worker == spans[i - 1].worker && spans[i].start_ns < spans[i - 1].end_ns) {
            return true;
        }
    }
    return false;
}

/* kind: "process_name", "process_sort_index" or "thread_name". Takes over arguments. */
static json_t *make_label(const char *kind, json_int_t pid, json_int_t tid, json_t *arguments)
{
    return json_pack("{s:s, s:s, s:I, s:I, s:o}", "name", kind, "ph", "M", "pid", pid, "tid", tid,
                     "args", arguments);
}

/* Microseconds; a viewer shows worker 1 as the first one. */
static json_t *make_slice(const struct span *span, json_int_t pid)
{
    return json_pack(
        "{s:o, s:s, s:s, s:I, s:I, s:f, s:f, s:{s:I, s:b}}", "name",
        json_sprintf("task %" PRIu32 "%s", span->task + 1, span->failed ? " (failed)" : ""), "cat",
        "task", "ph", "X", "pid", pid, "tid", (json_int_t)span->worker + 1, "ts",
        (double)span->start_ns / 1e3, "dur", (double)(span->end_ns - span->start_ns) / 1e3, "args",
        "task", (json_int_t)span->task + 1, "failed", span->failed);
}

static int add_spans(json_t *events, const struct span *spans, size_t count, json_int_t pid)
{
    int failed = 0;

    for (size_t i = 0; i < count && !failed; i++) {
        if (i == 0 || spans[i].worker != spans[i - 1].worker) {
            json_t *name = json_pack(
                "{s:o}", "name", json_sprintf("worker %" PRIu64, (uint64_t)spans[i].worker + 1));

            failed |= json_array_append_new(
                events, make_label("thread_name", pid, (json_int_t)spans[i].worker + 1, name));
        }
        failed |= json_array_append_new(events, make_slice(&spans[i], pid));
    }
    return failed ? -ENOMEM : 0;
}

static int add_cell(json_t *events, const struct export_job *job, const struct export_cell *cell,
                    json_int_t pid)
{
    const size_t count = cell->series->timeline.count;
    struct span *spans = sort_spans(&cell->series->timeline);
    int r = spans ? 0 : -ENOMEM;

    if (r == 0 && spans_overlap(spans, count)) {
        fprintf(job->notes, "left out: %s: its timeline has a worker with two tasks at once\n",
                cell->name);
    } else if (r == 0) {
        /* A timeline is shown also of what has no time, but called what it is. */
        json_t *name = json_pack("{s:o}", "name",
                                 json_sprintf("%s%s", cell->name,
                                              row_has_time(cell->row)   ? ""
                                              : cell->row->wrong_answer ? " (wrong answer)"
                                                                        : " (no time)"));
        json_t *place = json_pack("{s:I}", "sort_index", pid);

        r = json_array_append_new(events, make_label("process_name", pid, 0, name)) < 0 ||
                    json_array_append_new(events, make_label("process_sort_index", pid, 0, place)) <
                        0
                ? -ENOMEM
                : add_spans(events, spans, count, pid);
    }
    free(spans);
    return r;
}

static int trace_write(const struct export_job *job)
{
    struct export_cells cells;
    json_t *events = json_array();
    size_t without = 0;
    json_int_t pid = 1;
    int r = export_cells_make(job, &cells);

    r = r == 0 && !events ? -ENOMEM : r;
    for (size_t i = 0; i < cells.count && r == 0; i++) {
        const struct export_cell *cell = &cells.items[i];

        if (cell->row && cell->series->timeline.count > 0) {
            r = add_cell(events, job, cell, pid++);
        } else {
            without += cell->row != NULL;
        }
    }
    if (r == 0 && without > 0) {
        fprintf(job->notes,
                "left out: %zu of %zu cells have no timeline (too many tasks, or none)\n", without,
                cells.count);
    }
    if (r == 0) {
        r = export_json_write(
            json_pack("{s:s, s:O}", "displayTimeUnit", "ms", "traceEvents", events), job->out);
    }
    json_decref(events);
    export_cells_release(&cells);
    return r;
}

const struct export_format export_chrome_trace = {
    .name = "chrome-trace",
    .summary = "the timelines as JSON that Perfetto opens",
    .write = trace_write,
};
