/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a contest to the word that answers it. */
#include "output/verdict_parts.h"

enum answer contest_answer(const struct contest *contest)
{
    static const enum answer answers[] = {
        [CONTEST_THREADS] = ANSWER_THREADS, [CONTEST_PROCESSES] = ANSWER_PROCESSES,
        [CONTEST_EITHER] = ANSWER_EITHER,   [CONTEST_UNSURE] = ANSWER_UNSURE,
        [CONTEST_FEW] = ANSWER_FEW,         [CONTEST_ONE_SIDED] = ANSWER_ONE_SIDED,
    };
    enum answer answer = answers[contest->outcome];

    if (contest->unsure == UNSURE_UNPROVEN || contest->unsure == UNSURE_LOUD) {
        return contest->unsure == UNSURE_LOUD ? ANSWER_LOUD : ANSWER_UNPROVEN;
    }
    if (!contest->pays && answer != ANSWER_FEW && answer != ANSWER_ONE_SIDED) {
        /* Not told apart from serial, but ahead of it: that is no finding against them. */
        return contest->serial_leads ? ANSWER_NEITHER : ANSWER_UNSURE;
    }
    return answer;
}

bool warm_changes(const struct group *cold, const struct group *warm)
{
    struct contest cold_contest = cold->contest;
    struct contest warm_contest = warm->contest;
    enum answer answer = contest_answer(&warm_contest);

    if (answer > ANSWER_NEITHER || cold->best >= cold->row_count) {
        return false;
    }
    return answer != contest_answer(&cold_contest) ||
           warm->rows[cold->best].standing == STANDING_SLOWER;
}
