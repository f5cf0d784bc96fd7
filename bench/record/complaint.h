/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the readers say what is wrong with a document, and where. Private to bench/record. */
#ifndef TVP_COMPLAINT_H
#define TVP_COMPLAINT_H

#include <stddef.h>

/* A place in a document as a list on the stack, from the inside out: it costs nothing until
 * something is wrong. A place without a name is an element of an array. */
struct place {
    const struct place *up; /* NULL: the document itself */
    const char *name;
    size_t index;
};

/* Writes one sentence to why (RECORD_WHY_SIZE bytes). Text of the file gets in, so everything but
 * printable ASCII becomes "?": a file must not send escape sequences to a terminal. Returns error.
 */
__attribute__((format(printf, 3, 4))) int complain(char *why, int error, const char *format, ...);
/* The same with the place before the sentence, "series[2].samples.run_ns is ...": -EPROTO. */
__attribute__((format(printf, 3, 4))) int complain_at(char *why, const struct place *place,
                                                      const char *format, ...);

#endif
