/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is put into a page comes out of it, whole, however the bytes arrive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/embedded.h"
#include "record/record_stream.h"
#include "tests/unit/folder_fixture.h"
#include "tests/unit/record_fixture.h"

#include <errno.h>

/* A page with count result files, to be freed by the caller. */
static char *made_page(unsigned count, const char *before, const char *seed)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    json_t *document = good_document();
    char why[RECORD_WHY_SIZE];

    assert_non_null(out);
    fputs(before, out);
    for (unsigned i = 0; i < count; i++) {
        (void)json_object_set_new(document, "note", json_string(seed + i));
        document_sign(document);
        struct record record;
        assert_int_equal(record_from_json(document, &record, why), 0);
        assert_int_equal(embedded_write(out, &record), 0);
        record_release(&record);
        fputs("\">save</a><p>&quot;</p>", out);
    }
    json_decref(document);
    assert_int_equal(fclose(out), 0);
    return text;
}

static size_t records_read(const char *path, const char *seed)
{
    char checksum[CHECKSUM_SIZE], why[RECORD_WHY_SIZE];
    struct record_stream *stream = NULL;
    struct record record;
    size_t count = 0;

    assert_int_equal(record_stream_open(path, &stream, why), 0);
    while (record_stream_next(stream, &record, checksum, why) == 1) {
        assert_string_equal(record_text(&record, "note"), seed + count);
        assert_string_equal(record.series[0].strategy, "fork:channel=pipe");
        record_release(&record);
        count++;
    }
    record_stream_close(stream);
    return count;
}

/* Three seeds, so that the padding of base64 is of every length. */
static void pages_are_read_like_files(void **state)
{
    static const char *const seeds[] = {"abc", "abcd", "abcde"};
    char why[RECORD_WHY_SIZE];
    struct record record;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char *page = made_page(3, "\xef\xbb\xbf \n<!DOCTYPE html><p>", seeds[i]);

        file_put("page.html", page, strlen(page));
        free(page);
        assert_int_equal(records_read("page.html", seeds[i]), 3);
        assert_int_equal(record_load("page.html", &record, why), -EPROTO);
        page = made_page(1, "<", seeds[i]);
        file_put("page.html", page, strlen(page));
        free(page);
        assert_int_equal(record_load("page.html", &record, why), 0);
        record_release(&record);
    }
}

static void pages_without_a_result_say_so(void **state)
{
    static const char *const pages[] = {
        "<!DOCTYPE html><p>nothing here</p>",
        "<p>&lt;a class=&quot;data&quot; download=&quot;result.json&quot; href=&quot;data:",
        "<p><a class=\"data\" download=\"result.json\" href=\"",
    };
    char why[RECORD_WHY_SIZE];
    struct record record;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        file_put("page.html", pages[i], strlen(pages[i]));
        assert_int_equal(record_load("page.html", &record, why), -EPROTO);
        assert_string_equal(why, "is a page that holds no result file");
    }
}

static void damage_inside_a_page_is_found(void **state)
{
    char why[RECORD_WHY_SIZE];
    struct record record;
    char *page = made_page(1, "<p>", "x");
    const size_t length = strlen(page);

    (void)state;
    for (size_t i = sizeof(EMBEDDED_BEGIN) + 10; i < length - 60; i += 37) {
        char good = page[i];

        page[i] = good == 'A' ? 'B' : 'A';
        file_put("page.html", page, length);
        assert_int_equal(record_load("page.html", &record, why), -EPROTO);
        page[i] = '*';
        file_put("page.html", page, length);
        assert_int_equal(record_load("page.html", &record, why), -EPROTO);
        page[i] = good;
    }
    free(page);
}

static void pieces_of_any_size_give_the_same(void **state)
{
    char *page = made_page(2, "<<a <a class=", "xy"), *whole = strdup(page);
    const size_t length = strlen(page);
    struct embedded embedded = {0};
    const size_t all = embedded_extract(&embedded, whole, length);

    (void)state;
    assert_true(all > 100 && embedded.found);
    for (size_t step = 1; step < 9; step++) {
        char *copy = strdup(page);
        size_t taken = 0;

        embedded = (struct embedded){0};
        for (size_t i = 0; i < length; i += step) {
            char piece[8];
            const size_t size = length - i < step ? length - i : step;

            memcpy(piece, copy + i, size);
            const size_t got = embedded_extract(&embedded, piece, size);
            assert_memory_equal(piece, whole + taken, got);
            taken += got;
        }
        assert_int_equal(taken, all);
        free(copy);
    }
    free(whole);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(pages_are_read_like_files),
        FILE_TEST(pages_without_a_result_say_so),
        FILE_TEST(damage_inside_a_page_is_found),
        cmocka_unit_test(pieces_of_any_size_give_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
