/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worker processes are killed from outside at random moments, many times: the run ends, and no
 * more tasks are lost than workers were hit. */
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static int run_briefly(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    atomic_store(&marks->arrived, task->number);
    nanosleep(&(struct timespec){.tv_nsec = 20000 + task->number * 7919 % 100000}, NULL);
    return marks_leave(marks, task);
}

/* Kill those who ran lately, at random moments, until killed itself. */
_Noreturn static void storm(struct marks *marks, unsigned seed)
{
    const pid_t caller = getppid();

    while (getppid() == caller) {
        uint32_t latest = atomic_load(&marks->arrived), back = (uint32_t)rand_r(&seed) % 4;
        pid_t pid = atomic_load(&marks->pids[latest > back ? latest - back : 0]);

        if (pid > 0 && kill(pid, SIGKILL) == 0) {
            atomic_fetch_add(&marks->released, 1);
        }
        nanosleep(&(struct timespec){.tv_nsec = rand_r(&seed) % 2000000}, NULL);
    }
    _exit(0);
}

static void expect_survivors(struct rig *rig)
{
    unsigned lost = 0;

    rig_expect_complete(rig);
    for (uint32_t task = 0; task < rig->batch.tasks; task++) {
        const struct slot *slot = &rig->batch.slots[task];

        if (atomic_load(&slot->state) == TASK_DONE) {
            rig_expect_value(rig, task);
            continue;
        }
        assert_int_equal(slot->outcome.status, -EOWNERDEAD);
        assert_true(atomic_load(&rig_marks(rig)->runs[task]) <= 1);
        lost++;
    }
    assert_true(lost <= atomic_load(&rig_marks(rig)->released));
}

static void a_storm_of_kills_loses_no_more_than_it_hits(void **unused)
{
    static const char *const pools[] = {"process-pool", "process-pool:chunk=5",
                                        "process-pool:channel=pipe:chunk=5"};

    (void)unused;
    for (unsigned i = 0; i < 3; i++) {
        struct rig rig;

        rig_init(&rig, pools[i], run_briefly, 3, 2000, 16);
        rig_start(&rig);
        pid_t killer = fork();
        if (killer == 0) {
            storm(rig_marks(&rig), 42 + i);
        }
        assert_true(killer > 0);
        rig_submit(&rig, 2000);
        rig_wait(&rig, 2000);
        kill(killer, SIGKILL);
        assert_int_equal(waitpid(killer, NULL, 0), killer);
        rig_end(&rig);
        assert_true(atomic_load(&rig_marks(&rig)->released) > 0);
        expect_survivors(&rig);
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_storm_of_kills_loses_no_more_than_it_hits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
