/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with units, in and out. Parsers accept the whole string or nothing. */
#ifndef TVP_UNITS_H
#define TVP_UNITS_H

#include <stddef.h>
#include <stdint.h>

/* Each returns 0, -EINVAL (not such a number) or -ERANGE (does not fit), and leaves *ret_value
 * alone on failure. No sign, no blanks; a fraction is allowed where the unit makes it whole. */
int parse_count(const char *text, uint64_t *ret_value);    /* 12, 10k, 1M */
int parse_size(const char *text, uint64_t *ret_value);     /* 12, 64KiB, 4MiB, 100kB -> bytes */
int parse_duration(const char *text, uint64_t *ret_value); /* 3s, 2m, 1.5ms, 50us, 0 -> ns */
int parse_percent(const char *text, double *ret_value);    /* 5%, 0.5% -> 0.05, 0.005 */

#define UNITS_SIZE 32u
/* Three significant digits: "28.1 ms", "3.00 s", "412 ns"; from 1,000 s on whole seconds: "1,234
 * s", at the most ">999,999,999 s"; "-" for NaN and infinity. Returns text. */
char *format_duration(double ns, char text[UNITS_SIZE]);
/* "28.0 – 28.4 ms" in the unit of the high end; ascii: " - " for the dash. */
char *format_duration_range(double low_ns, double high_ns, int ascii, char text[UNITS_SIZE]);
/* "1.00", "12.3", "1,234": a ratio with three significant digits, at most two decimals; from
 * 1,000,000 on ">999,999", and "-" for NaN and infinity. */
char *format_ratio(double ratio, char text[UNITS_SIZE]);
/* "1,234,567" */
char *format_count(uint64_t value, char text[UNITS_SIZE]);
/* "64 KiB", "100,000 B": binary units where they are whole. */
char *format_size(uint64_t bytes, char text[UNITS_SIZE]);

#endif
