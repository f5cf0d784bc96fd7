/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of speed-up against workers. */
#include "base/units.h"
#include "output/plot_speedup.h"
#include "output/words.h"

#include <math.h>

/* The fewest workers that are not told apart from the best, or the best where a gain is shown for
 * them only. */
static size_t recommended(const struct scaling *scaling)
{
    return scaling->speedup[scaling->enough].low > 1 + MARGIN ? scaling->enough : scaling->best;
}

/* "loop: 1.94× at 2 workers (thread-pool); more make it slower again" */
static void write_title(const struct chart_source *source, const struct scaling *best,
                        struct plot_words *words)
{
    const struct group *group = &source->groups->items[source->group];
    size_t at = recommended(best), size = sizeof(words->title);
    char name[GROUP_NAME_SIZE], ratio[UNITS_SIZE], strategy[ROW_NAME_SIZE];
    char *title = words->title;

    group_name(source->groups, group, name);
    strategy_name(best->rows[0]->series->strategy, 0, strategy);
    if (best->doubt != UNSURE_NOT) {
        label_add(title, size, "%s: cannot tell how it scales, %s", name, doubt_word(best->doubt));
        return;
    }
    if (best->trend == SCALING_UNKNOWN) {
        label_add(title, size, "%s: too few epochs to tell how it scales", name);
        return;
    }
    if (!(best->speedup[best->best].low > 1 + MARGIN)) {
        label_add(title, size, "%s: no gain over serial is shown", name);
        return;
    }
    label_add(title, size, "%s: %s× at %g worker%s (%s)", name,
              format_ratio(best->speedup[at].value, ratio), best->workers[at],
              best->workers[at] > 1 ? "s" : "", strategy);
    if (best->trend == SCALING_RISING) {
        label_add(title, size, ", still rising");
    } else if (at + 1 < best->count) {
        label_add(title, size, "; more %s",
                  best->trend == SCALING_FALLING ? "make it slower again" : "do not help");
    }
}

void curves_words(const struct chart_source *source, const struct curves *curves,
                  struct plot_words *words)
{
    const struct scaling *best = &curves->items[curves->best];
    size_t epochs = best->speedup[best->best].count;
    bool fitted = false;
    char *text = words->description;
    size_t size = sizeof(words->description);

    write_title(source, best, words);
    label_add(text, size, "Speed-up over serial.");
    for (size_t i = 0; i < curves->count; i++) {
        const struct scaling *scaling = &curves->items[i];

        fitted = fitted || scaling->fitted;
        label_add(text, size, " %s:", scaling->rows[0]->series->strategy);
        for (size_t k = 0; k < scaling->count; k++) {
            label_add(text, size, " %.3g at %g workers%s", scaling->speedup[k].value,
                      scaling->workers[k], k + 1 < scaling->count ? "," : ".");
        }
    }
    label_add(words->method, sizeof(words->method), "serial ÷ this, %s",
              plot_metric_words(source->metric));
    method_epochs(epochs, estimate_has_interval(&best->speedup[best->best]), words->method,
                  sizeof(words->method));
    if (fitted) {
        label_add(words->method, sizeof(words->method),
                  DOT "curve: fitted universal scalability law");
    }
    plot_words_record(source->record, words->method, sizeof(words->method));
}

void curve_end(const struct scaling *scaling, struct chart_end *end)
{
    static const char *const trends[] = {[SCALING_UNKNOWN] = "measured to",
                                         [SCALING_RISING] = "rising at",
                                         [SCALING_FLAT] = "level at",
                                         [SCALING_FALLING] = "falling at"};
    size_t last = scaling->count - 1;
    char best[UNITS_SIZE];

    end->look = row_look(scaling->rows[0]);
    end->y = scaling->fitted ? curve_at(&scaling->usl, scaling->workers[last])
                             : scaling->speedup[last].value;
    strategy_name(scaling->rows[0]->series->strategy, 0, end->name);
    end->note[0] = '\0';
    if (!scaling->fitted) {
        format_ratio(scaling->speedup[scaling->best].value, best);
        label_add(end->note, sizeof(end->note), "%s× at %g, no law fitted", best,
                  scaling->workers[scaling->best]);
        return;
    }
    label_add(end->note, sizeof(end->note), "contention %.*f\u00a0%%, ",
              scaling->contention.value < 0.0995 ? 1 : 0, 100 * scaling->contention.value);
    if (isnan(scaling->peak)) {
        label_add(end->note, sizeof(end->note), "%s %g", trends[scaling->trend],
                  scaling->workers[last]);
    } else {
        label_add(end->note, sizeof(end->note), "peak at %.2g", scaling->peak);
    }
}
