/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/bell.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

int bell_open(struct bell *bell)
{
    /* Edge-triggered: a ring need not be read away, which saves a call for every sleep. */
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u32 = BELL_RUNG};
    struct bell opened = {-1, -1};

    opened.event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    opened.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (opened.event_fd < 0 || opened.epoll_fd < 0 ||
        epoll_ctl(opened.epoll_fd, EPOLL_CTL_ADD, opened.event_fd, &event) < 0) {
        int r = -errno;

        bell_close(&opened);
        return r;
    }
    *bell = opened;
    return 0;
}

void bell_close(struct bell *bell)
{
    if (bell->event_fd >= 0) {
        close(bell->event_fd);
    }
    if (bell->epoll_fd >= 0) {
        close(bell->epoll_fd);
    }
    *bell = (struct bell){-1, -1};
}

void bell_ring(const struct bell *bell)
{
    /* It can only fail when the counter is at its limit: then the bell has been rung. */
    (void)eventfd_write(bell->event_fd, 1);
}

int bell_watch(const struct bell *bell, int fd, uint32_t key)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = key};

    return epoll_ctl(bell->epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

void bell_unwatch(const struct bell *bell, int fd)
{
    (void)epoll_ctl(bell->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
}

uint32_t bell_sleep(const struct bell *bell)
{
    struct epoll_event event;
    int count = epoll_wait(bell->epoll_fd, &event, 1, BELL_LIMIT_MS);

    return count == 1 ? event.data.u32 : count == 0 ? BELL_SILENT : BELL_RUNG;
}
