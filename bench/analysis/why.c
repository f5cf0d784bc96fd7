/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/why.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define SHARE 0.1 /* of the difference that a counter must be able to explain */

/* What stands in a sample, the most that one of it can cost in ns, and what is added to both sides
 * of a ratio: one event, or 1 ms, because the kernel divides CPU time between user and system by
 * whole ticks of about that length. */
#define EVENT_AT(event) (offsetof(struct sample, events) + (event) * sizeof(uint64_t))
static const struct {
    size_t offset;
    double price_ns, step;
    bool examined;
} counters[COUNTER_COUNT] = {
    [COUNTER_USER] = {offsetof(struct sample, user_ns), 1, 1e6, false},
    [COUNTER_SYSTEM] = {offsetof(struct sample, system_ns), 1, 1e6, false},
    [COUNTER_MINOR_FAULTS] = {offsetof(struct sample, minor_faults), 10e3, 1, false},
    [COUNTER_MAJOR_FAULTS] = {offsetof(struct sample, major_faults), 10e6, 1, false},
    [COUNTER_VOLUNTARY] = {offsetof(struct sample, switches_voluntary), 100e3, 1, false},
    [COUNTER_FORCED] = {offsetof(struct sample, switches_forced), 100e3, 1, false},
    [COUNTER_RUN_DELAY] = {EVENT_AT(EVENT_RUN_DELAY), 1, 1e6, true},
    [COUNTER_MIGRATIONS] = {EVENT_AT(EVENT_MIGRATIONS), 100e3, 1, true},
    [COUNTER_CYCLES] = {EVENT_AT(EVENT_CYCLES), 1, 1, true},
    [COUNTER_INSTRUCTIONS] = {EVENT_AT(EVENT_INSTRUCTIONS), 1, 1, true},
    [COUNTER_DTLB_MISSES] = {EVENT_AT(EVENT_DTLB_MISSES), 1e3, 1, true},
};

bool counter_is_time(enum counter counter)
{
    return counter == COUNTER_USER || counter == COUNTER_SYSTEM || counter == COUNTER_RUN_DELAY;
}

static uint64_t counter_read(const struct sample *sample, int which)
{
    uint64_t value;

    memcpy(&value, (const char *)sample + counters[which].offset, sizeof(value));
    return value;
}

static double counter_value(const struct sample *sample, int which)
{
    return (double)counter_read(sample, which);
}

static const struct sample_list *counter_samples(const struct series *series, enum counter counter)
{
    return counters[counter].examined ? &series->examined : &series->samples;
}

/* In every sample: of some only it would be another matter. */
static bool counter_known(const struct series *series, enum counter counter)
{
    const struct sample_list *list = counter_samples(series, counter);

    for (size_t i = 0; i < list->count; i++) {
        if (counters[counter].examined &&
            counter_read(&list->items[i], (int)counter) == EVENT_UNKNOWN) {
            return false;
        }
    }
    return list->count > 0;
}

bool counter_happened(const struct series *series, enum counter counter)
{
    const struct sample_list *list = counter_samples(series, counter);
    bool any = false;

    for (size_t i = 0; i < list->count && !any; i++) {
        any = counter_read(&list->items[i], (int)counter) > 0;
    }
    return any && counter_known(series, counter);
}

double counter_each(const struct series *series, enum counter counter)
{
    const double tasks = series->tasks > 0 ? (double)series->tasks : 1;

    return counter_known(series, counter) ? samples_value(counter_samples(series, counter),
                                                          counter_value, (int)counter, CONFIDENCE)
                                                    .value /
                                                tasks
                                          : NAN;
}

static double counter_with_step(const struct sample *sample, int which)
{
    return counter_value(sample, which) + counters[which].step;
}

/* More of it in every respect, and enough of it? */
static bool counter_moved(const struct why *why)
{
    double took_ns = why->slow->time.value - why->fast->time.value;
    double more = (why->slow_each - why->fast_each) * (double)why->slow->series->tasks;

    /* Slower by the ratios of the epochs, and not by the median of all: nothing is to be explained
     * by so many ns, and any counter would be enough for less than none. */
    return took_ns > 0 && estimate_has_interval(&why->ratio) && why->ratio.low > 1 + MARGIN &&
           more * counters[why->counter].price_ns >= SHARE * took_ns;
}

/* Who has fewer workers needs no counter to be slower. 0: one for every task. */
static bool fewer_workers(const struct series *a, const struct series *b)
{
    return a->workers > 0 && (b->workers == 0 || a->workers < b->workers);
}

bool why_slower(const struct row *slow, const struct row *fast, struct why *ret_why)
{
    const struct series *a = slow->series, *b = fast->series;
    unsigned known = 0;
    bool found = false;

    if (fewer_workers(a, b)) {
        return false;
    }
    for (enum counter counter = 0; counter < COUNTER_COUNT; counter++) {
        known += counter_known(a, counter) && counter_known(b, counter);
    }
    for (enum counter counter = 0; counter < COUNTER_COUNT; counter++) {
        if (!counter_known(a, counter) || !counter_known(b, counter)) {
            continue;
        }
        const struct why why = {
            .slow = slow,
            .fast = fast,
            .counter = counter,
            .ratio =
                samples_value_ratio(counter_samples(a, counter), counter_samples(b, counter),
                                    counter_with_step, (int)counter, 1 - (1 - CONFIDENCE) / known),
            .slow_each = counter_each(a, counter),
            .fast_each = counter_each(b, counter),
        };

        if (counter_moved(&why) && (!found || why.ratio.value > ret_why->ratio.value)) {
            *ret_why = why;
            found = true;
        }
    }
    return found;
}

static const struct row *group_second(const struct group *group)
{
    const struct row *second = NULL;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (i != group->best && row_has_time(row) && !strategy_is_control(row->series->strategy) &&
            (!second || row->time.value < second->time.value)) {
            second = row;
        }
    }
    return second;
}

size_t group_why(const struct group *group, struct why whys[WHYS_MAX])
{
    const struct contest *contest = &group->contest;
    const struct row *slow = NULL, *fast = NULL, *second = group_second(group);
    size_t count = 0;

    if (group->metric == METRIC_WARM) {
        return 0;
    }
    if (second && second->standing == STANDING_SLOWER) {
        count += why_slower(second, &group->rows[group->best], &whys[count]);
    }
    if (contest->outcome == CONTEST_THREADS) {
        slow = contest->processes;
        fast = contest->threads;
    } else if (contest->outcome == CONTEST_PROCESSES) {
        slow = contest->threads;
        fast = contest->processes;
    }
    bool told = slow == second && fast == &group->rows[group->best];
    if (slow && !told) {
        count += why_slower(slow, fast, &whys[count]);
    }
    return count;
}
