/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with units, as a command line has them: taken whole or not at all. */
#include "base/units.h"
#include "target.h"

#include <errno.h>

static void require_format(uint64_t value, const char *text)
{
    char shown[UNITS_SIZE];

    REQUIRE(strlen(format_count(value, shown)) < UNITS_SIZE);
    REQUIRE(strlen(format_size(value, shown)) < UNITS_SIZE);
    REQUIRE(strlen(format_duration((double)value, shown)) < UNITS_SIZE);
    REQUIRE(strlen(format_duration_range((double)value / 3, (double)value, text[0] & 1, shown)) <
            UNITS_SIZE);
    REQUIRE(strlen(format_ratio((double)value / 7, shown)) < UNITS_SIZE);
}

static void try_parser(int (*parse)(const char *, uint64_t *), const char *text)
{
    uint64_t value = 0x5a5a, again = 0xa5a5;
    int r = parse(text, &value);

    REQUIRE(r == 0 || r == -EINVAL || r == -ERANGE);
    REQUIRE(r == 0 || value == 0x5a5a);
    if (r < 0) {
        return;
    }
    REQUIRE(text[0] == '.' || (text[0] >= '0' && text[0] <= '9'));
    require_format(value, text);
    /* A nought in front changes nothing. */
    char *longer = malloc(strlen(text) + 2);
    REQUIRE(longer);
    longer[0] = '0';
    memcpy(longer + 1, text, strlen(text) + 1);
    REQUIRE(parse(longer, &again) == 0 && again == value);
    free(longer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = target_text(data, size);
    double share = -1;

    try_parser(parse_count, text);
    try_parser(parse_size, text);
    try_parser(parse_duration, text);
    REQUIRE(parse_percent(text, &share) == 0 ? share >= 0 : share == -1);
    free(text);
    return 0;
}
