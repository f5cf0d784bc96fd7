/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the CPU time of a sample that of all its workers, whoever they were? Each task burns an exact
 * amount by the clock of its own thread, which is another one than what a sample reads. */
#include "trial/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define TASKS 6u
#define BURN_NS 20000000u

static uint64_t thread_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int burn(const struct env *env, struct task *task)
{
    const uint64_t until_ns = thread_ns() + BURN_NS;

    (void)env;
    while (thread_ns() < until_ns) {
    }
    task->value = task->number;
    return 0;
}

static const struct workload burner = {
    .contract = WORKLOAD_CONTRACT,
    .name = "burner",
    .run = burn,
};

static void cpu_time_is_that_of_all_workers(void **state)
{
    (void)state;
    for (size_t i = 0; strategies[i]; i++) {
        struct trial trial = {.strategy = strategies[i], .module = {.workload = &burner}};
        struct measurement measurement;
        char why[TRIAL_WHY_SIZE];

        trial.env.tasks = TASKS;
        assert_int_equal(args_init(strategies[i]->options, &trial.options), 0);
        assert_int_equal(batch_open(&burner, &trial.env, TASKS, 0, &trial.batch), 0);
        trial.crew = (struct crew){
            .batch = &trial.batch, .options = trial.options.items, .workers = i == 0 ? 1 : 2};
        /* The second sample, so that what came before it is not counted. */
        for (unsigned n = 0; n < 2; n++) {
            if (sample_take(&trial, &measurement, why) != 0) {
                fail_msg("%s: %s", strategies[i]->name, why);
            }
        }
        const uint64_t used_ns = measurement.usage.user_ns + measurement.usage.system_ns;

        if (used_ns < TASKS * BURN_NS / 100 * 95 || used_ns > TASKS * BURN_NS * 3 / 2) {
            fail_msg("%s: %u ms of CPU time where %u were used", strategies[i]->name,
                     (unsigned)(used_ns / 1000000), (unsigned)(TASKS * BURN_NS / 1000000));
        }
        batch_close(&trial.batch);
        args_release(&trial.options);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cpu_time_is_that_of_all_workers),
    };

    alarm(60);
    return cmocka_run_group_tests_name("usage", tests, NULL, NULL);
}
