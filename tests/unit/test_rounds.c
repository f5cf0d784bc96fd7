/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long is a round expected to take, and is there time for another one? */
#include "harness/rounds.h"

#include "harness/stopping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SECOND_NS 1000000000ull

static bool fits(struct cell_set *sets, uint64_t elapsed_ns, uint64_t budget_ns)
{
    const struct run_settings settings = {.budget_ns = budget_ns};
    const struct run run = {.plan = {.sets = sets, .count = 2},
                            .settings = &settings,
                            .round = 1,
                            .origin_ns = clock_ns(),
                            .before_ns = elapsed_ns};

    return !stopping_too_late(&run);
}

/* Of one workload a trial hung until it was killed, once. */
static void one_long_epoch_is_soon_forgotten(void **state)
{
    struct cell_set sets[2] = {0};
    unsigned epochs = 0;

    (void)state;
    set_took(&sets[0], 4 * SECOND_NS);
    set_took(&sets[1], 3 * SECOND_NS);
    assert_true(fits(sets, 80 * SECOND_NS, 90 * SECOND_NS));
    assert_false(fits(sets, 80 * SECOND_NS, 87 * SECOND_NS));
    set_took(&sets[0], 60 * SECOND_NS);
    assert_false(fits(sets, 60 * SECOND_NS, 90 * SECOND_NS));
    while (!fits(sets, 80 * SECOND_NS, 90 * SECOND_NS) && epochs < 10) {
        set_took(&sets[0], 4 * SECOND_NS);
        epochs++;
    }
    assert_in_range(epochs, 1, 5);
}

static void what_has_ended_takes_no_time(void **state)
{
    struct cell_set sets[2] = {{.expected_ns = SECOND_NS},
                               {.expected_ns = 60 * SECOND_NS, .ended_by = "precision"}};

    (void)state;
    assert_true(fits(sets, 80 * SECOND_NS, 90 * SECOND_NS));
    assert_false(fits(sets, 90 * SECOND_NS, 90 * SECOND_NS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_long_epoch_is_soon_forgotten),
        cmocka_unit_test(what_has_ended_takes_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
