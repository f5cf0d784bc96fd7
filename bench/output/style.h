/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How text is to look. Decided once by cli/, which knows the terminal, and passed down. */
#ifndef TVP_STYLE_H
#define TVP_STYLE_H

#include <stdbool.h>

struct style {
    bool color;     /* escape sequences may be written; words carry the meaning all the same */
    bool ascii;     /* no byte above 126: ~ for ≈, x for ×, - for –, # and = for blocks */
    unsigned width; /* columns of a line; 0: 80; less than 60 counts as 60 */
};

#endif
