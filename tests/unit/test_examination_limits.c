/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may not be counted, or cannot be told by a worker, is absent, and not zero. */
#include "tests/unit/examination_fixture.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* Where nothing can be opened any more. */
static int blindfold(const struct env *env, struct task *task)
{
    (void)env;
    (void)task;
    return setrlimit(RLIMIT_NOFILE, &(struct rlimit){0});
}

static const struct workload blinder = {
    .contract = WORKLOAD_CONTRACT, .name = "blinder", .run = blindfold};

/* In a process of its own, which nobody allows to count: 0 if all is as it must be. */
static int forbidden_status(void)
{
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_perf_event_open, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof(rules) / sizeof(*rules), rules};
    struct measurement measurement;
    struct trial trial;
    char why[TRIAL_WHY_SIZE];

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
        return 77;
    }
    make(&trial, &strategy_fork, &burner, NULL);
    if (examination_take(&trial, &measurement, why) < 0) {
        return 1;
    }
    for (enum event event = EVENT_MIGRATIONS; event < EVENT_COUNT; event++) {
        if (measurement.events[event] != EVENT_UNKNOWN || event_probe(event) != -EACCES) {
            return 2;
        }
    }
    unmake(&trial);
    return 0;
}

static void what_is_forbidden_is_absent_and_not_zero(void **state)
{
    int status;

    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        _exit(forbidden_status());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) {
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_worker_that_cannot_tell_makes_it_unknown(void **state)
{
    struct measurement measurement;
    struct trial trial;

    (void)state;
    make(&trial, &strategy_fork, &blinder, NULL);
    examine(&trial, &measurement);
    assert_int_equal(measurement.failed, 0);
    assert_true(measurement.events[EVENT_RUN_DELAY] == EVENT_UNKNOWN);
    unmake(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_forbidden_is_absent_and_not_zero),
        cmocka_unit_test(a_worker_that_cannot_tell_makes_it_unknown),
    };

    alarm(60);
    return cmocka_run_group_tests_name("examination limits", tests, NULL, NULL);
}
