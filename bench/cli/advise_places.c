/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/advise_places.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE_NS 100000000.0 /* a question that takes less is measured as it is */
#define SERIAL_NS 20000000.0 /* else serial is to take about so long a sample */
#define LONGEST_NS 5000000.0 /* task; of longer ones a strategy costs a smaller part yet */
#define SHORTEST_NS 100.0
#define NEIGHBOUR 8.0     /* times as long, or as short */
#define SPAWNED_MOST 64u  /* tasks, where each gets a worker of its own */
#define FEW 4u            /* tasks, where what a batch costs by itself shows */
#define CHUNK_NS 100000.0 /* of work in a chunk: so much that its price does not show */
#define CHUNK_MOST 256.0
#define PARENT_BYTES (64ull << 20) /* if none is asked for, to tell whether one would matter */
#define PAYLOADS_BYTES (64ull << 20)

#define ALL "serial,pthread,fork,thread-pool,process-pool"
#define POOLS "serial,thread-pool,process-pool"

struct planning {
    const struct advice_question *question;
    struct advise_places *places;
    uint64_t most_workers;
    char workers[64];
};

static struct advise_place *place_add(struct planning *planning, const char *workload,
                                      const char *strategies, uint64_t tasks)
{
    struct advise_place *place = &planning->places->items[planning->places->count++];

    *place = (struct advise_place){.workload = workload, .tasks = tasks};
    (void)snprintf(place->strategies, sizeof(place->strategies), "%s", strategies);
    (void)snprintf(place->workers, sizeof(place->workers), "%s", planning->workers);
    return place;
}

__attribute__((format(printf, 2, 3))) static void place_sweep(struct advise_place *place,
                                                              const char *format, ...)
{
    va_list list;

    va_start(list, format);
    (void)vsnprintf(place->axis, sizeof(place->axis), format, list);
    va_end(list);
}

/* Pools that take several tasks at once, where tasks are short and there are enough of them. */
static void add_chunks(const struct planning *planning, struct advise_place *place,
                       double length_ns)
{
    double chunk =
        fmin(CHUNK_NS / length_ns, (double)place->tasks / (8.0 * (double)planning->most_workers));
    size_t length = strlen(place->strategies);

    chunk = exp2(floor(log2(fmin(chunk, CHUNK_MOST))));
    if (chunk >= 2) {
        (void)snprintf(place->strategies + length, sizeof(place->strategies) - length,
                       ",thread-pool:chunk=%.0f,process-pool:chunk=%.0f", chunk, chunk);
    }
}

/* All strategies with few tasks, and pools with many. */
static void add_length(struct planning *planning, double length_ns)
{
    uint64_t asked = planning->question->tasks;
    double serial_ns = length_ns * (double)asked;
    double enough = fmax(SERIAL_NS / length_ns, 2 * (double)planning->most_workers);
    uint64_t many = serial_ns <= WHOLE_NS || enough > (double)asked ? asked : (uint64_t)enough;
    uint64_t few = many < SPAWNED_MOST ? many : SPAWNED_MOST;

    place_sweep(place_add(planning, "loop", ALL, few), "task=%.0fns", length_ns);
    if (many > few) {
        struct advise_place *place = place_add(planning, "loop", POOLS, many);

        place_sweep(place, "task=%.0fns", length_ns);
        add_chunks(planning, place, length_ns);
    }
}

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

static void add_lengths(struct planning *planning)
{
    const struct advice_question *question = planning->question;
    double most_ns = fmin(LONGEST_NS, WHOLE_NS / (2 * fmax(2, (double)planning->most_workers)));
    double length_ns = question->task_ns * (double)question->tasks <= WHOLE_NS
                           ? fmax(question->task_ns, SHORTEST_NS)
                           : clamp(question->task_ns, SHORTEST_NS, most_ns);

    add_length(planning, length_ns);
    if (length_ns / NEIGHBOUR >= SHORTEST_NS) {
        add_length(planning, length_ns / NEIGHBOUR);
    }
    if (length_ns * NEIGHBOUR <= most_ns) {
        add_length(planning, length_ns * NEIGHBOUR);
    }
    if (question->tasks > 2 * FEW) {
        place_sweep(place_add(planning, "loop", ALL, FEW), "task=%.0fns", length_ns);
    }
}

static void add_parent(struct planning *planning)
{
    const struct parent *parent = &planning->question->parent;
    uint64_t bytes = parent->bytes > PARENT_BYTES ? parent->bytes : PARENT_BYTES;
    struct advise_place *place =
        place_add(planning, "empty", "serial,pthread,fork", bytes > 4 * PARENT_BYTES ? 4 : 16);

    (void)snprintf(place->workers, sizeof(place->workers), "1");
    place_sweep(place, "parent=0,%" PRIu64 "%s", bytes, parent->huge ? ":huge" : "");
}

static void add_payload(struct planning *planning)
{
    uint64_t bytes = planning->question->payload_bytes;
    uint64_t tasks = PAYLOADS_BYTES / bytes;

    place_sweep(place_add(planning, "payload", ALL,
                          tasks < FEW            ? FEW
                          : tasks > SPAWNED_MOST ? SPAWNED_MOST
                                                 : tasks),
                "payload=%" PRIu64, bytes);
}

/* More workers than cores seldom help; but a single process is what isolation may need. */
static void choose_workers(struct planning *planning, unsigned cores)
{
    const struct advice_question *question = planning->question;
    uint64_t other = question->isolation ? 1 : 2ull * cores;

    planning->most_workers = question->workers > 0 ? question->workers
                             : other > cores       ? other
                                                   : cores;
    if (question->workers > 0 || other == cores) {
        (void)snprintf(planning->workers, sizeof(planning->workers), "%" PRIu64,
                       planning->most_workers);
    } else {
        (void)snprintf(planning->workers, sizeof(planning->workers), "%u,%" PRIu64, cores, other);
    }
}

void advise_places_make(const struct advice_question *question, unsigned cores,
                        struct advise_places *ret_places)
{
    struct planning planning = {.question = question, .places = ret_places};

    ret_places->count = 0;
    choose_workers(&planning, cores);
    add_lengths(&planning);
    add_parent(&planning);
    if (question->payload_bytes > 0) {
        add_payload(&planning);
    }
}
