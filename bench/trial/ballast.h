/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that makes the parent of the workers large before they start. Nobody reads it: what it
 * costs is what the system does with it, above all when a process is forked. */
#ifndef TVP_BALLAST_H
#define TVP_BALLAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BALLAST_WHY_SIZE 200u

struct ballast {
    void *mapping;
    size_t size;
};

/* "64MiB", "1GiB:huge". -EINVAL. */
int ballast_parse(const char *text, uint64_t *ret_bytes, bool *ret_huge);

/* Map and write to every page: in transparent huge pages, or in the smallest there are, whatever
 * the machine does by itself. 0 bytes: none. -ENOMEM: more than is available; -EOPNOTSUPP: no huge
 * pages were given; why (BALLAST_WHY_SIZE bytes) says it in one sentence. */
int ballast_load(uint64_t bytes, bool huge, struct ballast *ret_ballast, char *why);
void ballast_drop(struct ballast *ballast);

#endif
