/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two runs must have in common so that their times may be compared: everything known to
 * change a time without a change of what is measured. Runs that differ in one of these keys were
 * made "across machines", even if it is one machine with another kernel. */
#ifndef TVP_FINGERPRINT_H
#define TVP_FINGERPRINT_H

#include "record/record.h"

struct fingerprint_key {
    const char *name; /* as --ignore takes it */
    const char *path; /* in the head of a record */
};
extern const struct fingerprint_key fingerprint_keys[]; /* ends with name NULL; at most 32 */

/* The bit of a key by its name, or 0. */
uint32_t fingerprint_bit(const char *name);
/* The bits of all keys in which the two differ. What could not be read on one side differs from
 * what could be read on the other. */
uint32_t fingerprint_difference(const struct record *a, const struct record *b);

#define FINGERPRINT_TEXT_SIZE 64u
/* The value for people: "6.12.0", "on", "none", "unknown". Unclean text; returns it. */
char *fingerprint_text(const struct record *record, const struct fingerprint_key *key,
                       char text[FINGERPRINT_TEXT_SIZE]);

#endif
