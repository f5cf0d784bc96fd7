/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checksum of a result: tells damage and duplicates. It is no signature. */
#ifndef TVP_CHECKSUM_H
#define TVP_CHECKSUM_H

#include <jansson.h>

#define CHECKSUM_SIZE 65u /* of a hexadecimal SHA-256 with its NUL */

/* SHA-256 of the compact, key-sorted dump of the object without its member "checksum". 0 or
 * -ENOMEM. */
int checksum_make(const json_t *document, char hex[CHECKSUM_SIZE]);

#endif
