/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of numbers with units: parsing takes exact values and never more than the whole string, and
 * what is printed is within half of its last digit. The seed is fixed unless TVP_SEED says
 * otherwise. */
#include "base/units.h"

#include <errno.h>
#include <gsl/gsl_rng.h>
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROUNDS 20000

static gsl_rng *rng;

/* As likely small as large: a uniform number would never have fewer than 18 digits. */
static uint64_t any_number(void)
{
    uint64_t bits = ((uint64_t)gsl_rng_get(rng) << 32) | gsl_rng_get(rng);

    return bits >> gsl_rng_uniform_int(rng, 64);
}

static void counts_survive(void **state)
{
    char text[UNITS_SIZE], plain[UNITS_SIZE];

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t value = any_number(), read = 0;
        char *end = plain;

        snprintf(plain, sizeof(plain), "%" PRIu64, value);
        assert_int_equal(parse_count(plain, &read), 0);
        assert_true(read == value);
        format_count(value, text);
        for (const char *p = text; *p; p++) {
            if (*p == ',') {
                assert_true(strspn(p + 1, "0123456789") == 3);
            } else {
                *end++ = *p;
            }
        }
        *end = '\0';
        assert_int_equal(parse_count(plain, &read), 0);
        assert_true(read == value);
    }
}

/* However a duration is written, with whatever unit and fraction, it is the same. */
static void durations_do_not_depend_on_their_unit(void **state)
{
    static const struct {
        const char *name;
        int digits;
    } units[] = {{"ns", 0}, {"us", 3}, {"ms", 6}, {"s", 9}};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t ns = any_number() >> 30, power = 1, read = 0;
        size_t unit = gsl_rng_uniform_int(rng, 4);
        char text[64], digits[UNITS_SIZE];

        for (int n = 0; n < units[unit].digits; n++) {
            power *= 10;
        }
        /* A leading one keeps the zeros of the fraction. */
        snprintf(digits, sizeof(digits), "%" PRIu64, power + ns % power);
        snprintf(text, sizeof(text), "%" PRIu64 "%s%s%s", ns / power, power > 1 ? "." : "",
                 digits + 1, units[unit].name);
        if (parse_duration(text, &read) != 0 || read != ns) {
            fail_msg("%s is %" PRIu64 ", not %" PRIu64, text, read, ns);
        }
    }
}

/* Random strings of what numbers are made of: whatever is accepted means what it says. */
static void nothing_is_half_read(void **state)
{
    static const char letters[] = "0123456789..kMGsmunhiB%- +e";

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char text[16] = "";
        uint64_t value = 4711;
        size_t length = gsl_rng_uniform_int(rng, 9);

        for (size_t n = 0; n < length; n++) {
            text[n] = letters[gsl_rng_uniform_int(rng, sizeof(letters) - 1)];
        }
        int r = parse_duration(text, &value);
        if (r < 0) {
            assert_true(r == -EINVAL || r == -ERANGE);
            assert_true(value == 4711);
            continue;
        }
        char *unit;
        double number = strtod(text, &unit);
        double factor = strcmp(unit, "ns") == 0   ? 1
                        : strcmp(unit, "us") == 0 ? 1e3
                        : strcmp(unit, "ms") == 0 ? 1e6
                        : strcmp(unit, "s") == 0  ? 1e9
                        : strcmp(unit, "m") == 0  ? 60e9
                        : strcmp(unit, "h") == 0  ? 3600e9
                                                  : NAN;
        if (*unit == '\0') {
            factor = number == 0 ? 1 : NAN;
        }
        if (!(fabs(number * factor - (double)value) <= 1e-6 * (double)value)) {
            fail_msg("'%s' is not %" PRIu64 " ns", text, value);
        }
    }
}

static void without_separators(const char *text, char plain[UNITS_SIZE])
{
    for (; *text; text++) {
        if (*text != ',') {
            *plain++ = *text;
        }
    }
    *plain = '\0';
}

static void what_is_printed_is_near(void **state)
{
    char text[UNITS_SIZE], plain[UNITS_SIZE];

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        double ns = exp(gsl_rng_uniform(rng) * 34), factor; /* to two weeks */
        char unit[8] = "";
        double number;

        without_separators(format_duration(ns, text), plain);
        assert_int_equal(sscanf(plain, "%lf %7s", &number, unit), 2);
        factor = strcmp(unit, "s") == 0    ? 1e9
                 : strcmp(unit, "ms") == 0 ? 1e6
                 : strcmp(unit, "us") == 0 ? 1e3
                                           : 1;
        if (fabs(number * factor - ns) > 0.00501 * ns) {
            fail_msg("%.17g ns is printed as %s", ns, text);
        }
        assert_true(factor == 1e9 || number < 1000);
        /* Three digits and a point, no more, no fewer. */
        size_t digits = strcspn(text, " ");
        assert_true(factor == 1e9 || (digits == 3 && !strchr(text, '.')) ||
                    (digits == 4 && strchr(text, '.')));
        double ratio = ns / 1e6;
        assert_true(strlen(format_ratio(ratio, text)) < UNITS_SIZE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_survive),
        cmocka_unit_test(durations_do_not_depend_on_their_unit),
        cmocka_unit_test(nothing_is_half_read),
        cmocka_unit_test(what_is_printed_is_near),
    };
    const char *given = getenv("TVP_SEED");
    unsigned long seed = given ? strtoul(given, NULL, 10) : 20250115;

    rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!rng) {
        return 1;
    }
    printf("TVP_SEED=%lu\n", seed);
    gsl_rng_set(rng, seed);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gsl_rng_free(rng);
    return failed;
}
