/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/edivisive.h"

#include <errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ORDERS 199
#define SEGMENT_LEAST 3u /* values on either side of a change */
#define SEED 20140101u

struct search {
    size_t count;
    double *values;
    double *sums;   /* of distances: (count + 1) x (count + 1), of all rows and columns before */
    size_t *points; /* where segments begin; the first is 0, the one after the last is count */
    size_t segments;
};

static void sum_distances(struct search *search)
{
    size_t n = search->count, width = n + 1;

    for (size_t i = 0; i < n; i++) {
        double row = 0;

        for (size_t j = 0; j < n; j++) {
            row += fabs(search->values[i] - search->values[j]);
            search->sums[(i + 1) * width + j + 1] = search->sums[i * width + j + 1] + row;
        }
    }
}

/* Of all distances between values of [a, b) and of [c, d). */
static double block_sum(const struct search *search, size_t a, size_t b, size_t c, size_t d)
{
    size_t width = search->count + 1;
    const double *sums = search->sums;

    return sums[b * width + d] - sums[a * width + d] - sums[b * width + c] + sums[a * width + c];
}

/* The scaled energy distance of [from, middle) and [middle, to), for distances to the power 1. */
static double energy(const struct search *search, size_t from, size_t middle, size_t to)
{
    double n = (double)(middle - from), m = (double)(to - middle);
    double between = 2 / (n * m) * block_sum(search, from, middle, middle, to);
    double left = block_sum(search, from, middle, from, middle) / (n * (n - 1));
    double right = block_sum(search, middle, to, middle, to) / (m * (m - 1));

    return n * m / (n + m) * (between - left - right);
}

/* The best split of any segment. The right side may end before its segment does, so that a second
 * change behind the first does not hide it. */
static double best_split(const struct search *search, size_t *ret_point)
{
    double best = -INFINITY;

    for (size_t i = 0; i < search->segments; i++) {
        size_t from = search->points[i], to = search->points[i + 1];

        for (size_t middle = from + SEGMENT_LEAST; middle + SEGMENT_LEAST <= to; middle++) {
            for (size_t end = middle + SEGMENT_LEAST; end <= to; end++) {
                double value = energy(search, from, middle, end);

                if (value > best) {
                    best = value;
                    *ret_point = middle;
                }
            }
        }
    }
    return best;
}

/* How often a random order within the segments splits as well as the real one. */
static double split_p(const struct search *search, struct search *scratch, double real,
                      gsl_rng *random)
{
    size_t at_least = 1, ignored;

    memcpy(scratch->values, search->values, search->count * sizeof(*search->values));
    scratch->points = search->points;
    scratch->segments = search->segments;
    for (int i = 0; i < ORDERS; i++) {
        for (size_t j = 0; j < search->segments; j++) {
            gsl_ran_shuffle(random, scratch->values + search->points[j],
                            search->points[j + 1] - search->points[j], sizeof(double));
        }
        sum_distances(scratch);
        /* A trifle less, for what only rounding tells apart. */
        at_least += best_split(scratch, &ignored) >= real * (1 - 1e-9);
    }
    return (double)at_least / (ORDERS + 1);
}

static void insert_point(struct search *search, size_t point)
{
    size_t i = search->segments + 1;

    for (; search->points[i - 1] > point; i--) {
        search->points[i] = search->points[i - 1];
    }
    search->points[i] = point;
    search->segments++;
}

static void find_all(struct search *search, struct search *scratch, double alpha, gsl_rng *random)
{
    size_t point = 0;
    double real;

    sum_distances(search);
    while ((real = best_split(search, &point)) > 0 &&
           split_p(search, scratch, real, random) <= alpha) {
        insert_point(search, point);
    }
}

int edivisive(const double *values, size_t count, double alpha, size_t *ret_points)
{
    size_t cells = (count + 1) * (count + 1);
    struct search search = {.count = count,
                            .values = calloc(count + 1, sizeof(double)),
                            .sums = calloc(cells, sizeof(double)),
                            .points = calloc(count + 2, sizeof(size_t)),
                            .segments = 1};
    struct search scratch = {.count = count,
                             .values = calloc(count + 1, sizeof(double)),
                             .sums = calloc(cells, sizeof(double))};
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    int r =
        search.values && search.sums && search.points && scratch.values && scratch.sums && random
            ? 0
            : -ENOMEM;

    if (r == 0 && count >= EDIVISIVE_LEAST) {
        gsl_rng_set(random, SEED);
        memcpy(search.values, values, count * sizeof(double));
        search.points[1] = count;
        find_all(&search, &scratch, alpha, random);
        r = (int)search.segments - 1;
        memcpy(ret_points, search.points + 1, (size_t)r * sizeof(size_t));
    }
    if (random) {
        gsl_rng_free(random);
    }
    free(scratch.sums);
    free(scratch.values);
    free(search.points);
    free(search.sums);
    free(search.values);
    return r;
}
