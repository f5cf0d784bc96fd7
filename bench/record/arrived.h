/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has arrived of a source and is not used up. Private to record_stream.c. */
#ifndef TVP_ARRIVED_H
#define TVP_ARRIVED_H

#include "record/source.h"

/* Zeroed at first, then source is opened and why (RECORD_WHY_SIZE bytes) set. */
struct arrived {
    struct source source;
    char *text;
    size_t size, capacity;
    int error; /* 0, or why reading stopped before the end, as *why has it */
    char *why;
};

/* 1: there is more text than before, which may have moved; 0: the end; negative: an error. */
int arrived_grow(struct arrived *arrived);
/* So many bytes at the beginning are not needed any more. */
void arrived_use(struct arrived *arrived, size_t used);
void arrived_close(struct arrived *arrived);

#endif
