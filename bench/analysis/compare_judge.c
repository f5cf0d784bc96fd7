/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slower, faster, no difference, or cannot tell and what would help. */
#include "analysis/compare_judge.h"

#include "analysis/compare_parts.h"
#include "analysis/holm.h"
#include "analysis/ruling.h"

#include <errno.h>
#include <stdlib.h>

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

enum change standing_change(enum standing standing)
{
    return standing == STANDING_SLOWER   ? CHANGE_SLOWER
           : standing == STANDING_FASTER ? CHANGE_FASTER
           : standing == STANDING_SAME   ? CHANGE_SAME
                                         : CHANGE_UNSURE;
}

const struct unit *cell_suspect(const struct compare_cell *cell)
{
    for (size_t i = 0; i < cell->count; i++) {
        if (cell->members[i]->trust != UNSURE_NOT) {
            return cell->members[i];
        }
    }
    return NULL;
}

static size_t cell_most(const struct compare_cell *a, const struct compare_cell *b)
{
    return a->count > b->count ? a->count : b->count;
}

/* Clear alone, but one of so many. */
static void doubt_rows(const struct probes *probes, const struct probe *probe)
{
    struct compare_cell *cell = probe->after;
    size_t members = cell_most(probe->before, cell);
    size_t needed =
        evidence_needed(1 - probes->alpha / 2 / (double)members / (double)probes->count);

    cell->change = CHANGE_UNSURE;
    cell->unsure = UNSURE_ROWS;
    cell->epochs = !probes->settings->absolute && cell->difference.count < needed ? needed : 0;
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
static enum unsure unsure_of_times(const struct probe *probe)
{
    if (least_epochs(probe->before) < TIMES_EPOCHS || least_epochs(probe->after) < TIMES_EPOCHS) {
        return UNSURE_CLEAN;
    }
    return shortest_span(probe->before) < SPAN_NS || shortest_span(probe->after) < SPAN_NS
               ? UNSURE_SPAN
               : UNSURE_NOT;
}

/* Whether it is the spread of runs that leaves no answer: without it there would be one. */
static bool is_lost_in_runs(const struct probes *probes, const struct probe *probe)
{
    struct compare_cell alone = *probe->after;

    if (!(alone.spread.between > 0)) {
        return false;
    }
    alone.spread = (struct spread){0};
    struct estimate ratio =
        estimate_exp(change_estimate(probe->before, &alone, probes->settings, probes->alpha));
    return ratio_standing(&ratio, probes->settings->threshold) != STANDING_UNSURE;
}

/* That would make the interval narrow enough. */
static uint64_t probe_epochs(const struct probes *probes, const struct probe *probe)
{
    bool hull = cell_is_hull(probe->before) || cell_is_hull(probe->after);

    return hull && !probes->settings->absolute
               ? EPOCHS_MOST
               : ratio_more_epochs(&probe->after->difference, probes->settings->threshold);
}

void probe_decide(const struct probes *probes, const struct probe *probe)
{
    struct compare_cell *cell = probe->after;
    const struct estimate *ratio = &cell->difference;
    double margin = probes->settings->threshold;

    cell->unsure = probes->settings->absolute ? unsure_of_times(probe) : UNSURE_NOT;
    if (cell->unsure != UNSURE_NOT) {
        cell->change = CHANGE_UNSURE;
        cell->epochs = TIMES_EPOCHS;
        return;
    }
    cell->change = standing_change(ratio_standing(ratio, margin));
    if (cell->change == CHANGE_UNSURE) {
        cell->unsure = is_lost_in_runs(probes, probe) ? UNSURE_RUNS : ratio_unsure(ratio, margin);
        cell->epochs = cell->unsure == UNSURE_WIDE ? probe_epochs(probes, probe) : 0;
    } else if (cell->change != CHANGE_SAME && !probe->proven) {
        doubt_rows(probes, probe);
    }
}
