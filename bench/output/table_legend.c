/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the marks of the table mean, and what its numbers rest on. Only marks that occur. */
#include "analysis/holm.h"
#include "base/units.h"
#include "output/table_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <stdlib.h>

#define SHORT_SAMPLE_NS 10e6

struct basis {
    uint64_t epochs_least, epochs_most;   /* with a sample, over all rows with a time */
    uint64_t samples_least, samples_most; /* of one epoch */
    uint64_t samples, short_samples;
    bool stands[STANDING_FAILED + 1], unbounded;
    bool few; /* a row without an interval */
};

static void range_add(uint64_t value, uint64_t *least, uint64_t *most)
{
    *least = value < *least ? value : *least;
    *most = value > *most ? value : *most;
}

static int epoch_compare(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* How many samples an epoch has. Sorted, because a stranger's file may mix its epochs; without
 * memory nothing is said of them. */
static void epochs_add(struct basis *basis, const struct series *series)
{
    size_t count = series->samples.count;
    uint64_t *epochs = calloc(count + 1, sizeof(*epochs));

    for (size_t i = 0; epochs && i < count; i++) {
        epochs[i] = series->samples.items[i].epoch;
    }
    if (epochs) {
        qsort(epochs, count, sizeof(*epochs), epoch_compare);
    }
    for (size_t i = 0, begin = 0; epochs && i < count; i++) {
        if (i + 1 == count || epochs[i + 1] != epochs[begin]) {
            range_add(i + 1 - begin, &basis->samples_least, &basis->samples_most);
            begin = i + 1;
        }
    }
    free(epochs);
}

static uint64_t short_samples(const struct series *series, enum metric metric)
{
    uint64_t count = 0;

    for (size_t i = 0; i < series->samples.count; i++) {
        count += sample_metric(&series->samples.items[i], metric) < SHORT_SAMPLE_NS;
    }
    return count;
}

static void basis_add(struct basis *basis, const struct row *row, enum metric metric)
{
    const struct series *series = row->series;

    if (!row_has_time(row)) {
        return;
    }
    basis->stands[row->standing] = true;
    basis->few = basis->few || row->unsure == UNSURE_FEW;
    basis->unbounded = basis->unbounded || series->workers == 0;
    range_add(row->time.count, &basis->epochs_least, &basis->epochs_most);
    epochs_add(basis, series);
    basis->samples += series->samples.count;
    basis->short_samples += short_samples(series, metric);
}

static struct basis groups_basis(const struct groups *groups, enum metric metric)
{
    struct basis basis = {.epochs_least = UINT64_MAX, .samples_least = UINT64_MAX};

    for (size_t i = 0; i < groups->count; i++) {
        for (size_t n = 0; n < groups->items[i].row_count; n++) {
            basis_add(&basis, &groups->items[i].rows[n], metric);
        }
    }
    return basis;
}

/* Do the marks hold for all rows together? */
static void write_family(FILE *out, const struct groups *groups)
{
    if (groups->corrected) {
        fprintf(out, " The verdicts of all %zu rows hold together at 95" GLUE "%% (Holm).",
                groups->comparisons);
    } else {
        fprintf(out,
                " Each of the %zu rows is judged by itself, so one in twenty may be wrong; "
                "%zu epochs would do to judge them together.",
                groups->comparisons, holm_fewest(groups->comparisons, CONFIDENCE));
    }
}

/* The rule of analysis/ruling.h, for the words that occur. */
static void write_verdicts(FILE *out, const struct basis *basis)
{
    if (basis->stands[STANDING_SLOWER]) {
        fprintf(out,
                " slower: the ratio is %.2f or more, and its interval lies above"
                " 1.",
                1 + MARGIN);
    }
    if (basis->stands[STANDING_FASTER]) {
        fputs(" faster: the mirror of slower.", out);
    }
    if (basis->stands[STANDING_SAME]) {
        fprintf(out, " no difference: the whole interval lies within ±%.0f" GLUE "%%.",
                100 * MARGIN);
    }
    if (basis->stands[STANDING_UNSURE]) {
        fputs(" cannot tell: everything else.", out);
    }
}

static void write_marks(FILE *out, const struct basis *basis, const struct groups *groups,
                        enum metric metric)
{
    static const char *const meanings[] = {
        [METRIC_COLD] = "open, run and close",
        [METRIC_WARM] = "first submit to last completion, without open and close",
        [METRIC_CPU] = "user and system time of all workers",
    };

    fputs("Medians of ", out);
    write_count_range(out, basis->epochs_least, basis->epochs_most, "epoch");
    fputs(GLUE "×" GLUE, out);
    write_count_range(out, basis->samples_least, basis->samples_most, "sample");
    fprintf(out, ", %s: %s.", metric_names[metric], meanings[metric]);
    write_verdicts(out, basis);
    if (groups->comparisons > 1 && !basis->few) {
        write_family(out, groups);
    }
    if (basis->unbounded) {
        fputs(" all: a worker for each task.", out);
    }
}

static void write_short(FILE *out, const struct basis *basis, const struct groups *groups,
                        enum metric metric)
{
    char count[UNITS_SIZE], total[UNITS_SIZE];
    const char *separator = ": ";

    fprintf(out, "%s of %s samples are shorter than 10" GLUE "ms, where clock and noise weigh more",
            format_count(basis->short_samples, count), format_count(basis->samples, total));
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        uint64_t found = 0;

        for (size_t n = 0; n < group->row_count; n++) {
            const struct row *row = &group->rows[n];

            found += row_has_time(row) ? short_samples(row->series, metric) : 0;
        }
        if (found > 0) {
            fputs(separator, out);
            write_label(out, groups, group);
            separator = ", ";
        }
    }
    fputc('.', out);
}

int table_legend_write(FILE *out, const struct groups *groups, enum metric metric,
                       const struct style *style)
{
    struct basis basis = groups_basis(groups, metric);
    /* CPU time of a long sample may be short; that says nothing about the clock. */
    enum metric length = metric == METRIC_CPU ? METRIC_COLD : metric;
    struct paragraph legend;
    int r = 0;

    if (basis.samples == 0) {
        return 0;
    }
    basis.short_samples = groups_basis(groups, length).short_samples;
    r = paragraph_begin(&legend);
    if (r < 0) {
        return r;
    }
    write_marks(legend.file, &basis, groups, metric);
    fputs(style_dim(style), out);
    r = paragraph_end(&legend, out, style, 0, 0);
    if (r == 0 && basis.short_samples > 0) {
        r = paragraph_begin(&legend);
        if (r == 0) {
            write_short(legend.file, &basis, groups, length);
            r = paragraph_end(&legend, out, style, 0, 0);
        }
    }
    fputs(style_plain(style), out);
    return r;
}
