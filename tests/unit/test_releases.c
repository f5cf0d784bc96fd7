/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is released may be nothing, or released before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/advice.h"
#include "analysis/breakeven.h"
#include "analysis/claims.h"
#include "analysis/compare_live.h"
#include "analysis/history.h"
#include "analysis/noise.h"
#include "analysis/scaling.h"

static void nothing_can_be_released(void **state)
{
    (void)state;
    advice_release(NULL);
    advice_world_release(NULL);
    claims_release(NULL);
    compare_release(NULL);
    costs_release(NULL);
    curve_data_release(NULL);
    evidence_release(NULL);
    groups_release(NULL);
    history_release(NULL);
    live_release(NULL);
    noise_subject_release(NULL);
    scaling_release(NULL);
}

static void twice_is_once(void **state)
{
    struct advice advice = {.choices = NULL};
    struct advice_world world = {.count = 0};
    struct claims claims = {0};
    struct history history = {.row_count = 0};
    struct live live = {.count = 0};
    struct noise_subject subject = {.count = 0};

    (void)state;
    for (int i = 0; i < 2; i++) {
        advice_release(&advice);
        advice_world_release(&world);
        claims_release(&claims);
        history_release(&history);
        live_release(&live);
        noise_subject_release(&subject);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_can_be_released),
        cmocka_unit_test(twice_is_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
