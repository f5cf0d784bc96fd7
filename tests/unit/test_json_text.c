/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is every byte string written as JSON that a real parser reads back? */
#include "base/json_text.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *written(const char *text)
{
    char *json = NULL;
    size_t size;
    FILE *out = open_memstream(&json, &size);

    assert_non_null(out);
    json_write_text(out, text);
    assert_int_equal(fclose(out), 0);
    return json;
}

static void check(const char *text, const char *expected)
{
    char *json = written(text);
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);

    if (!value) {
        fail_msg("no JSON: %s", json);
    }
    assert_string_equal(json_string_value(value), expected);
    json_decref(value);
    free(json);
}

static void texts_survive(void **state)
{
    static const char *const texts[] = {
        "",
        "plain",
        "\"quoted\" \\ back/slash",
        "tab\tnewline\nreturn\r",
        "µ × ≈",
        "\xf0\x9f\x98\x80",
        "\x01\x1f\x7f",
        "\xc2\x80",
        "\xdf\xbf",
        "\xe0\xa0\x80",
        "\xed\x9f\xbf",
        "\xee\x80\x80",
        "\xef\xbf\xbf",
        "\xf4\x8f\xbf\xbf",
        "\x1b[31mred\x1b[0m",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        check(texts[i], texts[i]);
    }
}

#define GAP "\xef\xbf\xbd"

static void what_is_no_utf8_becomes_a_mark(void **state)
{
    (void)state;
    check("a\xff"
          "b",
          "a" GAP "b");
    check("\x80", GAP);
    check("\xc3", GAP);                 /* cut off at the end */
    check("\xe2\x82", GAP GAP);         /* the same, after two bytes */
    check("\xf0\x9f\x98", GAP GAP GAP); /* and after three */
    check("\xc0\xaf", GAP GAP);         /* overlong */
    check("\xe0\x9f\xbf", GAP GAP GAP);
    check("\xf0\x8f\xbf\xbf", GAP GAP GAP GAP);
    check("\xed\xa0\x80", GAP GAP GAP); /* a surrogate */
    check("\xf4\x90\x80\x80", GAP GAP GAP GAP);
    check("\xc3(", GAP "(");
    check("\xe2\x28\xa1", GAP "(" GAP);
}

static void control_characters_never_stand_raw(void **state)
{
    char text[2] = "", *json;

    (void)state;
    for (int byte = 1; byte < 0x100; byte++) {
        text[0] = (char)byte;
        json = written(text);
        for (const char *p = json; *p; p++) {
            assert_true((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7f);
        }
        free(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_survive),
        cmocka_unit_test(what_is_no_utf8_becomes_a_mark),
        cmocka_unit_test(control_characters_never_stand_raw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
