/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/article.h"

#include "base/units.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH 10 /* longer names stand on a line of their own */
#define TIME_WIDTH 11

static const char *const columns[] = {"serial", "pthread", "fork", "thread-pool", "process-pool"};
#define COLUMNS (sizeof(columns) / sizeof(*columns))

/* What the rows shown rest on. */
struct basis {
    uint64_t epochs_least, epochs_most;
    uint64_t samples_least, samples_most; /* of one epoch */
    bool unknown, several;                /* a row without an interval; a choice of workers */
};

bool article_fits(const struct record *record)
{
    const char *profile = record_text(record, "config.profile");

    return profile && strcmp(profile, "article") == 0;
}

/* The row of a strategy (options after ':' ignored) with the smallest time, or NULL. Counts those
 * with a time. */
static const struct row *fastest_row(const struct group *group, const char *strategy,
                                     size_t *ret_count)
{
    size_t length = strlen(strategy), count = 0;
    const struct row *best = NULL;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        const char *name = row->series->strategy;

        if (!row_has_time(row) || strncmp(name, strategy, length) != 0 ||
            !strchr(":", name[length])) {
            continue;
        }
        count++;
        if (!best || row->time.value < best->time.value) {
            best = row;
        }
    }
    *ret_count = count;
    return best;
}

static void range_add(uint64_t value, uint64_t *least, uint64_t *most)
{
    *least = value < *least ? value : *least;
    *most = value > *most ? value : *most;
}

static void basis_add(struct basis *basis, const struct row *row)
{
    const struct sample_list *samples = &row->series->samples;

    range_add(row->time.count, &basis->epochs_least, &basis->epochs_most);
    basis->unknown = basis->unknown || !estimate_has_interval(&row->time);
    /* Samples of one epoch stand together. */
    for (size_t i = 0, size = 1; i < samples->count; i++, size++) {
        if (i + 1 == samples->count || samples->items[i].epoch != samples->items[i + 1].epoch) {
            range_add(size, &basis->samples_least, &basis->samples_most);
            size = 0;
        }
    }
}

/* Hundredths of ms matter here: 3.0005 s and 3.0150 s are the article's point. */
static void print_seconds(FILE *out, const struct row *row)
{
    char text[UNITS_SIZE];

    if (!row) {
        fprintf(out, "%*s", TIME_WIDTH, "-");
    } else if (row->time.value >= 1e9 && row->time.value < 999.5e9) {
        fprintf(out, "%*.4f s", TIME_WIDTH - 2, row->time.value / 1e9);
    } else {
        fprintf(out, "%*s", TIME_WIDTH, format_duration(row->time.value, text));
    }
}

/* Takes the name of the group in a column; one that is longer stands above the rest. */
static int print_name(FILE *out, const struct groups *groups, const struct group *group,
                      const struct style *style)
{
    char *name = label_text(groups, group, style);
    struct paragraph line;
    int r = name ? 0 : -ENOMEM;

    if (name && text_width(name) <= NAME_WIDTH) {
        fprintf(out, "  %s%*s", name, NAME_WIDTH - (int)text_width(name), "");
    } else if (name) {
        r = paragraph_begin(&line);
        if (r == 0) {
            fputs(name, line.file);
            r = paragraph_end(&line, out, style, 2, 4);
            fprintf(out, "  %*s", NAME_WIDTH, "");
        }
    }
    free(name);
    return r;
}

static int print_failures(FILE *out, const struct group *group, const struct style *style)
{
    struct paragraph note;
    bool alike = true;
    int r = paragraph_begin(&note);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        alike = alike && row_has_time(&group->rows[i]);
    }
    if (group->failed_tasks > 0) {
        write_failed_tasks(note.file, group);
        fputs(alike ? ", under every strategy alike" : "", note.file);
    }
    return paragraph_end(&note, out, style, NAME_WIDTH + 3, NAME_WIDTH + 3);
}

static int print_group(FILE *out, const struct groups *groups, const struct group *group,
                       const struct style *style, struct basis *basis)
{
    int r = print_name(out, groups, group, style);

    for (size_t i = 0; i < COLUMNS && r == 0; i++) {
        size_t count;
        const struct row *row = fastest_row(group, columns[i], &count);

        if (row) {
            basis_add(basis, row);
            basis->several = basis->several || count > 1;
        }
        print_seconds(out, row);
        fputs(i == 0 ? "   " : i == 2 ? "  " : i == 3 ? " " : "", out);
    }
    fputc('\n', out);
    return r < 0 ? r : print_failures(out, group, style);
}

static int print_basis(FILE *out, const struct basis *basis, const struct style *style)
{
    struct paragraph words;
    int r = paragraph_begin(&words);

    if (r < 0) {
        return r;
    }
    fputs("Medians of ", words.file);
    if (basis->samples_most > 1) {
        write_count_range(words.file, basis->epochs_least, basis->epochs_most, "epoch");
        fputs(GLUE "×" GLUE, words.file);
        write_count_range(words.file, basis->samples_least, basis->samples_most, "sample");
    } else {
        write_count_range(words.file, basis->epochs_least, basis->epochs_most, "sample");
    }
    fputs(" a strategy.", words.file);
    fputs(basis->several ? " Of several numbers of workers, the fastest is shown." : "",
          words.file);
    if (basis->unknown) {
        fputs(" No interval can be had from so few: read differences of a few per cent as nothing.",
              words.file);
    }
    return paragraph_end(&words, out, style, 0, 0);
}

int article_write(FILE *out, const struct groups *groups, const struct style *style)
{
    struct basis basis = {.epochs_least = UINT64_MAX, .samples_least = UINT64_MAX};
    int r = 0;

    fprintf(out, "The article's table on this machine, start to end:\n\n");
    fprintf(out, "  %-10s%*s   %*s%*s  %*s%*s\n", "", TIME_WIDTH, "", TIME_WIDTH, "threads",
            TIME_WIDTH, "processes", TIME_WIDTH, "threads", TIME_WIDTH + 1, "processes");
    fprintf(out, "  %-10s%*s   %*s%*s  %*s%*s\n", "", TIME_WIDTH, "serial", TIME_WIDTH, "pthread",
            TIME_WIDTH, "fork", TIME_WIDTH, "pool", TIME_WIDTH + 1, "pool");
    for (size_t i = 0; i < groups->count && r == 0; i++) {
        r = print_group(out, groups, &groups->items[i], style, &basis);
    }
    fputc('\n', out);
    if (r == 0 && basis.epochs_most > 0) {
        r = print_basis(out, &basis, style);
    }
    fputs("The article's own figures, in Python: sleeps 3.01 s with threads, 3.12 s with\n"
          "processes, 6 s one after the other.\n",
          out);
    return r < 0 ? r : text_done(out);
}
