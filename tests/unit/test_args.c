/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user writes after --set or behind a strategy's name, and what is said when it is wrong. */
#include "trial/args.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ADDS, BYTES, LIMIT, GUARD, FILE_NAME, NUMBERS, DURATIONS, PAGES };
static const struct param params[] = {
    {"adds", PARAM_COUNT, "10k", 1, 1000000, NULL, "additions"},
    {"bytes", PARAM_SIZE, "64KiB", 0, 0, NULL, "size"},
    {"limit", PARAM_DURATION, "20ms", 0, 0, NULL, "limit"},
    {"guard", PARAM_CHOICE, "mutex", 0, 0, "none mutex mutexes", "guard"},
    {"file", PARAM_TEXT, "", 0, 0, NULL, "file"},
    {"numbers", PARAM_COUNTS, "1,2k,3", 1, 3000, NULL, "numbers"},
    {"durations", PARAM_DURATIONS, "3s,2ms", 0, 0, NULL, "durations"},
    {"pages", PARAM_TEXTS, "a,b:c", 0, 0, NULL, "pages"},
    {0},
};

static void defaults_are_parsed_like_everything_else(void **unused)
{
    struct args args;

    (void)unused;
    assert_int_equal(args_init(params, &args), 0);
    assert_int_equal(args.count, 8);
    assert_int_equal(args.items[ADDS].number, 10000);
    assert_string_equal(args.items[ADDS].text, "10k");
    assert_int_equal(args.items[BYTES].number, 65536);
    assert_int_equal(args.items[LIMIT].number, 20000000);
    assert_int_equal(args.items[GUARD].number, 1);
    assert_string_equal(args.items[GUARD].text, "mutex");
    assert_string_equal(args.items[FILE_NAME].text, "");
    assert_int_equal(args.items[NUMBERS].count, 3);
    assert_int_equal(args.items[NUMBERS].numbers[1], 2000);
    assert_int_equal(args.items[DURATIONS].numbers[1], 2000000);
    assert_string_equal(args.items[DURATIONS].text, "3s,2ms");
    assert_int_equal(args.items[PAGES].count, 2);
    assert_string_equal(args.items[PAGES].texts[1], "b:c");
    assert_int_equal(args_first_list(&args), 3);
    args_release(&args);
    args_release(&args);
}

static void what_is_set_replaces_the_default(void **unused)
{
    struct args args;
    char why[ARGS_WHY_SIZE] = "untouched";

    (void)unused;
    assert_int_equal(args_init(params, &args), 0);
    assert_int_equal(args_set(&args, "adds=1M", why), 0);
    assert_int_equal(args_set(&args, "guard=mutexes", why), 0);
    assert_int_equal(args_set(&args, "file=/tmp/a=b", why), 0);
    assert_int_equal(args_set(&args, "numbers=7", why), 0);
    assert_int_equal(args_set(&args, "numbers=9,8,7,6", why), 0);
    assert_int_equal(args.items[ADDS].number, 1000000);
    assert_int_equal(args.items[GUARD].number, 2);
    assert_string_equal(args.items[FILE_NAME].text, "/tmp/a=b");
    assert_int_equal(args_first_list(&args), 4);
    assert_int_equal(args.items[NUMBERS].numbers[3], 6);
    assert_int_equal(args_set_all(&args, "adds=5:guard=none:adds=6", why), 0);
    assert_int_equal(args.items[ADDS].number, 6);
    assert_int_equal(args.items[GUARD].number, 0);
    assert_string_equal(why, "untouched");
    args_release(&args);
}

/* Each leaves everything as it was, and says why in one sentence. */
static void a_wrong_value_is_named(void **unused)
{
    static const struct {
        const char *assignment, *why;
    } cases[] = {
        {"adds", "'adds' is not of the form NAME=VALUE"},
        {"", "'' is not of the form NAME=VALUE"},
        {"=3", "'=3' is not of the form NAME=VALUE"},
        {"add=3",
         "no argument 'add'; there are adds, bytes, limit, guard, file, numbers, durations, "
         "pages"},
        {"adds=", "adds: '' is no number"},
        {"adds=0", "adds: 0 is out of range (1 to 1000000)"},
        {"adds=1000001", "adds: 1000001 is out of range (1 to 1000000)"},
        {"adds=-1", "adds: '-1' is no number"},
        {"adds= 1", "adds: ' 1' is no number"},
        {"adds=1x", "adds: '1x' is no number"},
        {"adds=99999999999999999999", "adds: 99999999999999999999 is out of range (1 to 1000000)"},
        {"bytes=3s", "bytes: '3s' is no size, as in 64KiB"},
        {"bytes=20000000000GiB",
         "bytes: 20000000000GiB is out of range (0 to 18446744073709551615)"},
        {"limit=3", "limit: '3' is no duration, as in 20ms"},
        {"guard=mut", "guard: 'mut' is none of: none mutex mutexes"},
        {"guard=", "guard: '' is none of: none mutex mutexes"},
        {"guard=none mutex", "guard: 'none mutex' is none of: none mutex mutexes"},
        {"numbers=", "numbers: empty entry in ''"},
        {"numbers=1,,2", "numbers: empty entry in '1,,2'"},
        {"numbers=1,2,", "numbers: empty entry in '1,2,'"},
        {"numbers=1,two", "numbers: 'two' is no number"},
        {"numbers=1,3001", "numbers: 3001 is out of range (1 to 3000)"},
        {"durations=1s,2", "durations: '2' is no duration, as in 20ms"},
        {"pages=,", "pages: empty entry in ','"},
    };
    struct args args;

    (void)unused;
    assert_int_equal(args_init(params, &args), 0);
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char why[ARGS_WHY_SIZE] = "";

        assert_int_equal(args_set(&args, cases[i].assignment, why), -EINVAL);
        assert_string_equal(why, cases[i].why);
        /* As behind a strategy's name. */
        why[0] = '\0';
        assert_int_equal(args_set_all(&args, cases[i].assignment, why), -EINVAL);
        assert_string_equal(why, cases[i].why);
    }
    assert_int_equal(args.items[ADDS].number, 10000);
    assert_int_equal(args.items[NUMBERS].numbers[1], 2000);
    assert_int_equal(args.items[NUMBERS].count, 3);
    args_release(&args);
}

static void what_is_wrong_in_the_middle_ends_the_rest(void **unused)
{
    struct args args;
    char why[ARGS_WHY_SIZE] = "";

    (void)unused;
    assert_int_equal(args_init(params, &args), 0);
    assert_int_equal(args_set_all(&args, "adds=5::guard=none", why), -EINVAL);
    assert_string_equal(why, "'' is not of the form NAME=VALUE");
    assert_int_equal(args.items[ADDS].number, 5);
    assert_int_equal(args.items[GUARD].number, 1);
    args_release(&args);
}

static void a_sentence_stays_within_its_room(void **unused)
{
    char assignment[2000] = "adds=", why[ARGS_WHY_SIZE];
    struct args args;

    (void)unused;
    assert_int_equal(args_init(params, &args), 0);
    memset(assignment + 5, 'x', sizeof(assignment) - 6);
    static const char *const names[] = {"adds=", "guard", "pages", "xxxxx"};
    for (unsigned i = 0; i < 4; i++) {
        memcpy(assignment, names[i], 5);
        memset(why, 'w', sizeof(why));
        if (args_set(&args, assignment, why) < 0) {
            assert_non_null(memchr(why, '\0', sizeof(why)));
        }
    }
    assignment[1000] = '=';
    assert_int_equal(args_set(&args, assignment, why), -EINVAL);
    assert_true(strncmp(why, "no argument 'xxxxx", 18) == 0);
    args_release(&args);
}

static void few_arguments_or_none_are_named_as_such(void **unused)
{
    static const struct param one[] = {{"stack", PARAM_SIZE, "0", 0, 0, NULL, "stack"}, {0}};
    char why[ARGS_WHY_SIZE];
    struct args args;

    (void)unused;
    assert_int_equal(args_init(one, &args), 0);
    assert_int_equal(args_set(&args, "stak=0", why), -EINVAL);
    assert_string_equal(why, "no argument 'stak'; there is stack");
    assert_int_equal(args_first_list(&args), 0);
    args_release(&args);
    assert_int_equal(args_init(NULL, &args), 0);
    assert_int_equal(args.count, 0);
    assert_int_equal(args_set(&args, "chunk=1", why), -EINVAL);
    assert_string_equal(why, "no argument 'chunk'; there are none");
    args_release(&args);
}

static void a_default_that_is_no_value_is_refused(void **unused)
{
    static const struct param wrong[] = {
        {"good", PARAM_COUNTS, "1,2", 0, 0, NULL, "good"},
        {"adds", PARAM_COUNT, "many", 0, 0, NULL, "additions"},
        {0},
    };
    struct args args = {.count = 77};

    (void)unused;
    assert_int_equal(args_init(wrong, &args), -EINVAL);
    assert_int_equal(args.count, 77);
}

static void arguments_are_printed_as_written(void **unused)
{
    char *text = NULL, why[ARGS_WHY_SIZE];
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct args args;

    (void)unused;
    assert_non_null(out);
    assert_int_equal(args_init(params, &args), 0);
    assert_int_equal(args_set(&args, "bytes=4k", why), 0);
    assert_int_equal(args_set(&args, "file=/home/somebody/list.txt", why), 0);
    args_print(&args, out);
    fclose(out);
    /* Of a path only what does not tell who the user is. */
    assert_string_equal(text, "adds=10k bytes=4k limit=20ms guard=mutex file=list.txt "
                              "numbers=1,2k,3 durations=3s,2ms pages=a,b:c");
    free(text);
    args_release(&args);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_parsed_like_everything_else),
        cmocka_unit_test(what_is_set_replaces_the_default),
        cmocka_unit_test(a_wrong_value_is_named),
        cmocka_unit_test(what_is_wrong_in_the_middle_ends_the_rest),
        cmocka_unit_test(a_sentence_stays_within_its_room),
        cmocka_unit_test(few_arguments_or_none_are_named_as_such),
        cmocka_unit_test(a_default_that_is_no_value_is_refused),
        cmocka_unit_test(arguments_are_printed_as_written),
    };

    alarm(20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
