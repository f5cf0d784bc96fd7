/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does the reader turn away what it must, with the sentence that says why? The checksum is made
 * right again after each change, so that the reader has to see the change itself. */
#include "record_fixture.h"

#include <errno.h>

#define HUGE_NUMBER "9007199254740992"

#define S "series/0/"
#define P "series[0]."
/* clang-format off */
static const struct {
    const char *path, *value, *why;
} rejections[] = {
    {"schema", "", "not a tvp result: it has no schema"},
    {"schema", "1", "not a tvp result: it has no schema"},
    {"schema", "\"tvp.result/2\"", "its schema is tvp.result/2, this program reads tvp.result/1"},
    {"schema", "\"\\u001b[31m\"", "its schema is ?[31m, this program reads tvp.result/1"},
    {"created", "5", "created is not a string"},
    {"created", "\"2025-01-15 10:42:07\"", "created is not a time like 2025-01-15T10:42:07Z"},
    {"created", "\"../../15T10:42:07xxx\"", "created is not a time like 2025-01-15T10:42:07Z"},
    {"duration_ns", "\"5\"", "duration_ns is not an integer"},
    {"duration_ns", "-1", "duration_ns is negative"},
    {"complete", "1", "complete is not true or false"},
    {"synthetic", "null", "synthetic is not true or false"},
    {"tool", "[]", "tool is not an object"},
    {"machine", "\"x\"", "machine is not an object"},
    {"machine", "{}", "machine.label is not 1 to 64 letters, digits, or ._-"},
    {"machine/label", "\"../x\"", "machine.label is not 1 to 64 letters, digits, or ._-"},
    {"environment", "1", "environment is not an object"},
    {"config", "null", "config is not an object"},
    {"config/load", "0.5", "config.load is not an integer"},
    {"config/list", "[1, [2, -3]]", "config.list[1][1] is negative"},
    {"config/big", HUGE_NUMBER, "config.big is larger than 2^53 - 1"},
    {"config/deep", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
     "config.deep[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0] is nested deeper than 16 levels"},
    {"series", "", "series is missing"},
    {"series", "{}", "series is not an array"},
    {"series/0", "7", "series[0] is not an object"},
    {S "workload", "", P "workload is missing"},
    {S "strategy", "null", P "strategy is not a string"},
    {S "answer", "12", P "answer is not a string"},
    {S "workers", "", P "workers is missing"},
    {S "tasks", "\"2\"", P "tasks is not an integer"},
    {S "consistent", "", P "consistent is missing"},
    {S "consistent", "0", P "consistent is not true or false"},
    {S "parent_bytes", "-1", P "parent_bytes is negative"},
    {S "parent_bytes", "5", P "parent_pages is not small or huge"},
    {S "memory", "[]", P "memory is not an object"},
    {S "memory", "{\"workers\":1}", P "memory.pss_bytes is missing"},
    {S "warmup", "", P "warmup is missing"},
    {S "samples", "[]", P "samples is not an object"},
    {S "samples/run_ns", "", P "samples.run_ns is missing"},
    {S "samples/run_ns", "5", P "samples.run_ns is not an array"},
    {S "samples/run_ns", "[5]", P "samples.run_ns has 1 entries where epoch has 2"},
    {S "samples/newer", "[1]", P "samples.newer has 1 entries where epoch has 2"},
    {S "samples/run_ns/1", "-1", P "samples.run_ns[1] is negative"},
    {S "samples/run_ns/1", "1.0", P "samples.run_ns[1] is not an integer"},
    {S "samples/run_ns/1", "\"1\"", P "samples.run_ns[1] is not an integer"},
    {S "samples/run_ns/1", HUGE_NUMBER, P "samples.run_ns[1] is larger than 2^53 - 1"},
    {S "timeline", "[]", P "timeline is not an object"},
    {S "timeline/epoch", "", P "timeline.epoch is missing"},
    {S "timeline/columns", "[\"task\"]", P "timeline has no column worker"},
    {S "timeline/rows", "[]", P "timeline.rows is not an array with entries"},
    {S "timeline/rows/0", "[1,0,5,9]", P "timeline.rows[0] has not one entry for each column"},
    {S "timeline/rows/0", "[1,0,5,4,0]", P "timeline.rows[0] ends before it starts"},
    {S "timeline/rows/0", "[2,0,5,9,0]", P "timeline.rows[0] is about a task that does not exist"},
    {S "timeline/rows/0", "[1,4294967296,5,9,0]", P "timeline.rows[0][1] is too large"},
    {S "timeline/rows/0", "[1,0,5,9,2]", P "timeline.rows[0][4] is too large"},
    {S "timeline/rows/0", "[1,0,5,9,true]", P "timeline.rows[0][4] is not an integer"},
    {S "errors", "", P "errors is missing"},
    {S "errors/0/task", "2", P "errors[0] is about a task that does not exist"},
    {S "errors/0/text", "", P "errors[0].text is missing"},
    {S "errors/0/count", "null", P "errors[0].count is not an integer"},
    {S "failures", "{}", P "failures is not an array"},
    {S "failures/0", "3", P "failures[0].epoch is missing"},
    {S "failures/0/text", "3", P "failures[0].text is not a string"},
    {"checksum/algorithm", "\"md5\"", "its checksum is of an unknown kind, md5"},
};
/* clang-format on */

static void what_is_wrong_is_said_in_one_sentence(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(rejections) / sizeof(*rejections); i++) {
        struct record record, untouched;
        char why[RECORD_WHY_SIZE] = "";
        json_t *document = good_document();

        document_put(document, rejections[i].path, rejections[i].value);
        document_sign(document);
        memset(&record, 0x5a, sizeof(record));
        memcpy(&untouched, &record, sizeof(record));
        assert_int_equal(record_from_json(document, &record, why), -EPROTO);
        assert_string_equal(why, rejections[i].why);
        assert_memory_equal(&record, &untouched, sizeof(record));
        json_decref(document);
    }
}

static void a_change_of_one_value_breaks_the_checksum(void **state)
{
    static const char *const paths[] = {"series/0/samples/run_ns/0", "duration_ns", "config/seed",
                                        "series/0/workers", NULL};
    size_t i;

    (void)state;
    for (i = 0; paths[i]; i++) {
        struct record record;
        char why[RECORD_WHY_SIZE] = "";
        json_t *document = good_document();

        document_put(document, paths[i], "11");
        assert_int_equal(record_from_json(document, &record, why), -EPROTO);
        assert_string_equal(why, "its checksum does not match: the file was changed or damaged");
        document_put(document, "checksum", "");
        assert_int_equal(record_from_json(document, &record, why), -EPROTO);
        assert_string_equal(why, "it has no checksum");
        json_decref(document);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_is_said_in_one_sentence),
        cmocka_unit_test(a_change_of_one_value_breaks_the_checksum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
