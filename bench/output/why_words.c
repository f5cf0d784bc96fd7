/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/why_words.h"

#include "base/units.h"
#include "output/text.h"
#include "output/words.h"

const char *counter_words(enum counter counter)
{
    static const char *const words[COUNTER_COUNT] = {
        [COUNTER_USER] = "user time",
        [COUNTER_SYSTEM] = "system time",
        [COUNTER_MINOR_FAULTS] = "page faults",
        [COUNTER_MAJOR_FAULTS] = "page faults from disk",
        [COUNTER_VOLUNTARY] = "waits",
        [COUNTER_FORCED] = "losses of the CPU",
        [COUNTER_RUN_DELAY] = "queueing for a CPU",
        [COUNTER_MIGRATIONS] = "moves to another CPU",
        [COUNTER_CYCLES] = "cycles",
        [COUNTER_INSTRUCTIONS] = "instructions",
        [COUNTER_DTLB_MISSES] = "misses of the TLB",
    };

    return words[counter];
}

void counter_write(FILE *out, enum counter counter, double each)
{
    char text[UNITS_SIZE];

    if (each <= 0) {
        fputs("none", out);
    } else if (counter_is_time(counter)) {
        write_duration(out, each);
    } else if (each < 1000) {
        fputs(format_ratio(each, text), out);
    } else {
        fputs(format_count((uint64_t)each, text), out);
    }
}

void why_write(FILE *out, const struct group *group, const struct why *why)
{
    const bool times = counter_is_time(why->counter);

    fputs("why ", out);
    write_row_short(out, group, why->slow);
    fputs(" is slower than ", out);
    write_row_short(out, group, why->fast);
    fprintf(out, ": %s %s most, ", counter_words(why->counter), times ? "differs" : "differ");
    counter_write(out, why->counter, why->slow_each);
    fputs(" a task against ", out);
    counter_write(out, why->counter, why->fast_each);
    fputs(", ", out);
    write_times(out, why->ratio.value);
    write_interval(out, &why->ratio);
}

int why_notes_write(FILE *out, const struct group *group, unsigned indent,
                    const struct style *style)
{
    struct why whys[WHYS_MAX];
    size_t count = group_why(group, whys);
    int r = 0;

    for (size_t i = 0; i < count && r == 0; i++) {
        struct paragraph note;

        r = paragraph_begin(&note);
        if (r == 0) {
            why_write(note.file, group, &whys[i]);
            r = paragraph_end(&note, out, style, indent, indent + 2);
        }
    }
    return r;
}
