/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/article.h"

#include "base/units.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define TIME_WIDTH 11
#define EPOCHS_FOR_INTERVAL 6 /* for 95 %, see analysis.h */

bool article_fits(const struct record *record)
{
    const char *profile = record_text(record, "config.profile");

    return profile && strcmp(profile, "article") == 0;
}

/* Hundredths of ms matter here: 3.0005 s and 3.0150 s are the article's point. */
static void print_seconds(FILE *out, const struct row *row)
{
    char text[UNITS_SIZE];

    if (!row || !row_has_time(row)) {
        fprintf(out, "%*s", TIME_WIDTH, "-");
    } else if (row->time.value >= 1e9) {
        fprintf(out, "%*.4f s", TIME_WIDTH - 2, row->time.value / 1e9);
    } else {
        fprintf(out, "%*s", TIME_WIDTH, format_duration(row->time.value, text));
    }
}

static void print_group(FILE *out, const struct group *group)
{
    static const char *const columns[] = {"serial", "pthread", "fork", "thread-pool",
                                          "process-pool"};

    fprintf(out, "  %-10.10s", group->workload);
    for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
        print_seconds(out, group_find(group, columns[i]));
        fputs(i == 0 ? "   " : i == 2 ? "  " : "", out);
    }
    fputc('\n', out);
    if (group->failed_tasks > 0) {
        fprintf(out,
                "  %-10s %" PRIu64 " of %" PRIu64 " tasks failed, under every strategy alike\n", "",
                group->failed_tasks, group->tasks);
    }
}

int article_write(FILE *out, const struct record *record, const struct groups *groups,
                  const struct style *style)
{
    (void)style; /* plain words and numbers */
    int64_t epochs = record_number(record, "config.epochs", 0);

    fprintf(out, "The article's table on this machine, start to end:\n\n");
    fprintf(out, "  %-10s%*s   %*s%*s  %*s%*s\n", "", TIME_WIDTH, "", TIME_WIDTH, "threads",
            TIME_WIDTH, "processes", TIME_WIDTH, "threads", TIME_WIDTH + 1, "processes");
    fprintf(out, "  %-10s%*s   %*s%*s  %*s%*s\n", "", TIME_WIDTH, "serial", TIME_WIDTH, "pthread",
            TIME_WIDTH, "fork", TIME_WIDTH, "pool", TIME_WIDTH + 1, "pool");
    for (size_t i = 0; i < groups->count; i++) {
        print_group(out, &groups->items[i]);
    }
    fprintf(out, "\nMedians of %" PRId64 " sample%s a strategy.", epochs, epochs == 1 ? "" : "s");
    if (epochs < EPOCHS_FOR_INTERVAL) {
        fputs(" No interval can be had from so few: read\n"
              "differences of a few per cent as nothing.",
              out);
    }
    fputs("\nThe article's own figures, in Python: sleeps 3.01 s with threads, 3.12 s with\n"
          "processes, 6 s one after the other.\n",
          out);
    return ferror(out) ? -EIO : 0;
}
