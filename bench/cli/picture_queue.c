/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/picture_queue.h"

#include "base/affinity.h"

#include <errno.h>
#include <string.h>

void picture_queue_init(struct picture_queue *queue, char *why)
{
    const unsigned cpus = affinity_count();

    *queue = (struct picture_queue){
        .why = why, .at_once = cpus < PICTURES_AT_ONCE_MOST ? cpus : PICTURES_AT_ONCE_MOST};
}

/* What gnuplot refuses, or a file that cannot be written, may be a matter of one picture. */
static bool keeps_all(int error)
{
    return error == -ENOENT || error == -ETIMEDOUT || error == -E2BIG || error == -ENOMEM ||
           error == -ENOSPC;
}

int picture_queue_note(struct picture_queue *queue, int error, const char *why)
{
    if (error == 0 || error == -ENODATA) {
        return 0;
    }
    queue->failed++;
    if (queue->error == 0) {
        queue->error = error;
        snprintf(queue->why, PLOT_WHY_SIZE, "%s", why);
    }
    return keeps_all(error) ? error : 0;
}

/* Waits for the oldest. */
static int end_one(struct picture_queue *queue)
{
    char why[PLOT_WHY_SIZE] = "";
    int files = queue->under_way[0].files, r = plot_end(queue->under_way[0].plot, why);

    queue->count--;
    memmove(queue->under_way, queue->under_way + 1, queue->count * sizeof(*queue->under_way));
    queue->drawn += r == 0 ? files : 0;
    return picture_queue_note(queue, r, why);
}

int picture_queue_add(struct picture_queue *queue, const struct record *record,
                      const struct groups *groups, const struct plot_request *requests,
                      size_t count)
{
    char why[PLOT_WHY_SIZE] = "";
    struct plot_drawing *plot;
    int r = queue->count == queue->at_once ? end_one(queue) : 0;

    if (r < 0) {
        return r;
    }
    r = plot_begin(record, groups, requests, count, &plot, why);
    if (r < 0) {
        return picture_queue_note(queue, r, why);
    }
    queue->under_way[queue->count].plot = plot;
    queue->under_way[queue->count++].files = (int)count;
    queue->begun++;
    return 0;
}

void picture_queue_finish(struct picture_queue *queue)
{
    while (queue->count > 0) {
        (void)end_one(queue);
    }
}
