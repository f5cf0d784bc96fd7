/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would change an answer: each axis is walked away from the question, as far as was measured,
 * until the strategy advised is no longer the fastest; then that place is closed in on. */
#include "analysis/advice_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define STEPS_A_DECADE 8.0
#define HALVINGS 16
#define PARENT_LEAST (1u << 20) /* smaller parents cost nothing that could be seen */

struct walk {
    const struct advice_world *world;
    const struct advice_question *question;
    const struct advice *advice;
    enum advice_axis axis;
};

static struct advice_question question_at(const struct walk *walk, double at)
{
    struct advice_question question = *walk->question;

    switch (walk->axis) {
    case ADVICE_LENGTH:
        question.task_ns = at;
        break;
    case ADVICE_TASKS:
        question.tasks = (uint64_t)fmax(1, round(at));
        break;
    case ADVICE_PARENT:
        question.parent.bytes = (uint64_t)round(at);
        break;
    }
    return question;
}

/* Whether another strategy is faster there than the one advised, and by more than MARGIN:
 * *ret_winner; NULL: none is. 0 or -ENOMEM. */
static int look(const struct walk *walk, double at, const char **ret_winner)
{
    const struct advice_question question = question_at(walk, at);
    struct advice_choice *choices = NULL;
    double own_ns = INFINITY;
    unsigned left;
    int count = advice_choose(walk->world, &question, &choices, &left);

    for (int i = count - 1; i >= 0; i--) {
        if (advice_same_strategy(choices[i].strategy, walk->advice->best.strategy)) {
            own_ns = choices[i].time.value;
        }
    }
    *ret_winner = count > 0 && isfinite(own_ns) && own_ns > (1 + MARGIN) * choices[0].time.value
                      ? choices[0].strategy
                      : NULL;
    free(choices);
    return count < 0 ? count : 0;
}

/* The place between `inside`, where the answer holds, and `outside`, where it does not. */
static int close_in(const struct walk *walk, double inside, double outside,
                    struct advice_turn *turn)
{
    for (int i = 0; i < HALVINGS; i++) {
        double middle = sqrt(inside * outside);
        const char *winner;
        int r = look(walk, middle, &winner);

        if (r < 0) {
            return r;
        }
        if (winner) {
            outside = middle;
            turn->strategy = winner;
        } else {
            inside = middle;
        }
    }
    turn->at = outside;
    return 0;
}

/* From `from` to `to`, whichever is larger. */
static int walk_to(const struct walk *walk, double from, double to, struct advice *advice)
{
    double step = pow(10, (to > from ? 1 : -1) / STEPS_A_DECADE), inside = from;

    if (!(from > 0) || !(to > 0) || fabs(log(to / from)) < 1e-9) {
        return 0;
    }
    for (bool last = false; !last;) {
        double at = inside * step;
        const char *winner;

        last = to > from ? at >= to : at <= to;
        at = last ? to : at;
        int r = look(walk, at, &winner);
        if (r < 0) {
            return r;
        }
        if (winner) {
            struct advice_turn *turn = &advice->turns[advice->turn_count];

            *turn = (struct advice_turn){walk->axis, to < from, at, winner};
            r = close_in(walk, inside, at, turn);
            advice->turn_count += r == 0;
            return r;
        }
        inside = at;
    }
    return 0;
}

int advice_find_turns(const struct advice_world *world, const struct advice_question *question,
                      struct advice *advice)
{
    const struct advice_range range = advice_range(world);
    struct walk walk = {world, question, advice, ADVICE_LENGTH};
    double tasks = (double)question->tasks, parent = (double)question->parent.bytes;
    double most = advice_price_most(&world->parent, KIND_PROCESSES);
    int r = walk_to(&walk, question->task_ns, fmin(range.length_low_ns, question->task_ns), advice);

    r = r < 0 ? r
              : walk_to(&walk, question->task_ns, fmax(range.length_high_ns, question->task_ns),
                        advice);
    walk.axis = ADVICE_TASKS;
    r = r < 0 ? r : walk_to(&walk, tasks, fmin(range.tasks_low, tasks), advice);
    r = r < 0 ? r : walk_to(&walk, tasks, fmax(range.tasks_high, tasks), advice);
    walk.axis = ADVICE_PARENT;
    if (r == 0 && most > 0) {
        r = walk_to(&walk, fmax(parent, PARENT_LEAST), fmax(most, parent), advice);
    }
    return r;
}
