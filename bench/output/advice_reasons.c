/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why an answer is as it is, and where it ends. */
#include "base/units.h"
#include "output/advice_parts.h"
#include "output/words.h"

#include <math.h>

void write_advice_glued(FILE *out, const char *text)
{
    for (; *text; text++) {
        fputc(*text == ' ' ? GLUE[0] : *text, out);
    }
}

void write_advice_size(FILE *out, double bytes)
{
    char text[UNITS_SIZE];

    write_advice_glued(out, format_size((uint64_t)bytes, text));
}

static void write_turn(FILE *out, const struct advice_turn *turn)
{
    char text[UNITS_SIZE];
    double at = turn->at;

    switch (turn->axis) {
    case ADVICE_LENGTH:
        fputs(turn->below ? "tasks below " : "tasks from ", out);
        write_duration(out, at);
        fputs(turn->below ? "" : " on", out);
        break;
    case ADVICE_TASKS:
        fprintf(out, turn->below ? "%s" GLUE "tasks or fewer" : "%s" GLUE "tasks or more",
                format_count((uint64_t)fmax(1, round(at)), text));
        break;
    case ADVICE_PARENT:
        fputs("a parent of ", out);
        /* Two digits: a break-even is not known to the byte. */
        at = at >= 1 << 20 ? round(at / (1 << 20)) * (1 << 20) : at;
        write_advice_size(out, at);
        fputs(" or more", out);
        break;
    }
    fprintf(out, ": %s", turn->strategy);
}

void write_advice_turns(FILE *out, const struct advice *advice)
{
    fputs("What would change it: ", out);
    for (size_t i = 0; i < advice->turn_count; i++) {
        fputs(i > 0 ? "; " : "", out);
        write_turn(out, &advice->turns[i]);
    }
    fputs(advice->turn_count > 0 ? "." : "nothing within what was measured.", out);
}

void write_advice_conditions(FILE *out, const struct advice *advice,
                             const struct advice_question *question)
{
    if (question->isolation) {
        fputs("Because a task may die, serial and threads are left out: there it takes all others "
              "with it (tvp run crash shows it). ",
              out);
    }
    if (question->shared_memory && question->isolation) {
        fputs("What tasks share must lie in memory that is mapped MAP_SHARED before the workers "
              "start: processes see copies of everything else. ",
              out);
    } else if (question->shared_memory) {
        fputs("Because tasks change data that others see, processes are left out: they change "
              "copies of it. Add --isolation for processes with that data in MAP_SHARED memory. ",
              out);
    }
    if (advice->left & ADVICE_LEFT_PARENT) {
        fputs("Processes are left out: what such a parent costs them was not measured (tvp sweep "
              "parent). ",
              out);
    }
    if (advice->left & ADVICE_LEFT_PAYLOAD) {
        fputs("Processes are left out: what such results cost them was not measured (tvp sweep "
              "payload). ",
              out);
    }
}

void write_advice_outside(FILE *out, const struct advice *advice,
                          const struct advice_question *question,
                          const struct advice_source *source)
{
    const struct advice_range *range = &source->range;
    const unsigned outside = advice->best.outside | advice->second.outside;

    if (outside & ADVICE_OUTSIDE_LENGTH && question->task_ns >= range->length_low_ns &&
        question->task_ns <= range->length_high_ns) {
        fputs("Outside what was measured of this strategy: tasks of such a length were not. ", out);
    } else if (outside & ADVICE_OUTSIDE_LENGTH) {
        fputs("Outside what was measured, which was tasks of ", out);
        write_duration(out, range->length_low_ns);
        fputs(" to ", out);
        write_duration(out, range->length_high_ns);
        fputs(question->task_ns > range->length_high_ns
                  ? ": longer tasks hide more of what a strategy costs. "
                  : ". ",
              out);
    }
    if (outside & ADVICE_OUTSIDE_TASKS) {
        fputs("Outside what was measured: so many tasks of this strategy were not. ", out);
    }
    if (outside & ADVICE_OUTSIDE_PARENT) {
        fputs("Outside what was measured: the parent was smaller. ", out);
    }
    if (outside & ADVICE_OUTSIDE_PAYLOAD) {
        fputs("Outside what was measured: results were smaller. ", out);
    }
    if (outside && !source->here) {
        fputs("Measure with tvp advise and no file. ", out);
    }
    if (advice->best.between) {
        write_count(out, advice->best.workers, "worker");
        fputs(" were not measured: this lies between what fewer and more took. ", out);
    }
}

void write_advice_source(FILE *out, const struct advice_source *source)
{
    char low[UNITS_SIZE], high[UNITS_SIZE];

    fprintf(out,
            source->synthetic ? "From synthetic data, which nobody measured, labelled %s ("
                              : "From measurements on %s (",
            source->machine);
    write_count(out, source->cores, "core");
    fputs("): tasks of ", out);
    write_duration(out, source->range.length_low_ns);
    fputs(" to ", out);
    write_duration(out, source->range.length_high_ns);
    fprintf(out, ", %s to %s of them, at ", format_count((uint64_t)source->range.tasks_low, low),
            format_count((uint64_t)source->range.tasks_high, high));
    write_count(out, source->groups, "place");
    if (source->doubtful > 0) {
        fprintf(out, "; %s of these in doubt: disturbed by others, or serial unequal to itself",
                format_count(source->doubtful, low));
    }
    fputc('.', out);
}
