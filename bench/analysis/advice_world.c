/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the groups of records to models and prices. */
#include "analysis/advice_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct advice_model *find_model(const struct advice_world *world, const struct row *row)
{
    for (size_t i = 0; i < world->count; i++) {
        struct advice_model *model = &world->models[i];

        if (model->workers == row->series->workers &&
            strcmp(model->strategy, row->series->strategy) == 0) {
            return model;
        }
    }
    return NULL;
}

static struct advice_model *add_model(struct advice_world *world, const struct row *row)
{
    const char *strategy = row->series->strategy;
    struct advice_model *models =
        reallocarray(world->models, world->count + 1, sizeof(*world->models));

    if (!models) {
        return NULL;
    }
    world->models = models;
    models[world->count] = (struct advice_model){
        .strategy = strategy,
        .workers = row->series->workers,
        .cores = world->cores,
        .kind = strategy_kind(strategy),
        .serial = strcmp(strategy, "serial") == 0,
        .kept = strstr(strategy, "-pool") != NULL,
        .chunk = advice_chunk(strategy),
    };
    return &models[world->count++];
}

static int add_point(struct advice_model *model, const struct group *group, const struct row *row,
                     double length_ns)
{
    struct estimate cold = advice_cold(row, advice_serial(group));
    double warm_ns = series_time(row->series, METRIC_WARM, CONFIDENCE).value;
    struct advice_point *points =
        reallocarray(model->points, model->count + 1, sizeof(*model->points));

    if (!points) {
        return -ENOMEM;
    }
    model->points = points;
    points[model->count++] = (struct advice_point){
        .length_ns = length_ns,
        .tasks = (double)group->tasks,
        .cold_ns = cold.value,
        .warm_ns = cold.value * fmin(1, warm_ns / row->time.value),
        .spread = estimate_has_interval(&cold) ? log(cold.high / cold.low) / 2 : NAN,
    };
    return 0;
}

/* Points without a parent and without a payload. */
static int add_group(struct advice_world *world, const struct group *group, double length_ns)
{
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (!advice_is_candidate(row)) {
            continue;
        }
        struct advice_model *model = find_model(world, row);
        model = model ? model : add_model(world, row);
        int r = model ? add_point(model, group, row, length_ns) : -ENOMEM;
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int add_price(struct advice_prices *prices, const struct advice_price *price)
{
    struct advice_price *items = reallocarray(prices->items, prices->count + 1, sizeof(*items));

    if (!items) {
        return -ENOMEM;
    }
    prices->items = items;
    items[prices->count++] = *price;
    return 0;
}

/* What rows take beyond what their models say, for each byte. */
static int add_prices(struct advice_world *world, const struct group *group, double length_ns)
{
    double payload = advice_payload(group), parent = (double)group->parent.bytes;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        const struct advice_model *model = advice_is_candidate(row) ? find_model(world, row) : NULL;
        double tasks = (double)group->tasks;

        if (!model || model->serial || (payload > 0 && parent > 0)) {
            continue;
        }
        struct estimate cold = advice_cold(row, advice_serial(group));
        double plain_ns = advice_model_time(model, length_ns, tasks);
        double half_ns = hypot((cold.high - cold.low) / 2,
                               plain_ns * advice_model_doubt(model, length_ns, tasks));
        double bytes = parent > 0 ? parent : payload;
        double times = parent > 0 ? advice_created(model, tasks) : tasks;
        int r = add_price(parent > 0 ? &world->parent : &world->payload,
                          &(struct advice_price){.strategy = model->strategy,
                                                 .kind = model->kind,
                                                 .bytes = bytes,
                                                 .each_ns = (cold.value - plain_ns) / bytes / times,
                                                 .half_ns = half_ns / bytes / times});
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* Of all groups, those with a price or those without. */
static int add_groups(struct advice_world *world, const struct groups *groups, bool huge,
                      bool priced)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        const struct row *serial = advice_serial(group);
        bool has_price = group->parent.bytes > 0 || advice_payload(group) > 0;
        bool wanted = advice_takes_part(group) && has_price == priced &&
                      (group->parent.bytes == 0 || group->parent.huge == huge);
        double length_ns = 0;

        if (serial) {
            length_ns = serial->time.value / (double)group->tasks;
        } else if (strcmp(group->workload, "empty") == 0) {
            length_ns = 1; /* sweeps of a parent leave serial out, since nothing changes for it */
        }
        if (wanted && length_ns > 0) {
            r = priced ? add_prices(world, group, length_ns) : add_group(world, group, length_ns);
            world->groups++;
            world->doubtful += group->loud || group->unproven;
        }
    }
    return r;
}

static bool has_answer(const struct advice_world *world)
{
    bool serial = false, other = false;

    for (size_t i = 0; i < world->count; i++) {
        serial |= world->models[i].serial;
        other |= !world->models[i].serial;
    }
    return serial && other;
}

int advice_world_make(const struct groups *groups, size_t count, uint64_t cores, bool huge,
                      struct advice_world *ret_world)
{
    struct advice_world world = {.cores = cores > 0 ? cores : 1};
    int r = 0;

    for (size_t i = 0; r == 0 && i < count; i++) {
        r = add_groups(&world, &groups[i], huge, false);
    }
    for (size_t i = 0; r == 0 && i < world.count; i++) {
        r = advice_fit(&world.models[i]);
    }
    for (size_t i = 0; r == 0 && i < count; i++) {
        r = add_groups(&world, &groups[i], huge, true);
    }
    r = r < 0 || has_answer(&world) ? r : -ENODATA;
    if (r < 0) {
        advice_world_release(&world);
        return r;
    }
    *ret_world = world;
    return 0;
}

void advice_world_release(struct advice_world *world)
{
    if (!world) {
        return;
    }
    for (size_t i = 0; i < world->count; i++) {
        free(world->models[i].points);
    }
    free(world->models);
    free(world->parent.items);
    free(world->payload.items);
    *world = (struct advice_world){.models = NULL};
}
