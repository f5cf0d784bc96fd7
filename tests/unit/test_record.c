/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a record keep what was put into it? Files are tested in test_record_save.c and
 * test_record_load.c, what the reader turns away in test_record_reject.c. */
#include "record_fixture.h"

#include <errno.h>
#include <stdio.h>

/* echo -n '{"a":1,"b":["x"]}' | sha256sum */
static void the_checksum_is_that_of_the_sorted_compact_text(void **state)
{
    json_t *document = json_loads("{ \"b\": [\"x\"], \"checksum\": 5, \"a\": 1 }", 0, NULL);
    char hex[CHECKSUM_SIZE];

    (void)state;
    assert_int_equal(checksum_make(document, hex), 0);
    assert_string_equal(hex, "fd5e92badbe24726f55b88132dd5fa1ceec0efd960b3bcd44f527b4bcc84af34");
    json_decref(document);
}

static void unknown_members_survive(void **state)
{
    struct record record;
    char why[RECORD_WHY_SIZE] = "";
    json_t *document = good_document(), *again;

    (void)state;
    document_put(document, "checks", "[{\"id\":\"governor\"}]");
    document_put(document, "machine/class", "\"c-1\"");
    document_put(document, "series/0/workload_version", "\"sha256:00\"");
    document_put(document, "series/0/samples/max_rss_kib", "[4, 5]");
    document_sign(document);
    assert_int_equal(record_from_json(document, &record, why), 0);
    again = record_to_json(&record);
    assert_true(json_equal(document, again));
    json_decref(again);
    json_decref(document);

    /* A column that lacks a value for the new sample would make the file unreadable. */
    assert_int_equal(
        sample_list_append(&record.series[0].samples, &record.series[0].samples.items[0]), 0);
    document = record_to_json(&record);
    record_release(&record);
    assert_int_equal(record_from_json(document, &record, why), 0);
    json_decref(document);
    record_release(&record);
}

static void numbers_that_no_reader_could_read_are_not_written(void **state)
{
    static const uint64_t numbers[] = {RECORD_NUMBER_MAX + 1ULL, 1ULL << 63, UINT64_MAX};
    struct record record;
    size_t i;

    (void)state;
    record_fill(&record);
    for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        record.series[0].samples.items[1].user_ns = numbers[i];
        assert_null(record_to_json(&record));
        record.series[0].samples.items[1].user_ns = 0;
        record.series[0].errors[0].count = numbers[i];
        assert_null(record_to_json(&record));
        record.series[0].errors[0].count = 1;
    }
    (void)json_object_set_new(record.head, "load", json_real(0.5));
    assert_null(record_to_json(&record));
    record_release(&record);
}

static void text_that_is_not_utf8_loses_nothing_else(void **state)
{
    struct record record;
    char why[RECORD_WHY_SIZE] = "";
    json_t *document;

    (void)state;
    record_fill(&record);
    assert_int_equal(series_add_error(&record.series[0], 0, "HTTP 403"), 0);
    assert_int_equal(record.series[0].error_count, 2);
    assert_int_equal(series_add_error(&record.series[0], 0, "no file \xff\xfe"), 0);
    document = record_to_json(&record);
    assert_non_null(document);
    record_release(&record);
    assert_int_equal(record_from_json(document, &record, why), 0);
    assert_string_equal(record.series[0].errors[2].text, "no file ??");
    assert_string_equal(record.series[0].errors[0].text, "HTTP 403");
    json_decref(document);
    record_release(&record);
}

static void the_head_is_found_by_path(void **state)
{
    struct record record;

    (void)state;
    record_fill(&record);
    assert_string_equal(record_text(&record, "machine.label"), "here");
    assert_string_equal(record_text(&record, "schema"), RECORD_SCHEMA);
    assert_null(record_text(&record, "machine"));
    assert_null(record_text(&record, "machine.label.more"));
    assert_null(record_text(&record, "machine..label"));
    assert_null(record_text(&record, ""));
    assert_null(record_text(&record, "config.seed"));
    assert_int_equal(record_number(&record, "config.seed", -1), 7);
    assert_int_equal(record_number(&record, "machine.label", -1), -1);
    assert_int_equal(record_number(&record, "nothing", -1), -1);
    assert_false(record_complete(&record));
    (void)json_object_set_new(record.head, "complete", json_true());
    assert_true(record_complete(&record));
    assert_int_equal(record.series[0].error_count, 1);
    assert_int_equal(record.series[0].errors[0].count, 2);
    record_release(&record);
    record_release(&record);
    record_release(NULL);
}

static const char *source_path(const char *name, char *path, size_t size)
{
    const char *root = getenv("TVP_SOURCE_ROOT");

    (void)snprintf(path, size, "%s/%s", root ? root : ".", name);
    return path;
}

/* The values are worked out in make_sample.py. */
static void the_sample_is_what_its_maker_says(void **state)
{
    struct record record;
    char path[512], why[RECORD_WHY_SIZE] = "";
    const struct series *serial, *pool;

    (void)state;
    if (record_load(source_path("tests/data/sample.json", path, sizeof(path)), &record, why)) {
        fail_msg("%s: %s", path, why);
    }
    assert_true(record_complete(&record));
    assert_string_equal(record_text(&record, "machine.label"), "sample-2c-8g");
    assert_int_equal(record_number(&record, "config.epochs", 0), 12);
    assert_int_equal(record.series_count, 10);
    serial = &record.series[0];
    pool = &record.series[9];
    assert_string_equal(serial->strategy, "serial");
    assert_string_equal(pool->strategy, "process-pool");
    assert_int_equal(serial->warmup.count, 24);
    assert_int_equal(serial->samples.count, 96);
    /* 60.2 ms * (1 - 11 / 2000 - 7 / 20000) */
    assert_int_equal(serial->samples.items[0].run_ns, 59847830);
    assert_int_equal(serial->samples.items[0].block, 2);
    assert_int_equal(pool->samples.items[95].epoch, 11);
    assert_int_equal(pool->samples.items[95].open_ns, 250000);
    assert_int_equal(serial->timeline.count, 3);
    assert_int_equal(serial->timeline.items[2].end_ns, 60150000);
    assert_null(serial->finding);
    record_release(&record);
}

/* The schema has its own list of columns, for people and other programs. */
static void the_schema_names_the_same_columns(void **state)
{
    const struct sample_column *column;
    char path[512];
    json_t *schema, *names;
    size_t n = 0;

    (void)state;
    schema = json_load_file(source_path("results/result.schema.json", path, sizeof(path)), 0, NULL);
    assert_non_null(schema);
    names =
        json_object_get(json_object_get(json_object_get(schema, "$defs"), "samples"), "required");
    for (column = sample_columns; column->name; column++) {
        assert_string_equal(json_string_value(json_array_get(names, n++)), column->name);
    }
    assert_int_equal(json_array_size(names), n);
    json_decref(schema);
}

static int allocations_left;

static void *scarce_malloc(size_t size)
{
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

/* AddressSanitizer watches that what was made until then is released. */
static void without_memory_nothing_is_made_and_nothing_leaks(void **state)
{
    struct record record, again;
    char why[RECORD_WHY_SIZE] = "";
    json_t *document = NULL;
    int n, r = -1, failures = 0;

    (void)state;
    record_fill(&record);
    for (n = 0; !document && n < 5000; n++) {
        allocations_left = n;
        json_set_alloc_funcs(scarce_malloc, free);
        document = record_to_json(&record);
        json_set_alloc_funcs(malloc, free);
        failures += !document;
    }
    assert_non_null(document);
    assert_true(failures > 50);
    record_release(&record);
    for (n = 0; r && n < 5000; n++) {
        allocations_left = n;
        json_set_alloc_funcs(scarce_malloc, free);
        r = record_from_json(document, &again, why);
        json_set_alloc_funcs(malloc, free);
        if (r) {
            assert_int_equal(r, -ENOMEM);
            assert_string_equal(why, "out of memory");
        }
    }
    assert_int_equal(r, 0);
    json_decref(document);
    record_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checksum_is_that_of_the_sorted_compact_text),
        cmocka_unit_test(unknown_members_survive),
        cmocka_unit_test(numbers_that_no_reader_could_read_are_not_written),
        cmocka_unit_test(text_that_is_not_utf8_loses_nothing_else),
        cmocka_unit_test(the_head_is_found_by_path),
        cmocka_unit_test(the_sample_is_what_its_maker_says),
        cmocka_unit_test(the_schema_names_the_same_columns),
        cmocka_unit_test(without_memory_nothing_is_made_and_nothing_leaks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
