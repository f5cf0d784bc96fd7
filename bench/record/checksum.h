/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checksum of a result: tells damage and duplicates. It is no signature. */
#ifndef TVP_CHECKSUM_H
#define TVP_CHECKSUM_H

#include "record/compact.h"

#define CHECKSUM_SIZE 65u /* of a hexadecimal SHA-256 with its NUL */

/* SHA-256 of the compact, key-sorted dump of the object without its member "checksum". 0 or
 * -ENOMEM. */
int checksum_make(const json_t *document, char hex[CHECKSUM_SIZE]);
/* The same of a document that has no such member, and of whose members one may be special. 0 or a
 * negative errno, as compact_object(). */
int checksum_make_special(const json_t *document, const struct compact_member *special,
                          char hex[CHECKSUM_SIZE]);

#endif
