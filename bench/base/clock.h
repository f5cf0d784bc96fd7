/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one clock of the project. */
#ifndef TVP_CLOCK_H
#define TVP_CLOCK_H

#include <stdint.h>

/* CLOCK_MONOTONIC in ns: never steps, and is the same for all threads and processes of a
 * machine, so stamps of different workers may be compared. About 25 ns a call. */
uint64_t clock_ns(void);

/* Sleep until then, through interruptions. */
void clock_sleep_until(uint64_t then_ns);

#endif
