/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slower, faster, no difference, or cannot tell and what would help. */
#include "analysis/compare_judge.h"

#include "analysis/compare_parts.h"
#include "analysis/holm.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define CLEAN_EPOCHS 12u
#define SPAN_NS 300000000000u

static bool is_clear(const struct probes *probes, const struct probe *probe, size_t part)
{
    struct estimate estimate = change_estimate(probe->before, probe->after, probes->settings,
                                               probes->alpha / (double)part);

    return estimate.low > 0 || estimate.high < 0;
}

/* How many tests it may be one of and still be clear: the largest j up to their number for which it
 * is so at alpha / j. Intervals widen with the confidence, so it is found by halving. */
static size_t probe_strength(const struct probes *probes, const struct probe *probe)
{
    size_t least = 0, most = probes->count;

    while (least < most) {
        size_t middle = least + (most - least + 1) / 2;

        if (is_clear(probes, probe, middle)) {
            least = middle;
        } else {
            most = middle - 1;
        }
    }
    return least;
}

/* Only the levels of Holm's steps matter, alpha / j: a p-value need be no finer than these. */
int probes_correct(struct probes *probes)
{
    double *p = calloc(probes->count + 1, sizeof(*p));
    double *confidences = calloc(probes->count + 1, sizeof(*confidences));
    int r = p && confidences ? 0 : -ENOMEM;

    for (size_t i = 0; i < probes->count && r == 0; i++) {
        size_t strength = probe_strength(probes, &probes->items[i]);

        /* A trifle below the level itself, so that rounding cannot lift it above. */
        p[i] = strength > 0 ? probes->alpha / (double)strength * (1 - 1e-9) : 1;
    }
    if (r == 0 && !holm_confidences(p, probes->count, 1 - probes->alpha, confidences)) {
        r = -ENOMEM;
    }
    for (size_t i = 0; i < probes->count && r == 0; i++) {
        probes->items[i].proven = p[i] <= 1 - confidences[i];
    }
    free(p);
    free(confidences);
    return r;
}

/* The interval shrinks with the square root of the number of epochs. */
uint64_t epochs_wanted(double value, double half, size_t count, double margin)
{
    double distance = fabs(value);
    double target = distance >= margin ? distance : margin - distance;

    target = target > margin / 2 ? target : margin / 2;
    double more = (double)count * (half / target * (half / target) - 1);
    double step = more > 100 ? 50 : more > 20 ? 10 : more > 10 ? 5 : 1;

    return more > 0 ? (uint64_t)(ceil(fmin(more, 1e6) / step) * step) : 1;
}

static size_t cell_most(const struct compare_cell *a, const struct compare_cell *b)
{
    return a->count > b->count ? a->count : b->count;
}

static void doubt_rows(const struct probes *probes, const struct probe *probe)
{
    struct compare_cell *cell = probe->after;
    size_t members = cell_most(probe->before, cell);
    size_t needed =
        evidence_needed(1 - probes->alpha / 2 / (double)members / (double)probes->count);

    cell->doubt = DOUBT_ROWS;
    cell->needed = !probes->settings->absolute && probe->estimate.count < needed ? needed : 0;
}

static uint64_t shortest_span(const struct compare_cell *cell)
{
    uint64_t span_ns = UINT64_MAX;

    for (size_t i = 0; i < cell->count; i++) {
        uint64_t one_ns = cell->members[i]->evidence.span_ns;

        span_ns = one_ns < span_ns ? one_ns : span_ns;
    }
    return span_ns;
}

static size_t least_epochs(const struct compare_cell *cell)
{
    size_t least = SIZE_MAX;

    for (size_t i = 0; i < cell->count; i++) {
        size_t count = cell->members[i]->evidence.count;

        least = count < least ? count : least;
    }
    return least;
}

/* Times of two runs say nothing if a run was too short to see the machine's moods. */
static enum doubt doubt_of_times(const struct probe *probe)
{
    if (least_epochs(probe->before) < CLEAN_EPOCHS || least_epochs(probe->after) < CLEAN_EPOCHS) {
        return DOUBT_CLEAN;
    }
    return shortest_span(probe->before) < SPAN_NS || shortest_span(probe->after) < SPAN_NS
               ? DOUBT_SPAN
               : DOUBT_NONE;
}

void probe_decide(const struct probes *probes, const struct probe *probe)
{
    const struct estimate *estimate = &probe->estimate;
    struct compare_cell *cell = probe->after;
    bool clear = estimate->low > 0 || estimate->high < 0;
    enum doubt doubt = probes->settings->absolute ? doubt_of_times(probe) : DOUBT_NONE;

    if (doubt != DOUBT_NONE) {
        cell->change = CHANGE_UNSURE;
        cell->doubt = doubt;
        cell->needed = CLEAN_EPOCHS;
    } else if (estimate->low > -probes->margin && estimate->high < probes->margin) {
        cell->change = CHANGE_SAME;
    } else if (clear && fabs(estimate->value) >= probes->margin) {
        cell->change = !probe->proven        ? CHANGE_UNSURE
                       : estimate->value > 0 ? CHANGE_SLOWER
                                             : CHANGE_FASTER;
        if (!probe->proven) {
            doubt_rows(probes, probe);
        }
    } else {
        cell->change = CHANGE_UNSURE;
        cell->doubt = DOUBT_WIDE;
        cell->needed = epochs_wanted(estimate->value, (estimate->high - estimate->low) / 2,
                                     estimate->count, probes->margin);
    }
}
