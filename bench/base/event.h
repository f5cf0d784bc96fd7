/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel counts beside getrusage(2), and where it may be asked for it: events of
 * perf_event_open(2), and the time that threads waited for a CPU (/proc/thread-self/schedstat). */
#ifndef TVP_EVENT_H
#define TVP_EVENT_H

#include <stdint.h>

enum event {
    EVENT_RUN_DELAY, /* ns that a thread could have run and had no CPU */
    EVENT_MIGRATIONS,
    EVENT_CYCLES, /* this and the rest in the kernel as well, where most of a fork is done */
    EVENT_INSTRUCTIONS,
    EVENT_DTLB_MISSES,
    EVENT_COUNT,
};
extern const char *const event_names[EVENT_COUNT]; /* "run_delay_ns", ...: as in a result file */

/* No number of events: it was not counted. */
#define EVENT_UNKNOWN UINT64_MAX

/* Begin to count an event, but for EVENT_RUN_DELAY, of the calling thread and of all threads and
 * processes that come from it. Returns a descriptor, to be closed by the caller, or a negative
 * errno. */
int event_open(enum event event);
/* How many there have been. -ENODATA: others used the counters of the CPU all the time. */
int event_read(int fd, uint64_t *ret_count);

/* Of the calling thread, since it began. -ENODATA: this kernel does not keep it. */
int run_delay_read(uint64_t *ret_delay_ns);

/* Whether it can be counted here and now: 0 or a negative errno. */
int event_probe(enum event event);
/* Why not, for people: "not allowed". */
const char *event_why(int error);

#endif
