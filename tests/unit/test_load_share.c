/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who used the CPUs between two readings, and from when on is that called contaminated? */
#include "record/load.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MS 1000000ull

static const struct load_reading zero = {.has_steal = true, .has_pressure = true};

/* Half a second, two CPUs, 200 ms of it our own. */
static struct load_share half_second(uint64_t busy_ms, uint64_t idle_ms, uint64_t steal_ms,
                                     uint64_t pressure_ms)
{
    struct load_reading to = {.at_ns = 500 * MS,
                              .busy_ns = busy_ms * MS,
                              .idle_ns = idle_ms * MS,
                              .steal_ns = steal_ms * MS,
                              .pressure_some_ns = pressure_ms * MS,
                              .has_steal = true,
                              .has_pressure = true};
    struct load_share share;

    load_between(&zero, &to, 200 * MS, 2, &share);
    return share;
}

static void shares_are_of_one_cpu_of_all_or_of_the_wall(void **state)
{
    struct load_share share = half_second(450, 530, 20, 300);

    (void)state;
    assert_int_equal(share.foreign_permille, 500);
    assert_int_equal(share.steal_permille, 20);
    assert_int_equal(share.pressure_permille, 600);
    assert_int_equal(share.step_permille, 10);
    assert_true(share.has_foreign && share.has_steal && share.has_pressure);
    share = half_second(1000, 0, 0, 0);
    assert_int_equal(share.foreign_permille, 1600);
    /* Ticks may show less than we used by our own count. */
    share = half_second(190, 810, 0, 0);
    assert_int_equal(share.foreign_permille, 0);
    assert_false(load_contaminated(&share));
}

static void counters_that_stand_still_or_step_back_say_nothing(void **state)
{
    struct load_share share = half_second(0, 0, 0, 0);
    struct load_reading back = {.at_ns = 5, .busy_ns = 9, .idle_ns = 9, .has_steal = true};

    (void)state;
    assert_false(share.has_foreign);
    assert_false(share.has_steal);
    assert_false(load_contaminated(&share));
    load_between(&back, &zero, 0, 2, &share);
    assert_false(share.has_foreign || share.has_steal || share.has_pressure);
    assert_int_equal(share.foreign_permille + share.steal_permille + share.step_permille, 0);
    load_between(&zero, &back, 0, 0, &share);
    assert_int_equal(share.steal_permille, 0);
    back.at_ns = 1;
    back.busy_ns = UINT64_MAX;
    load_between(&zero, &back, 0, 1, &share);
    assert_int_equal(share.foreign_permille, UINT_MAX);
}

static void limits_are_those_of_the_protocol(void **state)
{
    static const struct {
        unsigned foreign, steal, step, pressure;
        bool contaminated;
    } cases[] = {
        {250, 0, 10, 0, false},   {251, 0, 10, 0, true},     {0, 10, 5, 0, false},
        {0, 11, 5, 0, true},      {0, 17, 17, 0, false},     {0, 18, 17, 0, true},
        {0, 0, 10, 1000, false},  {75, 0, 10, 1000, false},  {76, 0, 10, 1000, true},
        {250, 0, 10, 250, false}, {250, 0, 10, 251, true},   {76, 0, 10, 251, true},
        {0, 0, 0, 0, false},      {4000, 900, 1, 999, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct load_share share = {.foreign_permille = cases[i].foreign,
                                   .steal_permille = cases[i].steal,
                                   .step_permille = cases[i].step,
                                   .pressure_permille = cases[i].pressure,
                                   .has_foreign = true,
                                   .has_steal = true,
                                   .has_pressure = true};

        if (load_contaminated(&share) != cases[i].contaminated) {
            fail_msg("case %zu should be %d", i, cases[i].contaminated);
        }
        share.has_foreign = share.has_steal = share.has_pressure = false;
        assert_false(load_contaminated(&share));
    }
}

static void only_what_is_known_is_described(void **state)
{
    struct load_share share = {.foreign_permille = 300, .has_foreign = true};
    json_t *object = json_object();

    (void)state;
    assert_int_equal(load_describe(&share, object), 0);
    assert_int_equal(json_object_size(object), 2);
    assert_int_equal(json_integer_value(json_object_get(object, "foreign_permille")), 300);
    assert_true(json_is_true(json_object_get(object, "contaminated")));
    share = half_second(450, 530, 20, 300);
    assert_int_equal(load_describe(&share, object), 0);
    assert_int_equal(json_integer_value(json_object_get(object, "steal_permille")), 20);
    assert_int_equal(json_integer_value(json_object_get(object, "pressure_permille")), 600);
    json_decref(object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_of_one_cpu_of_all_or_of_the_wall),
        cmocka_unit_test(counters_that_stand_still_or_step_back_say_nothing),
        cmocka_unit_test(limits_are_those_of_the_protocol),
        cmocka_unit_test(only_what_is_known_is_described),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
