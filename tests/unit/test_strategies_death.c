/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worker processes die at each point of the worker body where it matters, and in their sleep: what
 * had begun and not ended is lost, and nothing else. */
#include "strategy_fixture.h"
#include "trial/channel.h"
#include "trial/worker.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum point { CLAIMED, BEFORE_LOG, AFTER_LOG, BEFORE_RING, BEFORE_SEND, AFTER_SEND, NOWHERE };

static struct {
    enum point point;
    uint32_t turn;          /* the how-manieth to pass there dies */
    _Atomic uint32_t *seen; /* in shared memory: how many have passed */
    pid_t caller;
} death = {.point = NOWHERE};

static void pass(enum point point)
{
    if (point == death.point && getpid() != death.caller &&
        atomic_fetch_add(death.seen, 1) + 1 == death.turn) {
        kill(getpid(), SIGKILL);
    }
}

/* The linker puts these before the functions of the worker body: --wrap. */
bool __real_batch_claim_or_sleep(struct batch *batch, uint32_t owner, struct chain *chain,
                                 _Atomic uint32_t *asleep, uint32_t *ret_chunk);
bool __wrap_batch_claim_or_sleep(struct batch *batch, uint32_t owner, struct chain *chain,
                                 _Atomic uint32_t *asleep, uint32_t *ret_chunk);
void __real_batch_log(struct batch *batch, uint32_t chunk);
void __wrap_batch_log(struct batch *batch, uint32_t chunk);
void __real_batch_log_later(struct batch *batch, struct chain *chain, uint32_t chunk);
void __wrap_batch_log_later(struct batch *batch, struct chain *chain, uint32_t chunk);
void __real_bell_ring(const struct bell *bell);
void __wrap_bell_ring(const struct bell *bell);
int __real_channel_send(const struct worker *worker, const struct batch *batch, uint32_t chunk,
                        const struct outcome *outcome, const struct task *task);
int __wrap_channel_send(const struct worker *worker, const struct batch *batch, uint32_t chunk,
                        const struct outcome *outcome, const struct task *task);

bool __wrap_batch_claim_or_sleep(struct batch *batch, uint32_t owner, struct chain *chain,
                                 _Atomic uint32_t *asleep, uint32_t *ret_chunk)
{
    bool claimed = __real_batch_claim_or_sleep(batch, owner, chain, asleep, ret_chunk);

    if (claimed) {
        pass(CLAIMED);
    }
    return claimed;
}

void __wrap_batch_log(struct batch *batch, uint32_t chunk)
{
    pass(BEFORE_LOG);
    __real_batch_log(batch, chunk);
    pass(AFTER_LOG);
}

void __wrap_batch_log_later(struct batch *batch, struct chain *chain, uint32_t chunk)
{
    pass(BEFORE_LOG);
    __real_batch_log_later(batch, chain, chunk);
    pass(AFTER_LOG);
}

void __wrap_bell_ring(const struct bell *bell)
{
    pass(BEFORE_RING);
    __real_bell_ring(bell);
}

int __wrap_channel_send(const struct worker *worker, const struct batch *batch, uint32_t chunk,
                        const struct outcome *outcome, const struct task *task)
{
    pass(BEFORE_SEND);
    int r = __real_channel_send(worker, batch, chunk, outcome, task);
    pass(AFTER_SEND);
    return r;
}

static int run_plain(const struct env *env, struct task *task)
{
    return marks_leave(marks_enter(env, task), task);
}

static unsigned count_lost(const struct rig *rig)
{
    unsigned lost = 0;

    for (uint32_t task = 0; task < rig->batch.tasks; task++) {
        if (atomic_load(&rig->batch.slots[task].state) == TASK_LOST) {
            rig_expect_lost(rig, task, -EOWNERDEAD, "killed by SIGKILL");
            lost++;
        } else if (rig->batch.stamps) {
            rig_expect_value(rig, task);
        }
    }
    return lost;
}

/* Returns whether somebody died. */
static bool die_at(const char *words, bool stamps, enum point point, uint32_t turn)
{
    struct rig rig;

    rig_init(&rig, words, run_plain, 2, 12, 8);
    rig.batch.stamps = stamps;
    death.seen = &rig_marks(&rig)->arrived;
    death.caller = getpid();
    death.point = point;
    death.turn = turn;
    rig_start(&rig);
    /* In two parts, so that the caller sleeps and is rung for more than once. */
    rig_submit(&rig, 6);
    rig_wait(&rig, 6);
    rig_submit(&rig, 6);
    rig_wait(&rig, 12);
    bool died = atomic_load(death.seen) >= turn;
    rig_end(&rig);
    death.point = NOWHERE;
    rig_expect_complete(&rig);
    unsigned lost = count_lost(&rig);
    assert_true(point == BEFORE_SEND ? lost == died : lost == 0);
    rig_release(&rig);
    return died;
}

static void only_what_had_begun_dies_with_its_worker(void **unused)
{
    static const struct {
        const char *words;
        enum point points[4];
    } cases[] = {
        {"fork", {BEFORE_LOG, AFTER_LOG, NOWHERE}},
        {"fork:channel=pipe", {BEFORE_SEND, AFTER_SEND, NOWHERE}},
        {"process-pool", {CLAIMED, BEFORE_LOG, AFTER_LOG, BEFORE_RING}},
        {"process-pool:chunk=4", {CLAIMED, BEFORE_LOG, AFTER_LOG, BEFORE_RING}},
        {"process-pool:channel=pipe", {CLAIMED, BEFORE_SEND, AFTER_SEND, NOWHERE}},
        {"process-pool:channel=pipe:chunk=4", {CLAIMED, BEFORE_SEND, AFTER_SEND, NOWHERE}},
    };

    (void)unused;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (unsigned k = 0; k < 4 && cases[i].points[k] != NOWHERE; k++) {
            enum point point = cases[i].points[k];
            bool died = die_at(cases[i].words, true, point, 1);

            /* A ring needs a caller that sleeps, which depends on who is faster. */
            assert_true(died || point == BEFORE_RING);
            for (uint32_t turn = 2; turn <= 6; turn++) {
                die_at(cases[i].words, true, point, turn);
            }
            /* Without stamps, workers log many chunks at once. */
            for (uint32_t turn = 1; point != BEFORE_SEND && turn <= 6; turn++) {
                die_at(cases[i].words, false, point, turn);
            }
        }
    }
}

/* Three at a time. */
static int run_by_threes(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    atomic_fetch_add(&marks->arrived, 1);
    return hold_until(&marks->arrived, task->number / 3 * 3 + 3) ? marks_leave(marks, task)
                                                                 : -TASK_HELD;
}

static void a_worker_killed_in_its_sleep_is_replaced(void **unused)
{
    static const char *const pools[] = {"process-pool", "process-pool:channel=pipe"};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, pools[i], run_by_threes, 3, 6, 0);
        rig_start(&rig);
        const struct marks *marks = rig_marks(&rig);
        rig_submit(&rig, 3);
        rig_wait(&rig, 3);
        assert_true(hold_exactly(&rig.batch.counters->idle, 3));
        pid_t sleeper = atomic_load(&marks->pids[1]);
        assert_true(sleeper > 0);
        assert_int_equal(kill(sleeper, SIGKILL), 0);
        /* These need three workers. */
        rig_submit(&rig, 3);
        rig_wait(&rig, 6);
        assert_true(hold_exactly(&rig.batch.counters->idle, 3));
        rig_end(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(only_what_had_begun_dies_with_its_worker),
        RIG_TEST(a_worker_killed_in_its_sleep_is_replaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
