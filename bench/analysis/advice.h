/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was measured to what is best for tasks of some length and number. Pure functions.
 *
 * A strategy with its workers is one model: what `loop` and `empty` took under it, at several task
 * lengths and numbers of tasks, and through these points
 *
 *     time = edge + start + task * n + share * path * length
 *
 * edge is open and close, start what a batch costs whatever is in it, task the price of handing one
 * out. path is how many task lengths pass on the busiest core, times the workers: n, but rounded up
 * to whole rounds. All of them are at least 0 (least squares of the relative errors, over all sets
 * of terms, of which the best that has no negative one is the answer of Lawson and Hanson's NNLS,
 * 1974); a weak pull towards share = 1 / workers decides where the points do not.
 *   Between the points the logarithm of what the curve leaves over is drawn over from the points
 * around (Shepard 1968, weights 1 / distance^2 in decades), so that what was measured is repeated
 * exactly. What memory of the parent and results cost is a price per byte beside it, looked up in
 * what `empty` with a touched parent and `payload` took. */
#ifndef TVP_ADVICE_H
#define TVP_ADVICE_H

#include "analysis/analysis.h"

struct advice_question {
    double task_ns; /* of one task, done serially */
    uint64_t tasks;
    uint64_t workers;       /* 0: whatever is best */
    struct parent parent;   /* what it has touched before the workers start */
    uint64_t payload_bytes; /* that a task hands back */
    bool isolation;         /* a task that dies must not take the others with it */
    bool shared_memory;     /* tasks change data of the parent that the others see */
};

struct advice_point {
    double length_ns, tasks;
    double cold_ns, warm_ns;
    double spread;   /* half of the interval of cold_ns, as a logarithm; NaN: none */
    double residual; /* ln(cold_ns / curve) */
};

enum advice_term { TERM_START, TERM_TASK, TERM_WORK, TERM_COUNT };

struct advice_model {
    const char *strategy; /* of the record */
    uint64_t workers;
    uint64_t cores; /* of the machine that it was measured on */
    enum kind kind;
    bool serial, kept; /* kept: a pool, whose workers are created once */
    uint64_t chunk;
    struct advice_point *points; /* owned */
    size_t count;
    double edge_ns, run[TERM_COUNT];
    double
        error; /* root of the mean square of ln(measured / predicted from the others); NaN: few */
};

/* ns per byte, as measured at so many bytes of one strategy; below 0 by noise. */
struct advice_price {
    const char *strategy; /* of the record */
    enum kind kind;
    double bytes, each_ns;
    double half_ns; /* of its interval; NaN: none */
};
struct advice_prices {
    struct advice_price *items; /* owned */
    size_t count;
};

/* All that is known. It points into the records, which must outlive it. */
struct advice_world {
    struct advice_model *models;
    size_t count;
    struct advice_prices parent, payload; /* a byte for each worker created; for each task */
    size_t groups, doubtful; /* that were used; of them loud, or with a serial unequal to itself */
    uint64_t cores;
};

/* Of groups made with METRIC_COLD, those of `loop`, `empty` and `payload`. parents in small or
 * huge pages, as asked. 0, -ENOMEM, or -ENODATA: no serial and no other strategy with times. */
int advice_world_make(const struct groups *groups, size_t count, uint64_t cores, bool huge,
                      struct advice_world *ret_world);
void advice_world_release(struct advice_world *world);

/* The range of task lengths and of numbers of tasks that the models rest on, serial left out. */
struct advice_range {
    double length_low_ns, length_high_ns, tasks_low, tasks_high;
};
struct advice_range advice_range(const struct advice_world *world);

/* What an answer rests on nothing measured for. */
enum {
    ADVICE_OUTSIDE_LENGTH = 1,
    ADVICE_OUTSIDE_TASKS = 2,
    ADVICE_OUTSIDE_PARENT = 4,
    ADVICE_OUTSIDE_PAYLOAD = 8,
};

struct advice_choice {
    const char *strategy;
    uint64_t workers;
    enum kind kind;
    struct estimate time; /* ns; no interval where the points are too few */
    unsigned outside;
    bool between; /* workers lie between two that were measured */
};

enum advice_axis { ADVICE_LENGTH, ADVICE_TASKS, ADVICE_PARENT };

/* Beyond `at` (or below it) another strategy is faster by more than MARGIN. */
struct advice_turn {
    enum advice_axis axis;
    bool below;
    double at;
    const char *strategy;
};
#define ADVICE_TURNS_MAX 5u

/* Why strategies were left out. */
enum {
    ADVICE_LEFT_ISOLATION = 1, /* serial and threads */
    ADVICE_LEFT_SHARED = 2,    /* processes */
    ADVICE_LEFT_PARENT = 4,    /* processes: the price of a parent was not measured */
    ADVICE_LEFT_PAYLOAD = 8,   /* processes: that of a payload was not */
};

struct advice {
    struct advice_choice best;
    struct advice_choice
        second;             /* the best of the other strategies; strategy NULL: there is none */
    struct estimate behind; /* second / best */
    double serial_ns;
    unsigned left;
    struct advice_turn turns[ADVICE_TURNS_MAX];
    size_t turn_count;
    struct advice_choice *choices; /* all, fastest first; owned */
    size_t choice_count;
};

/* -ENODATA: nothing that was measured does what is asked. 0 or -ENOMEM. */
int advice_make(const struct advice_world *world, const struct advice_question *question,
                struct advice *ret_advice);
void advice_release(struct advice *advice);

#endif
