/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of charts share: the record of a sweep and an empty folder for each. */
#ifndef TVP_TEST_SWEEP_DRAW_H
#define TVP_TEST_SWEEP_DRAW_H

#include "tests/unit/plot_draw.h"
#include "tests/unit/sweep_fixture.h"

static inline int sweep_open(void **state)
{
    (void)fixture_scripts(); /* found before the working directory changes */
    if (folder_make(state) < 0) {
        return -1;
    }
    groups = (struct groups){0};
    return sweep_make(&record, 12);
}

#define CHART_TEST(name) cmocka_unit_test_setup_teardown(name, sweep_open, record_remove)

#endif
