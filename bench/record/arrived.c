/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/arrived.h"

#include "record/complaint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_SIZE 65536u
#define KEPT_SIZE (64 * PIECE_SIZE) /* more is given back as soon as it is used up */

int arrived_grow(struct arrived *arrived)
{
    if (arrived->error) {
        return arrived->error;
    }
    if (arrived->capacity - arrived->size < PIECE_SIZE) {
        size_t capacity = arrived->capacity ? 2 * arrived->capacity : 2 * PIECE_SIZE;
        char *text = realloc(arrived->text, capacity);

        if (!text) {
            return arrived->error = complain(arrived->why, -ENOMEM, "out of memory");
        }
        arrived->text = text;
        arrived->capacity = capacity;
    }
    char *piece = arrived->text + arrived->size;
    ssize_t n = source_read(&arrived->source, piece, PIECE_SIZE, arrived->why);
    if (n < 0) {
        return arrived->error = (int)n;
    }
    if (memchr(piece, '\0', (size_t)n)) {
        return arrived->error = complain(arrived->why, -EPROTO, "not JSON: it holds a NUL byte");
    }
    arrived->size += (size_t)n;
    return n > 0;
}

void arrived_use(struct arrived *arrived, size_t used)
{
    if (used == 0) {
        return;
    }
    arrived->size -= used;
    memmove(arrived->text, arrived->text + used, arrived->size);
    if (arrived->capacity > KEPT_SIZE && arrived->size <= PIECE_SIZE) {
        char *text = realloc(arrived->text, 2 * PIECE_SIZE);

        arrived->capacity = text ? 2 * PIECE_SIZE : arrived->capacity;
        arrived->text = text ? text : arrived->text;
    }
}

void arrived_close(struct arrived *arrived)
{
    source_close(&arrived->source);
    free(arrived->text);
}
