/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does it cost to wake another worker and to wait for its answer? Tasks 2k and 2k+1 are a
 * pair: the first sends a message, the second sends it back, so each of them sleeps while the
 * other one works. Both are workers of the strategy, hence threads or processes alike. */
#include "base/futex.h"
#include "workloads/workload.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>

enum { CHANNEL, MESSAGES };
enum { CHANNEL_PIPE, CHANNEL_SOCKET, CHANNEL_FUTEX };

static const struct param pingpong_params[] = {
    {"channel", PARAM_CHOICE, "pipe", 0, 0, "pipe socket futex", "what the messages go through"},
    {"messages", PARAM_COUNT, "200", 1, 1000000000, NULL, "there and back, for each pair"},
    {.name = NULL},
};

/* One end of a pair. The mail is of the futex: written by the other, then the word is changed. */
struct end {
    int in, out; /* descriptors; -1: none */
    _Alignas(64) _Atomic uint32_t mails;
    uint64_t mail;
};

/* Instead of a message: the partner fails as well, and does not wait for what will never come. */
#define GIVEN_UP UINT64_MAX

struct pair {
    struct end ends[2];
};

static void pair_close(struct pair *pair)
{
    for (unsigned i = 0; i < 2; i++) {
        struct end *end = &pair->ends[i];

        if (end->in >= 0) {
            close(end->in);
        }
        if (end->out >= 0 && end->out != end->in) {
            close(end->out);
        }
        end->in = end->out = -1;
        atomic_store(&end->mails, 0);
    }
}

static int pair_open(struct pair *pair, uint64_t channel)
{
    struct end *ends = pair->ends;
    int there[2], back[2];

    if (channel == CHANNEL_SOCKET) {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, there) < 0) {
            return -errno;
        }
        ends[0].in = ends[0].out = there[0];
        ends[1].in = ends[1].out = there[1];
    } else if (channel == CHANNEL_PIPE) {
        if (pipe2(there, O_CLOEXEC) < 0) {
            return -errno;
        }
        ends[1].in = there[0];
        ends[0].out = there[1];
        if (pipe2(back, O_CLOEXEC) < 0) {
            return -errno; /* pair_close() copes with half a pair */
        }
        ends[0].in = back[0];
        ends[1].out = back[1];
    }
    return 0;
}

/* Mapped and not allocated, because the futexes in it must be the same for all workers. */
static int pingpong_prepare(struct env *env, char *text)
{
    const unsigned pairs = (env->tasks + 1) / 2;
    struct pair *state = mmap(NULL, pairs * sizeof(*state), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int r = 0;

    if (state == MAP_FAILED) {
        return -errno;
    }
    env->state = state;
    for (unsigned i = 0; i < pairs; i++) {
        state[i].ends[0].in = state[i].ends[0].out = -1;
        state[i].ends[1].in = state[i].ends[1].out = -1;
    }
    for (unsigned i = 0; i < pairs && r == 0; i++) {
        r = pair_open(&state[i], env->args[CHANNEL].number);
        if (r < 0) {
            errno = -r;
            snprintf(text, TASK_TEXT_SIZE, "channels for %u of %u pairs: %m", i, pairs);
        }
    }
    return r;
}

/* New channels for every sample: what an unlucky one has left in them must not be read. */
static int pingpong_reset(const struct env *env)
{
    struct pair *pairs = env->state;
    int r = 0;

    for (unsigned i = 0; i < (env->tasks + 1) / 2 && r == 0; i++) {
        pair_close(&pairs[i]);
        r = pair_open(&pairs[i], env->args[CHANNEL].number);
    }
    return r;
}

static int message_send(struct pair *pair, unsigned side, uint64_t message)
{
    struct end *own = &pair->ends[side], *other = &pair->ends[1 - side];

    if (own->out >= 0) {
        return write(own->out, &message, sizeof(message)) == sizeof(message) ? 0 : -EPIPE;
    }
    other->mail = message;
    atomic_fetch_add(&other->mails, 1);
    futex_wake(&other->mails, 1);
    return 0;
}

/* The kind of channel that cannot fail has nobody to tell. */
static void message_give_up(struct pair *pair, unsigned side)
{
    const uint64_t message = GIVEN_UP;

    if (pair->ends[side].out >= 0) {
        (void)!write(pair->ends[side].out, &message, sizeof(message));
    }
}

static int message_receive(struct pair *pair, unsigned side, uint32_t seen, uint64_t *ret_message)
{
    struct end *own = &pair->ends[side];

    if (own->in >= 0) {
        return read(own->in, ret_message, sizeof(*ret_message)) == sizeof(*ret_message) ? 0
                                                                                        : -EPIPE;
    }
    while (atomic_load(&own->mails) == seen) {
        futex_wait(&own->mails, seen);
    }
    *ret_message = own->mail;
    return 0;
}

/* The answer tells of every message that arrived, and in which order. */
static int pingpong_run(const struct env *env, struct task *task)
{
    struct pair *pair = (struct pair *)env->state + task->number / 2;
    const unsigned side = task->number % 2;
    uint64_t message = 0, digest = task->number;

    for (uint64_t i = 0; i < env->args[MESSAGES].number; i++) {
        int r = side == 0 ? message_send(pair, 0, digest + i) : 0;

        r = r < 0 ? r : message_receive(pair, side, (uint32_t)i, &message);
        r = r == 0 && message == GIVEN_UP ? -ECANCELED : r;
        digest = digest * 0x100000001b3u + message;
        if (r == 0 && side == 1) {
            r = message_send(pair, 1, digest);
        }
        if (r < 0) {
            if (r != -ECANCELED) {
                message_give_up(pair, side);
            }
            return task_fail(task, r,
                             r == -ECANCELED ? "the partner gave up at message %u"
                                             : "cannot exchange message %u: %m",
                             (unsigned)i);
        }
    }
    task->value = digest;
    return 0;
}

static void pingpong_cleanup(struct env *env)
{
    struct pair *pairs = env->state;

    for (unsigned i = 0; pairs && i < (env->tasks + 1) / 2; i++) {
        pair_close(&pairs[i]);
    }
    if (pairs) {
        munmap(pairs, (env->tasks + 1) / 2 * sizeof(*pairs));
        env->state = NULL;
    }
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "pingpong",
    .summary = "wakes a partner by a message and waits for its answer",
    .params = pingpong_params,
    .tasks = 8,
    .together = 2,
    .prepare = pingpong_prepare,
    .reset = pingpong_reset,
    .run = pingpong_run,
    .cleanup = pingpong_cleanup,
};
