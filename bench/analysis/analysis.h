/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From samples to what can be said about them. Pure functions: no I/O, no printing, no clock.
 * The unit of evidence is the epoch, not the sample: samples of one process are correlated, so
 * each epoch gives one median and everything below is computed from those medians. */
#ifndef TVP_ANALYSIS_H
#define TVP_ANALYSIS_H

#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

/* What of a sample is looked at. */
enum metric {
    METRIC_COLD, /* open + run + close: what `with Executor()` costs */
    METRIC_WARM, /* run: submit to last completion in an open pool */
    METRIC_CPU,  /* user + system time of all workers */
};
extern const char *const metric_names[];                    /* "cold", "warm", "cpu", NULL */
int metric_find(const char *name, enum metric *ret_metric); /* 0 or -EINVAL */
double sample_metric(const struct sample *sample, enum metric metric); /* ns */

/* A value with its interval. Without an interval (too few values), low and high are NaN. */
struct estimate {
    double value, low, high;
    size_t count;      /* independent values that it rests on: epochs */
    double confidence; /* of the interval; 0: there is none */
};
bool estimate_has_interval(const struct estimate *estimate);
/* Of logarithms, as factors: exp() keeps the order, and NaN stays NaN. */
struct estimate estimate_exp(struct estimate logs);

/* Hyndman and Fan, type 7 (R's default); p in 0..1; values need not be sorted and are left
 * alone. NaN if count is 0. Here and below, running out of memory reads as "no values": a number
 * is missing then, never wrong. */
double quantile(const double *values, size_t count, double p);

/* Median with the order-statistic (sign-test) interval x_(k), x_(n+1-k): the largest k with
 * 2 P(Bin(n, 1/2) < k) <= 1 - confidence, so coverage is at least `confidence` whatever the
 * distribution (David and Nagaraja, Order Statistics, 7.1). Needs 6 values for 95 %. */
struct estimate median_estimate(const double *values, size_t count, double confidence);

/* More than half of its samples are of epochs that others disturbed: there is nothing quieter to
 * go by, and whatever is said of it is doubtful. */
bool series_is_loud(const struct series *series);
/* How many timed samples the medians below rest on. */
size_t series_used_samples(const struct series *series);

/* Medians of the timed samples of every epoch, in the order of epochs. Epochs that others
 * disturbed (sample.loud) are left out unless they are more than half. ret_epochs[i] is the
 * number of the epoch. Returns their number; both arrays hold `size` entries at the most, and
 * series->samples.count entries always suffice. */
size_t epoch_medians(const struct series *series, enum metric metric, double *medians,
                     uint64_t *ret_epochs, size_t size);

/* ln(median_a / median_b) of all epochs that both have. Returns how many; ret_logs holds `size`
 * entries at the most, and the samples.count of either always suffices. Epochs whose median is 0
 * on either side (CPU time below the clock's step) have no ratio and are left out. */
size_t series_log_ratios(const struct series *a, const struct series *b, enum metric metric,
                         double *ret_logs, size_t size);

/* median_a / median_b of the same epochs, with their numbers; both arrays hold `size` entries. */
size_t series_epoch_ratios(const struct series *a, const struct series *b, enum metric metric,
                           double *ret_ratios, uint64_t *ret_epochs, size_t size);

/* exp of the median over shared epochs of ln(median_a / median_b), with its interval: how many
 * times longer a takes than b. count 0 and NaN if they share no epoch. */
struct estimate series_ratio(const struct series *a, const struct series *b, enum metric metric,
                             double confidence);
/* The median of a series in ns with its interval. */
struct estimate series_time(const struct series *series, enum metric metric, double confidence);

/* The same for anything else that samples tell: value() of one, to which `which` is passed. */
typedef double sample_value(const struct sample *sample, int which);
struct estimate samples_value_ratio(const struct sample_list *a, const struct sample_list *b,
                                    sample_value *value, int which, double confidence);
struct estimate samples_value(const struct sample_list *list, sample_value *value, int which,
                              double confidence);

/* Where a row stands beside the fastest; what decides is in ruling.h. */
enum standing {
    STANDING_FASTEST, /* the smallest median: the others are held against it */
    STANDING_SLOWER,
    STANDING_FASTER, /* by the ratio within epochs, though its median is not the smallest */
    STANDING_SAME,   /* no difference: one beyond the margin is ruled out */
    STANDING_UNSURE, /* cannot tell; enum unsure has the reason */
    STANDING_FAILED, /* no samples, or a wrong answer: no time is to be shown */
};

/* Why one cannot tell: in one run, between two builds, between runs. */
enum unsure {
    UNSURE_NOT,      /* one can */
    UNSURE_FEW,      /* too few epochs for an interval */
    UNSURE_WIDE,     /* the interval is too wide */
    UNSURE_MARGIN,   /* it is narrow, and the difference is about the margin */
    UNSURE_UNPROVEN, /* of this group, serial came out unequal to itself */
    UNSURE_LOUD,     /* others disturbed most of the epochs of this group */
    UNSURE_ROWS,     /* clear alone, and not among all that is compared with it; of rows: too few
                        epochs for an interval among all of them */
    UNSURE_CLEAN,    /* times of runs: too few epochs that nobody disturbed */
    UNSURE_SPAN,     /* times of runs: the epochs of a file lie within less than five minutes */
    UNSURE_RUNS,     /* times of runs: those of this machine differ too much from each other */
    UNSURE_SERIES,   /* merged cells that do not hold the same series */
};

/* Two speeds at which the epochs of a row ran: analysis/modes.h. */
struct modes {
    double low, high;             /* their medians, ns */
    size_t low_count, high_count; /* epochs; 0: there is one speed */
};

/* One row of the table. */
struct row {
    const struct series *series;
    struct estimate time;      /* ns */
    struct estimate to_best;   /* ratio to the fastest of the group; 1 exactly for itself */
    struct estimate to_serial; /* ratio serial / this: speed-up; NaN without a serial row */
    struct modes modes;
    enum standing standing;
    enum unsure unsure;
    uint64_t more_epochs; /* about so many more would do; 0: that would not help */
    bool wrong_answer;    /* differs from the group's serial (or first) series, or from itself */
};

/* Threads or processes? The question of one group, decided by the best row of either kind. */
enum kind { KIND_OTHER, KIND_THREADS, KIND_PROCESSES };
enum kind strategy_kind(const char *strategy); /* options after ':' ignored */
/* True for serial+thread: it shows what a thread costs who has no use for it, and is no candidate.
 */
bool strategy_is_control(const char *strategy);

enum contest_outcome {
    CONTEST_THREADS,   /* processes are slower */
    CONTEST_PROCESSES, /* threads are slower */
    CONTEST_EITHER,    /* no difference */
    CONTEST_UNSURE,    /* cannot tell */
    CONTEST_FEW,       /* too few shared epochs for an interval */
    CONTEST_ONE_SIDED, /* one kind, or both, has no time */
};

struct contest {
    const struct row *threads, *processes; /* smallest time of its kind, or NULL */
    struct estimate ratio;                 /* time of processes / time of threads */
    size_t tests;                          /* tests that it counts as, see contest.h */
    enum contest_outcome outcome;
    enum unsure unsure;
    uint64_t more_epochs;
    bool pays;         /* false: serial is the fastest, or not told apart from it */
    bool serial_leads; /* serial has the smallest time */
};

/* All series that did the same work: same workload, arguments, tasks and variant, differing in
 * strategy and workers. Rows stand in the order of the file. */
struct group {
    const char *workload, *arguments, *summary;
    const char *variant; /* of the builds that were run side by side; NULL: there was one */
    uint64_t tasks;
    struct parent parent;
    enum metric metric; /* of all times below */
    struct row *rows;
    size_t row_count;
    size_t best;                  /* index of the fastest row; row_count if no row has a time */
    uint64_t failed_tasks;        /* per sample, in the fastest row: times are then not a success */
    struct contest contest;       /* its rows are those above */
    const struct series *placebo; /* serial once more, which is no row; NULL: not measured */
    struct estimate placebo_ratio; /* placebo / serial: equal code, so it should be 1 */
    bool unproven;      /* they were told apart: no difference of that size means anything */
    bool loud;          /* others disturbed most of its epochs */
    size_t comparisons; /* of groups: those that its rows are among */
    double foreign; /* where a row is loud: median over the group's epochs of what others used, in
                       CPUs; NaN: not known, or no row is loud */
};

struct groups {
    struct group *items;
    size_t count;
    size_t comparisons; /* rows held against the fastest of their groups */
    bool corrected; /* their verdicts hold together (Holm), but for those with too few epochs for
                       that, UNSURE_ROWS; false: these are most, and each stands for itself.
                       Contests are a family of their own, and so are placebos. */
};

#define MARGIN 0.02 /* differences below 2 % are not called differences */
#define CONFIDENCE 0.95

/* Groups in the order of the file. They point into the record, which must outlive them. */
int groups_make(const struct record *record, enum metric metric, struct groups *ret_groups);
void groups_release(struct groups *groups);

/* The first row of a strategy by its plain name (options after ':' ignored), or NULL. */
const struct row *group_find(const struct group *group, const char *strategy);
/* Whether the row's time may be shown and compared. */
bool row_has_time(const struct row *row);
/* The most tasks that failed in one timed sample. */
uint64_t series_failed_tasks(const struct series *series);
/* All of its tasks do: how long that takes is no time of the work. */
bool series_fails(const struct series *series);

#endif
