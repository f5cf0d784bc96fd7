/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing that a stranger writes becomes a tag, leaves an attribute, or hides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/html.h"

#include <stdlib.h>
#include <string.h>

static void check(const char *text, const char *expected)
{
    char *made = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&made, &size);

    assert_non_null(out);
    html_text(out, text);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(made, expected);
    free(made);
}

static void text_is_escaped_for_elements_and_attributes(void **state)
{
    (void)state;
    check("<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
    check("\" onload=\"x", "&quot; onload=&quot;x");
    check("a & b &amp; `c`", "a &amp; b &amp;amp; `c`");
    check(NULL, "");
    check("", "");
}

static void what_hides_is_shown(void **state)
{
    (void)state;
    check("a\x1b[31mb", "a⟨U+001B⟩[31mb");
    check("a\nb\tc\x7f", "a⟨U+000A⟩b⟨U+0009⟩c⟨U+007F⟩");
    check("\u202egpj.exe", "⟨U+202E⟩gpj.exe");
    check("\u2066x\u2069\u200b\ufeff", "⟨U+2066⟩x⟨U+2069⟩⟨U+200B⟩⟨U+FEFF⟩");
    check("\xff\xc0\xaf\xe2\x82", "⟨byte FF⟩⟨byte C0⟩⟨byte AF⟩⟨byte E2⟩⟨byte 82⟩");
    check("µ × ≈ 漢字", "µ × ≈ 漢字");
}

static void numbers_keep_their_units(void **state)
{
    (void)state;
    check("28.1 ms and 3" GLUE "s", "28.1\u00a0ms and 3\u00a0s");
}

static void revealed_text_has_nothing_left_to_reveal(void **state)
{
    char *text = text_reveal("a\x1f\u202e\xff<b>");

    (void)state;
    assert_string_equal(text, "a⟨U+001F⟩⟨U+202E⟩⟨byte FF⟩<b>");
    char *again = text_reveal(text);
    assert_string_equal(again, text);
    free(again);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped_for_elements_and_attributes),
        cmocka_unit_test(what_hides_is_shown),
        cmocka_unit_test(numbers_keep_their_units),
        cmocka_unit_test(revealed_text_has_nothing_left_to_reveal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
