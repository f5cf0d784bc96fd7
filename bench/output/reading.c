/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/reading.h"

#include "output/text.h"

#include <stdbool.h>
#include <string.h>

/* Without a term: a paragraph of its own. */
static const struct {
    const char *term, *text;
} paragraphs[] = {
    {NULL,
     "Each number comes from many short runs, and each word from a rule. These are all of them."},
    {"Sample",
     "all tasks of a row, once: open the strategy, submit, wait, close. Cold is all of it, what "
     "with Executor() costs; warm (--metric warm) leaves out open and close. The workers of a pool "
     "may still be starting then, so warm is an upper bound of what a pool costs that has been "
     "open "
     "for long."},
    {"Epoch",
     "freshly started processes of all strategies, living side by side and sampled in turn, in "
     "random order: 2 blocks to warm up, then 8 timed ones. Samples of one process resemble each "
     "other, so they are not counted one by one: an epoch gives one number, its median. Epochs are "
     "what is counted."},
    {"median",
     "the middle of the epochs. There is no mean: one epoch that was disturbed would move it."},
    {"95 % interval",
     "sort twelve epochs: it reaches from the third smallest to the third largest. For the true "
     "median to lie outside, ten or more of the twelve must have fallen to one side of it, as when "
     "a coin shows the same side ten times in twelve: 4 times in 100. This holds however times are "
     "distributed, and needs 6 epochs."},
    {"× fastest",
     "the ratio to the fastest row within each epoch, then the median of these. Whatever slows an "
     "epoch down slows both, and the ratio stays. Compare ratios, not milliseconds."},
    {"For example,",
     "in results/reference the loop takes 9.7 ms on process-pool and 9.3 ms on thread-pool. The "
     "ratios of its twelve epochs are 1.036 1.038 1.040 1.041 1.042 1.044 1.051 1.057 1.058 1.060 "
     "1.063 1.257. The middle is 1.05, third from either end are 1.04 and 1.06: slower. In the "
     "last something else happened, and moves none of them."},
    {"slower",
     "the ratio is 1.02 or more, and its interval lies above 1. Faster is the mirror of it: by the "
     "ratios a row may beat the one with the smallest median."},
    {"no difference",
     "the whole interval lies within 2 %: if there is a difference, it is too small to matter."},
    {"cannot tell",
     "everything else, with the reason. ±6 %, about 40 more epochs: the interval is that wide, and "
     "so many more (--epochs) would make it narrow enough in 2 of 3 runs. ±0.5 % about a "
     "difference of 2 %: it is narrow, and the truth is near the limit. Foreign load 61 %: others "
     "used the machine; measure again without them. Unproven: serial is measured twice, in "
     "processes of its own, and differs from itself, so no other difference can be "
     "believed."},
    {"threads, processes, either, neither",
     "the same rule for the best row of threads and the best of processes. Either means no "
     "difference; neither, that serial is the fastest."},
    {"Together",
     "with forty rows, two would differ by chance. So the verdicts of a table, and the answers of "
     "a "
     "run, are corrected for their number (Holm): their intervals are wider. That takes 11 epochs "
     "with 32 rows. If most rows have fewer, the legend says that each stands for itself; if only "
     "some have, as after a crash, these cannot be told."},
    {"How often it errs",
     "on simulated noise, with 12 epochs, equal code is called slower or faster in 2 % of "
     "comparisons; a real 5 % is found in 5 of 6, and 19 of 20 with 24 epochs."},
    {"Loud epochs",
     "while an epoch is measured, so is the CPU time that others use. Epochs with more than a "
     "quarter of a CPU of it are measured again at the end of their round (by load alone, never by "
     "their times, and one for every two at the most) and left out. If they are more than half, "
     "the "
     "run is called loud, and nothing is concluded."},
    {"two speeds", "epochs that ran at one of two speeds, as where workers share a core in one "
                   "process and not in "
                   "the next. The median is a time that none had. --pin takes that freedom away."},
    {"When it ends",
     "with its epochs or its time, or, for standard, thorough and --until 2%, when a look after "
     "12, "
     "24 or 48 epochs finds every ratio of a workload known to ±1 %, half of the 2 % (large ratios "
     "to a tenth of their logarithm: ±7 % for a factor of 2). Never because something came out "
     "different; that would triple the false differences."},
    {"why",
     "the counter (user and system time, page faults, waits, losses of the CPU, queueing for one, "
     "and where the kernel allows it migrations, cycles, instructions, TLB misses; of all workers "
     "together) that is larger in the slower strategy by most, in the same epochs and beyond "
     "chance, and large enough to matter. No line: none is."},
    {"speed-up", "the ratio to serial. CPU: user and system time of all workers together."},
    {"What they cannot tell:",
     "samples below 10 ms are told of, because clock and noise weigh more in them. Times of two "
     "runs are not compared unless you ask (compare --absolute): on a shared machine the second "
     "run "
     "differs for reasons of its own; below 5 % only compare --live can tell. "
     "Calibration may give two runs different numbers of tasks, "
     "and "
     "then they are not compared at all: --tasks fixes the number, and "
     "tvp run --like FILE does all that an earlier result did, but starts no program (command) "
     "unless you name it as well. In C there is no interpreter lock, so an answer here is none for "
     "Python."},
};

static bool is_sentence(const char *term)
{
    char last = term[strlen(term) - 1];

    return last == ',' || last == ':';
}

int reading_write(FILE *out, const struct style *style)
{
    int r = 0;

    for (size_t i = 0; i < sizeof(paragraphs) / sizeof(*paragraphs) && r == 0; i++) {
        const char *term = paragraphs[i].term;
        struct paragraph paragraph;

        r = paragraph_begin(&paragraph);
        if (r < 0) {
            break;
        }
        if (term) {
            fprintf(paragraph.file, "%s%s ", term, is_sentence(term) ? "" : ":");
        }
        fputs(paragraphs[i].text, paragraph.file);
        r = paragraph_end(&paragraph, out, style, 0, term ? 2 : 0);
    }
    return r < 0 ? r : text_done(out);
}
