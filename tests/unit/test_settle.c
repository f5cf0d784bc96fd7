/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a dead worker's tasks: a table of what it may have left behind. */
#include "base/clock.h"
#include "strategy_fixture.h"
#include "trial/batch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TASKS 4u
#define DEAD 5u
#define HEIR 6u

static const struct workload workload = {.name = "none"};
static const struct env env = {.tasks = TASKS};

static const char letters[] = {
    [TASK_PENDING] = 'p', [TASK_RUNNING] = 'r', [TASK_DONE] = 'd', [TASK_LOST] = 'l'};

static void set_states(struct batch *batch, const char *states)
{
    for (uint32_t i = 0; i < TASKS; i++) {
        const char *letter = memchr(letters, states[i], sizeof(letters));

        atomic_store(&batch->slots[i].state, (uint32_t)(letter - letters));
        if (states[i] != 'p') {
            batch->slots[i].outcome =
                (struct outcome){.value = 7, .lane = 2, .start_ns = 100, .end_ns = 200};
        }
    }
}

static void expect_states(const struct batch *batch, const char *states)
{
    char found[TASKS + 1] = "";

    for (uint32_t i = 0; i < TASKS; i++) {
        found[i] = letters[atomic_load(&batch->slots[i].state)];
    }
    assert_string_equal(found, states);
}

static struct batch open_owned(const char *states)
{
    struct batch batch;
    uint32_t chunk;

    assert_int_equal(batch_open(&workload, &env, TASKS, 0, &batch), 0);
    batch.chunk = TASKS;
    batch.stamps = true;
    batch_submit(&batch, TASKS);
    assert_true(batch_claim(&batch, DEAD, &chunk));
    set_states(&batch, states);
    return batch;
}

static void only_the_task_that_was_running_is_lost(void **unused)
{
    static const struct {
        const char *before;
        uint32_t heir;
        const char *after;
        bool logged;
    } cases[] = {
        {"pppp", HEIR, "pppp", false},      {"rppp", HEIR, "lppp", false},
        {"dppp", HEIR, "dppp", false},      {"ddrp", HEIR, "ddlp", false},
        {"dddr", HEIR, "dddl", true},       {"dddd", HEIR, "dddd", true},
        {"lddd", HEIR, "lddd", true},       {"ldrp", HEIR, "ldlp", false},
        {"llll", HEIR, "llll", true},       {"pppp", CHUNK_FREE, "llll", true},
        {"drpp", CHUNK_FREE, "dlll", true}, {"dddd", CHUNK_FREE, "dddd", true},
    };

    (void)unused;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct batch batch = open_owned(cases[i].before);
        uint32_t chunk = 99;

        batch_settle(&batch, DEAD, cases[i].heir, false, "gone");
        expect_states(&batch, cases[i].after);
        assert_int_equal(batch_inherit(&batch, HEIR, &chunk), !cases[i].logged);
        assert_int_equal(chunk, cases[i].logged ? 99 : 0);
        assert_int_equal(batch_next(&batch, &chunk), cases[i].logged);
        assert_int_equal(batch.done, cases[i].logged ? TASKS : 0);
        batch_close(&batch);
    }
}

static void what_is_logged_is_not_settled_again(void **unused)
{
    (void)unused;
    for (unsigned read = 0; read < 2; read++) {
        struct batch batch = open_owned("dddd");
        uint32_t chunk;

        batch_log(&batch, 0);
        if (read) {
            assert_true(batch_next(&batch, &chunk));
        }
        batch_settle(&batch, DEAD, HEIR, false, "gone");
        batch_settle(&batch, DEAD, CHUNK_FREE, false, "gone");
        expect_states(&batch, "dddd");
        assert_int_equal(batch_ended(&batch), TASKS);
        assert_false(batch_inherit(&batch, HEIR, &chunk));
        batch_close(&batch);
    }
}

static void what_others_own_is_left_alone(void **unused)
{
    struct batch batch = open_owned("drpp");
    uint32_t chunk;

    (void)unused;
    batch_settle(&batch, DEAD + 1, HEIR, false, "gone");
    expect_states(&batch, "drpp");
    assert_true(batch_inherit(&batch, DEAD, &chunk));
    assert_false(batch_inherit(&batch, HEIR, &chunk));
    batch_close(&batch);
}

/* The heir may die as well, before or in the middle of what it inherited. */
static void an_inheritance_can_pass_on(void **unused)
{
    struct batch batch = open_owned("rppp");
    uint32_t chunk;

    (void)unused;
    batch_settle(&batch, DEAD, HEIR, false, "gone");
    batch_settle(&batch, HEIR, HEIR + 1, false, "gone");
    expect_states(&batch, "lppp");
    assert_true(batch_inherit(&batch, HEIR + 1, &chunk));
    set_states(&batch, "ldrp");
    batch_settle(&batch, HEIR + 1, HEIR + 2, false, "gone");
    expect_states(&batch, "ldlp");
    set_states(&batch, "ldlr");
    batch_settle(&batch, HEIR + 2, HEIR + 3, false, "gone");
    expect_states(&batch, "ldll");
    assert_true(batch_next(&batch, &chunk));
    assert_int_equal(batch.done, TASKS);
    batch_close(&batch);
}

static void a_lost_task_has_an_end_a_reason_and_no_value(void **unused)
{
    struct batch batch = open_owned("rppp");
    const struct slot *begun = &batch.slots[0], *never = &batch.slots[1];
    uint64_t before_ns = clock_ns();

    (void)unused;
    batch_settle(&batch, DEAD, CHUNK_FREE, false, "gone");
    assert_int_equal(begun->outcome.status, -EOWNERDEAD);
    assert_int_equal(begun->outcome.value, 0);
    assert_int_equal(begun->outcome.start_ns, 100);
    assert_true(begun->outcome.end_ns >= before_ns);
    assert_string_equal(batch_text(&batch, begun), "gone");
    /* A row of the timeline that began at 0 would lie before the sample. */
    assert_true(never->outcome.start_ns >= before_ns);
    assert_int_equal(never->outcome.start_ns, never->outcome.end_ns);
    batch_close(&batch);
}

static void without_stamps_a_lost_task_has_none(void **unused)
{
    struct batch batch = open_owned("pppp");

    (void)unused;
    batch.stamps = false;
    batch_settle(&batch, DEAD, CHUNK_FREE, false, "gone");
    assert_int_equal(batch.slots[0].outcome.start_ns, 0);
    assert_int_equal(batch.slots[0].outcome.end_ns, 0);
    batch_close(&batch);
}

/* Only SIGKILL is what a limit sends, and only late. */
static void a_timeout_is_a_late_kill(void **unused)
{
    static const struct {
        bool killed;
        uint64_t limit_ns, ran_ns;
        int status;
        const char *text;
    } cases[] = {
        {true, 1000000, 2000000, -ETIMEDOUT, "timed out after 1.00 ms"},
        {false, 1000000, 2000000, -EOWNERDEAD, "gone"},
        {true, 3600000000000, 2000000, -EOWNERDEAD, "gone"},
        {true, 0, 2000000, -EOWNERDEAD, "gone"},
    };

    (void)unused;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct batch batch = open_owned("rppp");

        batch.task_limit_ns = cases[i].limit_ns;
        batch.slots[0].outcome.start_ns = clock_ns() - cases[i].ran_ns;
        batch_settle(&batch, DEAD, HEIR, cases[i].killed, "gone");
        assert_int_equal(batch.slots[0].outcome.status, cases[i].status);
        assert_string_equal(batch_text(&batch, &batch.slots[0]), cases[i].text);
        batch_close(&batch);
    }
}

/* The text that a worker left is about a failure that was never reported. */
static void the_reason_replaces_what_the_dead_one_wrote(void **unused)
{
    struct batch batch = open_owned("rppp");

    (void)unused;
    for (unsigned i = 0; i < BATCH_TEXTS; i++) {
        batch_set_text(&batch, &batch.slots[0], "HTTP 403");
    }
    batch_settle(&batch, DEAD, HEIR, false, "gone");
    assert_string_equal(batch_text(&batch, &batch.slots[0]), strerror(EOWNERDEAD));
    batch_close(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(only_the_task_that_was_running_is_lost),
        RIG_TEST(what_is_logged_is_not_settled_again),
        RIG_TEST(what_others_own_is_left_alone),
        RIG_TEST(an_inheritance_can_pass_on),
        RIG_TEST(a_lost_task_has_an_end_a_reason_and_no_value),
        RIG_TEST(without_stamps_a_lost_task_has_none),
        RIG_TEST(a_timeout_is_a_late_kill),
        RIG_TEST(the_reason_replaces_what_the_dead_one_wrote),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
