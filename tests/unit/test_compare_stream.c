/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents one after another, wherever the reader's blocks happen to end. */
#include "record/record_stream.h"
#include "tests/unit/folder_fixture.h"
#include "tests/unit/record_fixture.h"

#include <errno.h>

/* "{...}" of the small record, to be freed. */
static char *good_text(void)
{
    json_t *document = good_document();
    char *text = json_dumps(document, JSON_COMPACT);

    json_decref(document);
    assert_non_null(text);
    return text;
}

/* Reads a stream; "g" for a good document, "b" for a bad one. */
static void check_stream(const char *path, const char *expected, char *why)
{
    struct record_stream *stream = NULL;
    char checksum[CHECKSUM_SIZE], seen[64] = "", unused[RECORD_WHY_SIZE];
    struct record record;
    int r;

    assert_int_equal(record_stream_open(path, &stream, unused), 0);
    for (size_t n = 1; (r = record_stream_next(stream, &record, checksum, unused)); n++) {
        assert_int_equal(record_stream_number(stream), n);
        assert_true(n < sizeof(seen));
        seen[n - 1] = r > 0 ? 'g' : 'b';
        if (r > 0) {
            assert_int_equal(strlen(checksum), 64);
            assert_string_equal(record.series[0].workload, "sleep");
            record_release(&record);
        } else if (why) {
            memcpy(why, unused, RECORD_WHY_SIZE);
        }
    }
    assert_int_equal(record_stream_next(stream, &record, checksum, unused), 0);
    assert_string_equal(seen, expected);
    record_stream_close(stream);
}

/* The end of a document falls on every place in the blocks of jansson (1 KiB) and our own. */
static void documents_are_told_apart_wherever_blocks_end(void **state)
{
    char *text = good_text();
    size_t length = strlen(text);
    char *stream = malloc(3 * length + 70000);

    (void)state;
    assert_non_null(stream);
    for (size_t blanks = 0; blanks < 70000; blanks += blanks < 1100 ? 1 : 6311) {
        size_t size = 0;

        memcpy(stream, text, length);
        memset(stream + length, '\n', blanks);
        size = length + blanks;
        memcpy(stream + size, text, length);
        memcpy(stream + size + length, text, length);
        file_put("stream.json", stream, size + 2 * length);
        check_stream("stream.json", "ggg", NULL);
    }
    free(stream);
    free(text);
}

static void a_bad_document_costs_only_itself(void **state)
{
    char *text = good_text(), *stream = NULL, why[RECORD_WHY_SIZE];

    (void)state;
    assert_true(asprintf(&stream, "%s {\"schema\": \"x\"} %s [] %s", text, text, text) > 0);
    file_put("stream.json", stream, strlen(stream));
    check_stream("stream.json", "gbgbg", why);
    assert_non_null(strstr(why, "not a tvp result"));
    free(stream);
    /* Behind what is no JSON nothing can be found. */
    assert_true(asprintf(&stream, "%s nonsense %s", text, text) > 0);
    file_put("stream.json", stream, strlen(stream));
    check_stream("stream.json", "gb", why);
    assert_non_null(strstr(why, "not JSON"));
    free(stream);
    /* Cut off in the middle. */
    assert_true(asprintf(&stream, "%s%.40s", text, text) > 0);
    file_put("stream.json", stream, strlen(stream));
    check_stream("stream.json", "gb", why);
    free(stream);
    free(text);
}

static void nothing_at_all_is_no_result(void **state)
{
    struct record_stream *stream = NULL;
    char why[RECORD_WHY_SIZE];

    (void)state;
    file_put("empty.json", "", 0);
    check_stream("empty.json", "b", why);
    assert_string_equal(why, "not JSON: it is empty");
    file_put("blank.json", " \n", 2);
    check_stream("blank.json", "b", why);
    file_put("nul.json", "{}\0", 3);
    check_stream("nul.json", "b", why);
    assert_string_equal(why, "not JSON: it holds a NUL byte");
    assert_int_equal(record_stream_open("absent.json", &stream, why), -ENOENT);
    assert_int_equal(record_stream_open(".", &stream, why), -EISDIR);
    assert_int_equal(record_stream_open("/dev/null", &stream, why), -EPROTO);
    assert_null(stream);
    record_stream_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(documents_are_told_apart_wherever_blocks_end),
        FILE_TEST(a_bad_document_costs_only_itself),
        FILE_TEST(nothing_at_all_is_no_result),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
