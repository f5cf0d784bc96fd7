/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing but fork(), _exit() and waitpid(): what a process for every task costs at the least. As
 * many as there are workers are alive at once. */
#include "peers/peer.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

static int run_all(struct peer *peer)
{
    uint32_t created = 0, ended = 0;
    int r = 0;

    while (ended < created || (r == 0 && created < peer->pieces)) {
        if (r < 0 || created == peer->pieces || created - ended == peer->workers) {
            /* Any child: a task may have left our process group. */
            if (waitpid(-1, NULL, 0) > 0) {
                ended++;
            } else if (errno != EINTR) {
                return r < 0 ? r : -errno;
            }
            continue;
        }
        pid_t pid = fork();
        if (pid == 0) {
            /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): there is always one */
            peer_run(peer, created, created % peer->workers);
            _exit(0);
        }
        r = pid < 0 ? -errno : 0;
        created += r == 0;
    }
    return r;
}

static const struct peer_engine engine = {.finish = run_all};

static int bare_fork_open(struct crew *crew, void **ret_state)
{
    return peer_open(&engine, crew, ret_state);
}

const struct strategy strategy_bare_fork = {
    .name = "bare-fork",
    .summary = "a limit: fork(), _exit() and waitpid() for every task and nothing else",
    .traits = TRAIT_PROCESSES,
    .open = bare_fork_open,
    .submit = peer_submit,
    .wait = peer_wait,
    .close = peer_close,
};
