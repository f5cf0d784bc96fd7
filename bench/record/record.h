/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result file in memory. A record is what one `tvp run` measured: raw samples and how they
 * were taken, nothing derived. results/README.md and results/result.schema.json describe the
 * file member by member. A record is private to one process; no function here prints. */
#ifndef TVP_RECORD_H
#define TVP_RECORD_H

#include "base/event.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORD_SCHEMA "tvp.result/1"

/* One timed execution of all tasks of a cell. Times are integers in ns. */
struct sample {
    uint64_t epoch, block;       /* from 0; warm-up blocks come first and are counted too */
    uint64_t position;           /* place in the block, from 0 */
    uint64_t at_ns;              /* when it began, since the run began */
    uint64_t open_ns;            /* before open .. after open */
    uint64_t run_ns;             /* first submit .. the caller knows that the last task ended */
    uint64_t close_ns;           /* .. after close */
    uint64_t user_ns, system_ns; /* CPU time of the trial and all its workers */
    uint64_t minor_faults, major_faults;
    uint64_t switches_voluntary, switches_forced;
    uint64_t cpu_before, cpu_after; /* core of the caller: placement is a factor */
    uint64_t failed;                /* tasks that did not end well */
    uint64_t finding;               /* what the workload's check() counted, see series.finding */
    uint64_t events[EVENT_COUNT];   /* of examined samples: base/event.h; EVENT_UNKNOWN */
    bool loud; /* others disturbed its epoch; not a column: follows from the member "epochs" */
};

struct sample_list {
    struct sample *items;
    size_t count, capacity;
};

/* The columns of a sample in the order of the file: one table reads and writes them all. */
struct sample_column {
    const char *name;
    size_t offset; /* of a uint64_t in struct sample */
};
extern const struct sample_column sample_columns[]; /* ends with name NULL */

/* One task in one sample, for the timeline. Times are ns since the first submit. */
struct span {
    uint32_t task, worker; /* worker: lane, from 0 */
    uint64_t start_ns, end_ns;
    bool failed;
};

struct timeline {
    uint64_t epoch, block; /* of the sample that it belongs to */
    struct span *items;    /* in the order of completion */
    size_t count;          /* 0: none was kept (too many tasks) */
};

/* A task that failed in the same way in count samples. */
struct task_error {
    uint32_t task;
    char *text;
    uint64_t count;
};

/* A trial that produced no sample: a crash, a limit, no more workers. */
struct failure {
    uint64_t epoch;
    char *text;
};

/* Memory that a trial touched before its first worker started, which a fork has to copy the page
 * tables of. */
struct parent {
    uint64_t bytes; /* 0: nothing but what a trial needs anyway */
    bool huge;      /* in transparent huge pages; else in the smallest ones */
};

/* Memory of all processes of a trial together. */
struct memory {
    uint64_t pss_bytes, private_bytes; /* of smaps_rollup; PSS counts a shared page by its share */
    uint64_t page_table_bytes;         /* VmPTE */
    uint64_t kernel_stack_bytes;       /* threads x the size of a kernel stack */
};

/* Memory while so many workers were alive at once, and of the same trial before the first. */
struct footprint {
    uint64_t workers; /* 0: not measured */
    struct memory all, base;
};

/* One cell: workload x arguments x parent x strategy x workers x tasks. Strings are owned. */
struct series {
    char *workload;
    char *arguments;  /* "durations=3s,2s,1s": all arguments, defaults included */
    char *strategy;   /* as written by the user: "fork:channel=pipe" */
    char *summary;    /* of its tasks for people: "3 tasks: 3s, 2s, 1s" */
    uint64_t workers; /* 0: a new worker for every task, all at once */
    uint64_t tasks;
    struct parent parent;
    struct footprint footprint;
    char *answer;    /* digest of all outcomes, equal under every strategy; NULL before a sample */
    bool consistent; /* every sample gave that answer */
    char *finding;   /* name of what the finding column counts, or NULL */
    char *skipped;   /* why this cell cannot run here, or NULL */
    char *variant;   /* which of the builds or settings side by side, or NULL: there was one */
    bool placebo;    /* serial once more, to see whether equal code comes out equal */
    struct sample_list warmup, samples;
    struct sample_list examined; /* one an epoch, not for its times: what its events were */
    struct timeline timeline;
    struct task_error *errors;
    size_t error_count;
    struct failure *failures;
    size_t failure_count;
    json_t *extra; /* members of the file that this version does not know, or NULL */
};

struct record {
    /* Everything of the file but the series, as read or as to be written: created, tool,
     * machine, environment, config, complete, ... Unknown members survive a round trip. */
    json_t *head;
    struct series *series;
    size_t series_count;
};

/* "parent=0", "parent=64MiB", "parent=1GiB:huge": as on the command line. Returns text. */
#define PARENT_TEXT_SIZE 48u
char *parent_text(const struct parent *parent, char text[PARENT_TEXT_SIZE]);
bool parent_same(const struct parent *a, const struct parent *b);

/* Life of a record. record_release copes with NULL and half-built ones. */
int record_init(struct record *record);
void record_release(struct record *record);
/* A new, empty series at the end; valid until the next call. NULL: out of memory. */
struct series *record_add_series(struct record *record);

int sample_list_append(struct sample_list *list, const struct sample *sample);
int series_add_error(struct series *series, uint32_t task, const char *text);
int series_add_failure(struct series *series, uint64_t epoch, const char *text);

/* Strings in head by path ("machine.label"); NULL where missing or of another type. */
const char *record_text(const struct record *record, const char *path);
/* The same for integers; fallback where missing. */
int64_t record_number(const struct record *record, const char *path, int64_t fallback);
/* False while the run goes on or if it was interrupted. */
bool record_complete(const struct record *record);

/* The whole document, checksum included; a new reference. NULL: no memory, or the head or a
 * sample holds a number that is no integer of 0 .. RECORD_NUMBER_MAX. A string of a series that is
 * not UTF-8 is written with "?" for all that is not ASCII: an odd file name cannot lose a run. A
 * NULL workload, arguments, strategy or summary is written as "". */
#define RECORD_NUMBER_MAX 9007199254740991LL /* 2^53 - 1: exact in every JSON reader */
json_t *record_to_json(const struct record *record);
/* The other way; why (RECORD_WHY_SIZE bytes) says in one sentence what is wrong with the document,
 * in printable ASCII and without the file's name. -EPROTO: not this schema or damaged; -ENOMEM.
 * The caller releases *ret_record only on 0. Strings of the record may hold control characters. */
#define RECORD_WHY_SIZE 200u
int record_from_json(const json_t *document, struct record *ret_record, char *why);

/* Write to path by way of a temporary file beside it, fsync and rename, mode 0644 & ~umask. On
 * failure the old file is as it was. -EINVAL: a number as above; else what the system said. */
int record_save(const struct record *record, const char *path);
/* Read one document from a regular file; path "-" is stdin. why as above, always set on failure.
 * Beside the errors above: -EISDIR, and what the system said (-ENOENT, -EACCES, ...). */
int record_load(const char *path, struct record *ret_record, char *why);

#endif
