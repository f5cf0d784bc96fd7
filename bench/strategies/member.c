/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/member.h"

#include "base/affinity.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *serve_thread(void *argument)
{
    const struct member *member = argument;

    worker_serve(member->crew->batch, &member->worker, &member->signs[member->worker.lane].asleep);
    return NULL;
}

static void serve_process(struct batch *batch, const struct worker *worker, void *argument)
{
    struct signs *signs = argument;
    uint32_t chunk;

    atomic_store(&signs[worker->lane].born, 1);
    /* Only who takes the place of a dead one finds something; threads have no dead to follow. */
    if (batch_inherit(batch, worker->owner, &chunk)) {
        worker_run_chunk(batch, worker, chunk);
    }
    worker_serve(batch, worker, &signs[worker->lane].asleep);
}

int member_start_thread(struct member *member, size_t stack)
{
    const struct crew *crew = member->crew;
    pthread_attr_t attributes;
    int r = 0;

    pthread_attr_init(&attributes);
    if (crew->cpu_count > 0) {
        cpu_set_t set = affinity_of(crew->cpus[member->worker.lane % crew->cpu_count]);

        r = pthread_attr_setaffinity_np(&attributes, sizeof(set), &set);
    }
    if (r == 0 && stack > 0) {
        r = pthread_attr_setstacksize(&attributes, stack);
    }
    if (r == 0) {
        r = pthread_create(&member->thread, &attributes, serve_thread, member);
    }
    pthread_attr_destroy(&attributes);
    return -r;
}

/* The bell must tell of its results, or of its death. */
static int watch_process(struct member *member, enum channel channel)
{
    int fd = member->process.pipe_fd;

    if (channel == CHANNEL_SHM) {
        fd = member->pid_fd = (int)syscall(SYS_pidfd_open, member->process.pid, 0);
        if (fd < 0) {
            return -errno;
        }
    }
    return bell_watch(&member->crew->batch->bell, fd, member->worker.lane);
}

int member_start_process(struct member *member, enum channel channel)
{
    int r = process_start(member->crew, member->worker.owner, member->worker.lane, channel,
                          serve_process, member->signs, &member->process);

    if (r == 0) {
        r = watch_process(member, channel);
        if (r < 0) {
            (void)member_end_process(member, true);
        }
    }
    return r;
}

void member_join_thread(struct member *member)
{
    pthread_join(member->thread, NULL);
}

int member_end_process(struct member *member, bool now)
{
    const struct bell *bell = &member->crew->batch->bell;

    /* Never -1 or 0, which would be everybody, or us. */
    if (now && member->process.pid > 0) {
        kill(member->process.pid, SIGKILL);
    }
    /* Other workers hold the same descriptors, so closing them would not end the watch. */
    if (member->pid_fd >= 0) {
        bell_unwatch(bell, member->pid_fd);
        close(member->pid_fd);
        member->pid_fd = -1;
    }
    if (member->process.pipe_fd >= 0) {
        bell_unwatch(bell, member->process.pipe_fd);
    }
    return process_reap(&member->process);
}
