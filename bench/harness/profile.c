/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/profile.h"

#include <string.h>

#define SECOND_NS 1000000000ull
/* What is drawn and written at the end of a run is a part of its time, but of no budget. */
#define REPORT_NS (2 * SECOND_NS)
#define ARTICLE_PAGES "size:325699,size:64668,size:1146623,size:313091,status:403"
#define ALL_STRATEGIES "serial,pthread,fork,thread-pool,process-pool"

/* Most samples take 4 to 30 ms: short enough for 120 of each and 12 that are examined in a minute
 * and a half, serial twice. The numbers are those of the article in kind, five primes and a product
 * of two, but smaller. */
#define QUICK_NUMBERS                                                                              \
    "14000000000003,14100000000001,14200000000001,14300000000131,14400000000019,14300146700243"
#define QUICK_PAGES "pages=" ARTICLE_PAGES ",unknown-host\ndelay=3ms"
#define QUICK_SLEEPS "durations=10ms,7ms,4ms"
/* Where handing out is all there is to do, what chunks of tasks save is seen. */
#define CHUNKS "process-pool:chunk=64"
static const struct profile_workload quick_workloads[] = {
    {"counter", "guard=none", "auto", NULL},
    {"empty", "", "auto", CHUNKS},
    {"file", "", "auto", NULL},
    {"http", QUICK_PAGES, "auto", NULL},
    {"loop", "", "auto", NULL},
    {"payload", "", "auto", NULL},
    {"primes", "numbers=" QUICK_NUMBERS, "auto", NULL},
    {"sleep", QUICK_SLEEPS, "auto", NULL},
    {0},
};

/* With those that show one part of the kernel or of libc each: they would take time from the
 * others in 90 s, and answer questions that come after "threads or processes?". */
static const struct profile_workload all_workloads[] = {
    {"counter", "guard=none", "auto", NULL},
    {"empty", "", "auto", CHUNKS},
    {"file", "", "auto", NULL},
    {"http", QUICK_PAGES, "auto", NULL},
    {"loop", "", "auto", NULL},
    {"malloc", "", "auto", NULL},
    {"mutex", "", "auto", NULL},
    {"openclose", "", "auto", NULL},
    {"pagefault", "", "auto", NULL},
    {"payload", "", "auto", NULL},
    {"pingpong", "", "auto", NULL},
    {"primes", "numbers=" QUICK_NUMBERS, "auto", NULL},
    {"sleep", QUICK_SLEEPS, "auto", NULL},
    {"stream", "", "auto", NULL},
    {0},
};

/* The work of the article as it was: https://docs.python.org has the same six numbers. */
static const struct profile_workload article_workloads[] = {
    {"sleep", "durations=3s,2s,1s", "3", NULL},
    {"http", "pages=" ARTICLE_PAGES, "5", NULL},
    {"primes", "", "6", NULL},
    {0},
};

static const struct profile quick = {
    .name = "quick",
    .summary = "eight workloads, from counter to sleep, under every strategy, 12 epochs, at most "
               "90 s",
    .placebo = true,
    .epochs = 12,
    .warmup_blocks = 2,
    .blocks = 8,
    .budget_ns = 90 * SECOND_NS - REPORT_NS,
    .strategies = ALL_STRATEGIES,
    .workloads = quick_workloads,
};

static const struct profile standard = {
    .name = "standard",
    .summary = "the same with 24 epochs, or 12 where they are precise, at most 5 minutes",
    .placebo = true,
    .looks = true,
    .epochs = 24,
    .warmup_blocks = 2,
    .blocks = 8,
    .budget_ns = 300 * SECOND_NS - REPORT_NS,
    .strategies = ALL_STRATEGIES,
    .workloads = quick_workloads,
};

static const struct profile thorough = {
    .name = "thorough",
    .summary = "the same with up to 60 epochs, until ratios are known to 1 %, at most 15 minutes",
    .placebo = true,
    .looks = true,
    .epochs = 60,
    .warmup_blocks = 2,
    .blocks = 8,
    .budget_ns = 900 * SECOND_NS - REPORT_NS,
    .strategies = ALL_STRATEGIES,
    .workloads = quick_workloads,
};

static const struct profile all = {
    .name = "all",
    .summary = "as quick, and malloc, mutex, openclose, pagefault, pingpong and stream, at most "
               "4 minutes",
    .placebo = true,
    .epochs = 12,
    .warmup_blocks = 2,
    .blocks = 8,
    .budget_ns = 240 * SECOND_NS - REPORT_NS,
    .strategies = ALL_STRATEGIES,
    .workloads = all_workloads,
};

static const struct profile article = {
    .name = "article",
    .summary = "sleeps of 3, 2 and 1 s, five pages, six primes, three times: about a minute",
    .epochs = 3,
    .warmup_blocks = 0,
    .blocks = 1,
    .budget_ns = 600 * SECOND_NS,
    .strategies = ALL_STRATEGIES,
    .workloads = article_workloads,
};

static const struct profile sweep = {
    .name = "sweep",
    .summary = "short epochs for many points, which --sweep takes by itself: 12 of 5 blocks, 90 s",
    .epochs = 12,
    .warmup_blocks = 1,
    .blocks = 4,
    .budget_ns = 90 * SECOND_NS - REPORT_NS,
    .strategies = ALL_STRATEGIES,
    .workloads = quick_workloads,
};

const struct profile *const profiles[] = {&quick,   &standard, &thorough, &all,
                                          &article, &sweep,    NULL};

const struct profile *profile_find(const char *name)
{
    for (const struct profile *const *profile = profiles; *profile; profile++) {
        if (strcmp((*profile)->name, name) == 0) {
            return *profile;
        }
    }
    return NULL;
}

const struct profile_workload *profile_workload(const struct profile *profile, const char *name)
{
    for (const struct profile_workload *entry = profile->workloads; entry->name; entry++) {
        if (strcmp(entry->name, name) == 0) {
            return entry;
        }
    }
    return NULL;
}
