/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which order the trials of an epoch take their turns: rows of Williams squares. Over a whole
 * square each trial stands once at every place, and each follows every other equally often, so
 * neither the place nor the predecessor is likely to be mistaken for a difference (an epoch ends
 * before its square does, so its balance is near, not exact) (Williams, Experimental
 * designs balanced for the estimation of residual effects of treatments, 1949). Every square gets
 * a fresh random naming of its members. */
#ifndef TVP_ORDER_H
#define TVP_ORDER_H

#include <gsl/gsl_rng.h>
#include <stddef.h>

/* How many rows a square of count members has: count, or twice that if count is odd, because an
 * odd square balances predecessors only together with its mirror. */
size_t order_rows(size_t count);

/* Row `row` (below order_rows) of the square of members 0 .. count-1, before naming. */
void order_row(size_t count, size_t row, size_t *ret_members);

/* The turns of successive blocks. */
struct order {
    gsl_rng *random; /* borrowed */
    size_t *names;   /* of this square; count entries */
    size_t *rows;    /* in which its rows are used; order_rows(count) entries */
    size_t count, next;
};

int order_init(struct order *order, size_t count, gsl_rng *random);
void order_release(struct order *order);
/* The turns of the next block: count entries. */
void order_next(struct order *order, size_t *ret_members);

#endif
