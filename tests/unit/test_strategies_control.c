/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the control what it says: serial, in a process that has one thread more? */
#include "strategy_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

/* Threads of the process that runs the task, by the kernel's count. */
static int run_count_threads(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);
    FILE *status = fopen("/proc/self/status", "re");
    unsigned threads = 0;
    char line[128];

    while (status && fgets(line, sizeof(line), status)) {
        (void)sscanf(line, "Threads: %u", &threads);
    }
    if (status) {
        fclose(status);
    }
    atomic_store(&marks->arrived, threads);
    return marks_leave(marks, task);
}

static void the_control_is_serial_beside_an_idle_thread(void **unused)
{
    static const char *const words[] = {"serial", "serial+thread"};
    uint32_t threads[2];

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, words[i], run_count_threads, 1, 3, 0);
        rig_sample(&rig);
        rig_expect_well(&rig);
        threads[i] = atomic_load(&rig_marks(&rig)->arrived);
        for (uint32_t task = 0; task < 3; task++) {
            assert_int_equal(atomic_load(&rig_marks(&rig)->pids[task]), getpid());
        }
        rig_release(&rig);
    }
    assert_int_equal(threads[1], threads[0] + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(the_control_is_serial_beside_an_idle_thread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
