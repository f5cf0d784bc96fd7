/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_LIST_H
#define TVP_LIST_H

#include <stdio.h>

/* All strategies with their traits and options, all workloads with their arguments, as one JSON
 * object on one line. 0, or -ENOMEM with nothing printed. */
int list_print(FILE *out);

#endif
