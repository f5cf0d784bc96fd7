/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/advice_words.h"

#include "output/json_parts.h"

static const char *const axis_names[] = {
    [ADVICE_LENGTH] = "task_ns",
    [ADVICE_TASKS] = "tasks",
    [ADVICE_PARENT] = "parent_bytes",
};

static json_t *choice_to_json(const struct advice_choice *choice)
{
    return json_pack("{s:s, s:I, s:o, s:o, s:o, s:b, s:b}", "strategy", choice->strategy, "workers",
                     (json_int_t)choice->workers, "time_ns", json_finite(choice->time.value),
                     "low_ns", json_finite(choice->time.low), "high_ns",
                     json_finite(choice->time.high), "outside", choice->outside != 0, "between",
                     choice->between);
}

json_t *advice_to_json(const struct advice *advice)
{
    json_t *choices = json_array(), *turns = json_array();
    json_t *best = choice_to_json(&advice->best);
    json_t *second = advice->second.strategy ? choice_to_json(&advice->second) : json_null();

    for (size_t i = 0; i < advice->choice_count; i++) {
        json_add(&choices, choice_to_json(&advice->choices[i]));
    }
    for (size_t i = 0; i < advice->turn_count; i++) {
        const struct advice_turn *turn = &advice->turns[i];

        json_add(&turns, json_pack("{s:s, s:b, s:f, s:s}", "axis", axis_names[turn->axis], "below",
                                   turn->below, "at", turn->at, "strategy", turn->strategy));
    }
    return json_pack("{s:o, s:o, s:f, s:o, s:o}", "best", best, "second", second, "serial_ns",
                     advice->serial_ns, "turns", turns, "choices", choices);
}
