/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is gained when tasks only compute, and some compute longer than others? Each tests one
 * number for being prime by trial division, the example of Python's concurrent.futures. */
#include "workloads/workload.h"

static const struct param primes_params[] = {
    {"numbers", PARAM_COUNTS,
     "112272535095293,112582705942171,112272535095293,115280095190773,115797848077099,"
     "1099726899285419",
     2, 0, NULL, "the numbers to test"},
    {.name = NULL},
};

/* The largest integer whose square is at most n, found bit by bit: a square root in floating
 * point is off by one for some large n, and would then miss the divisor of a square. */
static uint64_t root_of(uint64_t n)
{
    uint64_t root = 0;

    for (uint64_t bit = 1ull << 31; bit > 0; bit >>= 1) {
        const uint64_t next = root | bit;

        if (next * next <= n) {
            root = next;
        }
    }
    return root;
}

static uint64_t smallest_divisor(uint64_t n)
{
    if (n % 2 == 0) {
        return 2;
    }
    const uint64_t root = root_of(n);

    for (uint64_t divisor = 3; divisor <= root; divisor += 2) {
        if (n % divisor == 0) {
            return divisor;
        }
    }
    return n;
}

/* The value is the smallest divisor, which is the number itself if it is prime: a yes or no
 * would come out right by chance every second time. */
static int primes_run(const struct env *env, struct task *task)
{
    const struct arg *numbers = &env->args[0];

    task->value = smallest_divisor(numbers->numbers[task->number % numbers->count]);
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "primes",
    .summary = "tests one number of a list by trial division",
    .params = primes_params,
    .run = primes_run,
};
