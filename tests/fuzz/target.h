/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every fuzz target is: one function that takes any bytes and must neither crash nor break a
 * law that it checks. libFuzzer calls it with what it makes up, replay.c with what is in the
 * corpus. */
#ifndef TVP_TEST_FUZZ_TARGET_H
#define TVP_TEST_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Always 0. The name is libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A law of the target. */
#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The bytes as a string that ends where they do, or at the first NUL; the caller frees it. */
static inline char *target_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    REQUIRE(text);
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    return text;
}

/* Sentences that reach a terminal. */
static inline void require_printable(const char *text)
{
    for (const char *p = text; *p; p++) {
        REQUIRE((unsigned char)*p >= ' ' && *p != 0x7f);
    }
}

#endif
