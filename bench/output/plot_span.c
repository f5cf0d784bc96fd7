/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written into the bar of a task. */
#include "output/plot_data.h"
#include "output/plot_label.h"

#include <inttypes.h>
#include <string.h>

/* The n-th entry of the argument that lists one entry for every task: "durations=3s,2s,1s". Empty
 * if there is no such argument. */
static void task_entry(const struct group *group, uint32_t task, char *entry, size_t size)
{
    entry[0] = '\0';
    for (const char *at = group->arguments; at && *at;) {
        size_t length = strcspn(at, " "), name = strcspn(at, "=");
        uint64_t entries = 1;

        for (size_t i = name; i < length; i++) {
            entries += at[i] == ',';
        }
        if (name < length && entries == group->tasks && task < entries) {
            const char *from = at + name + 1, *end = at + length;

            for (uint32_t i = 0; i < task; i++) {
                from = (const char *)memchr(from, ',', (size_t)(end - from)) + 1;
            }
            const char *comma = memchr(from, ',', (size_t)(end - from));
            label_add(entry, size, "%.*s", (int)((comma ? comma : end) - from), from);
            return;
        }
        at += length + (at[length] == ' ');
    }
}

/* The most telling of several labels that fits into the bar, or none. */
void span_label(const struct group *group, const struct series *series, const struct span *span,
                double width, char *text, size_t size)
{
    char entry[100], candidates[3][160] = {"", "", ""};
    size_t each = sizeof(candidates[0]);
    uint64_t number = (uint64_t)span->task + 1; /* people count from 1, as everywhere else */

    task_entry(group, span->task, entry, sizeof(entry));
    if (span->failed) {
        const char *why = "failed";

        for (size_t i = 0; i < series->error_count; i++) {
            why = series->errors[i].task == span->task ? series->errors[i].text : why;
        }
        label_add(candidates[0], each, "! %s", why);
        label_add(candidates[1], each, "! %" PRIu64, number);
        label_add(candidates[2], each, "!");
    } else {
        if (entry[0]) {
            label_add(candidates[0], each, "%.40s %s", group->workload, entry);
            label_add(candidates[1], each, "%s", entry);
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
