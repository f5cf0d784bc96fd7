/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A death among very many tasks: what it costs must not grow with their number. */
#include "strategy_fixture.h"
#include "trial/batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define DEAD 1u
#define OTHERS 2u

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

/* With a look at the whole log for each chunk, or at all chunks for each death, this would take
 * minutes, and the limit of a test is less. */
static void a_death_costs_what_is_open(void **unused)
{
    const uint32_t tasks = 1u << 20;
    struct batch batch;
    uint32_t chunk;

    (void)unused;
    assert_int_equal(batch_open(&workload, &env, tasks, 0, &batch), 0);
    batch_submit(&batch, tasks);
    for (uint32_t i = 0; i < tasks; i++) {
        assert_true(batch_claim(&batch, DEAD, &chunk));
        atomic_store(&batch.slots[i].state, i < tasks - 1 ? TASK_DONE : TASK_RUNNING);
        if (i < tasks - 1) {
            batch_log(&batch, i);
        }
    }
    for (uint32_t other = 0; other < 200000; other++) {
        batch_settle(&batch, OTHERS + other, CHUNK_FREE, false, "gone");
        assert_false(batch_inherit(&batch, OTHERS + other, &chunk));
    }
    assert_int_equal(batch_ended(&batch), tasks - 1);
    batch_settle(&batch, DEAD, CHUNK_FREE, false, "gone");
    assert_int_equal(atomic_load(&batch.slots[tasks - 1].state), TASK_LOST);
    assert_int_equal(atomic_load(&batch.slots[tasks - 2].state), TASK_DONE);
    assert_int_equal(batch_ended(&batch), tasks);
    batch_close(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_death_costs_what_is_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
