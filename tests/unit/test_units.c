/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are numbers with units read whole or not at all, and written without a wrong digit? */
#include "base/units.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct good {
    const char *text;
    uint64_t value;
};

static void check_good(int (*parse)(const char *, uint64_t *), const struct good *cases)
{
    for (; cases->text; cases++) {
        uint64_t value = 4711;
        int r = parse(cases->text, &value);

        if (r != 0 || value != cases->value) {
            fail_msg("'%s' gives %d, %llu", cases->text, r, (unsigned long long)value);
        }
    }
}

static void check_bad(int (*parse)(const char *, uint64_t *), int error, const char *const *texts)
{
    for (; *texts; texts++) {
        uint64_t value = 4711;
        int r = parse(*texts, &value);

        if (r != error || value != 4711) {
            fail_msg("'%s' gives %d, %llu", *texts, r, (unsigned long long)value);
        }
    }
}

static const char *const no_numbers[] = {
    "",  " ",   "-1",  "+1",  " 1",  "1 ",  "1.", ".",   "1..2",    "1.2.3",   "0x10", "1e3",
    "k", "1kk", "inf", "nan", "1,0", "1_0", "1K", "0.5", "1.2345k", "\u00a01", "1\n",  NULL};
static const char *const huge_numbers[] = {"18446744073709551616", "18446744073709551615k",
                                           "99999999999999999999999", NULL};

static void counts_are_read(void **state)
{
    static const struct good cases[] = {{"0", 0},
                                        {"00", 0},
                                        {"0.0", 0},
                                        {"12", 12},
                                        {"10k", 10000},
                                        {"1M", 1000000},
                                        {"1.5k", 1500},
                                        {"0.5k", 500},
                                        {".5k", 500},
                                        {"2G", 2000000000},
                                        {"1.23456M", 1234560},
                                        {"18446744073709551615", UINT64_MAX},
                                        {NULL, 0}};

    (void)state;
    check_good(parse_count, cases);
    check_bad(parse_count, -EINVAL, no_numbers);
    check_bad(parse_count, -ERANGE, huge_numbers);
}

static void sizes_are_read(void **state)
{
    static const struct good cases[] = {{"0", 0},
                                        {"12", 12},
                                        {"7B", 7},
                                        {"64KiB", 65536},
                                        {"4MiB", 4194304},
                                        {"100kB", 100000},
                                        {"1.5KiB", 1536},
                                        {"1k", 1024},
                                        {"2M", 2097152},
                                        {"1GB", 1000000000},
                                        {"1GiB", 1073741824},
                                        {"0.5GiB", 536870912},
                                        {NULL, 0}};
    static const char *const bad[] = {"", "KiB", "1.5", "1kib", "1 KiB", "1s", "-1B", NULL};
    static const char *const huge[] = {"17179869184GiB", "18446744073709551616", NULL};

    (void)state;
    check_good(parse_size, cases);
    check_bad(parse_size, -EINVAL, bad);
    check_bad(parse_size, -ERANGE, huge);
}

static void durations_are_read(void **state)
{
    static const struct good cases[] = {{"0", 0},
                                        {"3s", 3000000000},
                                        {"2m", 120000000000},
                                        {"2min", 120000000000},
                                        {"1h", 3600000000000},
                                        {"1.5ms", 1500000},
                                        {"50us", 50000},
                                        {"50µs", 50000},
                                        {"7ns", 7},
                                        {"0.000000001s", 1},
                                        {"0s", 0},
                                        {NULL, 0}};
    static const char *const bad[] = {"",   "3",  "3 s", "s",     "1.5ns", "0.0000000001s",
                                      "3S", "1d", "-3s", "3s,2s", NULL};
    static const char *const huge[] = {"5124096h", "18446744073710s", NULL};

    (void)state;
    check_good(parse_duration, cases);
    check_bad(parse_duration, -EINVAL, bad);
    check_bad(parse_duration, -ERANGE, huge);
}

static void percents_are_read(void **state)
{
    double value = -1;

    (void)state;
    assert_int_equal(parse_percent("5", &value), -EINVAL);
    assert_int_equal(parse_percent("5 %", &value), -EINVAL);
    assert_int_equal(parse_percent("-5%", &value), -EINVAL);
    assert_true(value == -1);
    assert_int_equal(parse_percent("5%", &value), 0);
    assert_true(fabs(value - 0.05) < 1e-15);
    assert_int_equal(parse_percent("0.5%", &value), 0);
    assert_true(fabs(value - 0.005) < 1e-15);
    assert_int_equal(parse_percent("100%", &value), 0);
    assert_true(value == 1);
}

static void durations_have_three_digits(void **state)
{
    static const struct {
        double ns;
        const char *text;
    } cases[] = {
        {0, "0.00 ns"},           {412, "412 ns"},      {9.99, "9.99 ns"},
        {9.996, "10.0 ns"},       {99.94, "99.9 ns"},   {99.96, "100 ns"},
        {999.4, "999 ns"},        {999.6, "1.00 us"},   {1000, "1.00 us"},
        {28.1e6, "28.1 ms"},      {999.4e6, "999 ms"},  {999.6e6, "1.00 s"},
        {3e9, "3.00 s"},          {59.96e9, "60.0 s"},  {123456e9, "123,456 s"},
        {1e6, "1.00 ms"},         {0.4, "0.40 ns"},     {NAN, "-"},
        {999.4e9, "999 s"},       {999.6e9, "1,000 s"}, {9007199254740991.0, "9,007,199 s"},
        {1e30, ">999,999,999 s"}, {INFINITY, "-"},      {-INFINITY, "-"},
    };
    char text[UNITS_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_ptr_equal(format_duration(cases[i].ns, text), text);
        assert_string_equal(text, cases[i].text);
    }
}

static void ranges_have_the_unit_of_their_high_end(void **state)
{
    char text[UNITS_SIZE];

    (void)state;
    assert_string_equal(format_duration_range(28.0e6, 28.4e6, 0, text), "28.0 – 28.4 ms");
    assert_string_equal(format_duration_range(28.0e6, 28.4e6, 1, text), "28.0 - 28.4 ms");
    assert_string_equal(format_duration_range(900e3, 1.25e6, 0, text), "0.90 – 1.25 ms");
    assert_string_equal(format_duration_range(99.94, 99.96, 0, text), "100 – 100 ns");
    assert_string_equal(format_duration_range(900e9, 12345e9, 0, text), "900 – 12,345 s");
    assert_string_equal(format_duration_range(1e30, 1e300, 0, text),
                        ">999,999,999 – >999,999,999 s");
    assert_string_equal(format_duration_range(NAN, 1, 0, text), "-");
    assert_string_equal(format_duration_range(1, INFINITY, 0, text), "-");
    assert_string_equal(format_duration_range(1, NAN, 0, text), "-");
}

static void ratios_counts_and_sizes_are_written(void **state)
{
    char text[UNITS_SIZE];

    (void)state;
    assert_string_equal(format_ratio(1, text), "1.00");
    assert_string_equal(format_ratio(0.994, text), "0.99");
    assert_string_equal(format_ratio(12.34, text), "12.3");
    assert_string_equal(format_ratio(123.4, text), "123");
    assert_string_equal(format_ratio(999.4, text), "999");
    assert_string_equal(format_ratio(999.6, text), "1,000");
    assert_string_equal(format_ratio(1234, text), "1,234");
    assert_string_equal(format_ratio(NAN, text), "-");
    assert_string_equal(format_ratio(999999.4, text), "999,999");
    assert_string_equal(format_ratio(999999.6, text), ">999,999");
    assert_string_equal(format_ratio(1e15, text), ">999,999");
    assert_string_equal(format_ratio(1e300, text), ">999,999");
    assert_string_equal(format_ratio(INFINITY, text), "-");
    assert_string_equal(format_ratio(-INFINITY, text), "-");
    assert_string_equal(format_count(0, text), "0");
    assert_string_equal(format_count(999, text), "999");
    assert_string_equal(format_count(1000, text), "1,000");
    assert_string_equal(format_count(1234567, text), "1,234,567");
    assert_string_equal(format_count(UINT64_MAX, text), "18,446,744,073,709,551,615");
    assert_string_equal(format_size(0, text), "0 B");
    assert_string_equal(format_size(1023, text), "1,023 B");
    assert_string_equal(format_size(65536, text), "64 KiB");
    assert_string_equal(format_size(100000, text), "100,000 B");
    assert_string_equal(format_size(1536, text), "1,536 B");
    assert_string_equal(format_size(4ull << 20, text), "4 MiB");
    assert_string_equal(format_size(3ull << 40, text), "3,072 GiB");
    assert_string_equal(format_size(UINT64_MAX, text), "18,446,744,073,709,551,615 B");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_read),
        cmocka_unit_test(sizes_are_read),
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(percents_are_read),
        cmocka_unit_test(durations_have_three_digits),
        cmocka_unit_test(ranges_have_the_unit_of_their_high_end),
        cmocka_unit_test(ratios_counts_and_sizes_are_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
