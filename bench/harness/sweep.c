/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sweep.h"

#include "base/options.h"
#include "base/units.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AUTO_TIMES 4u /* the cores */

const char *const sweep_axis_names[] = {
    [SWEEP_CHUNK] = "chunk", [SWEEP_PARENT] = "parent",   [SWEEP_PAYLOAD] = "payload",
    [SWEEP_STACK] = "stack", [SWEEP_TASK] = "task",       [SWEEP_TASKS] = "tasks",
    [SWEEP_AXES] = NULL,     [SWEEP_WORKERS] = "workers",
};

/* What the values of an axis are, and from where to where they go. */
static const struct {
    int (*parse)(const char *text, uint64_t *ret_value);
    const char *kind;
    uint64_t least, most;
} axes[] = {
    [SWEEP_CHUNK] = {parse_count, "number from 1 to 16777216", 1, 1u << 24},
    [SWEEP_PARENT] = {parse_size, "size, as 64MiB, or 1GiB:huge for huge pages", 0, 1ull << 50},
    [SWEEP_PAYLOAD] = {parse_size, "size, as 64KiB", 0, 1ull << 40},
    [SWEEP_STACK] = {parse_size, "size, as 64KiB", 0, 1ull << 40},
    [SWEEP_TASK] = {parse_duration, "time from 1ns to 10s", 1, 10000000000ull},
    [SWEEP_TASKS] = {parse_count, "number from 1 to 16777216", 1, 1u << 24},
    [SWEEP_WORKERS] = {parse_count, "number from 1 to 1000000, or auto", 1, 1000000},
};

/* One word without a range; takes ":huge" off a parent. */
static int parse_value(enum sweep_axis axis, char *word, struct sweep_value *ret_value)
{
    struct sweep_value value = {0};
    char *colon = axis == SWEEP_PARENT ? strchr(word, ':') : NULL;

    if (colon) {
        value.huge = strcmp(colon, ":huge") == 0;
        *colon = '\0';
    }
    if ((colon && !value.huge) || axes[axis].parse(word, &value.number) < 0 ||
        value.number < axes[axis].least || value.number > axes[axis].most ||
        (value.huge && value.number == 0)) {
        return -EINVAL;
    }
    *ret_value = value;
    return 0;
}

/* What is there already is not measured twice. */
static int list_append(struct sweep_list *list, struct sweep_value value)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->values[i].number == value.number && list->values[i].huge == value.huge) {
            return 0;
        }
    }
    if (list->count == SWEEP_VALUES_MAX) {
        return -E2BIG;
    }
    list->values[list->count++] = value;
    return 0;
}

static int append_range(struct sweep_list *list, struct sweep_value first, struct sweep_value last,
                        uint64_t factor)
{
    int r = first.number > 0 && first.number <= last.number ? 0 : -EINVAL;

    for (struct sweep_value value = last; r == 0 && first.number < last.number;) {
        value.number = first.number;
        r = list_append(list, value);
        if (__builtin_mul_overflow(first.number, factor, &first.number)) {
            break;
        }
    }
    return r < 0 ? r : list_append(list, last);
}

/* "5", "1..64", "1us..1ms*10", "auto". */
static int append_word(enum sweep_axis axis, char *word, unsigned cores, struct sweep_list *list)
{
    struct sweep_value first, last;
    uint64_t factor = 2;
    char *dots = strstr(word, ".."), *star = dots ? strchr(dots, '*') : NULL;

    if (axis == SWEEP_WORKERS && strcmp(word, "auto") == 0) {
        return append_range(list, (struct sweep_value){.number = 1},
                            (struct sweep_value){.number = (uint64_t)AUTO_TIMES * cores}, 2);
    }
    if (!dots) {
        int r = parse_value(axis, word, &first);

        return r < 0 ? r : list_append(list, first);
    }
    *dots = '\0';
    if (star) {
        *star = '\0';
        if (parse_count(star + 1, &factor) < 0 || factor < 2) {
            return -EINVAL;
        }
    }
    if (parse_value(axis, word, &first) < 0 || parse_value(axis, dots + 2, &last) < 0 ||
        (first.huge && !last.huge)) {
        return -EINVAL;
    }
    return append_range(list, first, last, factor);
}

static int find_axis(const char *text, enum sweep_axis *ret_axis, char *why)
{
    char name[32];

    snprintf(name, sizeof(name), "%.*s", (int)strcspn(text, "="), text);
    for (enum sweep_axis axis = 0; axis < SWEEP_AXES; axis++) {
        if (strcmp(name, sweep_axis_names[axis]) == 0) {
            *ret_axis = axis;
            return 0;
        }
    }
    const char *nearest = nearest_name(name, sweep_axis_names);
    snprintf(why, SWEEP_WHY_SIZE, "--sweep: unknown axis '%s'; %s%s%s", name,
             nearest ? "did you mean '" : "there are ",
             nearest ? nearest : "chunk, parent, payload, stack, task, tasks and workers",
             nearest ? "'?" : "");
    return -EINVAL;
}

int sweep_add(struct sweep *sweep, const char *text, unsigned cores, char *why)
{
    struct sweep_list list = {.count = 0};
    enum sweep_axis axis;
    int r = find_axis(text, &axis, why);

    if (r < 0) {
        return r;
    }
    const char *equals = strchr(text, '=');
    if (!equals || !equals[1]) {
        snprintf(why, SWEEP_WHY_SIZE, "--sweep %.60s is not of the form AXIS=LIST", text);
        return -EINVAL;
    }
    char *copy = strdup(equals + 1), *rest = copy, *word;
    while (copy && r == 0 && (word = strsep(&rest, ","))) {
        char shown[64];

        snprintf(shown, sizeof(shown), "%s", word);
        r = append_word(axis, word, cores, &list);
        if (r == -E2BIG) {
            snprintf(why, SWEEP_WHY_SIZE, "--sweep %s: more than %u values", sweep_axis_names[axis],
                     SWEEP_VALUES_MAX);
        } else if (r < 0) {
            snprintf(why, SWEEP_WHY_SIZE, "--sweep %s: '%s' is no %s%s", sweep_axis_names[axis],
                     shown, axes[axis].kind,
                     strstr(shown, "..") ? ", and no range of them, as FIRST..LAST" : "");
        }
    }
    free(copy);
    if (r < 0 || !copy) {
        return copy ? -EINVAL : -ENOMEM;
    }
    sweep->axes[axis] = list;
    return 0;
}

bool sweep_any(const struct sweep *sweep)
{
    for (size_t i = 0; i < SWEEP_AXES; i++) {
        if (sweep->axes[i].count > 0) {
            return true;
        }
    }
    return false;
}
