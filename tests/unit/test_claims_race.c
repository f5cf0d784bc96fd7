/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who shares memory loses updates of a counter that nobody guards. */
#include "tests/unit/claims_fixture.h"

static void lose(struct series *series, uint64_t updates)
{
    series->finding = strdup("lost_updates");
    for (size_t i = 0; i < series->samples.count; i++) {
        series->samples.items[i].finding = updates;
    }
}

static void lost_updates_show_who_shares(void **state)
{
    struct claimed claimed;

    (void)state;
    begin(&claimed);
    lose(add(&claimed.record, "counter", "serial", 10), 0);
    lose(add(&claimed.record, "counter", "thread-pool", 20), 250);
    lose(add(&claimed.record, "counter", "process-pool", 20), 500);
    const struct claim *threads = judge(&claimed, CLAIM_THREADS_RACE);
    const struct claim *processes = &claimed.claims.items[CLAIM_PROCESSES_PRIVATE];
    assert_int_equal(threads->state, CLAIM_HOLDS);
    assert_int_equal(threads->count, 1);
    assert_near(threads->items[0].ratio.value, 0.25, 1e-9);
    assert_true(estimate_has_interval(&threads->items[0].ratio));
    assert_int_equal(processes->state, CLAIM_FAILS);
    assert_near(processes->items[0].ratio.value, 0.5, 1e-9);
    end(&claimed);

    begin(&claimed);
    lose(add(&claimed.record, "counter", "thread-pool", 20), 0);
    struct series *guarded = add(&claimed.record, "counter", "fork", 20);
    lose(guarded, 500);
    memcpy(guarded->arguments, "guard=many", 10);
    assert_int_equal(judge(&claimed, CLAIM_THREADS_RACE)->state, CLAIM_UNSURE);
    assert_int_equal(claimed.claims.items[CLAIM_PROCESSES_PRIVATE].state, CLAIM_NO_DATA);
    end(&claimed);
}

/* In one sample of all: the share is 0 in the median, and yet the memory is shared. */
static void one_lost_update_proves_it(void **state)
{
    struct claimed claimed;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    (void)state;
    begin(&claimed);
    for (size_t i = 0; i < 2; i++) {
        struct series *series = add(&claimed.record, "counter", i ? "fork" : "pthread", 20);

        lose(series, 0);
        series->samples.items[7].finding = 1;
    }
    assert_int_equal(judge(&claimed, CLAIM_THREADS_RACE)->state, CLAIM_HOLDS);
    assert_int_equal(claimed.claims.items[CLAIM_PROCESSES_PRIVATE].state, CLAIM_FAILS);
    claim_evidence_write(out, &claimed.groups, &claimed.claims, CLAIM_PROCESSES_PRIVATE);
    assert_int_equal(fclose(out), 0);
    assert_non_null(strstr(text, "updates of a shared counter were lost in 1 of 48 samples, so "));
    free(text);
    end(&claimed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lost_updates_show_who_shares),
        cmocka_unit_test(one_lost_update_proves_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
