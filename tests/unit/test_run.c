/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole run with the fake trial program: exact numbers in the record, a file after every round,
 * fresh processes in every epoch, and the same order for the same seed. */
#include "tests/unit/run_fixture.h"

static void every_number_is_where_it_belongs(void **state)
{
    static const struct sample_list *lists[2];
    struct ran ran = {0};

    fake_script(*state, "{'*':{'run_ns':[1000,2000,3000,4000],'epoch_step':100,'open_ns':5},"
                        "'fork':{'run_ns':[7000],'close_ns':9},"
                        "'nap fork':{'run_ns':[8000]}}");
    assert_int_equal(run(*state, &ran, (struct run_settings){.seed = 1}), 0);
    assert_true(ran.measured);
    assert_true(ran.files_read > 0);
    assert_int_equal(ran.record.series_count, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct series *series = &ran.record.series[i];
        bool is_fork = strcmp(series->strategy, "fork") == 0;
        uint64_t base = !is_fork ? 0 : strcmp(series->workload, "nap") == 0 ? 8000 : 7000;

        assert_string_equal(series->workload, i < 3 ? "loop" : "nap");
        assert_string_equal(series->arguments, i < 3 ? "iterations=7" : "");
        assert_int_equal(series->workers, i % 3 == 0 ? 1 : 2);
        assert_true(series->consistent);
        lists[0] = &series->warmup;
        lists[1] = &series->samples;
        assert_int_equal(lists[0]->count, 2 * 1);
        assert_int_equal(lists[1]->count, 2 * 3);
        for (size_t n = 0; n < 8; n++) {
            const struct sample *sample = n < 2 ? &lists[0]->items[n] : &lists[1]->items[n - 2];
            uint64_t epoch = n < 2 ? n : (n - 2) / 3, block = n < 2 ? 0 : 1 + (n - 2) % 3;

            assert_int_equal(sample->epoch, epoch);
            assert_int_equal(sample->block, block);
            assert_int_equal(sample->run_ns, (base ? base : 1000 * (block + 1)) + 100 * epoch);
            assert_int_equal(sample->open_ns, 5);
            assert_int_equal(sample->close_ns, is_fork ? 9 : 0);
            assert_true(sample->at_ns > 0 && sample->at_ns < 60000000000u);
        }
    }
    assert_true(record_complete(&ran.record));
    assert_null(record_text(&ran.record, "stopped_by"));
    assert_int_equal(record_number(&ran.record, "config.epochs", 0), 2);
    assert_string_equal(record_text(&ran.record, "machine.label"), "here");
    forget(&ran);
}

/* Trials of an epoch live at the same time, those of the next are others. */
static void every_epoch_has_fresh_processes_side_by_side(void **state)
{
    struct ran ran = {0};
    struct fake_event *events;
    size_t alive = 0, most = 0;
    char last[32] = "";

    fake_script(*state, "{'*':{'run_ns':1000}}");
    assert_int_equal(run(*state, &ran, (struct run_settings){.seed = 1}), 0);
    size_t count = fake_events(*state, &events);
    for (size_t i = 0; i < count; i++) {
        bool start = strcmp(events[i].name, "start") == 0;

        if (events[i].trial < 0) {
            continue; /* of the calibration */
        }
        for (size_t n = 0; n < i && start; n++) {
            assert_true(events[n].pid != events[i].pid);
        }
        if (start && alive > 0) {
            assert_string_equal(events[i].workload, last);
        }
        snprintf(last, sizeof(last), "%s", events[i].workload);
        alive += start;
        alive -= strcmp(events[i].name, "end") == 0;
        most = alive > most ? alive : most;
        if (strcmp(events[i].name, "sample") == 0) {
            assert_int_equal(alive, 3);
        }
    }
    assert_int_equal(alive, 0);
    assert_int_equal(most, 3);
    assert_int_equal(fake_count(*state, "start", NULL), 6 + 2 * 6);
    free(events);
    forget(&ran);
}

/* Order of workloads and of samples as one text. */
static char *order_of(const struct record *record)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    for (size_t i = 0; i < record->series_count; i++) {
        for (size_t n = 0; n < record->series[i].samples.count; n++) {
            fprintf(out, "%d", (int)record->series[i].samples.items[n].position);
        }
    }
    fclose(out);
    return text;
}

static void a_seed_fixes_the_order(void **state)
{
    static const uint64_t seeds[] = {1, 1, 2};
    char *orders[3];

    fake_script(*state, "{'*':{'run_ns':1000}}");
    for (size_t i = 0; i < 3; i++) {
        struct ran ran = {0};

        assert_int_equal(run(*state, &ran, (struct run_settings){.seed = seeds[i]}), 0);
        assert_int_equal(record_number(&ran.record, "config.seed", 0), seeds[i]);
        orders[i] = order_of(&ran.record);
        assert_int_equal(strlen(orders[i]), 6 * 6);
        forget(&ran);
    }
    assert_string_equal(orders[0], orders[1]);
    assert_string_not_equal(orders[0], orders[2]);
    for (size_t i = 0; i < 3; i++) {
        free(orders[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(every_number_is_where_it_belongs),
        FAKE_TEST(every_epoch_has_fresh_processes_side_by_side),
        FAKE_TEST(a_seed_fixes_the_order),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
