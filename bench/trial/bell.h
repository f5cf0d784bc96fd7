/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the caller of a strategy sleeps: in one epoll, until a worker rings or until one of the
 * watched descriptors (a worker's pidfd or result pipe) has something to say. The caller never
 * spins: a spinning waiter holds the core that the worker needs. */
#ifndef TVP_BELL_H
#define TVP_BELL_H

#include <stdint.h>

#define BELL_RUNG UINT32_MAX
#define BELL_SILENT (UINT32_MAX - 1)
#define BELL_LIMIT_MS 1000

struct bell {
    int event_fd, epoll_fd; /* both close-on-exec; -1 when closed */
};

int bell_open(struct bell *bell);
void bell_close(struct bell *bell);
/* Any worker, thread or process. */
void bell_ring(const struct bell *bell);
/* Report fd as key (neither BELL_RUNG nor BELL_SILENT) while it is readable or hung up. */
int bell_watch(const struct bell *bell, int fd, uint32_t key);
void bell_unwatch(const struct bell *bell, int fd);
/* Sleep; returns the key of what happened, or BELL_SILENT if nothing has for BELL_LIMIT_MS: time to
 * look around, for a pipe that somebody else holds open does not tell of a death. May return
 * BELL_RUNG for no reason. */
uint32_t bell_sleep(const struct bell *bell);

#endif
