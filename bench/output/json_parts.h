/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all JSON that commands write is made of. Running out of memory gives NULL, which json_pack()
 * hands on, so that a document is whole or none. */
#ifndef TVP_JSON_PARTS_H
#define TVP_JSON_PARTS_H

#include <jansson.h>

/* Text of a file may be no UTF-8; a clean copy is. NULL is "". */
json_t *json_clean(const char *text);
/* null for what is no number. */
json_t *json_finite(double value);
/* Takes over item. *list becomes NULL if it cannot be added: half a list is none. */
void json_add(json_t **list, json_t *item);

#endif
