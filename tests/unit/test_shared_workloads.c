/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do counter and payload notice when the memory that workers share did not come out as it must? A
 * strategy that loses updates or results would be the fastest of all. */
#include "base/clock.h"
#include "workload_fixture.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static void counter_loses_nothing_in_turn(void **unused)
{
    static const char *const guards[] = {"guard=none", "guard=mutex", "guard=atomic",
                                         "guard=private"};

    (void)unused;
    for (unsigned i = 0; i < 4; i++) {
        struct finding finding = {NULL, 77};
        struct fixture fixture;

        fixture_open(&fixture, "counter", 3, SETS(guards[i], "adds=1k"));
        for (unsigned sample = 0; sample < 2; sample++) {
            fixture_sample(&fixture, 3);
            fixture_expect(&fixture, (const uint64_t[]){1000, 1000, 1000});
            assert_int_equal(fixture_check(&fixture, &finding), 0);
            assert_string_equal(finding.name, "lost_updates");
            assert_int_equal(finding.value, 0);
        }
        fixture_close(&fixture);
    }
}

struct race {
    struct fixture fixture;
    pthread_barrier_t start;
};

static void *race_run(void *context)
{
    struct race *race = context;
    struct task task = {0};

    pthread_barrier_wait(&race->start);
    for (unsigned i = 0; i < 20; i++) {
        race->fixture.workload->run(&race->fixture.env, &task);
    }
    return NULL;
}

/* Two threads with 20 tasks each, at once. Returns what check() does. */
static int race(const char *guard, const char *adds, struct finding *ret_finding)
{
    struct race race;
    pthread_t threads[2];

    fixture_open(&race.fixture, "counter", 40, SETS(guard, adds));
    fixture_sample(&race.fixture, 0);
    assert_int_equal(pthread_barrier_init(&race.start, NULL, 2), 0);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, race_run, &race), 0);
    }
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    pthread_barrier_destroy(&race.start);
    int r = fixture_check(&race.fixture, ret_finding);

    fixture_close(&race.fixture);
    return r;
}

static void counter_loses_updates_only_without_a_guard(void **unused)
{
    const uint64_t limit_ns = clock_ns() + 30000000000;
    struct finding finding = {NULL, 0};

    (void)unused;
    /* So long that even two threads on one core interrupt each other. */
    while (finding.value == 0 && clock_ns() < limit_ns) {
        assert_int_equal(race("guard=none", "adds=500k", &finding), 0);
    }
    assert_true(finding.value > 0 && finding.value < 20000000);
    assert_int_equal(race("guard=mutex", "adds=50k", &finding), 0);
    assert_int_equal(race("guard=atomic", "adds=50k", &finding), 0);
    assert_int_equal(race("guard=private", "adds=50k", &finding), 0);
    assert_int_equal(finding.value, 0);
}

static void counter_notices_what_must_not_be(void **unused)
{
    struct finding finding = {NULL, 77};
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "counter", 3, SETS("guard=mutex", "adds=10"));
    fixture_sample(&fixture, 2);
    assert_int_equal(fixture_check(&fixture, &finding), -EILSEQ);
    assert_string_equal(fixture.text, "counted 20 of 30 additions");
    assert_int_equal(finding.value, 77);
    fixture_close(&fixture);

    fixture_open(&fixture, "counter", 3, SETS("guard=none", "adds=10"));
    fixture_sample(&fixture, 3);
    fixture.workload->run(&fixture.env, &fixture.tasks[0]);
    assert_int_equal(fixture_check(&fixture, &finding), -EILSEQ);
    assert_string_equal(fixture.text, "counted 40 of 30 additions");
    fixture_close(&fixture);
}

static void payload_notices_what_was_not_delivered(void **unused)
{
    static const char *const sizes[] = {"bytes=64KiB", "bytes=1001", "bytes=1"};

    (void)unused;
    for (unsigned i = 0; i < 3; i++) {
        struct finding finding;
        struct fixture fixture;

        fixture_open(&fixture, "payload", 3, SETS(sizes[i]));
        assert_int_equal(fixture.env.payload_size, fixture.env.args[0].number);
        fixture_sample(&fixture, 3);
        assert_int_equal(fixture_check(&fixture, &finding), 0);
        const uint64_t value = fixture.tasks[1].value;

        assert_int_not_equal(fixture.tasks[0].value, value);
        fixture.payloads[2 * fixture.env.payload_size] ^= 1;
        assert_int_equal(fixture_check(&fixture, &finding), -EILSEQ);
        assert_string_equal(fixture.text, "payload of task 2 is wrong at byte 0");
        fixture.payloads[2 * fixture.env.payload_size] ^= 1;
        fixture.payloads[3 * fixture.env.payload_size - 1] ^= 1;
        assert_int_equal(fixture_check(&fixture, &finding), -EILSEQ);

        fixture_sample(&fixture, 3);
        assert_int_equal(fixture_check(&fixture, &finding), 0);
        assert_int_equal(fixture.tasks[1].value, value);
        fixture_close(&fixture);
    }
}

/* Many words are looked at at once, and none is left out. */
static void payload_looks_at_every_byte(void **unused)
{
    char expected[TASK_TEXT_SIZE];
    struct finding finding;
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "payload", 2, SETS("bytes=1003"));
    fixture_sample(&fixture, 2);
    for (unsigned i = 0; i < 1003; i++) {
        fixture.payloads[1003 + i] ^= (char)(1 << i % 7);
        snprintf(expected, sizeof(expected), "payload of task 1 is wrong at byte %u", i / 8 * 8);
        assert_int_equal(fixture_check(&fixture, &finding), -EILSEQ);
        assert_string_equal(fixture.text, expected);
        fixture.payloads[1003 + i] ^= (char)(1 << i % 7);
    }
    assert_int_equal(fixture_check(&fixture, &finding), 0);
    fixture_close(&fixture);
}

static void payload_notices_bytes_of_the_sample_before(void **unused)
{
    struct fixture fixture;
    struct finding finding;

    (void)unused;
    fixture_open(&fixture, "payload", 3, SETS("bytes=64KiB"));
    fixture_sample(&fixture, 3);
    assert_int_equal(fixture_check(&fixture, &finding), 0);
    fixture_sample(&fixture, 2);
    assert_int_equal(fixture_check(&fixture, &finding), -EILSEQ);
    assert_string_equal(fixture.text, "payload of task 2 is wrong at byte 0");
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counter_loses_nothing_in_turn),
        cmocka_unit_test(counter_loses_updates_only_without_a_guard),
        cmocka_unit_test(counter_notices_what_must_not_be),
        cmocka_unit_test(payload_notices_what_was_not_delivered),
        cmocka_unit_test(payload_looks_at_every_byte),
        cmocka_unit_test(payload_notices_bytes_of_the_sample_before),
    };

    alarm(60);
    return cmocka_run_group_tests_name("shared workloads", tests, NULL, NULL);
}
