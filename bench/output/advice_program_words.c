/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/advice_program_words.h"

#include "base/units.h"
#include "output/json_parts.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>

#define INDENT 2u

/* "2.00 s one after the other, 1.05 s" for so many runs. */
static void write_gain(FILE *out, const struct advice_program *program, size_t point)
{
    fprintf(out, "%.0f at once is ", program->scaling.workers[point]);
    write_times(out, program->scaling.speedup[point].value);
    write_interval(out, &program->scaling.speedup[point]);
    fputs(" as fast", out);
}

static void write_answer(FILE *out, const struct advice_program *program, const char *name,
                         uint64_t tasks)
{
    const struct scaling *scaling = &program->scaling;
    const struct estimate *gain = &scaling->speedup[scaling->enough];
    bool pays = gain->value > 1 + MARGIN && !(gain->low <= 1);

    if (scaling->doubt != UNSURE_NOT) {
        fprintf(out, "Not to be relied on, because %s: ", doubt_word(scaling->doubt));
    }
    if (pays) {
        fprintf(out, "Run %.0f of %s at once: ", scaling->workers[scaling->enough], name);
    } else {
        fprintf(out, "Run %s one after the other: ", name);
    }
    write_duration(out, program->each.value / (pays ? gain->value : 1));
    fputs(" each", out);
    if (pays) {
        fputs(", ", out);
        write_times(out, gain->value);
        write_interval(out, gain);
        fputs(" as fast as one after the other", out);
    }
    if (tasks > 0) {
        fputs("; ", out);
        write_count(out, tasks, "run");
        fputs(" take about ", out);
        write_duration(out, program->each.value * (double)tasks / (pays ? gain->value : 1));
    }
    fputc('.', out);
}

static void write_others(FILE *out, const struct advice_program *program)
{
    static const char *const trends[] = {
        [SCALING_UNKNOWN] = "How sure that is cannot be told from so few measurements.",
        [SCALING_RISING] = "More may be faster still: the most that were tried are the fastest.",
        [SCALING_FLAT] = "More at once gain nothing.",
        [SCALING_FALLING] = "More at once are slower.",
    };
    const struct scaling *scaling = &program->scaling;
    size_t told = 0;

    fputs("One run takes ", out);
    write_duration(out, program->each.value);
    fputs(" alone", out);
    for (size_t i = 0; i < scaling->count; i++) {
        if (i != scaling->enough) {
            fputs(told++ > 0 ? ", " : "; ", out);
            write_gain(out, program, i);
        }
    }
    if (scaling->doubt != UNSURE_NOT) {
        fprintf(out, ". How sure that is cannot be told: %s.", doubt_word(scaling->doubt));
    } else {
        fprintf(out, ". %s", trends[scaling->trend]);
    }
}

static void write_threads(FILE *out, const struct advice_program *program)
{
    char share[UNITS_SIZE];

    fputs("A thread in its place could save at most ", out);
    write_duration(out, program->saved_ns);
    fprintf(out, " of each run (%s" GLUE "%%): starting a program that does nothing takes ",
            format_ratio(100 * program->saved_ns / program->each.value, share));
    write_duration(out, program->start_ns);
    fputs(" here, a thread ", out);
    write_duration(out, program->thread_ns);
    fputs(" (true and pthread, measured just now).", out);
}

int advice_program_write(FILE *out, const struct advice_program *program, const char *name,
                         uint64_t tasks, const struct style *style)
{
    struct paragraph paragraphs[3];
    size_t count = 0;
    int r = 0;

    while (count < 3 && (r = paragraph_begin(&paragraphs[count])) == 0) {
        count++;
    }
    if (r == 0) {
        write_answer(paragraphs[0].file, program, name, tasks);
        write_others(paragraphs[1].file, program);
        write_threads(paragraphs[2].file, program);
    }
    for (size_t i = 0; i < count; i++) {
        fputs(i == 0 ? style_bold(style) : "", out);
        int ended = paragraph_end(&paragraphs[i], out, style, i == 0 ? 0 : INDENT, INDENT);
        fputs(i == 0 ? style_plain(style) : "", out);
        r = r < 0 ? r : ended;
    }
    return r;
}

json_t *advice_program_to_json(const struct advice_program *program)
{
    const struct scaling *scaling = &program->scaling;
    json_t *speedups = json_array();

    for (size_t i = 0; i < scaling->count; i++) {
        json_add(&speedups, json_pack("{s:f, s:f}", "at_once", scaling->workers[i], "speedup",
                                      scaling->speedup[i].value));
    }
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:o}", "at_once", scaling->workers[scaling->enough],
                     "each_ns", program->each.value, "program_start_ns", program->start_ns,
                     "thread_ns", program->thread_ns, "saved_ns", program->saved_ns, "speedups",
                     speedups);
}
