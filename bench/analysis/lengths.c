/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/lengths.h"

#include <errno.h>
#include <string.h>

/* The argument that says how long a task is; the axis `task` of a sweep varies it. */
#define LENGTH_WORD "iterations="

static void lengths_insert(struct lengths *lengths, const struct group *group,
                           const struct row *serial)
{
    double length = serial->time.value / (double)group->tasks;
    size_t at = 0;

    if (lengths->count == LENGTH_POINTS_MAX || !(length > 0)) {
        return;
    }
    while (at < lengths->count && lengths->length_ns[at] < length) {
        at++;
    }
    size_t behind = lengths->count++ - at;
    memmove(lengths->groups + at + 1, lengths->groups + at, behind * sizeof(*lengths->groups));
    memmove(lengths->serials + at + 1, lengths->serials + at, behind * sizeof(*lengths->serials));
    memmove(lengths->length_ns + at + 1, lengths->length_ns + at, behind * sizeof(double));
    lengths->groups[at] = group;
    lengths->serials[at] = serial;
    lengths->length_ns[at] = length;
}

static bool is_length(const char *word)
{
    return strncmp(word, LENGTH_WORD, strlen(LENGTH_WORD)) == 0;
}

/* Whether two texts of arguments say the same but for the length of a task, which both tell. They
 * stand in the order of the workload's parameters. */
static bool same_but_length(const char *a, const char *b)
{
    bool found = false;

    for (;;) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        size_t length = strcspn(a, " "), other = strcspn(b, " ");

        if (length == 0 || other == 0) {
            return found && length == other;
        }
        bool lengths = is_length(a) && is_length(b);
        if (!lengths && (length != other || strncmp(a, b, length) != 0)) {
            return false;
        }
        found = found || lengths;
        a += length;
        b += other;
    }
}

static const char *text_of(const char *text)
{
    return text ? text : "";
}

/* Whether a group is one more length of those that are there. */
static bool lengths_take(const struct lengths *lengths, const struct group *group)
{
    const struct group *first = lengths->count > 0 ? lengths->groups[0] : group;
    const char *arguments = text_of(group->arguments);

    for (size_t i = 0; i < lengths->count; i++) {
        if (strcmp(text_of(lengths->groups[i]->arguments), arguments) == 0) {
            return false;
        }
    }
    return parent_same(&group->parent, &first->parent) &&
           strcmp(text_of(group->variant), text_of(first->variant)) == 0 &&
           same_but_length(arguments, text_of(first->arguments));
}

int lengths_make(const struct groups *groups, const char *workload, struct lengths *ret_lengths)
{
    struct lengths lengths = {.count = 0};

    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        const struct row *serial = group_find(group, "serial");

        if (strcmp(group->workload, workload) == 0 && group->tasks > 0 && serial &&
            row_has_time(serial) && lengths_take(&lengths, group)) {
            lengths_insert(&lengths, group, serial);
        }
    }
    if (lengths.count < LENGTH_POINTS_LEAST ||
        lengths.length_ns[lengths.count - 1] < LENGTH_SPAN_LEAST * lengths.length_ns[0]) {
        return -ENODATA;
    }
    *ret_lengths = lengths;
    return 0;
}

const char *lengths_workload(const struct groups *groups)
{
    struct lengths lengths;

    for (size_t i = 0; i < groups->count; i++) {
        if (lengths_make(groups, groups->items[i].workload, &lengths) == 0) {
            return groups->items[i].workload;
        }
    }
    return NULL;
}
