/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When is enough measured? */
#ifndef TVP_STOPPING_H
#define TVP_STOPPING_H

#include "harness/run_parts.h"

/* After a round: mark the sets that need no further epoch. True if none is left to be measured. */
bool stopping_look(struct run *run);

/* True if the next round would not end within the budget. The first one always may begin. */
bool stopping_too_late(const struct run *run);

#endif
