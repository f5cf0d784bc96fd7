/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does one table read a command line and print its help, and are slips of the finger named? */
#include "base/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EPOCHS, HELP, LABEL, QUIET };
static const struct option_spec table[] = {
    [EPOCHS] = {"epochs", 'e', "N", "how many"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [LABEL] =
        {"label-with-a-long-name", 0, "NAME",
         "a sentence that is longer than the fifty-four columns that are left to it, and then "
         "somewhat-more-than-that-in-one-word-which-cannot-be-broken-anywhere-at-all end"},
    [QUIET] = {"quiet", 'q', NULL, "the verdict alone"},
    {0},
};

/* Each form of every option, one after the other. */
static void all_forms_are_understood(void **state)
{
    char *arguments[] = {
        "--epochs=3", "--epochs", "4",         "-e", "5",       "-e6", "-q", "-", "file",
        "-e",         "-q",       "--epochs=", "--", "--quiet", "-q",  "--", NULL};
    static const struct {
        int option;
        const char *value;
    } expected[] = {
        {EPOCHS, "3"},
        {EPOCHS, "4"},
        {EPOCHS, "5"},
        {EPOCHS, "6"},
        {QUIET, NULL},
        {OPTION_ARGUMENT, "-"},
        {OPTION_ARGUMENT, "file"},
        {EPOCHS, "-q"},
        {EPOCHS, ""},
        {OPTION_ARGUMENT, "--quiet"},
        {OPTION_ARGUMENT, "-q"},
        {OPTION_ARGUMENT, "--"},
        {OPTION_END, NULL},
        {OPTION_END, NULL},
    };
    struct options options;

    (void)state;
    options_init(&options, table, arguments);
    for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
        assert_int_equal(options_next(&options), expected[i].option);
        if (expected[i].value) {
            assert_string_equal(options.value, expected[i].value);
        } else {
            assert_null(options.value);
        }
    }
}

static void check_wrong(const char *first, const char *why)
{
    char *arguments[] = {(char *)first, NULL};
    struct options options;

    options_init(&options, table, arguments);
    assert_int_equal(options_next(&options), OPTION_WRONG);
    assert_string_equal(options.why, why);
}

static void wrong_use_is_one_sentence(void **state)
{
    char long_name[600] = "--";

    (void)state;
    check_wrong("--epoch=3", "unknown option --epoch; did you mean --epochs?");
    check_wrong("--epochsy", "unknown option --epochsy; did you mean --epochs?");
    check_wrong("--nothing-like-it", "unknown option --nothing-like-it");
    check_wrong("--epochs", "--epochs needs a value: N");
    check_wrong("-e", "--epochs needs a value: N");
    check_wrong("--quiet=yes", "--quiet takes no value");
    check_wrong("-qx", "--quiet takes no value");
    check_wrong("-x", "unknown option -x");
    check_wrong("--=3", "unknown option --");
    memset(long_name + 2, 'x', sizeof(long_name) - 3);
    char *arguments[] = {long_name, NULL};
    struct options options;
    options_init(&options, table, arguments);
    assert_int_equal(options_next(&options), OPTION_WRONG);
    assert_true(strlen(options.why) < OPTIONS_WHY_SIZE);
}

static void help_fits_into_80_columns(void **state)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    (void)state;
    assert_non_null(out);
    options_print(table, out);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(
        text,
        "  -e, --epochs N          how many\n"
        "  -h, --help              show this and exit\n"
        "      --label-with-a-long-name NAME\n"
        "                          a sentence that is longer than the fifty-four columns\n"
        "                          that are left to it, and then\n"
        "                          somewhat-more-than-that-in-one-word-which-cannot-be-broken-"
        "anywhere-at-all\n"
        "                          end\n"
        "  -q, --quiet             the verdict alone\n");
    free(text);
}

static void near_misses_are_recognised(void **state)
{
    static const char *const names[] = {"serial",      "pthread",      "fork",
                                        "thread-pool", "process-pool", NULL};
    static const char *const none[] = {NULL};
    char long_word[200] = "";

    (void)state;
    assert_string_equal(nearest_name("serial", names), "serial");
    assert_string_equal(nearest_name("seriall", names), "serial");
    assert_string_equal(nearest_name("esrial", names), "serial");
    assert_string_equal(nearest_name("pthreads", names), "pthread");
    assert_string_equal(nearest_name("frk", names), "fork");
    assert_string_equal(nearest_name("frok", names), "fork");
    assert_string_equal(nearest_name("ofkr", names) ? "a guess" : "nothing", "nothing");
    assert_string_equal(nearest_name("rpocess-pol", names), "process-pool");
    assert_string_equal(nearest_name("thread_pool", names), "thread-pool");
    assert_string_equal(nearest_name("proces-pol", names), "process-pool");
    assert_null(nearest_name("xyz", names));
    assert_null(nearest_name("", names));
    assert_null(nearest_name("fxyk", names));
    assert_null(nearest_name("serial", none));
    memset(long_word, 's', sizeof(long_word) - 1);
    assert_null(nearest_name(long_word, names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_forms_are_understood),
        cmocka_unit_test(wrong_use_is_one_sentence),
        cmocka_unit_test(help_fits_into_80_columns),
        cmocka_unit_test(near_misses_are_recognised),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
