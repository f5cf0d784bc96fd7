/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sweep varies: lists of values along axes, as in "workers=1..8" or "parent=0,1G,1G:huge".
 * The points of a sweep are all combinations of them. */
#ifndef TVP_SWEEP_H
#define TVP_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SWEEP_VALUES_MAX 64u
#define SWEEP_WHY_SIZE 300u

enum sweep_axis {
    SWEEP_CHUNK,   /* option of the strategies that have it: cells of one set, as workers are */
    SWEEP_PARENT,  /* bytes */
    SWEEP_PAYLOAD, /* bytes a task hands back */
    SWEEP_STACK,   /* as chunk */
    SWEEP_TASK,    /* ns of work in a task of `loop` */
    SWEEP_TASKS,
    SWEEP_WORKERS,
    SWEEP_AXES
};

struct sweep_value {
    uint64_t number;
    bool huge; /* parent: in transparent huge pages */
};

struct sweep_list {
    struct sweep_value values[SWEEP_VALUES_MAX];
    size_t count; /* 0: not varied */
};

struct sweep {
    struct sweep_list axes[SWEEP_AXES];
};

extern const char *const sweep_axis_names[]; /* ends with NULL */

/* Take "AXIS=LIST": values separated by commas, ranges "1..64" (doubling) or "1us..1ms*10" (times
 * ten) up to and with their ends, "auto" for 1, 2, 4, ... to four times the cores. An axis that was
 * there is replaced. -EINVAL with one sentence in why (SWEEP_WHY_SIZE bytes). */
int sweep_add(struct sweep *sweep, const char *text, unsigned cores, char *why);

/* True if anything is varied. */
bool sweep_any(const struct sweep *sweep);

#endif
