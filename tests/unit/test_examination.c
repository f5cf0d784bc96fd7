/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is what the kernel counts that of all workers? */
#include "tests/unit/examination_fixture.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define HOPS 20u

/* The n-th CPU that we may use, or -1. */
static int allowed_cpu(unsigned n)
{
    cpu_set_t set;

    assert_int_equal(sched_getaffinity(0, sizeof(set), &set), 0);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, &set) && n-- == 0) {
            return cpu;
        }
    }
    return -1;
}

static int hop(const struct env *env, struct task *task)
{
    cpu_set_t old;

    (void)env;
    (void)sched_getaffinity(0, sizeof(old), &old);
    for (unsigned i = 0; i < HOPS; i++) {
        cpu_set_t set;

        CPU_ZERO(&set);
        CPU_SET((size_t)((const char *)task->payload)[i % 2], &set);
        (void)sched_setaffinity(0, sizeof(set), &set);
    }
    (void)sched_setaffinity(0, sizeof(old), &old);
    return 0;
}

static const struct workload hopper = {.contract = WORKLOAD_CONTRACT, .name = "hopper", .run = hop};
/* Four workers on one CPU: even one after the other they wait 0, 1, 2 and 3 times what one takes;
 * and nobody waits longer than the sample takes. */
static void a_crowd_waits_for_the_cpu(void **state)
{
    const int cpu = allowed_cpu(0);
    uint64_t delay_ns;

    (void)state;
    if (run_delay_read(&delay_ns) < 0) {
        skip();
    }
    for (size_t i = 0; strategies[i]; i++) {
        struct measurement measurement;
        struct trial trial;

        if (strategies[i]->traits & TRAIT_CALLER) {
            continue;
        }
        make(&trial, strategies[i], &burner, &cpu);
        /* Twice: what the first was told must not come again. */
        for (unsigned n = 0; n < 2; n++) {
            examine(&trial, &measurement);
            const uint64_t waited_ns = measurement.events[EVENT_RUN_DELAY];
            const uint64_t took_ns =
                measurement.open_ns + measurement.run_ns + measurement.close_ns;

            if (waited_ns < TASKS * BURN_NS / 2 || waited_ns > (TASKS + 1) * took_ns) {
                fail_msg("%s: waited %llu ms in all, in %llu ms", strategies[i]->name,
                         (unsigned long long)waited_ns / 1000000,
                         (unsigned long long)took_ns / 1000000);
            }
        }
        unmake(&trial);
    }
}

static void *compete(void *over)
{
    while (!atomic_load((atomic_bool *)over)) {
    }
    return NULL;
}

/* A caller that does all by itself waits too, if it shares its CPU with somebody. */
static void a_caller_waits_as_well(void **state)
{
    const int cpu = allowed_cpu(0);
    struct measurement measurement;
    struct trial trial;
    cpu_set_t set, old;
    uint64_t delay_ns;

    (void)state;
    if (run_delay_read(&delay_ns) < 0) {
        skip();
    }
    CPU_ZERO(&set);
    CPU_SET((size_t)cpu, &set);
    assert_int_equal(sched_getaffinity(0, sizeof(old), &old), 0);
    assert_int_equal(sched_setaffinity(0, sizeof(set), &set), 0);
    atomic_bool over = false;
    pthread_t rival;
    assert_int_equal(pthread_create(&rival, NULL, compete, &over), 0);
    make(&trial, &strategy_serial, &burner, NULL);
    examine(&trial, &measurement);
    atomic_store(&over, true);
    assert_int_equal(pthread_join(rival, NULL), 0);
    assert_int_equal(sched_setaffinity(0, sizeof(old), &old), 0);
    assert_true(measurement.events[EVENT_RUN_DELAY] > TASKS * BURN_NS / 4);
    unmake(&trial);
}

static void migrations_of_all_workers_are_counted(void **state)
{
    const int first = allowed_cpu(0), second = allowed_cpu(1);

    (void)state;
    if (event_probe(EVENT_MIGRATIONS) < 0 || second < 0 || second > 127) {
        skip();
    }
    for (size_t i = 0; strategies[i]; i++) {
        struct measurement measurement;
        struct trial trial;

        make(&trial, strategies[i], &hopper, NULL);
        for (unsigned task = 0; task < TASKS; task++) {
            batch_payload(&trial.batch, task)[0] = (char)first;
            batch_payload(&trial.batch, task)[1] = (char)second;
        }
        examine(&trial, &measurement);
        if (measurement.events[EVENT_MIGRATIONS] < TASKS * HOPS / 2 ||
            measurement.events[EVENT_MIGRATIONS] > TASKS * HOPS * 4) {
            fail_msg("%s: %llu migrations, %u were made", strategies[i]->name,
                     (unsigned long long)measurement.events[EVENT_MIGRATIONS], TASKS * HOPS);
        }
        unmake(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crowd_waits_for_the_cpu),
        cmocka_unit_test(a_caller_waits_as_well),
        cmocka_unit_test(migrations_of_all_workers_are_counted),
    };

    alarm(60);
    return cmocka_run_group_tests_name("examination", tests, NULL, NULL);
}
