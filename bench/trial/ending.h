/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a trial ends when a signal or its limit ends it: its workers and its scratch folder go first.
 */
#ifndef TVP_ENDING_H
#define TVP_ENDING_H

#include "base/scratch.h"

#include <stdint.h>

#define EXIT_LIMIT 124

/* From now on SIGHUP, SIGINT, SIGQUIT and SIGTERM (unless whoever started us has them ignored), and
 * the end of limit_ns (0: none), which has a status and a sentence of its own, first kill all
 * children and remove this folder; *scratch may still be made. Once a process; children that it
 * forks die as if nothing had been asked for. 0 or a negative errno. */
int ending_prepare(struct scratch *scratch, uint64_t limit_ns);

#endif
