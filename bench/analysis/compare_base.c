/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ratio is divided by. Only series that something is divided by are no rows of their own:
 * fork:channel=pipe is one beside fork, and so is a number of workers that no other row has. */
#include "analysis/compare_parts.h"

#include <errno.h>
#include <string.h>

static bool file_has(const struct compare_file *file, const char *strategy)
{
    for (size_t i = 0; i < file->groups.count; i++) {
        if (group_find(&file->groups.items[i], strategy)) {
            return true;
        }
    }
    return false;
}

int base_choose(struct comparison *comparison)
{
    struct compare_settings *settings = &comparison->settings;
    bool chosen = settings->base;

    if (settings->absolute) {
        settings->base = NULL;
        return 0;
    }
    settings->base = chosen ? settings->base : "pthread";
    for (size_t i = 0; i < comparison->file_count; i++) {
        if (!file_has(&comparison->files[i], settings->base)) {
            if (chosen) {
                return -ENOENT;
            }
            settings->base = "serial";
        }
    }
    return 0;
}

static bool is_named(const struct row *row, const char *strategy)
{
    return row->series->strategy && strcmp(row->series->strategy, strategy) == 0;
}

static bool is_named_with_options(const struct row *row, const char *strategy)
{
    const char *name = row->series->strategy;
    size_t length = strlen(strategy);

    return name && strncmp(name, strategy, length) == 0 && strchr(":", name[length]);
}

/* With options only where the group has it in no number of workers without. */
static bool may_be_base(const struct group *group, const struct row *row, const char *strategy)
{
    for (size_t i = 0; i < group->row_count; i++) {
        if (is_named(&group->rows[i], strategy)) {
            return is_named(row, strategy);
        }
    }
    return is_named_with_options(row, strategy);
}

/* Of several bases the one with as many workers, so that only the strategy differs. */
static const struct row *other_base(const struct group *group, const struct row *row,
                                    const char *strategy)
{
    const struct row *first = NULL;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *base = &group->rows[i];

        if (!may_be_base(group, base, strategy)) {
            continue;
        }
        if (base->series->workers == row->series->workers) {
            return base;
        }
        first = first ? first : base;
    }
    return first;
}

bool row_is_base(const struct group *group, const struct row *row, const char *strategy)
{
    const struct row *first = NULL;
    bool alone = true;

    if (!may_be_base(group, row, strategy)) {
        return false;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *other = &group->rows[i];

        if (may_be_base(group, other, strategy)) {
            first = first ? first : other;
            continue;
        }
        alone = false;
        if (other_base(group, other, strategy) == row) {
            return true;
        }
    }
    return alone && row == first;
}

const struct row *row_base(const struct group *group, const struct row *row, const char *strategy)
{
    const struct row *first = NULL;

    if (!may_be_base(group, row, strategy)) {
        return other_base(group, row, strategy);
    }
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *base = &group->rows[i];

        if (base == row || !row_is_base(group, base, strategy)) {
            continue;
        }
        if (base->series->workers == row->series->workers) {
            return base;
        }
        first = first ? first : base;
    }
    return first;
}

bool base_workers_differ(const struct row *row, const struct row *base)
{
    return row->series->workers != base->series->workers && !is_named_with_options(row, "serial") &&
           !is_named_with_options(base, "serial");
}
