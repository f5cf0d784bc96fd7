/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/lanes.h"

#include <errno.h>
#include <stdlib.h>

int lanes_init(struct lanes *lanes, uint32_t count)
{
    lanes->free = calloc(count, sizeof(*lanes->free));
    if (!lanes->free) {
        return -ENOMEM;
    }
    for (lanes->count = 0; lanes->count < count; lanes->count++) {
        lanes->free[lanes->count] = count - 1 - lanes->count;
    }
    return 0;
}

void lanes_release(struct lanes *lanes)
{
    free(lanes->free);
    lanes->free = NULL;
}

uint32_t lanes_take(struct lanes *lanes)
{
    return lanes->free[--lanes->count];
}

void lanes_give(struct lanes *lanes, uint32_t lane)
{
    lanes->free[lanes->count++] = lane;
}
