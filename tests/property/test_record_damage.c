/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No damage to a result file gets through, and no lie in one brings the reader down. TVP_SEED=N
 * replays a failure. */
#include "record/checksum.h"
#include "record_random.h"

#define DAMAGES 25 /* of each record */

static uint64_t seed;

/* A flipped bit may change nothing that JSON sees ("\u001F" and "\u001f"); then the record is
 * as it was. Whatever else happens to a file, the checksum tells. */
static void damage_is_never_taken_for_data(void **state)
{
    struct record record, again;
    char why[RECORD_WHY_SIZE] = "";
    size_t i, n;

    (void)state;
    random_state = seed;
    for (n = 0; n < RECORDS; n++) {
        char *text;
        size_t size;

        record_draw(&record);
        text = record_text_of(&record);
        size = strlen(text);
        for (i = 0; i < DAMAGES; i++) {
            size_t at = draw(size), cut = draw(size);
            char bit = (char)(1 << draw(8));

            assert_int_not_equal(text_read(text, cut, &again, why), 0);
            text[at] = (char)(text[at] ^ bit);
            if (!text_read(text, size, &again, why)) {
                char *seen;

                text[at] = (char)(text[at] ^ bit);
                seen = record_text_of(&again);
                if (strcmp(seen, text) != 0) {
                    fail_msg("TVP_SEED=%" PRIu64 " record %zu: byte %zu", seed, n, at);
                }
                free(seen);
                record_release(&again);
            } else {
                text[at] = (char)(text[at] ^ bit);
            }
        }
        free(text);
        record_release(&record);
    }
}

/* Some value somewhere becomes another. */
static void document_spoil(json_t *node, unsigned depth)
{
    static const char *const values[] = {"null",
                                         "true",
                                         "-1",
                                         "0",
                                         "1.5",
                                         "\"x\"",
                                         "[]",
                                         "{}",
                                         "[1,[2,{}]]",
                                         "[[]]",
                                         "9007199254740993"};
    json_t *value = json_loads(values[draw(11)], JSON_DECODE_ANY, NULL), *inner = NULL;
    const char *name = NULL;
    size_t size = json_is_array(node) ? json_array_size(node) : json_object_size(node);
    size_t at = size ? draw(size) : 0;

    assert_non_null(value);
    if (json_is_array(node)) {
        inner = json_array_get(node, at);
    } else if (size) {
        void *iterator = json_object_iter(node);

        while (at--) {
            iterator = json_object_iter_next(node, iterator);
        }
        name = json_object_iter_key(iterator);
        inner = json_object_iter_value(iterator);
    }
    if (inner && depth && (json_is_array(inner) || json_is_object(inner)) && draw(6)) {
        json_decref(value);
        document_spoil(inner, depth - 1);
    } else if (json_is_array(node) && size) {
        (void)json_array_set_new(node, at, value);
    } else if (name && draw(2)) {
        (void)json_object_set_new(node, name, value);
    } else {
        json_decref(value);
        (void)(name ? json_object_del(node, name) : json_array_append_new(node, json_true()));
    }
}

/* A hostile file has a right checksum. The reader takes it whole, or says what is wrong. */
static void a_signed_lie_is_taken_whole_or_explained(void **state)
{
    size_t i, n, accepted = 0, rejected = 0;

    (void)state;
    random_state = seed;
    for (n = 0; n < RECORDS; n++) {
        struct record record, again;
        json_t *document;

        record_draw(&record);
        document = record_to_json(&record);
        record_release(&record);
        for (i = 0; i < DAMAGES; i++) {
            json_t *lie = json_deep_copy(document);
            char why[RECORD_WHY_SIZE] = "", hex[CHECKSUM_SIZE];

            document_spoil(lie, 5);
            assert_int_equal(checksum_make(lie, hex), 0);
            (void)json_object_set_new(lie, "checksum",
                                      json_pack("{s:s,s:s}", "algorithm", "sha256", "value", hex));
            if (!record_from_json(lie, &again, why)) {
                free(record_text_of(&again));
                record_release(&again);
                accepted++;
            } else {
                assert_true(strlen(why) > 10);
                assert_int_equal(strspn(why, " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQR"
                                             "STUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"),
                                 strlen(why));
                rejected++;
            }
            json_decref(lie);
        }
        json_decref(document);
    }
    assert_true(rejected > RECORDS);
    assert_true(accepted > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_is_never_taken_for_data),
        cmocka_unit_test(a_signed_lie_is_taken_whole_or_explained),
    };

    seed = seed_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
