/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/claims_parts.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_ESTIMATE ((struct estimate){.value = NAN, .low = NAN, .high = NAN})

/* The value of "name=" among the words of arguments, or NULL; *ret_length bytes. */
static const char *argument_find(const char *arguments, const char *name, size_t *ret_length)
{
    const size_t length = strlen(name);

    for (const char *p = arguments ? arguments : ""; *p; p += strcspn(p, " ")) {
        p += strspn(p, " ");
        if (strncmp(p, name, length) == 0 && p[length] == '=') {
            *ret_length = strcspn(p + length + 1, " ");
            return p + length + 1;
        }
    }
    return NULL;
}

/* Updates of one task; 0: not known. */
static uint64_t series_adds(const struct series *series)
{
    char text[UNITS_SIZE];
    size_t length = 0;
    uint64_t adds = 0;
    const char *value = argument_find(series->arguments, "adds", &length);

    if (!value || length >= sizeof(text)) {
        return 0;
    }
    memcpy(text, value, length);
    text[length] = '\0';
    return parse_count(text, &adds) < 0 ? 0 : adds;
}

static bool is_unguarded(const struct series *series)
{
    size_t length = 0;
    const char *guard = argument_find(series->arguments, "guard", &length);

    return series->finding && strcmp(series->finding, "lost_updates") == 0 && guard &&
           length == 4 && memcmp(guard, "none", 4) == 0;
}

/* Medians of the findings, epoch by epoch; both arrays hold as many values as there are samples.
 * Disturbed epochs count: what others use of the machine decides who meets whom, and that is part
 * of the finding. */
static size_t finding_medians(const struct series *series, double *values, double *medians)
{
    const struct sample_list *samples = &series->samples;
    size_t count = 0, held = 0;

    for (size_t i = 0; i < samples->count; i++) {
        values[held++] = (double)samples->items[i].finding;
        if (i + 1 == samples->count || samples->items[i + 1].epoch != samples->items[i].epoch) {
            medians[count++] = quantile(values, held, 0.5);
            held = 0;
        }
    }
    return count;
}

bool series_lost_share(const struct series *series, struct estimate *ret_share)
{
    const double updates = (double)series_adds(series) * (double)series->tasks;
    const size_t size = series->samples.count;

    if (!is_unguarded(series) || updates <= 0 || size == 0) {
        return false;
    }
    double *values = malloc(size * sizeof(*values)), *medians = malloc(size * sizeof(*medians));
    struct estimate share = NO_ESTIMATE;
    if (values && medians) {
        share = median_estimate(medians, finding_medians(series, values, medians), CONFIDENCE);
        share.value /= updates;
        share.low /= updates;
        share.high /= updates;
    }
    free(values);
    free(medians);
    *ret_share = share;
    return !isnan(share.value);
}

size_t series_lost_samples(const struct series *series)
{
    size_t lost = 0;

    for (size_t i = 0; i < series->samples.count; i++) {
        lost += series->samples.items[i].finding > 0;
    }
    return lost;
}

enum claim_state series_order_state(const struct series *series, struct estimate *ret_overtook)
{
    const struct timeline *timeline = &series->timeline;
    size_t overtook = 0, late = 0;

    if (strategy_kind(series->strategy) == KIND_OTHER || timeline->count < 2) {
        return CLAIM_NO_DATA;
    }
    /* A task overtook if one with a smaller number stands behind it: so from the end. */
    uint32_t least = UINT32_MAX;
    for (size_t i = timeline->count; i-- > 0;) {
        const struct span *span = &timeline->items[i];

        overtook += span->task > least;
        least = span->task < least ? span->task : least;
        late += i > 0 && timeline->items[i - 1].end_ns > span->end_ns;
    }
    if (overtook == 0) {
        return CLAIM_NO_DATA;
    }
    *ret_overtook = NO_ESTIMATE;
    ret_overtook->value = (double)overtook / (double)timeline->count;
    ret_overtook->count = 1;
    return late == 0 ? CLAIM_HOLDS : CLAIM_UNSURE;
}

/* Copies a strategy without its chunk=; *ret_several: whether that is more than one task. False: it
 * does not fit. */
static bool chunk_remove(const char *strategy, char *plain, size_t size, bool *ret_several)
{
    static const char name[] = ":chunk=";
    const char *option = strstr(strategy, name);
    size_t before = option ? (size_t)(option - strategy) : strlen(strategy);

    *ret_several = false;
    if (strlen(strategy) >= size) {
        return false;
    }
    memcpy(plain, strategy, before);
    plain[before] = '\0';
    if (option) {
        const char *value = option + strlen(name), *after = value + strcspn(value, ":");

        memcpy(plain + before, after, strlen(after) + 1);
        *ret_several = after - value != 1 || *value != '1';
    }
    return true;
}

const struct row *row_without_chunk(const struct group *group, const struct row *row)
{
    char plain[256], other_plain[256];
    bool several;

    if (!row_has_time(row) ||
        !chunk_remove(row->series->strategy, plain, sizeof(plain), &several) || !several) {
        return NULL;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *other = &group->rows[i];

        if (chunk_remove(other->series->strategy, other_plain, sizeof(other_plain), &several) &&
            !several && strcmp(other_plain, plain) == 0 && row_has_time(other) &&
            other->series->workers == row->series->workers) {
            return other;
        }
    }
    return NULL;
}
