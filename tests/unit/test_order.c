/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The promises of a Williams square, counted. */
#include "harness/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MEMBERS_MAX 12

static void check_square(size_t count, size_t rows[][MEMBERS_MAX], size_t row_count)
{
    size_t at_place[MEMBERS_MAX][MEMBERS_MAX] = {0}, after[MEMBERS_MAX][MEMBERS_MAX] = {0};
    size_t each = row_count / count;

    for (size_t r = 0; r < row_count; r++) {
        for (size_t place = 0; place < count; place++) {
            assert_in_range(rows[r][place], 0, count - 1);
            at_place[rows[r][place]][place]++;
            if (place > 0) {
                after[rows[r][place]][rows[r][place - 1]]++;
            }
        }
    }
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++) {
            assert_int_equal(at_place[a][b], each);
            assert_int_equal(after[a][b], a == b ? 0 : each);
        }
    }
}

static void squares_balance_places_and_predecessors(void **state)
{
    (void)state;
    for (size_t count = 2; count <= MEMBERS_MAX; count++) {
        size_t rows[2 * MEMBERS_MAX][MEMBERS_MAX];

        for (size_t r = 0; r < order_rows(count); r++) {
            order_row(count, r, rows[r]);
        }
        check_square(count, rows, order_rows(count));
    }
}

static void every_square_of_a_run_is_balanced_and_named_anew(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    size_t rows[2 * MEMBERS_MAX][MEMBERS_MAX], first[MEMBERS_MAX];
    struct order order;
    size_t differing = 0;

    (void)state;
    gsl_rng_set(random, 7);
    assert_int_equal(order_init(&order, 6, random), 0);
    for (int square = 0; square < 20; square++) {
        for (size_t r = 0; r < order_rows(6); r++) {
            order_next(&order, rows[r]);
        }
        check_square(6, rows, order_rows(6));
        differing += square > 0 && memcmp(first, rows[0], sizeof(first[0]) * 6) != 0;
        memcpy(first, rows[0], sizeof(first[0]) * 6);
    }
    assert_true(differing >= 15);
    order_release(&order);
    gsl_rng_free(random);
}

static void the_same_seed_gives_the_same_order(void **state)
{
    size_t a[5], b[5];

    (void)state;
    for (int pass = 0; pass < 2; pass++) {
        gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
        struct order order;

        gsl_rng_set(random, 99);
        assert_int_equal(order_init(&order, 5, random), 0);
        for (int block = 0; block < 13; block++) {
            order_next(&order, pass == 0 ? a : b);
        }
        order_release(&order);
        gsl_rng_free(random);
    }
    assert_memory_equal(a, b, sizeof(a));
}

static void one_member_and_none_are_no_trouble(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    struct order order;
    size_t member = 9;

    (void)state;
    assert_int_equal(order_init(&order, 1, random), 0);
    order_next(&order, &member);
    assert_int_equal(member, 0);
    order_release(&order);
    assert_int_equal(order_init(&order, 0, random), 0);
    order_release(&order);
    gsl_rng_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(squares_balance_places_and_predecessors),
        cmocka_unit_test(every_square_of_a_run_is_balanced_and_named_anew),
        cmocka_unit_test(the_same_seed_gives_the_same_order),
        cmocka_unit_test(one_member_and_none_are_no_trouble),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
