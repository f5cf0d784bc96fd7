/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns are as wide as their widest cell; where they do not all fit, the intervals are written
 * shorter first, and then the columns stand in several blocks one under the other. */
#include "output/compare_sheet.h"

#include "output/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_WIDTH 20u /* longer words in a header are broken */

static void widen(unsigned *width, unsigned other)
{
    *width = other > *width ? other : *width;
}

static char *clean_copy(const char *text, const struct style *style)
{
    char *copy = strdup(text);

    return copy ? text_clean(copy, style) : NULL;
}

static unsigned longest_word(const char *text)
{
    unsigned longest = 0;

    for (const char *p = text; *p; p += strspn(p, " ")) {
        char word[HEADER_WIDTH * 4 + 1];
        size_t length = strcspn(p, " ");

        snprintf(word, sizeof(word), "%.*s", (int)length, p);
        widen(&longest, text_width(word));
        p += length;
    }
    return longest < HEADER_WIDTH ? longest : HEADER_WIDTH;
}

static void sheet_measure(struct sheet *sheet, enum detail detail)
{
    const struct comparison *comparison = sheet->comparison;
    char text[COMPARE_CELL_SIZE];

    sheet->detail = detail;
    for (size_t i = 0; i < sheet->columns; i++) {
        sheet->widths[i] = longest_word(sheet->headers[i]);
        for (size_t j = 0; j < comparison->row_count; j++) {
            const struct compare_row *row = &comparison->rows[j];

            compare_value_format(comparison, row, i, detail, sheet->style, text);
            widen(&sheet->widths[i], text_width(text));
            if (i > 0 && i < comparison->column_count) {
                compare_change_format(row, i, detail, sheet->style, text);
                widen(&sheet->widths[i], text_width(text));
            }
        }
    }
}

static unsigned sheet_width(const struct sheet *sheet)
{
    unsigned width = GAP + sheet->name;

    for (size_t i = 0; i < sheet->columns; i++) {
        width += GAP + sheet->widths[i];
    }
    return width;
}

void sheet_release(struct sheet *sheet)
{
    for (size_t i = 0; sheet->headers && i < sheet->columns; i++) {
        free(sheet->headers[i]);
    }
    free(sheet->headers);
    free(sheet->widths);
}

int sheet_make(struct sheet *sheet)
{
    const struct comparison *comparison = sheet->comparison;

    sheet->columns = compare_columns(comparison);
    sheet->headers = calloc(sheet->columns + 1, sizeof(*sheet->headers));
    sheet->widths = calloc(sheet->columns + 1, sizeof(*sheet->widths));
    if (!sheet->headers || !sheet->widths) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < sheet->columns; i++) {
        sheet->headers[i] = clean_copy(i < comparison->column_count ? comparison->columns[i].name
                                                                    : "geometric mean",
                                       sheet->style);
        if (!sheet->headers[i]) {
            return -ENOMEM;
        }
    }
    for (size_t i = 0; i < comparison->row_count; i++) {
        char *name = clean_copy(comparison->rows[i].name, sheet->style);

        if (!name) {
            return -ENOMEM;
        }
        unsigned width = text_width(name);
        widen(&sheet->name, width <= NAME_WIDTH ? width : 0);
        free(name);
    }
    for (enum detail detail = DETAIL_ALL; detail < DETAIL_COUNT; detail++) {
        sheet_measure(sheet, detail);
        if (sheet_width(sheet) <= style_width(sheet->style)) {
            break;
        }
    }
    return 0;
}

size_t block_end(const struct sheet *sheet, size_t first)
{
    unsigned width = GAP + sheet->name;
    size_t end = first;

    while (end < sheet->columns &&
           (end == first || width + GAP + sheet->widths[end] <= style_width(sheet->style))) {
        width += GAP + sheet->widths[end++];
    }
    return end;
}
