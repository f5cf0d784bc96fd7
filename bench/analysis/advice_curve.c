/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model says of tasks that were not measured: its curve, and what the points around leave
 * over. */
#include "analysis/advice_parts.h"

#include <math.h>

#define FAR_DECADES 0.5    /* so far from all points half of what is left over is forgotten */
#define NEAR_DECADES 0.1   /* as good as measured there */
#define STEADY_ROUNDS 16.0 /* of chunks a worker: more of them cost as much each */
#define RANGE_SLACK 1.3
#define MOST_GAIN 0.97 /* of the ideal time, which noise may undercut by so much */

/* Task lengths on the busiest core, times the workers that can run at once. */
static double path_of(const struct advice_model *model, double tasks)
{
    double cores = (double)model->cores, chunk = (double)model->chunk;
    double workers = (double)model->workers, atom = fmin(tasks, chunk);

    if (workers > cores) {
        return fmax(tasks, cores * atom); /* the scheduler shares the cores among all of them */
    }
    return workers * fmin(tasks, chunk * ceil(ceil(tasks / chunk) / workers));
}

void advice_terms(const struct advice_model *model, double length_ns, double tasks,
                  double terms[TERM_COUNT])
{
    terms[TERM_START] = 1;
    terms[TERM_TASK] = tasks;
    terms[TERM_WORK] = path_of(model, tasks) * length_ns;
}

double advice_curve(const struct advice_model *model, double length_ns, double tasks)
{
    double terms[TERM_COUNT], sum_ns = model->edge_ns;

    advice_terms(model, length_ns, tasks, terms);
    for (size_t i = 0; i < TERM_COUNT; i++) {
        sum_ns += model->run[i] * terms[i];
    }
    return sum_ns;
}

/* Tasks beyond the most that were measured, where a task more costs what the last one did, lie as
 * far away as these. */
static double steady_tasks(const struct advice_model *model, double tasks)
{
    double most = 0, round = (double)model->workers * (double)model->chunk;

    for (size_t i = 0; i < model->count; i++) {
        most = fmax(most, model->points[i].tasks);
    }
    return most >= STEADY_ROUNDS * round ? fmin(tasks, most) : tasks;
}

static double distance(const struct advice_point *point, double length_ns, double tasks)
{
    return hypot(log10(length_ns / point->length_ns), log10(tasks / point->tasks));
}

/* What the points around leave over. */
double advice_correction(const struct advice_model *model, size_t skip, double length_ns,
                         double tasks)
{
    double weights = 1 / (FAR_DECADES * FAR_DECADES), sum = 0, steady = steady_tasks(model, tasks);

    for (size_t i = 0; i < model->count; i++) {
        double away = distance(&model->points[i], length_ns, steady);

        if (i == skip) {
            continue;
        }
        if (away < 1e-9) {
            return model->points[i].residual;
        }
        weights += 1 / (away * away);
        sum += model->points[i].residual / (away * away);
    }
    return sum / weights;
}

double advice_model_time(const struct advice_model *model, double length_ns, double tasks)
{
    double workers = fmin((double)model->workers, (double)model->cores);
    double serial_ns = length_ns * tasks;

    if (model->serial) {
        return serial_ns;
    }
    /* No more is done at once than there are cores: what says so is noise, carried far. */
    return fmax(advice_curve(model, length_ns, tasks) *
                    exp(advice_correction(model, model->count, length_ns, tasks)),
                serial_ns / workers * MOST_GAIN);
}

double advice_model_doubt(const struct advice_model *model, double length_ns, double tasks)
{
    const struct advice_point *nearest = NULL;
    double steady = steady_tasks(model, tasks), least = INFINITY;

    for (size_t i = 0; i < model->count; i++) {
        double away = distance(&model->points[i], length_ns, steady);

        if (away < least) {
            least = away;
            nearest = &model->points[i];
        }
    }
    if (!nearest) {
        return NAN;
    }
    return least <= NEAR_DECADES
               ? nearest->spread
               : hypot(nearest->spread, model->error * fmin(1, least / FAR_DECADES));
}

unsigned advice_model_outside(const struct advice_model *model, double length_ns, double tasks)
{
    double shortest = INFINITY, longest = 0, fewest = INFINITY, most = 0;
    unsigned outside = 0;

    for (size_t i = 0; i < model->count; i++) {
        shortest = fmin(shortest, model->points[i].length_ns);
        longest = fmax(longest, model->points[i].length_ns);
        fewest = fmin(fewest, model->points[i].tasks);
        most = fmax(most, model->points[i].tasks);
    }
    tasks = steady_tasks(model, tasks);
    if (model->serial) {
        return 0;
    }
    if (length_ns < shortest / RANGE_SLACK || length_ns > longest * RANGE_SLACK) {
        outside |= ADVICE_OUTSIDE_LENGTH;
    }
    if (tasks < fewest / RANGE_SLACK || tasks > most * RANGE_SLACK) {
        outside |= ADVICE_OUTSIDE_TASKS;
    }
    return outside;
}
