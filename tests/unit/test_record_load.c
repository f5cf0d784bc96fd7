/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does loading cope with whatever a path may name and a file may hold? */
#include "folder_fixture.h"
#include "record_fixture.h"

#include <errno.h>
#include <sys/stat.h>

#define GIB (1LL << 30)

#define TEXT(text) (text), sizeof(text) - 1
/* clang-format off */
static const struct {
    const char *text;
    size_t size;
    const char *why;
} spoilt[] = {
    {TEXT(""), "not JSON: it is empty"},
    {TEXT("{\"schema\":\"tvp.re"),
     "not JSON: line 1, column 17: premature end of input near '\"tvp.re'"},
    {TEXT("{\"schema\":1,\n\"series\":[1,"),
     "not JSON: line 2, column 12: ']' expected near end of file"},
    {TEXT("{\"a\":1,\"a\":2}"), "not JSON: line 1, column 10: duplicate object key near '\"a\"'"},
    {TEXT("{\"a\":\"\xff\"}"), "not JSON: line 1, column 6: unable to decode byte 0xff near '\"'"},
    {TEXT("{\"a\":\0}"), "not JSON: it holds a NUL byte"},
    {TEXT("{\"a\":\"\\u0000\"}"), "not JSON: line 1, column 13: a string with a NUL character"},
    {TEXT("{\"a\":99999999999999999999}"),
     "not JSON: line 1, column 25: too big integer near '99999999999999999999'"},
    {TEXT("{} {}"), "not JSON: line 1, column 4: end of file expected near '{'"},
    {TEXT("\033[2J"), "not JSON: line 1, column 1: '[' or '{' expected near '?'"},
    {TEXT(" \n "), "not JSON: line 2, column 1: '[' or '{' expected near end of file"},
    {TEXT("\n\n{\"a\":}"), "not JSON: line 3, column 6: unexpected token near '}'"},
    {TEXT("[]"), "not a tvp result: the document is not an object"},
    {TEXT("{}"), "not a tvp result: it has no schema"},
};
/* clang-format on */

static void a_spoilt_file_is_turned_away(void **state)
{
    struct record record;
    char why[RECORD_WHY_SIZE], *nested;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(spoilt) / sizeof(*spoilt); i++) {
        file_put("x.json", spoilt[i].text, spoilt[i].size);
        assert_int_equal(record_load("x.json", &record, why), -EPROTO);
        assert_string_equal(why, spoilt[i].why);
    }
    nested = malloc(1000000);
    assert_non_null(nested);
    memset(nested, '[', 1000000);
    file_put("x.json", nested, 1000000);
    free(nested);
    assert_int_equal(record_load("x.json", &record, why), -EPROTO);
    assert_string_equal(why, "not JSON: line 1, column 2049: nested too deeply");
}

static void a_path_may_name_anything(void **state)
{
    struct record record;
    char why[RECORD_WHY_SIZE] = "";

    (void)state;
    assert_int_equal(record_load("missing.json", &record, why), -ENOENT);
    assert_string_equal(why, "cannot be opened: No such file or directory");
    assert_int_equal(record_load(".", &record, why), -EISDIR);
    assert_string_equal(why, "is a folder, not a result file");
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(record_load("fifo", &record, why), -EPROTO);
    assert_string_equal(why, "is not a regular file (\"-\" reads a pipe)");
    assert_int_equal(record_load("/dev/zero", &record, why), -EPROTO);
    assert_string_equal(why, "is not a regular file (\"-\" reads a pipe)");
    file_put("big.json", "{", 1);
    assert_int_equal(truncate("big.json", GIB + 1), 0);
    assert_int_equal(record_load("big.json", &record, why), -EPROTO);
    assert_string_equal(why, "it is larger than 1 GiB");
}

static void a_dash_reads_stdin(void **state)
{
    struct record record;
    char why[RECORD_WHY_SIZE] = "";
    int fd;

    (void)state;
    record_fill(&record);
    assert_int_equal(record_save(&record, "result.json"), 0);
    record_release(&record);
    fd = open("result.json", O_RDONLY | O_CLOEXEC);
    assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(fd), 0);
    assert_int_equal(record_load("-", &record, why), 0);
    record_release(&record);
    assert_int_equal(record_load("-", &record, why), -EPROTO);
    assert_string_equal(why, "not JSON: it is empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(a_spoilt_file_is_turned_away),
        FILE_TEST(a_path_may_name_anything),
        FILE_TEST(a_dash_reads_stdin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
