/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/advice_words.h"

#include "base/units.h"
#include "output/advice_parts.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define INDENT 2u

static void write_choice(FILE *out, const struct advice_choice *choice)
{
    char low[UNITS_SIZE], high[UNITS_SIZE];

    fputs(choice->strategy, out);
    if (choice->kind != KIND_OTHER) {
        fputs(" with ", out);
        write_count(out, choice->workers, "worker");
    }
    fputs(", ", out);
    write_duration(out, choice->time.value);
    if (choice->kind != KIND_OTHER && estimate_has_interval(&choice->time)) {
        fputs(" [", out);
        write_advice_glued(out, format_duration(choice->time.low, low));
        fputs("," GLUE, out);
        write_advice_glued(out, format_duration(choice->time.high, high));
        fputc(']', out);
    }
}

static void write_task(FILE *out, const struct advice_question *question)
{
    write_count(out, question->tasks, "task");
    fputs(" of ", out);
    write_duration(out, question->task_ns);
    if (question->payload_bytes > 0) {
        fputs(" that hand back ", out);
        write_advice_size(out, (double)question->payload_bytes);
    }
    if (question->parent.bytes > 0) {
        fputs(" in a parent of ", out);
        write_advice_size(out, (double)question->parent.bytes);
        fputs(question->parent.huge ? " in huge pages" : "", out);
    }
}

static void write_best(FILE *out, const struct advice *advice,
                       const struct advice_question *question, const struct advice_source *source)
{
    const struct advice_choice *best = &advice->best;

    if (2 * source->doubtful > source->groups) {
        fputs("Not to be relied on, because others disturbed the machine: ", out);
    }
    fputs(best->kind == KIND_OTHER ? "Start no workers: " : "Use ", out);
    write_choice(out, best);
    fputs(" for ", out);
    write_task(out, question);
    if (best->kind == KIND_OTHER) {
        fputs(advice->second.strategy ? "; nothing is faster by more than 2" GLUE "%." : ".", out);
        return;
    }
    fputs("; done serially they take ", out);
    write_duration(out, advice->serial_ns);
    fputs(", ", out);
    write_times(out, advice->serial_ns / best->time.value);
    fputs(" as long.", out);
}

static void write_second(FILE *out, const struct advice *advice)
{
    const struct estimate *behind = &advice->behind;

    if (!advice->second.strategy) {
        fputs("Nothing else was measured that does what is asked.", out);
        return;
    }
    fputs("Second best: ", out);
    write_choice(out, &advice->second);
    fputs(", ", out);
    write_times(out, behind->value);
    write_interval(out, behind);
    fputs(" as long", out);
    if (!estimate_has_interval(behind)) {
        fputs("; how sure that is cannot be told from so few measurements", out);
    } else if (behind->low <= 1 + MARGIN) {
        fputs(", not told apart", out);
    }
    fputc('.', out);
}

int advice_write(FILE *out, const struct advice *advice, const struct advice_question *question,
                 const struct advice_source *source, bool brief, const struct style *style)
{
    struct paragraph paragraphs[6];
    const size_t wanted = brief ? 1 : 6;
    size_t count = 0;
    int r = 0;

    while (count < wanted && (r = paragraph_begin(&paragraphs[count])) == 0) {
        count++;
    }
    if (count > 0) {
        write_best(paragraphs[0].file, advice, question, source);
    }
    if (r == 0 && !brief) {
        write_second(paragraphs[1].file, advice);
        write_advice_turns(paragraphs[2].file, advice);
        write_advice_conditions(paragraphs[3].file, advice, question);
        write_advice_outside(paragraphs[4].file, advice, question, source);
        write_advice_source(paragraphs[5].file, source);
    }
    for (size_t i = 0; i < count; i++) {
        fputs(i == 0 ? style_bold(style) : "", out);
        int ended = paragraph_end(&paragraphs[i], out, style, i == 0 ? 0 : INDENT, INDENT);
        fputs(i == 0 ? style_plain(style) : "", out);
        r = r < 0 ? r : ended;
    }
    return r;
}
