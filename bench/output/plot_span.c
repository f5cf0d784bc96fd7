/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written into the bar of a task. */
#include "output/plot_data.h"
#include "output/plot_label.h"
#include "output/timeline_text.h"

#include <inttypes.h>
#include <string.h>

/* The most telling of several labels that fits into the bar, or none. */
void span_label(const struct group *group, const struct series *series, const struct span *span,
                double width, char *text, size_t size)
{
    char candidates[3][160] = {"", "", ""};
    const char *entry = NULL;
    size_t each = sizeof(candidates[0]);
    uint64_t number = (uint64_t)span->task + 1; /* people count from 1, as everywhere else */

    int length = (int)list_entry(group, span->task, &entry);
    if (span->failed) {
        const char *why = "failed";

        for (size_t i = 0; i < series->error_count; i++) {
            why = series->errors[i].task == span->task ? series->errors[i].text : why;
        }
        label_add(candidates[0], each, "! %s", why);
        label_add(candidates[1], each, "! %" PRIu64, number);
        label_add(candidates[2], each, "!");
    } else {
        if (length > 0) {
            label_add(candidates[0], each, "%.40s %.*s", group->workload, length, entry);
            label_add(candidates[1], each, "%.*s", length, entry);
        }
        label_add(candidates[2], each, "%" PRIu64, number);
    }
    text[0] = '\0';
    for (size_t i = 0; i < 3; i++) {
        if (candidates[i][0] &&
            label_width(candidates[i], PLOT_ROOM(0, PLOT_FACTOR_ROW, false)) <= width - 8) {
            label_add(text, size, "%s", candidates[i]);
            return;
        }
    }
    if (span->failed) {
        label_add(text, size, "!"); /* narrow bars too must show that they failed */
    }
}
