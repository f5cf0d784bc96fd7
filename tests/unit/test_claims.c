/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is claimed of threads and processes, against records in which the answer is known. */
#include "tests/unit/claims_fixture.h"

static void group_add(struct record *record, const char *workload, double serial, double threads,
                      double processes)
{
    add(record, workload, "serial", serial);
    add(record, workload, "pthread", threads);
    add(record, workload, "process-pool", processes);
}

static void threads_suit_waiting_if_they_gain_and_processes_do_not_beat_them(void **state)
{
    static const struct {
        double serial, threads, processes;
        enum claim_state state;
        bool loud;
    } cases[] = {
        {30, 10, 11, CLAIM_HOLDS}, {30, 10, 10, CLAIM_HOLDS}, {30, 10, 9, CLAIM_FAILS},
        {10, 10, 12, CLAIM_FAILS}, {9, 10, 12, CLAIM_FAILS},  {10, 10, 12, CLAIM_UNSURE, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct claimed claimed;

        begin(&claimed);
        loud = cases[i].loud;
        group_add(&claimed.record, "http", cases[i].serial, cases[i].threads, cases[i].processes);
        group_add(&claimed.record, "primes", 30, 10, 11);
        const struct claim *claim = judge(&claimed, CLAIM_THREADS_IO);
        assert_int_equal(claim->count, 1);
        assert_int_equal(claim->state, cases[i].state);
        assert_near(claim->items[0].ratio.value, cases[i].processes / cases[i].threads, 1e-6);
        assert_near(claim->items[0].gain.value, cases[i].serial / cases[i].threads, 1e-6);
        end(&claimed);
    }
}

static void processes_suit_computing_only_if_they_win(void **state)
{
    struct claimed claimed;

    (void)state;
    begin(&claimed);
    group_add(&claimed.record, "loop", 30, 10, 10);
    group_add(&claimed.record, "http", 30, 10, 9);
    const struct claim *claim = judge(&claimed, CLAIM_PROCESSES_CPU);
    assert_int_equal(claim->count, 1);
    assert_int_equal(claim->state, CLAIM_FAILS);
    end(&claimed);
    begin(&claimed);
    group_add(&claimed.record, "loop", 30, 10, 9);
    group_add(&claimed.record, "primes", 30, 10, 12);
    assert_int_equal(judge(&claimed, CLAIM_PROCESSES_CPU)->state, CLAIM_PART);
    end(&claimed);
}

static void results_come_in_the_order_in_which_they_ended(void **state)
{
    static const unsigned overtaking[][4] = {{2, 2, 0, 1}, {1, 1, 0, 2}, {0, 0, 0, 3}};
    static const unsigned submitted[][4] = {{0, 0, 0, 1}, {1, 1, 0, 2}, {2, 2, 0, 3}};
    static const unsigned late[][4] = {{2, 2, 0, 3}, {1, 1, 0, 2}, {0, 0, 0, 4}};
    struct claimed claimed;

    (void)state;
    begin(&claimed);
    made_timeline(add(&claimed.record, "sleep", "serial", 10), overtaking, 3, -1);
    made_timeline(add(&claimed.record, "sleep", "pthread", 10), overtaking, 3, -1);
    made_timeline(add(&claimed.record, "sleep", "fork", 10), submitted, 3, -1);
    const struct claim *claim = judge(&claimed, CLAIM_COMPLETION_ORDER);
    assert_int_equal(claim->count, 1);
    assert_int_equal(claim->state, CLAIM_HOLDS);
    assert_near(claim->items[0].ratio.value, 2.0 / 3, 1e-9);
    assert_true(isnan(claim->items[0].ratio.low));
    end(&claimed);
    begin(&claimed);
    made_timeline(add(&claimed.record, "sleep", "pthread", 10), late, 3, -1);
    assert_int_equal(judge(&claimed, CLAIM_COMPLETION_ORDER)->state, CLAIM_UNSURE);
    end(&claimed);
}

static void chunks_are_held_against_the_same_pool_without(void **state)
{
    static const struct {
        const char *plain, *chunked;
        double plain_ms, chunked_ms;
        enum claim_state state;
        bool loud;
    } cases[] = {
        {"process-pool", "process-pool:chunk=64", 20, 10, CLAIM_HOLDS},
        {"process-pool", "process-pool:chunk=64", 20, 10, CLAIM_UNSURE, true},
        {"process-pool", "process-pool:chunk=64", 10, 10, CLAIM_FAILS},
        {"process-pool", "process-pool:chunk=64", 10, 20, CLAIM_FAILS},
        {"process-pool:channel=pipe", "process-pool:chunk=8:channel=pipe", 20, 10, CLAIM_HOLDS},
        {"process-pool:channel=pipe", "process-pool:channel=pipe:chunk=8", 20, 10, CLAIM_HOLDS},
        {"process-pool:channel=pipe", "process-pool:chunk=8", 20, 10, CLAIM_NO_DATA},
        {"process-pool", "process-pool:chunk=8:channel=pipe", 20, 10, CLAIM_NO_DATA},
        {"process-pool:chunk=1", "process-pool:chunk=8", 20, 10, CLAIM_HOLDS},
        {"process-pool", "process-pool:chunk=1", 20, 10, CLAIM_NO_DATA},
        {"thread-pool", "thread-pool:chunk=8", 20, 10, CLAIM_NO_DATA},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct claimed claimed;

        begin(&claimed);
        loud = cases[i].loud;
        add(&claimed.record, "empty", cases[i].plain, cases[i].plain_ms);
        add(&claimed.record, "empty", cases[i].chunked, cases[i].chunked_ms);
        const struct claim *claim = judge(&claimed, CLAIM_CHUNKS);
        assert_int_equal(claim->state, cases[i].state);
        if (claim->count) {
            assert_near(claim->items[0].ratio.value, cases[i].plain_ms / cases[i].chunked_ms, 1e-6);
        }
        end(&claimed);
    }
}

static void what_was_not_measured_says_what_would(void **state)
{
    struct claimed claimed;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    begin(&claimed);
    judge(&claimed, CLAIM_CHUNKS);
    for (enum claim_name name = 0; name < CLAIM_COUNT; name++) {
        assert_int_equal(claimed.claims.items[name].state, CLAIM_NO_DATA);
        claim_evidence_write(out, &claimed.groups, &claimed.claims, name);
    }
    assert_int_equal(fclose(out), 0);
    assert_non_null(strstr(text, "tvp run counter\n"));
    assert_non_null(strstr(text, "process-pool:chunk=64\n"));
    free(text);
    end(&claimed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_suit_waiting_if_they_gain_and_processes_do_not_beat_them),
        cmocka_unit_test(processes_suit_computing_only_if_they_win),
        cmocka_unit_test(results_come_in_the_order_in_which_they_ended),
        cmocka_unit_test(chunks_are_held_against_the_same_pool_without),
        cmocka_unit_test(what_was_not_measured_says_what_would),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
