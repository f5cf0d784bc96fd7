/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON without blanks, piece by piece, so that a document of any size needs no copy of its text.
 * Nearly all of a result file are integers, so these and what holds them are written here; jansson,
 * which would format and hand over each number by itself, writes everything else. */
#ifndef TVP_COMPACT_H
#define TVP_COMPACT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Takes the next bytes. What it cannot keep it tells by itself. */
typedef void compact_sink(const char *text, size_t size, void *data);

/* Begins with only the first three set. */
struct compact {
    compact_sink *give;
    void *data;
    bool sorted; /* members by their keys, else as they are */
    size_t used;
    char buffer[4096];
};

void compact_text(struct compact *compact, const char *text, size_t size);
/* 0 or -ENOMEM. */
int compact_node(struct compact *compact, const json_t *node);
/* The last bytes. */
void compact_flush(struct compact *compact);

/* A member of an object whose value is not there but is written by a function: 0 or a negative
 * errno. write NULL: it is left out. */
struct compact_member {
    const char *name;
    int (*write)(struct compact *compact, const void *data);
    const void *data;
};
/* special: NULL if there is none. 0, -ENOMEM, or what write() said. */
int compact_object(struct compact *compact, const json_t *object,
                   const struct compact_member *special);
/* The same without its braces. */
int compact_members(struct compact *compact, const json_t *object,
                    const struct compact_member *special);

#endif
