/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a crash cost the other tasks: from made records to the table, and from real crashes to the
 * record. */
#include "output/isolation_text.h"
#include "tests/unit/table_fixture.h"
#include "trial/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct series *add(struct record *record, const char *strategy, const char *arguments,
                          uint64_t failed)
{
    struct made made = cell(strategy, 10);

    made.workload = "crash";
    made.arguments = arguments;
    made.summary = "6 tasks, how=segv";
    made.failed = failed;
    made.epochs = failed > 0 ? 6 : 0;
    return made_add(record, made);
}

static void expect(struct record *record, const char *expected)
{
    struct capture capture;
    struct groups groups;

    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    capture_begin(&capture);
    assert_int_equal(isolation_write(capture.file, &groups, &utf8), 0);
    capture_end(&capture, &utf8, expected);
    groups_release(&groups);
    record_release(record);
}

static void a_lost_trial_has_no_survivors(void **state)
{
    static const unsigned rows[][4] = {{0, 0, 0, 1}, {1, 1, 2, 7}, {2, 0, 1, 3}};
    struct record record;

    (void)state;
    begin(&record);
    series_add_failure(add(&record, "serial", "how=segv task=2", 0), 0, "killed by SIGSEGV");
    made_timeline(add(&record, "fork", "how=segv task=2", 1), rows, 3, 1);
    /* Two of the others were lost with it in one sample, and no timeline was kept. */
    add(&record, "\033[2Jpool", "how=segv task=2", 1)->samples.items[3].failed = 3;
    expect(&record, "\n"
                    "isolation · crash, 6 tasks, how=segv: one bad task, and what is left of the\n"
                    "  others\n"
                    "  strategy                   others survived     noticed after\n"
                    "  serial                              0 of 5        trial lost\n"
                    "  fork                                5 of 5           5.00 ms\n"
                    "  ?[2Jpool                            3 of 5                 -\n");
}

static void only_what_hangs_has_a_deadline(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    series_add_failure(add(&record, "pthread", "how=hang task=2", 0), 0, "no answer");
    add(&record, "fork", "how=hang task=2", 1);
    add(&record, "process-pool", "how=hang task=2", 0)->skipped = strdup("no processes here");
    expect(&record,
           "\n"
           "isolation · crash, 6 tasks, how=segv: one bad task, and what is left of the\n"
           "  others\n"
           "  strategy                   others survived     noticed after  could be stopped\n"
           "  pthread                             0 of 5        trial lost                no\n"
           "  fork                                5 of 5                 -               yes\n");
}

static void other_workloads_have_no_such_table(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    made_add(&record, cell("serial", 10));
    expect(&record, "");
}

static int open_crash(char **sets, const char *strategy, struct trial *trial, char *why)
{
    char module[PATH_MAX];
    const struct trial_request request = {
        .workload = module,
        .strategy = strategy,
        .sets = sets,
        .workers = 2,
        .task_limit_ns = 1000000000, /* so long that no other task takes it on a busy machine */
    };

    snprintf(module, sizeof(module), "%s/crash.so", getenv("TVP_MODULES"));
    return trial_open(&request, trial, why);
}

static void processes_lose_one_task(void **state)
{
    static const struct {
        char *how;
        const char *text;
    } cases[] = {
        {"how=segv", "killed by SIGSEGV"},      {"how=kill", "killed by SIGKILL"},
        {"how=abort", "killed by SIGABRT"},     {"how=exit", "exited with status 3"},
        {"how=hang", "timed out after 1.00 s"},
    };
    static const char *const crews[] = {"fork", "process-pool", "fork:channel=pipe"};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (size_t n = 0; n < sizeof(crews) / sizeof(*crews); n++) {
            char *sets[] = {cases[i].how, "task=3", "steps=10", NULL};
            struct measurement measurement;
            char why[TRIAL_WHY_SIZE];
            struct rlimit core;
            struct trial trial;

            if (open_crash(sets, crews[n], &trial, why) != 0 ||
                sample_take(&trial, &measurement, why) != 0) {
                fail_msg("%s %s: %s", crews[n], cases[i].how, why);
            }
            assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
            assert_int_equal(core.rlim_cur, 0);
            assert_int_equal(measurement.failed, 1);
            const struct slot *slot = &trial.batch.slots[2];

            assert_string_equal(batch_text(&trial.batch, slot), cases[i].text);
            assert_true(slot->outcome.end_ns >= slot->outcome.start_ns);
            assert_int_equal(trial.batch.slots[3].outcome.status, 0);
            assert_int_not_equal(trial.batch.slots[3].outcome.value, 3);
            trial_close(&trial);
        }
    }
}

static void threads_lose_the_trial(void **state)
{
    static const char *const crews[] = {"serial", "pthread", "thread-pool"};

    (void)state;
    for (size_t i = 0; i < sizeof(crews) / sizeof(*crews); i++) {
        pid_t pid = fork();
        int status;

        if (pid == 0) {
            char *sets[] = {"how=kill", NULL};
            struct measurement measurement;
            char why[TRIAL_WHY_SIZE];
            struct trial trial;

            if (open_crash(sets, crews[i], &trial, why) == 0) {
                (void)sample_take(&trial, &measurement, why);
            }
            _exit(0);
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    }
}

static void the_bad_task_must_exist(void **state)
{
    char *sets[] = {"task=9", NULL};
    char why[TRIAL_WHY_SIZE];
    struct trial trial;

    (void)state;
    assert_int_equal(open_crash(sets, "fork", &trial, why), -EINVAL);
    assert_string_equal(why, "workload crash: there is no task 9, there are 8");
    trial_close(&trial);
    sets[0] = "task=0";
    assert_int_equal(open_crash(sets, "fork", &trial, why), -EINVAL);
    trial_close(&trial);
    sets[0] = "how=burn";
    assert_int_equal(open_crash(sets, "fork", &trial, why), -EINVAL);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lost_trial_has_no_survivors),
        cmocka_unit_test(only_what_hangs_has_a_deadline),
        cmocka_unit_test(other_workloads_have_no_such_table),
        cmocka_unit_test(processes_lose_one_task),
        cmocka_unit_test(threads_lose_the_trial),
        cmocka_unit_test(the_bad_task_must_exist),
    };

    alarm(60);
    return cmocka_run_group_tests_name("isolation", tests, NULL, NULL);
}
