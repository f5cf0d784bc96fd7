/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be known before the numbers of a comparison are used. */
#include "base/units.h"
#include "output/compare_parts.h"
#include "output/text.h"
#include "output/words.h"

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

/* Whether the spread of runs is known for some change of times, or for none. */
static bool has_spread(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->row_count; i++) {
        for (size_t j = 1; j < comparison->column_count; j++) {
            if (comparison->rows[i].cells[j].spread.freedom > 0) {
                return true;
            }
        }
    }
    return false;
}

static bool has_one_run(const struct comparison *comparison)
{
    return comparison->settings.absolute && comparison->tested > 0 && !has_spread(comparison);
}

static void write_spread(FILE *out, const struct comparison *comparison)
{
    (void)comparison;
    fputs("Intervals allow for how much the runs of this machine differ from each other.", out);
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
    {has_spread, write_spread},
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
