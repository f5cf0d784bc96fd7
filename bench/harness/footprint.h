/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the workers of a cell cost in memory. */
#ifndef TVP_FOOTPRINT_H
#define TVP_FOOTPRINT_H

#include "harness/run_parts.h"

#include <sys/types.h>

/* Of a process and all that descend from it, read from /proc. -ESRCH: it is gone; -ENOENT: this
 * system does not tell. A process that ends meanwhile is left out. */
int footprint_read(pid_t root, struct memory *ret_memory);

/* For each cell that was measured: a trial of its own, never a timed one, in which all workers are
 * alive at once, read before its first worker and with all of them. A trial that fails leaves the
 * series without a footprint. 0 or -EINTR. */
int footprints_take(struct run *run);

#endif
