/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a text in memory whole or NULL? What glibc does without memory is shown by streams that are
 * closed in peace and leave no text. */
#include "base/stream.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_text_is_the_callers_even_without_words(void **state)
{
    static const char *const texts[] = {"words", ""};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);

        assert_non_null(stream);
        fputs(texts[i], stream);
        assert_int_equal(stream_end(stream, &text), 0);
        assert_string_equal(text, texts[i]);
        free(text);
    }
}

static void a_stream_without_a_text_is_out_of_memory(void **state)
{
    char *text = NULL;
    FILE *stream = fopen("/dev/null", "we");

    (void)state;
    assert_non_null(stream);
    assert_int_equal(stream_end(stream, &text), -ENOMEM);
    assert_null(text);
    assert_int_equal(stream_end(NULL, &text), -ENOMEM);
    assert_null(text);
}

static void half_a_text_is_none(void **state)
{
    char *text = strdup("half");
    FILE *stream = fopen("/dev/full", "we");

    (void)state;
    assert_non_null(text);
    assert_non_null(stream);
    setbuf(stream, NULL);
    fputs("words", stream);
    assert_int_equal(stream_end(stream, &text), -ENOMEM);
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_the_callers_even_without_words),
        cmocka_unit_test(a_stream_without_a_text_is_out_of_memory),
        cmocka_unit_test(half_a_text_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
