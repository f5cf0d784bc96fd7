/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do the partners of pingpong find each other, as threads and as processes, and is a strategy that
 * cannot run them at once refused instead of waiting for ever? */
#include "trial/sample.h"
#include "workload_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* What side ends with, by the rule of the workload alone. */
static uint64_t digest_of(unsigned number, uint64_t messages)
{
    uint64_t digests[2] = {number / 2 * 2, number / 2 * 2 + 1};

    for (uint64_t i = 0; i < messages; i++) {
        const uint64_t sent = digests[0] + i;

        digests[1] = digests[1] * 0x100000001b3u + sent;
        digests[0] = digests[0] * 0x100000001b3u + digests[1];
    }
    return digests[number % 2];
}

static int try_trial(const char *strategy, char **sets, uint64_t tasks, uint64_t workers,
                     struct trial *trial, char *why)
{
    char module[PATH_MAX];
    const struct trial_request request = {
        .workload = module,
        .strategy = strategy,
        .sets = sets,
        .tasks = tasks,
        .workers = workers,
    };

    snprintf(module, sizeof(module), "%s/pingpong.so", getenv("TVP_MODULES"));
    return trial_open(&request, trial, why);
}

static void partners_exchange_every_message(void **unused)
{
    static char *channels[][3] = {
        {"channel=pipe", "messages=50"},
        {"channel=socket", "messages=50"},
        {"channel=futex", "messages=50"},
    };
    static const char *const crews[] = {"pthread", "fork", "thread-pool", "process-pool",
                                        "fork:channel=pipe"};
    const unsigned before = count_descriptors();

    (void)unused;
    for (size_t i = 0; i < 3; i++) {
        for (size_t n = 0; n < sizeof(crews) / sizeof(*crews); n++) {
            struct measurement measurement;
            char why[TRIAL_WHY_SIZE];
            struct trial trial;

            if (try_trial(crews[n], channels[i], 6, 2 + n % 2, &trial, why) != 0 ||
                sample_take(&trial, &measurement, why) != 0 ||
                sample_take(&trial, &measurement, why) != 0) {
                fail_msg("%s: %s", crews[n], why);
            }
            assert_int_equal(measurement.failed, 0);
            for (unsigned task = 0; task < 6; task++) {
                assert_int_equal(trial.batch.slots[task].outcome.value, digest_of(task, 50));
            }
            trial_close(&trial);
        }
    }
    assert_int_equal(count_descriptors(), before);
}

static void who_cannot_run_pairs_is_told(void **unused)
{
    static const struct {
        const char *strategy;
        uint64_t tasks, workers;
        int status;
        const char *why;
    } cases[] = {
        {"serial", 0, WORKERS_AUTO, -EOPNOTSUPP,
         "2 tasks of pingpong wait for each other, and there is 1 worker"},
        {"fork", 0, 1, -EOPNOTSUPP,
         "2 tasks of pingpong wait for each other, and there is 1 worker"},
        {"thread-pool:chunk=2", 0, 2, -EOPNOTSUPP,
         "2 tasks of pingpong wait for each other, and chunks would give them to one worker"},
        {"pthread", 3, 2, -EINVAL, "2 tasks of pingpong wait for each other: 3 tasks leave a rest"},
        {"pthread", 2, 0, 0, ""},
        {"pthread", 2, WORKERS_AUTO, 0, ""},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char why[TRIAL_WHY_SIZE] = "";
        struct trial trial;

        assert_int_equal(cases[i].status, try_trial(cases[i].strategy, NULL, cases[i].tasks,
                                                    cases[i].workers, &trial, why));
        assert_string_equal(cases[i].why, why);
        trial_close(&trial);
    }
}

static void too_few_descriptors_are_told(void **unused)
{
    const unsigned before = count_descriptors();
    struct fixture fixture;
    struct rlimit limit, tight;

    (void)unused;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    tight = (struct rlimit){40, limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
    assert_int_equal(fixture_try(&fixture, "pingpong", 100, NULL), -EMFILE);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    assert_non_null(strstr(fixture.text, " of 50 pairs: Too many open files"));
    fixture_close(&fixture);
    assert_int_equal(count_descriptors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(partners_exchange_every_message),
        cmocka_unit_test(who_cannot_run_pairs_is_told),
        cmocka_unit_test(too_few_descriptors_are_told),
    };

    alarm(60);
    return cmocka_run_group_tests_name("pingpong", tests, NULL, NULL);
}
