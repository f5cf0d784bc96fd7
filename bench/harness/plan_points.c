/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the lists of a sweep to its points, and whether they can be measured here. */
#include "base/memory.h"
#include "base/stream.h"
#include "base/units.h"
#include "harness/plan_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What differs from set to set; the other axes are cells of one set. */
static const enum sweep_axis set_axes[] = {SWEEP_PARENT, SWEEP_PAYLOAD, SWEEP_TASK, SWEEP_TASKS};
#define SET_AXES (sizeof(set_axes) / sizeof(*set_axes))

size_t points_count(const struct sweep *sweep)
{
    size_t count = 1;

    for (size_t i = 0; sweep && i < SET_AXES; i++) {
        size_t values = sweep->axes[set_axes[i]].count;

        count *= values > 0 ? values : 1;
    }
    return count;
}

struct point point_at(const struct sweep *sweep, size_t index)
{
    struct point point = {.tasks = 0};

    for (size_t i = 0; sweep && i < SET_AXES; i++) {
        const struct sweep_list *list = &sweep->axes[set_axes[i]];

        if (list->count == 0) {
            continue;
        }
        const struct sweep_value *value = &list->values[index % list->count];
        index /= list->count;
        if (set_axes[i] == SWEEP_PARENT) {
            point.parent = (struct parent){value->number, value->huge};
        } else if (set_axes[i] == SWEEP_PAYLOAD) {
            point.payload = value->number;
            point.has_payload = true;
        } else if (set_axes[i] == SWEEP_TASK) {
            point.task_ns = value->number;
        } else {
            point.tasks = value->number;
        }
    }
    return point;
}

static bool strategy_has_option(const json_t *strategy, const char *name)
{
    const json_t *option;
    size_t i;

    json_array_foreach(json_object_get(strategy, "options"), i, option)
    {
        const char *known = json_string_value(json_object_get(option, "name"));

        if (known && strcmp(known, name) == 0) {
            return true;
        }
    }
    return false;
}

/* One option: who has it stands there once for each value, the others as they are. */
static int expand_option(const struct sweep_list *list, const char *name,
                         const struct catalogue *catalogue, char ***strategies, char *why)
{
    char **old = *strategies, *text = NULL;
    bool used = false;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (!out) {
        return -ENOMEM;
    }
    for (char **strategy = old; *strategy; strategy++) {
        const json_t *entry = catalogue_strategy(catalogue, *strategy, why);
        bool has = strategy_has_option(entry, name);

        for (size_t i = 0; i < (has ? list->count : 1); i++) {
            fprintf(out, "%s", *strategy);
            if (has) {
                fprintf(out, ":%s=%" PRIu64, name, list->values[i].number);
            }
            fputc('\n', out);
        }
        used |= has;
    }
    char **expanded = stream_end(out, &text) == 0 ? words_split(text, "\n") : NULL;
    free(text);
    if (!expanded) {
        return -ENOMEM;
    }
    words_free(old);
    *strategies = expanded;
    if (!used) {
        snprintf(why, HARNESS_WHY_SIZE, "--sweep %s: none of the strategies has such an option",
                 name);
    }
    return used ? 0 : -EINVAL;
}

int strategies_expand(const struct sweep *sweep, const struct catalogue *catalogue,
                      char ***strategies, char *why)
{
    static const enum sweep_axis options[] = {SWEEP_CHUNK, SWEEP_STACK};
    int r = 0;

    for (size_t i = 0; sweep && r == 0 && i < sizeof(options) / sizeof(*options); i++) {
        const struct sweep_list *list = &sweep->axes[options[i]];

        if (list->count > 0) {
            r = expand_option(list, sweep_axis_names[options[i]], catalogue, strategies, why);
        }
    }
    return r;
}

static int check_argument(const struct plan *plan, const struct catalogue *catalogue,
                          const struct sweep *sweep, enum sweep_axis axis, const char *name,
                          char *why)
{
    char unused[HARNESS_WHY_SIZE];

    for (size_t i = 0; sweep->axes[axis].count > 0 && i < plan->count; i++) {
        const char *workload = plan->sets[i].cells[0].workload;
        const json_t *entry =
            strchr(workload, '/') ? NULL : catalogue_workload(catalogue, workload, unused);

        if (!entry || !workload_has_param(entry, name, strlen(name))) {
            snprintf(why, HARNESS_WHY_SIZE, "--sweep %s is for workloads with %s, not for %.60s",
                     sweep_axis_names[axis], name, workload);
            return -EINVAL;
        }
    }
    return 0;
}

/* The trials of a set live side by side, each with all of its parent's memory. */
static int check_memory(const struct plan *plan, bool sweeps, uint64_t available, char *why)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct cell_set *set = &plan->sets[i];
        char parent[PARENT_TEXT_SIZE], wanted[UNITS_SIZE], left[UNITS_SIZE];
        uint64_t bytes = set->cells[0].parent.bytes;
        uint64_t whole = available >= 1ull << 30 ? 1ull << 30 : 1ull << 20;

        if (bytes > available / set->count) {
            snprintf(why, HARNESS_WHY_SIZE,
                     "%s%s: %zu trials side by side want %s, and %s are available; a shorter "
                     "list of --strategies or --workers may fit",
                     sweeps ? "--sweep " : "", parent_text(&set->cells[0].parent, parent),
                     set->count, format_size(bytes * set->count, wanted),
                     format_size(available - available % whole, left));
            return -EINVAL;
        }
    }
    return 0;
}

int sweep_check(const struct plan_request *request, const struct catalogue *catalogue,
                const struct plan *plan, char *why)
{
    const struct sweep *sweep = request->sweep;
    int r = 0;

    if (sweep) {
        r = check_argument(plan, catalogue, sweep, SWEEP_TASK, LENGTH_ARGUMENT, why);
        r = r < 0 ? r
                  : check_argument(plan, catalogue, sweep, SWEEP_PAYLOAD, PAYLOAD_ARGUMENT, why);
    }
    /* Parents also come from an earlier run. */
    return r < 0 ? r
                 : check_memory(plan, sweep != NULL,
                                request->memory ? request->memory : memory_available(), why);
}
