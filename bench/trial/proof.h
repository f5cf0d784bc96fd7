/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proof that a strategy did its work: a program that loses tasks is fast. */
#ifndef TVP_PROOF_H
#define TVP_PROOF_H

#include "trial/batch.h"

#define PROOF_WHY_SIZE 120u

/* After a sample, once, without workers: each task has ended, and the log has every chunk once and
 * counts the tasks in them. -EPROTO, with one sentence in why (PROOF_WHY_SIZE bytes). */
int proof_check(struct batch *batch, char *why);

#endif
