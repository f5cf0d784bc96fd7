/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that gnuplot draws, as many at once as there are processors, and what came of them. */
#ifndef TVP_PICTURE_QUEUE_H
#define TVP_PICTURE_QUEUE_H

#include "output/plot.h"

#define PICTURES_AT_ONCE_MOST 8u

struct picture_queue {
    struct {
        struct plot_drawing *plot;
        int files;
    } under_way[PICTURES_AT_ONCE_MOST]; /* oldest first */
    size_t at_once, count;
    int begun;  /* pictures */
    int drawn;  /* files */
    int failed; /* pictures */
    int error;  /* of the first that failed; 0: none has */
    char *why;  /* PLOT_WHY_SIZE bytes of the caller; a sentence on that one */
};

void picture_queue_init(struct picture_queue *queue, char *why);
/* Begin one picture, once there is room; requests as for plot_begin(). 0 to go on, or the error
 * that keeps all others from being drawn too. */
int picture_queue_add(struct picture_queue *queue, const struct record *record,
                      const struct groups *groups, const struct plot_request *requests,
                      size_t count);
/* Note what came of a picture that is not drawn here; returns what picture_queue_add() would. That
 * there is nothing to draw (-ENODATA) is no failure. */
int picture_queue_note(struct picture_queue *queue, int error, const char *why);
/* Wait for all. */
void picture_queue_finish(struct picture_queue *queue);

#endif
