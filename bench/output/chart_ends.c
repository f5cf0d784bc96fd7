/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names where lines end, instead of a legend that eyes must travel to. */
#include "output/chart.h"

#include <math.h>
#include <stdlib.h>

#define END_PITCH 42.0 /* pixels from one name to the next */
#define END_GAP 24.0   /* from the edge to the names */
#define END_WIDTH (PLOT_WIDTH - PLOT_MARGIN)

static int compare_ends(const void *a, const void *b)
{
    double left = ((const struct chart_end *)a)->y, right = ((const struct chart_end *)b)->y;

    return (left < right) - (left > right);
}

/* From the top: each as near to its line as those above allow, then all back up by as much as they
 * were pushed down on average, but not out of the drawing. */
static void spread(const struct chart *chart, const struct chart_end *ends, double *places,
                   size_t count)
{
    double shift = 0, top = chart->y.to + 12, bottom = chart->y.from - 12;

    for (size_t i = 0; i < count; i++) {
        double wanted = axis_pixel(&chart->y, ends[i].y);

        places[i] = i > 0 ? fmax(wanted, places[i - 1] + END_PITCH) : wanted;
        shift += (places[i] - wanted) / (double)count;
    }
    shift = fmax(shift, places[count - 1] - bottom);
    shift = fmin(shift, places[0] - top);
    for (size_t i = 0; i < count; i++) {
        places[i] -= shift;
    }
}

double chart_ends_height(size_t count, double least)
{
    return fmax(least, END_PITCH * (double)count);
}

void chart_ends(struct chart *chart, struct chart_end *ends, size_t count)
{
    double *places = calloc(count + 1, sizeof(*places)), x = chart->x.to + END_GAP;
    double room = END_WIDTH - x;

    if (!places || count == 0) {
        chart->lost = chart->lost || !places;
        free(places);
        return;
    }
    qsort(ends, count, sizeof(*ends), compare_ends);
    spread(chart, ends, places, count);
    for (size_t i = 0; i < count; i++) {
        double y = ends[i].note[0] ? places[i] - 9 : places[i];

        label_trim(ends[i].name, PLOT_ROOM(room, 0.98, true));
        label_trim(ends[i].note, PLOT_ROOM(room, PLOT_FACTOR_NOTE, false));
        chart_leader(chart, chart->x.to, axis_pixel(&chart->y, ends[i].y), x - 6, places[i],
                     ends[i].look);
        chart_label(chart,
                    (struct label_place){
                        .x = x, .y = y, .on_page = true, .font = FONT_BOLD, .look = ends[i].look},
                    "%s", ends[i].name);
        if (ends[i].note[0]) {
            chart_label(chart,
                        (struct label_place){.x = x, .y = y + 19, .on_page = true, .look = "muted"},
                        "%s", ends[i].note);
        }
    }
    free(places);
}
