/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Output as a string, and laws that hold for every line of it. */
#ifndef TVP_TEST_TEXT_FIXTURE_H
#define TVP_TEST_TEXT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/text.h"
#include "tests/unit/made_series.h"

#include <stdio.h>

static const struct style utf8 = {.color = false, .ascii = false, .width = 80};
static const struct style ascii = {.color = false, .ascii = true, .width = 80};

struct capture {
    FILE *file;
    char *text;
    size_t size;
};

static inline void capture_begin(struct capture *capture)
{
    capture->file = open_memstream(&capture->text, &capture->size);
    assert_non_null(capture->file);
}

static inline void check_lines(const char *text, const struct style *style)
{
    char *copy = strdup(text), *state = NULL;

    assert_non_null(copy);
    for (char *line = strtok_r(copy, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
        if (text_width(line) > style_width(style) || line[strlen(line) - 1] == ' ') {
            fail_msg("too wide, or blanks at the end: '%s'", line);
        }
        for (const char *p = line; *p; p++) {
            assert_true((unsigned char)*p >= ' ' && (!style->ascii || (unsigned char)*p < 127));
        }
    }
    free(copy);
}

/* Compares, after the laws; expected NULL checks only those. */
static inline void capture_end(struct capture *capture, const struct style *style,
                               const char *expected)
{
    assert_int_equal(fclose(capture->file), 0);
    check_lines(capture->text, style);
    if (expected) {
        if (strcmp(capture->text, expected) != 0) {
            fputs(capture->text, stderr); /* cmocka cuts long texts */
        }
        assert_string_equal(capture->text, expected);
    }
    free(capture->text);
}

#endif
