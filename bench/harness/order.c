/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/order.h"

#include <errno.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

size_t order_rows(size_t count)
{
    return count % 2 == 0 ? count : 2 * count;
}

void order_row(size_t count, size_t row, size_t *ret_members)
{
    size_t shift = row % count;

    /* 0, 1, n-1, 2, n-2, ...: neighbours differ by 1, -2, 3, -4, ..., each difference once. */
    for (size_t place = 0; place < count; place++) {
        size_t step = place % 2 == 1 ? (place + 1) / 2 : count - place / 2;

        ret_members[place] = (step + shift) % count;
    }
    for (size_t i = 0; row >= count && i < count / 2; i++) {
        size_t swapped = ret_members[i];

        ret_members[i] = ret_members[count - 1 - i];
        ret_members[count - 1 - i] = swapped;
    }
}

int order_init(struct order *order, size_t count, gsl_rng *random)
{
    size_t rows = order_rows(count);

    *order = (struct order){
        .random = random,
        .names = calloc(count + 1, sizeof(*order->names)),
        .rows = calloc(rows + 1, sizeof(*order->rows)),
        .count = count,
        .next = rows, /* the first block begins a square */
    };
    if (!order->names || !order->rows) {
        order_release(order);
        return -ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        order->names[i] = i;
    }
    for (size_t i = 0; i < rows; i++) {
        order->rows[i] = i;
    }
    return 0;
}

void order_release(struct order *order)
{
    free(order->names);
    free(order->rows);
    order->names = order->rows = NULL;
}

void order_next(struct order *order, size_t *ret_members)
{
    size_t rows = order_rows(order->count);

    if (order->next == rows) {
        gsl_ran_shuffle(order->random, order->names, order->count, sizeof(*order->names));
        gsl_ran_shuffle(order->random, order->rows, rows, sizeof(*order->rows));
        order->next = 0;
    }
    order_row(order->count, order->rows[order->next++], ret_members);
    for (size_t i = 0; i < order->count; i++) {
        ret_members[i] = order->names[ret_members[i]];
    }
}
