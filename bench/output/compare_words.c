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

static void write_copies(FILE *out, const struct comparison *comparison)
{
    size_t written = 0;

    for (size_t i = 1; i < comparison->column_count; i++) {
        if (comparison->columns[i].the_same) {
            fprintf(out, "%s%s", written++ ? ", " : "", comparison->columns[i].name);
        }
    }
    fprintf(out, ": the very file that %s is (same checksum).", comparison->columns[0].name);
}

static bool has_copies(const struct comparison *comparison)
{
    for (size_t i = 1; i < comparison->column_count; i++) {
        if (comparison->columns[i].the_same) {
            return true;
        }
    }
    return false;
}

static void write_merged(FILE *out, const struct comparison *comparison)
{
    size_t written = 0;

    fputs("Warning: cells merge series that differ in ", out);
    for (unsigned i = 0; i < KEY_COUNT; i++) {
        if (comparison->merged & KEY_BIT(i)) {
            fprintf(out, "%s%s", written++ ? ", " : "", compare_key_names[i]);
        }
    }
    fputs(", not shown here: put that into --row, --col or --table, or --ignore it.", out);
}

static bool has_incomplete(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->file_count; i++) {
        if (!record_complete(comparison->files[i].record)) {
            return true;
        }
    }
    return false;
}

static void write_incomplete(FILE *out, const struct comparison *comparison)
{
    size_t written = 0;

    fputs("Not complete (interrupted, or still going on): ", out);
    for (size_t i = 0; i < comparison->file_count; i++) {
        if (!record_complete(comparison->files[i].record)) {
            fprintf(out, "%s%s", written++ ? ", " : "", comparison->files[i].name);
        }
    }
    fputc('.', out);
}

static bool has_workers(const struct comparison *comparison)
{
    return comparison->workers_differ;
}

static void write_workers(FILE *out, const struct comparison *comparison)
{
    (void)comparison;
    fputs("Warning: the numbers of workers differ between columns; --row workload,strategy,workers"
          " tells them apart.",
          out);
}

static bool has_bases(const struct comparison *comparison)
{
    return comparison->base_workers_differ;
}

static void write_bases(FILE *out, const struct comparison *comparison)
{
    fprintf(out, "Warning: some rows are divided by %s with another number of workers.",
            comparison->settings.base);
}

static bool has_merged(const struct comparison *comparison)
{
    return comparison->merged;
}

static bool has_one_run(const struct comparison *comparison)
{
    return comparison->settings.absolute && comparison->tested > 0;
}

static void write_one_run(FILE *out, const struct comparison *comparison)
{
    fprintf(out,
            "One run each: how much runs of this machine differ from each other is not known, so"
            " only times that differ by %.3g" GLUE "%% or more, at 99" GLUE
            "%%, are called different. Below that, measure both in one run.",
            100 * comparison->settings.threshold);
}

static const struct {
    bool (*holds)(const struct comparison *comparison);
    void (*write)(FILE *out, const struct comparison *comparison);
} warnings[] = {
    {has_copies, write_copies},   {has_incomplete, write_incomplete}, {has_merged, write_merged},
    {has_workers, write_workers}, {has_bases, write_bases},           {has_one_run, write_one_run},
};

bool write_warning(FILE *out, const struct comparison *comparison, size_t index)
{
    for (size_t i = 0; i < sizeof(warnings) / sizeof(*warnings); i++) {
        if (warnings[i].holds(comparison) && index-- == 0) {
            warnings[i].write(out, comparison);
            return true;
        }
    }
    return false;
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
