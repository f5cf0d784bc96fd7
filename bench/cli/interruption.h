/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ^C means while something is measured: the samples so far are kept. */
#ifndef TVP_INTERRUPTION_H
#define TVP_INTERRUPTION_H

#include <signal.h>

/* From now on the first ^C (or hangup, or SIGTERM) sets what is returned, and ends a run after the
 * sample, or soon; a second one ends us at once, and the trials with us, because their pipes close.
 * Who has us ignore a signal (nohup) means it. The same flag for every caller. */
const volatile sig_atomic_t *interruption_catch(void);

#endif
