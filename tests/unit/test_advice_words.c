/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Advice in words: what is said, and when. */
#include "advice_fixture.h"
#include "output/advice_words.h"
#include "tests/unit/text_fixture.h"

static size_t doubtful = 1;

static void tell(const struct advice_question *question, bool brief, const struct style *style,
                 const char *expected)
{
    struct known known;
    struct advice advice;
    struct capture capture;

    known_begin(&known);
    add_usual(&known.record);
    assert_int_equal(known_make(&known, false), 0);
    const struct advice_source source = {
        .machine = "x86\033-2c-24g",
        .cores = 2,
        .range = advice_range(&known.world),
        .groups = known.world.groups,
        .doubtful = doubtful,
    };
    assert_int_equal(advice_make(&known.world, question, &advice), 0);
    capture_begin(&capture);
    assert_int_equal(advice_write(capture.file, &advice, question, &source, brief, style), 0);
    capture_end(&capture, style, expected);
    advice_release(&advice);
    known_end(&known);
}

static void an_answer_has_its_reasons(void **state)
{
    (void)state;
    tell(&(struct advice_question){.task_ns = 300 * US, .tasks = 64}, false, &utf8,
         "Use thread-pool with 2 workers, 9.70 ms [9.70 ms, 9.70 ms] for 64 tasks of\n"
         "  300 us; done serially they take 19.2 ms, 1.98 × as long.\n"
         "  Second best: process-pool with 2 workers, 9.96 ms [9.96 ms, 9.96 ms], 1.03 ×\n"
         "  [1.03, 1.03] as long.\n"
         "  What would change it: tasks below 3.07 us: serial.\n"
         "  From measurements on x86?-2c-24g (2 cores): tasks of 1.00 us to 1.00 ms, 4 to\n"
         "  1,024 of them, at 9 places; 1 of these in doubt: disturbed by others, or\n"
         "  serial unequal to itself.\n");
}

static void serial_may_be_the_answer(void **state)
{
    (void)state;
    tell(&(struct advice_question){.task_ns = 2 * US, .tasks = 8}, false, &ascii,
         "Start no workers: serial, 16.0 us for 8 tasks of 2.00 us; nothing is faster by\n"
         "  more than 2 %.\n"
         "  Second best: thread-pool with 2 workers, 108 us [108 us, 108 us], 6.78 x\n"
         "  [6.78, 6.78] as long.\n"
         "  What would change it: tasks from 26.1 us on: thread-pool; 108 tasks or more:\n"
         "  thread-pool.\n"
         "  From measurements on x86?-2c-24g (2 cores): tasks of 1.00 us to 1.00 ms, 4 to\n"
         "  1,024 of them, at 9 places; 1 of these in doubt: disturbed by others, or\n"
         "  serial unequal to itself.\n");
}

static void conditions_are_told(void **state)
{
    struct advice_question question = {.task_ns = 300 * US, .tasks = 10000, .isolation = true};

    (void)state;
    tell(&question, false, &utf8,
         "Use process-pool with 2 workers, 1.50 s [1.50 s, 1.50 s] for 10,000 tasks of\n"
         "  300 us; done serially they take 3.00 s, 2.00 × as long.\n"
         "  Second best: fork with 2 workers, 2.70 s [2.70 s, 2.70 s], 1.80 × [1.80, 1.80]\n"
         "  as long.\n"
         "  What would change it: nothing within what was measured.\n"
         "  Because a task may die, serial and threads are left out: there it takes all\n"
         "  others with it (tvp run crash shows it).\n"
         "  From measurements on x86?-2c-24g (2 cores): tasks of 1.00 us to 1.00 ms, 4 to\n"
         "  1,024 of them, at 9 places; 1 of these in doubt: disturbed by others, or\n"
         "  serial unequal to itself.\n");
    question.shared_memory = true;
    tell(&question, true, &utf8,
         "Use process-pool with 2 workers, 1.50 s [1.50 s, 1.50 s] for 10,000 tasks of\n"
         "  300 us; done serially they take 3.00 s, 2.00 × as long.\n");
    question.isolation = false;
    question.task_ns = 1000 * MS;
    question.parent.bytes = 1 << 30;
    tell(&question, false, &utf8,
         "Use thread-pool with 2 workers, 5,000 s [5,000 s, 5,000 s] for 10,000 tasks of\n"
         "  1.00 s in a parent of 1 GiB; done serially they take 10,000 s, 2.00 × as long.\n"
         "  Second best: pthread with 2 workers, 5,000 s [5,000 s, 5,000 s], 1.00 ×\n"
         "  [1.00, 1.00] as long, not told apart.\n"
         "  What would change it: nothing within what was measured.\n"
         "  Because tasks change data that others see, processes are left out: they change\n"
         "  copies of it. Add --isolation for processes with that data in MAP_SHARED\n"
         "  memory.\n"
         "  Outside what was measured, which was tasks of 1.00 us to 1.00 ms: longer tasks\n"
         "  hide more of what a strategy costs. Measure with tvp advise and no file.\n"
         "  From measurements on x86?-2c-24g (2 cores): tasks of 1.00 us to 1.00 ms, 4 to\n"
         "  1,024 of them, at 9 places; 1 of these in doubt: disturbed by others, or\n"
         "  serial unequal to itself.\n");
}

static void a_disturbed_machine_is_told_first(void **state)
{
    (void)state;
    doubtful = 5;
    tell(&(struct advice_question){.task_ns = 2 * US, .tasks = 8}, true, &utf8,
         "Not to be relied on, because others disturbed the machine: Start no workers:\n"
         "  serial, 16.0 us for 8 tasks of 2.00 us; nothing is faster by more than 2 %.\n");
    doubtful = 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_has_its_reasons),
        cmocka_unit_test(serial_may_be_the_answer),
        cmocka_unit_test(conditions_are_told),
        cmocka_unit_test(a_disturbed_machine_is_told_first),
    };

    return cmocka_run_group_tests_name("advice words", tests, NULL, NULL);
}
