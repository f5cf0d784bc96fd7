/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every strategy with its time for one question, fastest first. */
#include "analysis/advice_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FAR_BYTES 2.0 /* times the most bytes that were measured */

bool advice_same_strategy(const char *a, const char *b)
{
    size_t length = strcspn(a, ":");

    return length == strcspn(b, ":") && strncmp(a, b, length) == 0;
}

/* Half of its interval beside it. */
struct extra {
    double ns, half_ns;
};

/* What is asked beside the tasks themselves; sets bits of *ret_outside. NaN: not known.
 * Threads share the memory of their parent and leave results where they are; where that was not
 * measured it costs them nothing. */
static struct extra extra_of(const struct advice_world *world, const struct advice_model *model,
                             const struct advice_question *question, unsigned *outside,
                             unsigned *left)
{
    double tasks = (double)question->tasks;
    const struct {
        const struct advice_prices *prices;
        double bytes, times;
        unsigned outside, left;
    } extras[] = {
        {&world->parent, (double)question->parent.bytes, advice_created(model, tasks),
         ADVICE_OUTSIDE_PARENT, ADVICE_LEFT_PARENT},
        {&world->payload, (double)question->payload_bytes, tasks, ADVICE_OUTSIDE_PAYLOAD,
         ADVICE_LEFT_PAYLOAD},
    };
    struct extra sum = {0, 0};

    for (size_t i = 0; i < sizeof(extras) / sizeof(*extras); i++) {
        double bytes = extras[i].bytes;

        if (model->serial || !(bytes > 0)) {
            continue;
        }
        const struct advice_price price = advice_price_at(extras[i].prices, model, bytes);
        if (isnan(price.each_ns) && model->kind == KIND_PROCESSES) {
            *left |= extras[i].left;
            return (struct extra){NAN, NAN};
        }
        if (bytes > FAR_BYTES * price.bytes && model->kind == KIND_PROCESSES) {
            *outside |= extras[i].outside;
        }
        if (!isnan(price.each_ns)) {
            sum.ns += price.each_ns * bytes * extras[i].times;
            sum.half_ns += price.half_ns * bytes * extras[i].times;
        }
    }
    return sum;
}

/* Whether the conditions allow for it. */
static bool allowed(const struct advice_model *model, const struct advice_question *question,
                    unsigned *left)
{
    if (question->isolation && model->kind != KIND_PROCESSES) {
        *left |= ADVICE_LEFT_ISOLATION;
        return false;
    }
    /* With both, the shared data must lie in memory that is mapped shared before the fork. */
    if (question->shared_memory && !question->isolation && model->kind == KIND_PROCESSES) {
        *left |= ADVICE_LEFT_SHARED;
        return false;
    }
    return true;
}

/* False: its time is not known. */
static bool choice_of(const struct advice_world *world, const struct advice_model *model,
                      const struct advice_question *question, struct advice_choice *ret_choice,
                      unsigned *left)
{
    double tasks = (double)question->tasks;
    struct advice_choice choice = {
        .strategy = model->strategy,
        .workers = model->workers,
        .kind = model->kind,
        .outside = advice_model_outside(model, question->task_ns, tasks),
    };
    struct extra more = extra_of(world, model, question, &choice.outside, left);
    double plain_ns = advice_model_time(model, question->task_ns, tasks);
    double value = plain_ns + more.ns;
    /* What serial takes is what was asked. */
    double doubt = model->serial ? 0 : advice_model_doubt(model, question->task_ns, tasks);

    doubt = hypot(doubt * plain_ns, more.half_ns) / value;
    choice.time = (struct estimate){value, value * exp(-doubt), value * exp(doubt), model->count,
                                    isnan(doubt) ? 0 : CONFIDENCE};
    *ret_choice = choice;
    return isfinite(value);
}

/* Between the nearest numbers of workers that were measured, on a scale of logarithms. low is the
 * larger one that is smaller. */
static void between(const struct advice_choice *low, const struct advice_choice *high,
                    uint64_t workers, struct advice_choice *ret_choice)
{
    double part = log((double)workers / (double)low->workers) /
                  log((double)high->workers / (double)low->workers);
    struct advice_choice choice = *low;

    choice.workers = workers;
    choice.between = true;
    choice.outside |= high->outside;
    choice.time.value = exp((1 - part) * log(low->time.value) + part * log(high->time.value));
    choice.time.low = exp((1 - part) * log(low->time.low) + part * log(high->time.low));
    choice.time.high = exp((1 - part) * log(low->time.high) + part * log(high->time.high));
    *ret_choice = choice;
}

/* The choices with so many workers, and what lies between two of the same strategy. Returns their
 * number; kept has room for count. Serial alone is no answer to so many workers: 0 then. */
static size_t keep_workers(const struct advice_choice *choices, size_t count, uint64_t workers,
                           struct advice_choice *kept)
{
    size_t kept_count = 0, with_workers = 0;

    for (size_t i = 0; i < count; i++) {
        const struct advice_choice *one = &choices[i], *high = NULL;
        bool exact = one->workers == workers || one->kind == KIND_OTHER, nearest = true;

        for (size_t k = 0; k < count; k++) {
            const struct advice_choice *other = &choices[k];

            if (strcmp(other->strategy, one->strategy) != 0) {
                continue;
            }
            nearest &= other->workers != workers &&
                       (other->workers > workers || other->workers <= one->workers);
            high = other->workers > workers && (!high || other->workers < high->workers) ? other
                                                                                         : high;
        }
        if (exact) {
            kept[kept_count++] = *one;
        } else if (one->workers < workers && nearest && high) {
            between(one, high, workers, &kept[kept_count++]);
        } else {
            continue;
        }
        with_workers += one->kind != KIND_OTHER;
    }
    return with_workers > 0 ? kept_count : 0;
}

static int by_time(const void *a, const void *b)
{
    double one = ((const struct advice_choice *)a)->time.value;
    double other = ((const struct advice_choice *)b)->time.value;

    return (one > other) - (one < other);
}

int advice_choose(const struct advice_world *world, const struct advice_question *question,
                  struct advice_choice **ret_choices, unsigned *ret_left)
{
    struct advice_choice *all = calloc(2 * world->count + 1, sizeof(*all));
    size_t count = 0;

    if (!all) {
        return -ENOMEM;
    }
    *ret_left = 0;
    for (size_t i = 0; i < world->count; i++) {
        const struct advice_model *model = &world->models[i];

        count += allowed(model, question, ret_left) &&
                 choice_of(world, model, question, &all[count], ret_left);
    }
    if (question->workers > 0) {
        size_t kept = keep_workers(all, count, question->workers, all + count);

        memmove(all, all + count, kept * sizeof(*all));
        count = kept;
    }
    qsort(all, count, sizeof(*all), by_time);
    *ret_choices = all;
    return (int)count;
}
