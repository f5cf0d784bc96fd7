/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/advice.h"

#include "analysis/advice_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct advice_range advice_range(const struct advice_world *world)
{
    struct advice_range range = {INFINITY, 0, INFINITY, 0};

    for (size_t i = 0; i < world->count; i++) {
        const struct advice_model *model = &world->models[i];

        for (size_t k = 0; k < model->count && !model->serial; k++) {
            const struct advice_point *point = &model->points[k];

            range.length_low_ns = fmin(range.length_low_ns, point->length_ns);
            range.length_high_ns = fmax(range.length_high_ns, point->length_ns);
            range.tasks_low = fmin(range.tasks_low, point->tasks);
            range.tasks_high = fmax(range.tasks_high, point->tasks);
        }
    }
    return range;
}

/* The fastest, unless it is so by less than MARGIN: then serial, or fewer workers of the same. */
static const struct advice_choice *choose_best(const struct advice_choice *choices, size_t count)
{
    const struct advice_choice *best = &choices[0];

    for (size_t i = 1; i < count && choices[i].time.value <= (1 + MARGIN) * choices[0].time.value;
         i++) {
        const struct advice_choice *other = &choices[i];
        bool serial = other->kind == KIND_OTHER;

        if (best->kind != KIND_OTHER && (serial || (strcmp(other->strategy, best->strategy) == 0 &&
                                                    other->workers < best->workers))) {
            best = other;
        }
    }
    return best;
}

static const struct advice_choice *choose_second(const struct advice_choice *choices, size_t count,
                                                 const struct advice_choice *best)
{
    for (size_t i = 0; i < count; i++) {
        if (!advice_same_strategy(choices[i].strategy, best->strategy)) {
            return &choices[i];
        }
    }
    return NULL;
}

/* Errors of the two are taken as independent, which makes this interval the wider one. */
static struct estimate ratio_of(const struct estimate *a, const struct estimate *b)
{
    double half = hypot(log(a->high / a->value), log(b->high / b->value));
    struct estimate ratio = {.value = a->value / b->value, .count = a->count};

    ratio.low = ratio.value * exp(-half);
    ratio.high = ratio.value * exp(half);
    ratio.confidence = isnan(half) ? 0 : CONFIDENCE;
    return ratio;
}

int advice_make(const struct advice_world *world, const struct advice_question *question,
                struct advice *ret_advice)
{
    struct advice advice = {.serial_ns = question->task_ns * (double)question->tasks};
    int count = advice_choose(world, question, &advice.choices, &advice.left);

    if (count <= 0) {
        advice_release(&advice);
        return count < 0 ? count : -ENODATA;
    }
    advice.choice_count = (size_t)count;
    advice.best = *choose_best(advice.choices, advice.choice_count);
    const struct advice_choice *second =
        choose_second(advice.choices, advice.choice_count, &advice.best);
    if (second) {
        advice.second = *second;
        advice.behind = ratio_of(&second->time, &advice.best.time);
    }
    int r = advice_find_turns(world, question, &advice);
    if (r < 0) {
        advice_release(&advice);
        return r;
    }
    *ret_advice = advice;
    return 0;
}

void advice_release(struct advice *advice)
{
    if (!advice) {
        return;
    }
    free(advice->choices);
    *advice = (struct advice){.choices = NULL};
}
