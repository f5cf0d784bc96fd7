/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/examination.h"

#include "base/clock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Reading takes microseconds. Who waited for a CPU longer than this sees it by the clock. */
#define NOT_AGAIN_NS 50000u

/* What workers tell, in shared memory. */
struct tally {
    _Atomic uint64_t delay_ns;
    _Atomic uint32_t lost; /* workers that could not read theirs */
};

/* One in a program: a task has nothing by which to find it. */
static struct {
    const struct strategy *strategy; /* the trial's own */
    const struct workload *workload;
    struct tally *tally;
    int fds[EVENT_COUNT];
    uint64_t before_ns; /* delay of the caller; EVENT_UNKNOWN */
    uint64_t events[EVENT_COUNT];
} current;

/* Every worker is a thread of its own, new in this sample, so told_ns begins with 0. */
static void tell_delay(void)
{
    static _Thread_local uint64_t told_ns, read_ns;
    uint64_t now_ns = clock_ns(), delay_ns;

    if (now_ns - read_ns < NOT_AGAIN_NS) {
        return;
    }
    read_ns = now_ns;
    if (run_delay_read(&delay_ns) < 0) {
        atomic_fetch_add(&current.tally->lost, 1);
        return;
    }
    atomic_fetch_add(&current.tally->delay_ns, delay_ns - told_ns);
    told_ns = delay_ns;
}

static int run_and_tell(const struct env *env, struct task *task)
{
    int status = current.workload->run(env, task);

    tell_delay();
    return status;
}

static void count_begin(void)
{
    for (enum event event = 0; event < EVENT_COUNT; event++) {
        current.events[event] = EVENT_UNKNOWN;
        current.fds[event] = event == EVENT_RUN_DELAY ? -1 : event_open(event);
    }
    if (run_delay_read(&current.before_ns) < 0) {
        current.before_ns = EVENT_UNKNOWN;
    }
}

static void count_end(void)
{
    uint64_t after_ns;

    for (enum event event = 0; event < EVENT_COUNT; event++) {
        if (current.fds[event] >= 0) {
            (void)event_read(current.fds[event], &current.events[event]);
            close(current.fds[event]);
        }
    }
    if (current.before_ns != EVENT_UNKNOWN && run_delay_read(&after_ns) == 0 &&
        atomic_load(&current.tally->lost) == 0) {
        current.events[EVENT_RUN_DELAY] =
            after_ns - current.before_ns + atomic_load(&current.tally->delay_ns);
    }
}

static int open_and_count(struct crew *crew, void **ret_state)
{
    count_begin();
    int r = current.strategy->open(crew, ret_state);
    if (r < 0) {
        count_end();
    }
    return r;
}

static void close_and_count(void *state)
{
    current.strategy->close(state);
    count_end();
}

int examination_take(struct trial *trial, struct measurement *ret_measurement, char *why)
{
    struct strategy strategy = *trial->strategy;
    struct workload workload = *trial->batch.workload;
    void *tally =
        mmap(NULL, sizeof(struct tally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (tally == MAP_FAILED) {
        int r = -errno;

        snprintf(why, TRIAL_WHY_SIZE, "memory to count in: %s", strerror(-r));
        return r;
    }
    current.strategy = trial->strategy;
    current.workload = trial->batch.workload;
    current.tally = tally;
    strategy.open = open_and_count;
    strategy.close = close_and_count;
    workload.run = run_and_tell;
    trial->strategy = &strategy;
    /* A caller that runs its tasks itself is read before and after. */
    trial->batch.workload = strategy.traits & TRAIT_CALLER ? current.workload : &workload;
    int r = sample_take(trial, ret_measurement, why);
    trial->strategy = current.strategy;
    trial->batch.workload = current.workload;
    if (r == 0) {
        memcpy(ret_measurement->events, current.events, sizeof(current.events));
        ret_measurement->examined = true;
    }
    munmap(tally, sizeof(struct tally));
    return r;
}
