/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 of RFC 4648, section 4, written as it comes. */
#ifndef TVP_BASE64_H
#define TVP_BASE64_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Begins with only out set. */
struct base64_encoder {
    FILE *out;
    uint32_t bits;
    unsigned bytes; /* of the three that make four letters */
};
void base64_encode(struct base64_encoder *encoder, const void *bytes, size_t size);
/* The last letters and their padding. */
void base64_end(struct base64_encoder *encoder);

/* 0 to 63, or -1: no letter of the alphabet. */
int base64_value(char letter);

#endif
