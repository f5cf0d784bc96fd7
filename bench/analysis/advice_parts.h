/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps from points to an answer. Private to bench/analysis/advice*.c. */
#ifndef TVP_ADVICE_PARTS_H
#define TVP_ADVICE_PARTS_H

#include "analysis/advice.h"

/* Bytes that the tasks of a payload hand back, "bytes=64KiB" among its arguments; 0: none. */
double advice_payload(const struct group *group);
/* Its serial row, if that has a time; else NULL. */
const struct row *advice_serial(const struct group *group);
/* Whether a group says what the strategies themselves cost. */
bool advice_takes_part(const struct group *group);
/* Tasks that a worker takes at once. */
uint64_t advice_chunk(const char *strategy);
/* Whether a row is of a strategy that can be advised, or serial. */
bool advice_is_candidate(const struct row *row);
/* The time of a row by its ratio to serial, epoch by epoch: what disturbs the machine disturbs
 * both. Where there is no serial, by itself. */
struct estimate advice_cold(const struct row *row, const struct row *serial);

/* The curve through the points of a model, what it leaves over, and how far it errs. 0 or -ENOMEM.
 */
int advice_fit(struct advice_model *model);

/* Its terms at a place, and their sum with what open and close cost. */
void advice_terms(const struct advice_model *model, double length_ns, double tasks,
                  double terms[TERM_COUNT]);
double advice_curve(const struct advice_model *model, double length_ns, double tasks);
/* What the points around leave over there, as a logarithm. skip: a point that is not looked at;
 * model->count: none. */
double advice_correction(const struct advice_model *model, size_t skip, double length_ns,
                         double tasks);
/* Time of a model without parent and payload, repeating what was measured. */
double advice_model_time(const struct advice_model *model, double length_ns, double tasks);
/* Half of its interval, as a logarithm; NaN: too few points. */
double advice_model_doubt(const struct advice_model *model, double length_ns, double tasks);
/* ADVICE_OUTSIDE_LENGTH and _TASKS. */
unsigned advice_model_outside(const struct advice_model *model, double length_ns, double tasks);

/* At so many bytes: each_ns is NaN if it was not measured, and bytes the most that it rests on. Of
 * the strategy itself if that was measured, else of others with its name, else of its kind. */
struct advice_price advice_price_at(const struct advice_prices *prices,
                                    const struct advice_model *model, double bytes);
/* The most bytes at which it was measured for that kind; 0: none. */
double advice_price_most(const struct advice_prices *prices, enum kind kind);
/* Workers that a model creates for so many tasks. */
double advice_created(const struct advice_model *model, double tasks);

/* All choices for a question, fastest first; *ret_left tells what was left out. Their number, which
 * is 0 where so many workers were measured of nothing, nor fewer and more of it; or -ENOMEM. */
int advice_choose(const struct advice_world *world, const struct advice_question *question,
                  struct advice_choice **ret_choices, unsigned *ret_left);
/* The plain names are the same: thread-pool and thread-pool:chunk=64. */
bool advice_same_strategy(const char *a, const char *b);

/* What would change the answer. 0 or -ENOMEM. */
int advice_find_turns(const struct advice_world *world, const struct advice_question *question,
                      struct advice *advice);

#endif
