/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The article's table: does it say what its rows rest on, and is a stranger's file harmless? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/article.h"
#include "tests/unit/text_fixture.h"

#define HEAD                                                                                       \
    "The article's table on this machine, start to end:\n\n"                                       \
    "                              threads  processes      threads   processes\n"                  \
    "                 serial       pthread       fork         pool        pool\n"
#define TAIL                                                                                       \
    "The article's own figures, in Python: sleeps 3.01 s with threads, 3.12 s with\n"              \
    "processes, 6 s one after the other.\n"

static struct made cell(const char *strategy, double run_ns, unsigned epochs, unsigned blocks)
{
    return (struct made){.workload = "sleep",
                         .strategy = strategy,
                         .workers = 3,
                         .tasks = 3,
                         .run_ns = run_ns,
                         .epochs = epochs,
                         .blocks = blocks};
}

static void show(struct record *record, const struct style *style, const char *expected)
{
    struct capture capture;
    struct groups groups;

    capture_begin(&capture);
    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    assert_int_equal(article_write(capture.file, &groups, style), 0);
    capture_end(&capture, style, expected);
    groups_release(&groups);
    record_release(record);
}

static void one_sample_an_epoch_is_called_a_sample(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    made_add(&record, cell("serial", 6e9, 3, 1));
    made_add(&record, cell("pthread", 3.0005e9, 3, 1));
    made_add(&record, cell("fork:channel=pipe", 3.015e9, 2, 1));
    made_add(&record, cell("process-pool", 30e6, 3, 1));
    show(&record, &utf8,
         HEAD "  sleep        6.0000 s      3.0005 s   3.0301 s            -     30.0 ms\n"
              "\n"
              "Medians of 2 to 3 samples a strategy. No interval can be had from so few: read\n"
              "differences of a few per cent as nothing.\n" TAIL);
}

static void of_several_worker_counts_the_fastest_is_shown(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    made_add(&record, cell("serial", 6e9, 12, 8));
    made_add(&record, cell("thread-pool", 5e9, 12, 8));
    made_add(&record, cell("thread-pool", 2e9, 12, 8))->workers = 4;
    made_add(&record, cell("thread-pool", 3e9, 12, 8))->workers = 5;
    show(&record, &ascii,
         HEAD "  sleep        6.0030 s             -          -     2.0010 s           -\n"
              "\n"
              "Medians of 12 epochs x 8 samples a strategy. Of several numbers of workers, the\n"
              "fastest is shown.\n" TAIL);
}

static void only_what_holds_for_all_rows_is_said_of_all(void **state)
{
    for (unsigned i = 0; i < 3; i++) {
        static const char *const notes[] = {
            "             1 of 3 tasks failed in every sample, under every strategy alike\n",
            "             1 of 3 tasks failed in every sample\n",
            "             up to 1 of 3 tasks failed in a sample, under every strategy alike\n",
        };
        char expected[1000];
        struct record record;
        struct made made = cell("serial", 6e9, 7, 1);

        (void)state;
        made.failed = 1;
        assert_int_equal(record_init(&record), 0);
        made_add(&record, made);
        made.strategy = "fork";
        struct series *fork = made_add(&record, made);
        if (i == 1) {
            free(fork->answer);
            fork->answer = strdup("wrong");
        }
        fork->samples.items[3].failed = i != 2;
        snprintf(expected, sizeof(expected), "%s  sleep        6.0000 s             -%s%s\n%s%s",
                 HEAD,
                 i == 1 ? "          -            -           -\n"
                        : "   6.0000 s            -           -\n",
                 notes[i], "Medians of 7 samples a strategy.\n", TAIL);
        show(&record, &utf8, expected);
    }
}

static void names_of_others_cannot_harm_a_terminal(void **state)
{
    static const char *const names[] = {"\033[2Jred", "µ·sle\xff", "naïve-naïve-naïve"};

    (void)state;
    for (unsigned plain = 0; plain < 2; plain++) {
        struct record record;

        assert_int_equal(record_init(&record), 0);
        for (unsigned i = 0; i < 3; i++) {
            struct made made = cell("serial", 6e9, 6, 1);

            made.workload = names[i];
            made_add(&record, made);
        }
        show(&record, plain ? &ascii : &utf8,
             plain ? HEAD
                 "  ?[2Jred      6.0150 s             -          -            -           -\n"
                 "  u-sle?       6.0150 s             -          -            -           -\n"
                 "  na?ve-na?ve-na?ve\n"
                 "               6.0150 s             -          -            -           -\n"
                 "\nMedians of 6 samples a strategy.\n" TAIL
                   : HEAD
                 "  ?[2Jred      6.0150 s             -          -            -           -\n"
                 "  µ·sle?       6.0150 s             -          -            -           -\n"
                 "  naïve-naïve-naïve\n"
                 "               6.0150 s             -          -            -           -\n"
                 "\nMedians of 6 samples a strategy.\n" TAIL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sample_an_epoch_is_called_a_sample),
        cmocka_unit_test(of_several_worker_counts_the_fastest_is_shown),
        cmocka_unit_test(only_what_holds_for_all_rows_is_said_of_all),
        cmocka_unit_test(names_of_others_cannot_harm_a_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
