/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a timeline amounts to, and the sentence above its picture. A timeline is one sample, so the
 * sentence speaks of what is seen in the picture and of no more. */
#include "base/units.h"
#include "output/plot_data.h"
#include "output/plot_label.h"

#include <math.h>
#include <string.h>

#define LIKE 1.05 /* times within 5 % are called alike */
#define MOST_NAMED 3u

/* The lanes of a result file may have any number; only as many are looked at for `begun_ns`. */
#define MOST_LANES 1024u

static const struct sample *timeline_sample(const struct series *series)
{
    for (size_t i = 0; i < series->samples.count; i++) {
        const struct sample *sample = &series->samples.items[i];

        if (sample->epoch == series->timeline.epoch && sample->block == series->timeline.block) {
            return sample;
        }
    }
    return NULL;
}

void lanes_measure(const struct series *series, struct lanes *ret_lanes)
{
    double first[MOST_LANES], busy_ns = 0;
    const struct sample *sample = timeline_sample(series);
    struct lanes lanes = {.wall_ns = sample ? (double)sample->run_ns : 0};

    for (size_t i = 0; i < MOST_LANES; i++) {
        first[i] = NAN;
    }
    for (size_t i = 0; i < series->timeline.count; i++) {
        const struct span *span = &series->timeline.items[i];
        double start_ns = (double)span->start_ns, end_ns = (double)span->end_ns;

        if (span->worker >= lanes.count) {
            lanes.count = (size_t)span->worker + 1;
        }
        if (span->worker < MOST_LANES) {
            first[span->worker] = fmin(first[span->worker], start_ns);
        }
        lanes.wall_ns = fmax(lanes.wall_ns, end_ns);
        busy_ns += fmax(0, end_ns - start_ns);
        lanes.failed += span->failed;
    }
    for (size_t i = 0; i < MOST_LANES; i++) {
        lanes.begun_ns = fmax(lanes.begun_ns, first[i]);
    }
    /* A worker of a pool that was given nothing is an empty lane; pthread and fork have no worker
     * without a task. */
    if (strstr(series->strategy, "-pool") && series->workers > lanes.count) {
        lanes.count = series->workers;
    }
    lanes.busy =
        lanes.count > 0 && lanes.wall_ns > 0 ? busy_ns / (lanes.wall_ns * (double)lanes.count) : 0;
    *ret_lanes = lanes;
}

bool plot_has_timeline(const struct group *group)
{
    for (size_t i = 0; i < group->row_count; i++) {
        if (group->rows[i].series->timeline.count > 0) {
            return true;
        }
    }
    return false;
}

const struct row *lanes_serial(const struct group *group)
{
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (row->series->timeline.count > 0 && strcmp(row_look(row), "serial") == 0) {
            return row;
        }
    }
    return NULL;
}

static void add_factor(char *text, size_t size, double factor)
{
    char number[UNITS_SIZE];

    if (factor >= 999.5) {
        label_add(text, size, "%s×", format_ratio(factor, number));
    } else {
        label_add(text, size, "%.*f×", factor < 9.95 ? 1 : 0, factor);
    }
}

void lanes_compare(double serial_ns, double wall_ns, char *text, size_t size)
{
    double factor = wall_ns > 0 ? serial_ns / wall_ns : 1;

    if (factor >= LIKE) {
        add_factor(text, size, factor);
        label_add(text, size, " faster");
    } else if (factor > 0 && factor <= 1 / LIKE) {
        add_factor(text, size, 1 / factor);
        label_add(text, size, " slower");
    } else {
        label_add(text, size, "as fast as serial");
    }
}

/* The parallel strategies of a picture and their walls. */
struct field {
    const struct row *rows[MOST_NAMED];
    double walls_ns[MOST_NAMED];
    size_t count; /* may exceed MOST_NAMED */
    double least_ns, most_ns;
    const struct row *least, *most;
};

static void field_gather(const struct group *group, struct field *ret_field)
{
    struct field field = {.least_ns = INFINITY};

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        struct lanes lanes;

        if (row->series->timeline.count == 0 || strcmp(row_look(row), "serial") == 0) {
            continue;
        }
        lanes_measure(row->series, &lanes);
        if (field.count < MOST_NAMED) {
            field.rows[field.count] = row;
            field.walls_ns[field.count] = lanes.wall_ns;
        }
        field.count++;
        if (lanes.wall_ns < field.least_ns) {
            field.least_ns = lanes.wall_ns;
            field.least = row;
        }
        if (lanes.wall_ns > field.most_ns) {
            field.most_ns = lanes.wall_ns;
            field.most = row;
        }
    }
    *ret_field = field;
}

/* All ended at about the same time: "6.00 s become 3.00 s to 3.04 s with pthread and fork". */
static void title_alike(const struct group *group, const struct field *field, double serial_ns,
                        char *text, size_t size)
{
    struct estimate serial = {.value = serial_ns, .low = NAN, .high = NAN};
    struct estimate least = {.value = field->least_ns, .low = NAN, .high = NAN};
    struct estimate most = {.value = field->most_ns, .low = NAN, .high = NAN};
    char before[TIME_TEXT_SIZE], first[TIME_TEXT_SIZE], last[TIME_TEXT_SIZE];
    char none[TIME_TEXT_SIZE], name[ROW_NAME_SIZE];

    time_texts(&serial, before, none);
    time_texts(&least, first, none);
    time_texts(&most, last, none);
    label_add(text, size, "%s become %s", before, first);
    if (strcmp(first, last) != 0) {
        label_add(text, size, " to %s", last);
    }
    label_add(text, size, " with ");
    if (field->count > MOST_NAMED) {
        label_add(text, size, "each of %zu strategies", field->count);
        return;
    }
    for (size_t i = 0; i < field->count; i++) {
        row_name(group, field->rows[i], name);
        label_add(text, size, "%s%s", i == 0 ? "" : i + 1 == field->count ? " and " : ", ", name);
    }
}

static void add_rank(const struct group *group, const struct row *row, double serial_ns,
                     double wall_ns, const char *rank, char *text, size_t size)
{
    char name[ROW_NAME_SIZE];

    row_name(group, row, name);
    label_add(text, size, "%s%s ", name, rank);
    lanes_compare(serial_ns, wall_ns, text, size);
}

/* "pthread 2.0× faster than serial, fork 1.3× slower"; of many only the first and the last. */
static void title_each(const struct group *group, const struct field *field, double serial_ns,
                       char *text, size_t size)
{
    bool many = field->count > 2;
    const struct row *one = many ? field->least : field->rows[0];
    double one_ns = many ? field->least_ns : field->walls_ns[0];

    add_rank(group, one, serial_ns, one_ns, many ? " first," : "", text, size);
    if (one_ns * LIKE <= serial_ns || one_ns >= serial_ns * LIKE) {
        label_add(text, size, " than serial");
    }
    if (many) {
        label_add(text, size, "; ");
        add_rank(group, field->most, serial_ns, field->most_ns, " last,", text, size);
    } else if (field->count == 2) {
        label_add(text, size, ", ");
        add_rank(group, field->rows[1], serial_ns, field->walls_ns[1], "", text, size);
    }
}

void plot_title_timeline(const struct group *group, char *text, size_t size)
{
    const struct row *serial = lanes_serial(group);
    struct lanes lanes = {0};
    struct field field;

    text[0] = '\0';
    field_gather(group, &field);
    label_add(text, size, "One sample of %.40s: ", group->workload);
    if (!serial || field.count == 0) {
        label_add(text, size, "when each task ran, and on which worker");
        return;
    }
    lanes_measure(serial->series, &lanes);
    bool alike = field.most_ns <= LIKE * field.least_ns;
    if (alike && lanes.wall_ns >= LIKE * field.most_ns) {
        title_alike(group, &field, lanes.wall_ns, text, size);
    } else if (field.least_ns * LIKE >= lanes.wall_ns && field.most_ns <= LIKE * lanes.wall_ns) {
        label_add(text, size, "all end within %.0f\u00a0%% of serial", 100 * (LIKE - 1));
    } else {
        title_each(group, &field, lanes.wall_ns, text, size);
    }
    if (lanes.failed > 0) {
        label_add(text, size, "; %zu of %zu tasks fail", lanes.failed,
                  serial->series->timeline.count);
    }
}
