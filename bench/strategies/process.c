/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/process.h"

#include "base/affinity.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child: everything that must hold before the first task. False: it must not run. */
static bool worker_prepare(const struct crew *crew, struct worker *worker, pid_t parent,
                           timer_t *timer)
{
    const struct batch *batch = crew->batch;

    /* The parent may have died before the signal was asked for. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent) {
        return false;
    }
    if (crew->cpu_count > 0) {
        cpu_set_t set = affinity_of(crew->cpus[worker->lane % crew->cpu_count]);

        (void)sched_setaffinity(0, sizeof(set), &set);
    }
    if (batch->task_limit_ns > 0) {
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};

        if (timer_create(CLOCK_MONOTONIC, &event, timer) < 0) {
            return false;
        }
        worker->limit_timer = timer;
    }
    if (worker->pipe_fd >= 0 && batch->env->payload_size > 0) {
        worker->payload = malloc(batch->env->payload_size);
        return worker->payload != NULL;
    }
    return true;
}

_Noreturn static void worker_main(const struct crew *crew, struct worker worker, pid_t parent,
                                  process_body *body, void *argument)
{
    timer_t timer;

    if (!worker_prepare(crew, &worker, parent, &timer)) {
        _exit(127);
    }
    body(crew->batch, &worker, argument);
    _exit(0);
}

int process_start(const struct crew *crew, uint32_t owner, uint32_t lane, enum channel channel,
                  process_body *body, void *argument, struct process *ret_process)
{
    int ends[2] = {-1, -1};
    pid_t parent = getpid();

    if (channel == CHANNEL_PIPE && pipe2(ends, O_CLOEXEC) < 0) {
        return -errno;
    }
    pid_t pid = fork();
    if (pid == 0) {
        struct worker worker = {.owner = owner, .lane = lane, .pipe_fd = ends[1]};

        if (ends[0] >= 0) {
            close(ends[0]);
        }
        worker_main(crew, worker, parent, body, argument);
    }
    int r = pid < 0 ? -errno : 0;
    if (ends[1] >= 0) {
        close(ends[1]); /* so that later workers do not hold it open */
    }
    if (r < 0) {
        if (ends[0] >= 0) {
            close(ends[0]);
        }
        return r;
    }
    if (ends[0] >= 0) {
        (void)fcntl(ends[0], F_SETFL, O_NONBLOCK); /* who reads it must not wait for the dead */
    }
    *ret_process = (struct process){.pid = pid, .pipe_fd = ends[0]};
    return 0;
}

int process_reap(struct process *process)
{
    int status = 0;

    if (process->pipe_fd >= 0) {
        close(process->pipe_fd);
    }
    while (waitpid(process->pid, &status, 0) < 0) {
        if (errno != EINTR) {
            status = 0;
            break;
        }
    }
    *process = (struct process){.pipe_fd = -1};
    return status;
}

bool process_has_ended(const struct process *process)
{
    siginfo_t info = {.si_pid = 0};

    return process->pid > 0 &&
           waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == process->pid;
}

void process_kill(struct process *process)
{
    if (process->pid > 0) {
        kill(process->pid, SIGKILL);
        (void)process_reap(process);
    }
}

bool process_death(int wait_status, char text[TASK_TEXT_SIZE])
{
    if (WIFSIGNALED(wait_status)) {
        const char *name = sigabbrev_np(WTERMSIG(wait_status));

        snprintf(text, TASK_TEXT_SIZE, "killed by SIG%s", name ? name : "?");
    } else {
        snprintf(text, TASK_TEXT_SIZE, "exited with status %d", WEXITSTATUS(wait_status));
    }
    return WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL;
}
