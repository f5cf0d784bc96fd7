/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define DURATION_MOST 999999999u /* s: 31 years */
#define RATIO_MOST 999999u

struct unit {
    const char *name;
    uint64_t factor;
};

static const struct unit count_units[] = {
    {"", 1}, {"k", 1000}, {"M", 1000000}, {"G", 1000000000}, {NULL, 0},
};
static const struct unit size_units[] = {
    {"", 1},
    {"B", 1},
    {"kB", 1000},
    {"MB", 1000000},
    {"GB", 1000000000},
    {"KiB", 1ull << 10},
    {"MiB", 1ull << 20},
    {"GiB", 1ull << 30},
    {"k", 1ull << 10},
    {"M", 1ull << 20},
    {"G", 1ull << 30},
    {NULL, 0},
};
static const struct unit duration_units[] = {
    {"ns", 1},         {"us", 1000},       {"µs", 1000},         {"ms", 1000000},
    {"s", 1000000000}, {"m", 60000000000}, {"min", 60000000000}, {"h", 3600000000000},
    {NULL, 0},
};

static uint64_t unit_factor(const struct unit *units, const char *name)
{
    for (const struct unit *unit = units; unit->name; unit++) {
        if (strcmp(unit->name, name) == 0) {
            return unit->factor;
        }
    }
    return 0;
}

/* Digits are kept as integers throughout, so that no value is rounded on its way in. */
static int parse_scaled(const char *text, const struct unit *units, uint64_t *ret_value)
{
    uint64_t digits = 0, decimals = 1;
    const char *p = text;
    int seen = 0, point = 0;

    for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point); p++) {
        if (*p == '.') {
            point = 1;
            continue;
        }
        seen = 1;
        if (__builtin_mul_overflow(digits, 10, &digits) ||
            __builtin_add_overflow(digits, (uint64_t)(*p - '0'), &digits) ||
            (point && __builtin_mul_overflow(decimals, 10, &decimals))) {
            return -ERANGE;
        }
    }
    if (!seen || p[-1] == '.') {
        return -EINVAL;
    }
    uint64_t factor = unit_factor(units, p);
    if (factor == 0 && *p == '\0' && digits == 0) {
        factor = 1; /* a bare 0 needs no unit */
    }
    if (factor == 0) {
        return -EINVAL;
    }
    if (__builtin_mul_overflow(digits, factor, &digits)) {
        return -ERANGE;
    }
    if (digits % decimals != 0) {
        return -EINVAL;
    }
    *ret_value = digits / decimals;
    return 0;
}

int parse_count(const char *text, uint64_t *ret_value)
{
    return parse_scaled(text, count_units, ret_value);
}

int parse_size(const char *text, uint64_t *ret_value)
{
    return parse_scaled(text, size_units, ret_value);
}

int parse_duration(const char *text, uint64_t *ret_value)
{
    return parse_scaled(text, duration_units, ret_value);
}

int parse_percent(const char *text, double *ret_value)
{
    static const struct unit units[] = {{"%", 1000000}, {NULL, 0}};
    uint64_t millionths;
    int r = parse_scaled(text, units, &millionths);

    if (r == 0) {
        *ret_value = (double)millionths / 1e8;
    }
    return r;
}

struct scale {
    double from;
    const char *name;
    double factor;
};

/* The unit in which ns reads with one to three digits before the point. */
static const struct scale *duration_scale(double ns)
{
    static const struct scale scales[] = {
        {999.5e6, "s", 1e9},
        {999.5e3, "ms", 1e6},
        {999.5, "us", 1e3},
        {-INFINITY, "ns", 1},
    };
    const struct scale *scale = scales;

    while (ns < scale->from) {
        scale++;
    }
    return scale;
}

static int decimals_of(double value, int most)
{
    int decimals = fabs(value) >= 99.95 ? 0 : fabs(value) >= 9.995 ? 1 : 2;

    return decimals < most ? decimals : most;
}

/* With separators from 1,000 on; what is more than `most` only says so, for a value without end
 * must not break a table. */
static void format_number(double value, int decimals, uint64_t most, char text[UNITS_SIZE])
{
    if (value < 999.5) {
        snprintf(text, UNITS_SIZE, "%.*f", decimals, value);
    } else if (value < (double)most + 0.5) {
        format_count((uint64_t)(value + 0.5), text);
    } else {
        char count[UNITS_SIZE];

        snprintf(text, UNITS_SIZE, ">%.*s", (int)(UNITS_SIZE - 2), format_count(most, count));
    }
}

char *format_duration(double ns, char text[UNITS_SIZE])
{
    if (!isfinite(ns)) {
        return strcpy(text, "-");
    }
    const struct scale *scale = duration_scale(ns);
    double value = ns / scale->factor;
    char number[UNITS_SIZE];

    format_number(value, decimals_of(value, 2), DURATION_MOST, number);
    snprintf(text, UNITS_SIZE, "%.*s %s", (int)(UNITS_SIZE - 4), number, scale->name);
    return text;
}

char *format_duration_range(double low_ns, double high_ns, int ascii, char text[UNITS_SIZE])
{
    if (!isfinite(low_ns) || !isfinite(high_ns)) {
        return strcpy(text, "-");
    }
    const struct scale *scale = duration_scale(high_ns);
    int decimals = decimals_of(high_ns / scale->factor, 2);
    char low[UNITS_SIZE], high[UNITS_SIZE];

    format_number(low_ns / scale->factor, decimals, DURATION_MOST, low);
    format_number(high_ns / scale->factor, decimals, DURATION_MOST, high);
    snprintf(text, UNITS_SIZE, "%.12s%s%.12s %s", low, ascii ? " - " : " – ", high, scale->name);
    return text;
}

char *format_ratio(double ratio, char text[UNITS_SIZE])
{
    if (!isfinite(ratio)) {
        return strcpy(text, "-");
    }
    format_number(ratio, decimals_of(ratio, 2), RATIO_MOST, text);
    return text;
}

char *format_count(uint64_t value, char text[UNITS_SIZE])
{
    char digits[UNITS_SIZE];
    int length = snprintf(digits, sizeof(digits), "%" PRIu64, value);
    char *out = text;

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            *out++ = ',';
        }
        *out++ = digits[i];
    }
    *out = '\0';
    return text;
}

char *format_size(uint64_t bytes, char text[UNITS_SIZE])
{
    static const char *const names[] = {"B", "KiB", "MiB", "GiB"};
    char number[UNITS_SIZE];
    unsigned i = 0;

    while (i < 3 && bytes >= 1024 && bytes % 1024 == 0) {
        bytes /= 1024;
        i++;
    }
    snprintf(text, UNITS_SIZE, "%.*s %s", (int)(UNITS_SIZE - 5), format_count(bytes, number),
             names[i]);
    return text;
}
