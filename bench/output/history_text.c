/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/history_text.h"

#include "analysis/edivisive.h"
#include "base/units.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LINE_LONGEST 60u /* runs drawn; the last ones */
#define NAME_WIDTH 24u

/* Low to high over at least the threshold on either side, so that noise does not look like more
 * than it is. A run without a value is a blank, as is one in doubt. */
static void draw_line(FILE *out, const struct history *history, const struct history_row *row,
                      const struct style *style)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char letters[] = "_.-~=+*#";
    size_t columns = history->comparison->column_count, next = 0, blanks = 0;
    double low = INFINITY, high = -INFINITY,
           least = log(1 + history->comparison->settings.threshold);

    for (size_t i = 0; i < row->count; i++) {
        low = fmin(low, log(row->values[i]));
        high = fmax(high, log(row->values[i]));
    }
    double middle = (low + high) / 2, half = fmax((high - low) / 2, least);
    for (size_t i = 0; i < columns; i++) {
        bool has = next < row->count && row->runs[next] == i;
        int level = has ? (int)((log(row->values[next]) - middle + half) / (2 * half) * 7.999) : 0;

        next += has;
        if (i + LINE_LONGEST < columns) {
            continue;
        }
        if (!has) {
            blanks++;
            continue;
        }
        for (; blanks > 0; blanks--) {
            fputc(' ', out);
        }
        if (style->ascii) {
            fputc(letters[level], out);
        } else {
            fputs(bars[level], out);
        }
    }
}

static void write_factor(FILE *out, double factor)
{
    char text[UNITS_SIZE];

    if (factor >= 2 || factor <= 0.5) {
        fprintf(out, "%s" GLUE "×", format_ratio(factor, text));
    } else {
        fprintf(out, "%+.*f" GLUE "%%", fabs(factor - 1) < 0.0995, 100 * (factor - 1));
    }
}

static void write_keys(FILE *out, uint32_t differing)
{
    const char *separator = " (together with ";

    for (size_t i = 0; fingerprint_keys[i].name; i++) {
        if (differing >> i & 1) {
            fprintf(out, "%s%s", separator, fingerprint_keys[i].name);
            separator = ", ";
        }
    }
    if (differing) {
        fputc(')', out);
    }
}

static void write_findings(FILE *out, const struct history *history, const struct history_row *row)
{
    if (row->count < EDIVISIVE_LEAST) {
        fprintf(out, "too few runs: %zu, at least %u needed", row->count, EDIVISIVE_LEAST);
        return;
    }
    if (row->change_count == 0) {
        fputs("no change", out);
    }
    for (size_t i = 0; i < row->change_count; i++) {
        const struct history_change *change = &row->changes[i];

        fprintf(out, "%s", i > 0 ? "; " : "");
        write_factor(out, change->factor);
        fprintf(out, " from run %zu on, %s", change->run + 1,
                history->comparison->columns[change->run].name);
        write_keys(out, change->differing);
    }
}

static void write_value(FILE *out, const struct history *history, double value)
{
    char text[UNITS_SIZE];

    if (history->comparison->settings.absolute) {
        format_duration(value, text);
    } else if (value < 0.0995) {
        snprintf(text, sizeof(text), "%.2g", value);
    } else {
        format_ratio(value, text);
    }
    fputs(text, out);
}

static int write_row_of(FILE *out, const struct history *history, const struct history_row *row,
                        const struct style *style)
{
    struct paragraph line;
    char *name = strdup(row->row->name);

    if (!name || paragraph_begin(&line) < 0) {
        free(name);
        return -ENOMEM;
    }
    text_clean(name, style);
    unsigned width = text_width(name);
    fprintf(out, "  %s", name);
    free(name);
    if (row->count > 0) {
        fprintf(out, "%*s ", width < NAME_WIDTH ? (int)(NAME_WIDTH - width) : 0, "");
        draw_line(out, history, row, style);
    }
    fputc('\n', out);
    if (row->count > 0) {
        write_value(line.file, history, row->values[row->count - 1]);
        fputs(" now: ", line.file);
    }
    write_findings(line.file, history, row);
    return paragraph_end(&line, out, style, 4, 4);
}

static int write_title(FILE *out, const struct style *style, const char *text)
{
    struct paragraph paragraph;
    int r = paragraph_begin(&paragraph);

    if (r == 0) {
        fputs(text, paragraph.file);
        r = paragraph_end(&paragraph, out, style, 0, 2);
    }
    return r;
}

static int write_head(FILE *out, const struct history *history, const struct style *style)
{
    const struct comparison *comparison = history->comparison;
    struct paragraph head;
    int r = paragraph_begin(&head);

    if (r == 0) {
        write_count(head.file, comparison->column_count, "run");
        fprintf(head.file, ", from %s to %s. ", comparison->columns[0].name,
                comparison->columns[comparison->column_count - 1].name);
        if (comparison->settings.absolute) {
            fputs("Times, which all that ran on the machine is in.", head.file);
        } else {
            fprintf(head.file, "Ratios strategy ÷ %s inside each run.", comparison->settings.base);
        }
        r = paragraph_end(&head, out, style, 0, 2);
    }
    return r;
}

static int write_legend(FILE *out, const struct history *history, const struct style *style)
{
    struct paragraph legend;
    size_t doubtful = 0;
    int r = paragraph_begin(&legend);

    if (r < 0) {
        return r;
    }
    fprintf(legend.file,
            "Changes of %.3g" GLUE "%% or more, by E-divisive with 199 fixed random orders: a row "
            "without any shows one in 5" GLUE "%% of cases at the most.",
            100 * history->comparison->settings.threshold);
    for (size_t i = 0; i < history->row_count; i++) {
        doubtful += history->rows[i].doubtful;
    }
    if (doubtful > 0) {
        fputs(" Left out: ", legend.file);
        write_count(legend.file, doubtful, "value");
        fputs(" of runs in doubt, disturbed by others, or serial unequal to itself.", legend.file);
    }
    return paragraph_end(&legend, out, style, 0, 2);
}

int history_write(FILE *out, const struct history *history, const struct style *style)
{
    int r = write_head(out, history, style);

    for (size_t i = 0; i < history->row_count && r == 0; i++) {
        const struct history_row *row = &history->rows[i];

        if (row->row->first) {
            fputc('\n', out);
            r = write_title(out, style, row->row->title);
        }
        r = r < 0 ? r : write_row_of(out, history, row, style);
    }
    if (r == 0 && history->row_count > 0) {
        fputc('\n', out);
        r = write_legend(out, history, style);
    }
    return r < 0 ? r : text_done(out);
}
