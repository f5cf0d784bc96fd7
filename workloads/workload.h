/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of a workload: what is done, once per task. A workload is one file that ends in
 *
 *     const struct workload tvp_workload = { .contract = WORKLOAD_CONTRACT, ... };
 *
 * It is built as a module, loaded by tvp-trial, and cannot tell whether it runs serially, on a
 * thread or in a process. Therefore it keeps no mutable globals: threads would share them and
 * processes would copy them, and one workload would silently mean two things. What workers
 * share lies in env->shared, which is the same memory for all of them under every strategy. */
#ifndef TVP_WORKLOAD_H
#define TVP_WORKLOAD_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Grows when this file changes in a way that old modules would not survive. */
#define WORKLOAD_CONTRACT 2u

enum param_type {
    PARAM_COUNT,     /* an integer; 10k and 1M are understood -> number */
    PARAM_SIZE,      /* bytes: 64KiB, 4MiB, 100kB -> number */
    PARAM_DURATION,  /* 3s, 20ms, 50us, 100ns -> number, in ns */
    PARAM_CHOICE,    /* one of the words in choices -> number (its index) and text */
    PARAM_TEXT,      /* anything -> text */
    PARAM_COUNTS,    /* comma-separated integers -> numbers, count */
    PARAM_DURATIONS, /* comma-separated durations -> numbers in ns, count */
    PARAM_TEXTS,     /* comma-separated words -> texts, count */
};

/* One argument that a user can set with --set NAME=VALUE. A table ends with an empty entry. */
struct param {
    const char *name;
    enum param_type type;
    const char *standard; /* the default, written as a user would write it */
    uint64_t min, max;    /* bounds of every number, inclusive; max 0: no upper bound */
    const char *choices;  /* PARAM_CHOICE: words separated by blanks */
    const char *help;     /* half a sentence, no capital, no period */
};

/* A parsed argument; which members are set depends on the type of its param. */
struct arg {
    uint64_t number;
    const char *text; /* always set: the value as written */
    const uint64_t *numbers;
    const char *const *texts;
    unsigned count;
};

/* What every task of a trial sees. Owned by tvp-trial. Only prepare() may write to it. */
struct env {
    const struct arg *args; /* in the order of the workload's params */
    unsigned tasks;         /* how many tasks a sample has */
    void *shared;           /* shared_size bytes, zeroed before every sample; one memory for all */
    const char *payloads;   /* payload of task n begins at n * payload_size; read it in check() */
    size_t payload_size;    /* bytes */
    const char *scratch;    /* an empty folder of this trial's own, or NULL if not asked for */
    const char *modules;    /* the folder that this module was loaded from */
    void *state;            /* the workload's own: made in prepare(), only read afterwards */
};

#define TASK_TEXT_SIZE 96u

/* One task, private to the worker that runs it. */
struct task {
    unsigned number;           /* 0 .. env->tasks - 1 */
    uint64_t value;            /* out: depends on number and arguments only */
    void *payload;             /* out: payload_size bytes to fill */
    char text[TASK_TEXT_SIZE]; /* out: why it failed; see task_fail() */
};

/* What check() found in the shared state; a finding is a measured fact, not a failure. */
struct finding {
    const char *name; /* static; NULL: nothing to report */
    uint64_t value;
};

struct workload {
    unsigned contract; /* WORKLOAD_CONTRACT */
    const char *name, *summary;
    const struct param *params; /* NULL: takes no arguments */

    /* How many tasks a sample has unless the user says so; calibration may choose another number.
     * 0: as many as prepare() sets in env->tasks when it finds 0 there, else as many as the first
     * list among the arguments has entries; calibration leaves these alone. */
    unsigned tasks;
    bool waits;           /* tasks mostly wait: by default each gets a worker, not each core */
    bool needs_scratch;   /* env->scratch is wanted */
    bool starts_programs; /* that its arguments name: `tvp run --like` asks first */
    /* So many tasks in a row wait for each other: 2k and 2k+1 if it is 2. The number of tasks must
     * be a multiple of it, and strategies that cannot run as many at once are skipped. 0: none. */
    unsigned together;
    size_t shared_size; /* bytes */

    /* The hooks below may be NULL, except run(). They return 0 or a negative errno; prepare()
     * and check() explain a failure in text (TASK_TEXT_SIZE bytes). */

    /* Bytes that every task returns beside its value. */
    size_t (*payload_size)(const struct env *env);
    /* Once, before any worker exists, not timed. -EOPNOTSUPP: cannot run on this machine; the
     * cell is then recorded as skipped, never as fast. A process that it starts lives until
     * cleanup(); know it by a pidfd, for if it dies early a strategy may have reaped it. */
    int (*prepare)(struct env *env, char *text);
    /* Before every sample, not timed, before any worker of that sample exists. */
    int (*reset)(const struct env *env);
    /* The task itself: timed, on whatever worker. 0, or task_fail(). It never stops others. What it
     * starts ends with its sample, daemons included. */
    int (*run)(const struct env *env, struct task *task);
    /* After every sample, not timed: did the shared state come out as it must? */
    int (*check)(const struct env *env, struct finding *ret_finding, char *text);
    /* Once, at the end; must cope with a prepare() that failed half-way. */
    void (*cleanup)(struct env *env);
};

/* Every module exports this one symbol. */
extern const struct workload tvp_workload __attribute__((visibility("default")));

/* Record why a task failed; returns error (a negative errno), so that run() can return it. */
__attribute__((format(printf, 3, 4))) static inline int task_fail(struct task *task, int error,
                                                                  const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(task->text, sizeof(task->text), format, list);
    va_end(list);
    return error;
}

#endif
