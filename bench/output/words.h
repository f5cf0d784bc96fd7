/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wording that table, verdict and timeline share, so that one thing is called the same
 * everywhere. All write unclean UTF-8 into a paragraph; see output/text.h. */
#ifndef TVP_WORDS_H
#define TVP_WORDS_H

#include "analysis/analysis.h"
#include "output/text.h"

/* What goes before entry i of count: "", ", " or " and ". */
const char *list_separator(size_t i, size_t count);
/* "1 epoch", "1,234 epochs": the plural is the noun with an s. */
void write_count(FILE *out, uint64_t count, const char *noun);
/* "3 epochs", "1 to 3 epochs" */
void write_count_range(FILE *out, uint64_t least, uint64_t most, const char *noun);
/* "28.1 ms", "1.78 ×", both unbreakable. */
void write_duration(FILE *out, double ns);
void write_times(FILE *out, double ratio);
/* " [1.75, 1.80]", or nothing if there is no interval. */
void write_interval(FILE *out, const struct estimate *ratio);
/* "±6 %": how far a ratio may be from its estimate. */
void write_doubt(FILE *out, const struct estimate *ratio);
/* Why one cannot tell. */
struct doubt {
    enum unsure why;
    const struct estimate *ratio;
    const struct group *group; /* UNPROVEN, LOUD: which is */
    const char *where;         /* "each file": is written after what is said of epochs; or NULL */
    double margin;
    uint64_t epochs;    /* WIDE: about so many more; FEW, ROWS, CLEAN: needed; 0: says nothing */
    size_t comparisons; /* ROWS: so many were made */
    double spread;      /* RUNS: standard deviation of runs, of logarithms */
};
/* The reason, and what would help: "±6 %, about 40 more epochs". */
void write_unsure(FILE *out, const struct doubt *doubt);
/* The same of a ratio of two rows of a group. */
void write_group_unsure(FILE *out, const struct group *group, const struct estimate *ratio,
                        enum unsure unsure, uint64_t more_epochs);

/* Of a group in doubt, LOUD or UNPROVEN, without numbers: "others disturbed it". */
const char *doubt_word(enum unsure doubt);

/* "thread-pool with 2 workers", "pthread with a worker for each task", "serial" */
void write_row(FILE *out, const struct row *row);
/* "thread-pool", with its workers only where the group has that strategy more than once. */
void write_row_short(FILE *out, const struct group *group, const struct row *row);
/* "slower", "no difference", ...: where a row stands beside the fastest. */
const char *standing_word(enum standing standing);
/* Why a row has no time: "wrong answer", "skipped: TEXT", "no sample: TEXT". */
void write_reason(FILE *out, const struct row *row);
bool same_reason(const struct row *a, const struct row *b);
/* Why a whole group was skipped, if it was and for one reason; else NULL. */
const char *group_skipped(const struct group *group);
/* The first text of the failures of a series and how many there were: "TEXT (12 times)". */
void write_failures(FILE *out, const struct series *series);
/* "3 of 7 tasks failed in every sample", or "up to 3 of 7 tasks failed in a sample" if not the same
 * number did in all samples of all rows with a time. */
void write_failed_tasks(FILE *out, const struct group *group);
/* The workload; where several groups share it, with the arguments that differ. */
void write_label(FILE *out, const struct groups *groups, const struct group *group);
char *label_text(const struct groups *groups, const struct group *group,
                 const struct style *style); /* to be freed; NULL: out of memory */

#endif
