/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan is made as a whole or not at all, wherever memory ends. */
#include "tests/unit/fake_fixture.h"

#include <errno.h>

static unsigned fails_at; /* this call of strdup(), from now on; 0: none */

char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);
char *__wrap_strdup(const char *text)
{
    return fails_at > 0 && --fails_at == 0 ? NULL : __real_strdup(text);
}

static void check_whole(const struct plan *plan)
{
    assert_int_equal(plan->count, 2);
    for (size_t i = 0; i < plan->count; i++) {
        const struct cell_set *set = &plan->sets[i];

        assert_int_equal(set->count, 3); /* serial, and fork with 1 and 2 workers */
        for (size_t j = 0; j < set->count; j++) {
            assert_true(i == 1 || strcmp(set->cells[j].sets[0], "iterations=7") == 0);
        }
    }
}

static void out_of_memory_shortens_no_list(void **state)
{
    const struct plan_request request = {
        .profile = &fake_profile, .workers = "1,2", .strategies = "serial,fork"};
    struct catalogue catalogue = {.list = json_loads(FAKE_LIST, 0, NULL)};
    char why[HARNESS_WHY_SIZE];
    bool failed = true;

    (void)state;
    assert_non_null(catalogue.list);
    for (unsigned n = 1; failed; n++) {
        struct plan plan;

        fails_at = n;
        int r = plan_make(&request, &catalogue, &plan, why);
        failed = fails_at == 0;
        fails_at = 0;
        assert_int_equal(r, failed ? -ENOMEM : 0);
        assert_true(failed || n > 20);
        if (r == 0) {
            check_whole(&plan);
            plan_release(&plan);
        }
    }
    catalogue_close(&catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(out_of_memory_shortens_no_list),
    };

    (void)alarm(50);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
