/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The law of the result file, tried on random records: what was written is read back equal.
 * TVP_SEED=N replays a failure. */
#include "record_random.h"

static uint64_t seed;

static bool text_equal(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* By its columns: what follows from other members of the file is none of a sample's own. */
static bool list_equal(const struct sample_list *a, const struct sample_list *b)
{
    for (size_t i = 0; a->count == b->count && i < a->count; i++) {
        for (const struct sample_column *column = sample_columns; column->name; column++) {
            if (*(const uint64_t *)((const char *)&a->items[i] + column->offset) !=
                *(const uint64_t *)((const char *)&b->items[i] + column->offset)) {
                return false;
            }
        }
    }
    return a->count == b->count;
}

static bool timeline_equal(const struct timeline *a, const struct timeline *b)
{
    size_t i;

    if (a->count != b->count || a->epoch != b->epoch || a->block != b->block) {
        return false;
    }
    for (i = 0; i < a->count; i++) {
        const struct span *x = &a->items[i], *y = &b->items[i];

        if (x->task != y->task || x->worker != y->worker || x->start_ns != y->start_ns ||
            x->end_ns != y->end_ns || x->failed != y->failed) {
            return false;
        }
    }
    return true;
}

static bool series_equal(const struct series *a, const struct series *b)
{
    size_t i;

    if (!text_equal(a->workload, b->workload) || !text_equal(a->arguments, b->arguments) ||
        !text_equal(a->strategy, b->strategy) || !text_equal(a->summary, b->summary) ||
        !text_equal(a->answer, b->answer) || !text_equal(a->finding, b->finding) ||
        !text_equal(a->skipped, b->skipped) || a->workers != b->workers || a->tasks != b->tasks ||
        a->consistent != b->consistent || a->placebo != b->placebo ||
        !parent_same(&a->parent, &b->parent) ||
        memcmp(&a->footprint, &b->footprint, sizeof(a->footprint)) != 0 ||
        a->error_count != b->error_count || a->failure_count != b->failure_count) {
        return false;
    }
    for (i = 0; i < a->error_count; i++) {
        if (a->errors[i].task != b->errors[i].task || a->errors[i].count != b->errors[i].count ||
            !text_equal(a->errors[i].text, b->errors[i].text)) {
            return false;
        }
    }
    for (i = 0; i < a->failure_count; i++) {
        if (a->failures[i].epoch != b->failures[i].epoch ||
            !text_equal(a->failures[i].text, b->failures[i].text)) {
            return false;
        }
    }
    for (i = 0; a->examined.count == b->examined.count && i < a->examined.count; i++) {
        if (memcmp(a->examined.items[i].events, b->examined.items[i].events,
                   sizeof(a->examined.items[i].events)) != 0) {
            return false;
        }
    }
    return list_equal(&a->warmup, &b->warmup) && list_equal(&a->samples, &b->samples) &&
           list_equal(&a->examined, &b->examined) && timeline_equal(&a->timeline, &b->timeline);
}

static void reading_what_was_written_is_the_identity(void **state)
{
    struct record record, again;
    char why[RECORD_WHY_SIZE] = "";
    size_t i, n;

    (void)state;
    random_state = seed;
    for (n = 0; n < RECORDS; n++) {
        char *text, *text_again;

        record_draw(&record);
        text = record_text_of(&record);
        if (text_read(text, strlen(text), &again, why)) {
            fail_msg("TVP_SEED=%" PRIu64 " record %zu: %s", seed, n, why);
        }
        text_again = record_text_of(&again);
        if (!json_equal(record.head, again.head) || record.series_count != again.series_count ||
            strcmp(text, text_again) != 0) {
            fail_msg("TVP_SEED=%" PRIu64 " record %zu differs", seed, n);
        }
        for (i = 0; i < record.series_count; i++) {
            if (!series_equal(&record.series[i], &again.series[i])) {
                fail_msg("TVP_SEED=%" PRIu64 " record %zu series %zu differs", seed, n, i);
            }
        }
        free(text);
        free(text_again);
        record_release(&record);
        record_release(&again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_what_was_written_is_the_identity),
    };

    seed = seed_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
