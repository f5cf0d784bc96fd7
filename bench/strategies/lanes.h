/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lane of the timeline a short-lived worker takes: the lowest that is free, so that a
 * strategy with n workers at once fills lanes 0 .. n-1. */
#ifndef TVP_LANES_H
#define TVP_LANES_H

#include <stdint.h>

struct lanes {
    uint32_t *free; /* a stack; the lowest lanes are on top at first */
    uint32_t count;
};

int lanes_init(struct lanes *lanes, uint32_t count);
void lanes_release(struct lanes *lanes);
/* A lane must be free. */
uint32_t lanes_take(struct lanes *lanes);
void lanes_give(struct lanes *lanes, uint32_t lane);

#endif
