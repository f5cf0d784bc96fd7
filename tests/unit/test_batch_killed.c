/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker is killed after any number of its instructions, between claiming a chunk and having
 * logged it: every task ends once, and no more than the one that was running is lost. */
#include "strategy_fixture.h"
#include "trial/batch.h"
#include "trial/proof.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TASKS 3u
#define DEAD 1u
#define HEIR 2u
#define STEPS_MOST 250000ull /* in all; sanitizers make many instructions of one */

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

static void run_tasks(struct batch *batch, uint32_t chunk)
{
    for (uint32_t i = chunk; i < chunk + batch_count(batch, chunk); i++) {
        struct slot *slot = &batch->slots[i];

        if (atomic_load(&slot->state) == TASK_PENDING) {
            atomic_store(&slot->state, TASK_RUNNING);
            slot->outcome.value++;
            atomic_store(&slot->state, TASK_DONE);
        }
    }
}

_Noreturn static void be_worker(struct batch *batch)
{
    struct chain chain = {0};
    uint32_t chunk;

    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0) {
        raise(SIGSTOP);
        /* cppcheck-suppress unreachableCode ; SIGSTOP comes back */
        while (batch_claim(batch, DEAD, &chunk)) {
            run_tasks(batch, chunk);
            batch_log_later(batch, &chain, chunk);
        }
        batch_log_chain(batch, &chain);
    }
    _exit(0);
}

/* Let a worker take so many steps and kill it; returns how many it could take. */
static unsigned kill_after(struct batch *batch, unsigned most)
{
    pid_t pid = fork();
    unsigned steps = 0;
    int status;

    if (pid == 0) {
        be_worker(batch);
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    for (; steps < most && WIFSTOPPED(status); steps++) {
        assert_int_equal(ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL), 0);
        assert_int_equal(waitpid(pid, &status, 0), pid);
    }
    if (WIFSTOPPED(status)) {
        kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, &status, 0), pid);
    }
    return steps;
}

/* What whoever takes the dead one's place finds to do. */
static void run_rest(struct batch *batch)
{
    uint32_t chunk;

    batch_settle(batch, DEAD, HEIR, true, "gone");
    if (batch_inherit(batch, HEIR, &chunk)) {
        run_tasks(batch, chunk);
        batch_log(batch, chunk);
    }
    while (batch_claim(batch, HEIR, &chunk)) {
        run_tasks(batch, chunk);
        batch_log(batch, chunk);
    }
}

static void expect_all_once(struct batch *batch)
{
    char why[PROOF_WHY_SIZE] = "";
    unsigned lost = 0;

    if (proof_check(batch, why) != 0) {
        fail_msg("%s", why);
    }
    for (uint32_t i = 0; i < TASKS; i++) {
        bool done = atomic_load(&batch->slots[i].state) == TASK_DONE;

        assert_int_equal(batch->slots[i].outcome.value, done);
        lost += !done;
    }
    assert_true(lost <= 1);
}

static unsigned die_after(struct batch *batch, uint32_t chunk, bool patient, unsigned steps)
{
    batch_reset(batch);
    batch->chunk = chunk;
    batch_submit(batch, TASKS);
    atomic_store(&batch->counters->patient, patient);
    steps = kill_after(batch, steps);
    run_rest(batch);
    expect_all_once(batch);
    return steps;
}

/* Every step of a short way; of a long one as many as there is time for, evenly. */
static void a_worker_may_die_between_any_two_instructions(void **unused)
{
    struct batch batch;

    (void)unused;
    assert_int_equal(batch_open(&workload, &env, TASKS, 0, &batch), 0);
    for (unsigned way = 0; way < 4; way++) {
        const uint32_t chunk = 1 + way / 2;
        const bool patient = way % 2;
        unsigned all = die_after(&batch, chunk, patient, UINT32_MAX);
        unsigned stride = 1 + (unsigned)((unsigned long long)all * all / 2 / STEPS_MOST);

        if (all == 0) {
            skip(); /* tracing is forbidden here */
        }
        assert_true(all > 100);
        for (unsigned steps = 0; steps < all; steps += stride) {
            die_after(&batch, chunk, patient, steps);
        }
    }
    batch_close(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_worker_may_die_between_any_two_instructions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
