/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines before and after the numbers: how they were come by, and what must be known before
 * they are used. */
#include "base/units.h"
#include "output/compare_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <string.h>

#define VALUES_SHOWN 5u

void write_difference_of(FILE *out, const struct comparison *comparison,
                         const struct fingerprint_key *key)
{
    size_t shown = 0, distinct = 0;

    fprintf(out, "%s ", key->name);
    for (size_t i = 0; i < comparison->file_count; i++) {
        char text[FINGERPRINT_TEXT_SIZE], other[FINGERPRINT_TEXT_SIZE];
        bool seen = false;

        fingerprint_text(comparison->files[i].record, key, text);
        for (size_t j = 0; j < i && !seen; j++) {
            seen = strcmp(text, fingerprint_text(comparison->files[j].record, key, other)) == 0;
        }
        if (!seen && distinct++ < VALUES_SHOWN) {
            fprintf(out, "%s%s", shown++ ? " / " : "", text);
        }
    }
    if (distinct > shown) {
        fprintf(out, " and %zu more", distinct - shown);
    }
}

static void write_fingerprint(FILE *out, const struct comparison *comparison)
{
    const char *separator = "Across machines: ";

    if (!comparison->differing) {
        fprintf(out, "Over time: %zu files of one fingerprint.", comparison->file_count);
        return;
    }
    for (size_t i = 0; fingerprint_keys[i].name; i++) {
        if (comparison->differing >> i & 1) {
            fputs(separator, out);
            write_difference_of(out, comparison, &fingerprint_keys[i]);
            separator = ", ";
        }
    }
    fputc('.', out);
}

int compare_head_write(FILE *out, const struct comparison *comparison, const struct style *style)
{
    const struct compare_settings *settings = &comparison->settings;
    struct paragraph line;
    int r = 0;

    if (comparison->file_count > 1) {
        r = paragraph_begin(&line);
        if (r == 0) {
            write_fingerprint(line.file, comparison);
            r = paragraph_end(&line, out, style, 0, 2);
        }
    }
    r = r < 0 ? r : paragraph_begin(&line);
    if (r < 0) {
        return r;
    }
    if (settings->absolute) {
        fprintf(line.file, "Times, %s, with their 95" GLUE "%% interval.",
                metric_names[settings->metric]);
    } else {
        fprintf(line.file,
                "Ratios strategy ÷ %s inside each file, %s, with their 95" GLUE "%% interval.",
                settings->base, metric_names[settings->metric]);
    }
    return paragraph_end(&line, out, style, 0, 2);
}

static void write_meaning(FILE *out, const struct comparison *comparison)
{
    double threshold = 100 * comparison->settings.threshold;

    fprintf(out,
            "slower, faster: against the first column; the change is %.3g" GLUE
            "%% or more and its %d" GLUE "%% interval does not reach 0 (",
            threshold, comparison->settings.absolute ? 99 : 95);
    write_count(out, comparison->tested, "comparison");
    fprintf(out, ", Holm-corrected). no difference: the whole interval within ±%.3g" GLUE "%%.",
            threshold);
    if (comparison->means) {
        fprintf(out,
                " geometric mean: over %zu machines, with Student's t on the logarithms; only where"
                " none is missing.",
                comparison->column_count);
    }
}

int compare_legend_write(FILE *out, const struct comparison *comparison, const struct style *style)
{
    struct paragraph line;
    int r = 0;

    fputs(style_dim(style), out);
    if (comparison->tested > 0 || comparison->means) {
        r = paragraph_begin(&line);
        if (r == 0) {
            write_meaning(line.file, comparison);
            r = paragraph_end(&line, out, style, 0, 0);
        }
    }
    fputs(style_plain(style), out);
    for (size_t i = 0; r == 0; i++) {
        r = paragraph_begin(&line);
        if (r < 0) {
            break;
        }
        bool more = write_warning(line.file, comparison, i);
        r = paragraph_end(&line, out, style, 0, 2);
        if (!more) {
            break;
        }
    }
    return r;
}
