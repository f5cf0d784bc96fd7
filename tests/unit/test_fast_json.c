/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read by hand is what jansson reads, and what jansson refuses is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/fast_json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Gives a text in pieces of so many bytes, each time from another place. */
struct pieces {
    const char *text;
    size_t size, step;
    char *given;
};

static int pieces_more(struct fast_source *source)
{
    struct pieces *pieces = source->data;
    size_t left = pieces->size - source->size, step = left < pieces->step ? left : pieces->step;
    char *given = malloc(source->size + step + 1);

    assert_non_null(given);
    memcpy(given, pieces->text, source->size + step);
    free(pieces->given);
    pieces->given = given;
    source->text = given;
    source->size += step;
    return step > 0;
}

/* True if it was read by hand. */
static bool check(const char *text, size_t size, size_t step)
{
    struct pieces pieces = {text, size, step, NULL};
    struct fast_source source = {.more = pieces_more, .data = &pieces};
    json_error_t error;
    size_t at = 0;
    json_t *own = fast_json_read(&source, &at);

    if (own) {
        json_t *other =
            json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);

        if (!other || !json_equal(own, other) || at != (size_t)error.position) {
            fail_msg("jansson differs: %.*s", (int)size, text);
        }
        json_decref(other);
    }
    json_decref(own);
    free(pieces.given);
    return own;
}

static const char good[] =
    " {\"a\": [0, 1, 4095, 4096, 999999999999999999, [], {}],\n\t\"b\": {\"c\": true, \"d\":false,"
    "\"e\":null, \"\": \"x\"}, \"text\": \"\\u00e4 \\\"\\\\ \xc3\xb6 \\ud83d\\ude00\x7f\"}\r\n {} ";

static void what_results_are_made_of_is_read(void **state)
{
    (void)state;
    for (size_t step = 1; step < sizeof(good); step++) {
        assert_true(check(good, sizeof(good) - 1, step));
    }
    assert_true(check("{}", 2, 2));
}

static void the_rest_is_left_to_jansson(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "1",
        "{\"a\":01}",
        "{\"a\":-1}",
        "{\"a\":1.5}",
        "{\"a\":1e3}",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "{\"a\" 1}",
        "{\"a\":tru}",
        "{\"a\":1",
        "{,}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\n\"}",
        "{\"\\u0061\":1}",
        "{\"a\":\"\\x\"}",
        "{a:1}",
        "{\"a\":1000000000000000000000}",
        "{\"a\":\"",
        "{\"a\":\"\\",
    };
    char deep[200] = "{\"a\":";

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (check(texts[i], strlen(texts[i]), 3)) {
            fail_msg("was read: %s", texts[i]);
        }
    }
    memset(deep + 5, '[', 90);
    memset(deep + 95, ']', 90);
    deep[185] = '}';
    assert_false(check(deep, 186, 7));
}

/* Every byte of a good text replaced by each of these, and each beginning of it. */
static void no_damage_is_overlooked(void **state)
{
    static const char bytes[] = "{}[]\",:\\ 019-.eE+tfnu\x01\x7f\xc3\xff\n";
    char text[sizeof(good)];

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(good); i++) {
        (void)check(good, i, 16);
        memcpy(text, good, sizeof(good));
        for (size_t n = 0; n + 1 < sizeof(bytes); n++) {
            text[i] = bytes[n];
            (void)check(text, sizeof(good) - 1, 16);
        }
    }
}

/* Equal small integers are one object, which is where the memory stays. */
static void small_integers_are_shared(void **state)
{
    static const char text[] = "{\"a\":[7,7]}";
    struct pieces pieces = {text, sizeof(text) - 1, 5, NULL};
    struct fast_source source = {.more = pieces_more, .data = &pieces};
    size_t at = 0;
    json_t *document = fast_json_read(&source, &at), *array = json_object_get(document, "a");

    (void)state;
    assert_non_null(document);
    assert_ptr_equal(json_array_get(array, 0), json_array_get(array, 1));
    json_decref(document);
    free(pieces.given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_results_are_made_of_is_read),
        cmocka_unit_test(the_rest_is_left_to_jansson),
        cmocka_unit_test(no_damage_is_overlooked),
        cmocka_unit_test(small_integers_are_shared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
