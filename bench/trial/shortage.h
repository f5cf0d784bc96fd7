/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which limit it was that kept a worker from being created. The kernel says EAGAIN or ENOMEM to
 * everything, so what is told is the tightest of those that can be the reason. */
#ifndef TVP_SHORTAGE_H
#define TVP_SHORTAGE_H

#include "trial/trial.h"

#define SHORTAGE_SIZE 80u

/* "; ulimit -u is 12", or "" where nothing can be said. error: a negative errno of open() or run().
 */
void shortage_tell(const struct trial *trial, int error, char text[SHORTAGE_SIZE]);

/* Is the stack that the strategy is asked for large enough for a thread? -EINVAL with a sentence in
 * why (TRIAL_WHY_SIZE). */
int shortage_check_stack(const struct trial *trial, char *why);

#endif
