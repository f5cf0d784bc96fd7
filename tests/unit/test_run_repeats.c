/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Epochs that others disturb are measured again at the end of their round, whatever their times:
 * the load is made up, by epoch, and so are the times. */
#include "tests/unit/run_fixture.h"

#include <sys/stat.h>

#define EPOCHS 6u

/* What /proc/stat says; one test at a time. */
static char stat_path[300];
static unsigned long long busy, idle;
static const char *loud; /* by round: 'L': its first epochs are disturbed, 'A': repeats as well */
static size_t blocks_seen, block_round;

static void write_stat(void)
{
    FILE *file = fopen(stat_path, "we");

    assert_non_null(file);
    fprintf(file, "cpu  %llu 0 0 %llu 0 0 0 0\n", busy, idle);
    fclose(file);
}

/* Between blocks; the first ones of a round are of epochs that were planned. */
static void disturb(const struct run_progress *progress, void *context)
{
    (void)context;
    if (progress->epoch == 0) {
        return;
    }
    if (progress->epoch != block_round) {
        block_round = progress->epoch;
        blocks_seen = 0;
    }
    char kind = loud[(progress->epoch - 1) % strlen(loud)];
    bool planned = blocks_seen++ < 4;
    busy += kind == 'A' || (kind == 'L' && planned) ? 100000 : 0;
    idle += 100;
    write_stat();
}

static void run_disturbed(const char *folder, struct ran *ran, const char *rounds, uint64_t epochs,
                          uint64_t budget_ns)
{
    static const char *const one[] = {"nap", NULL};
    char path[290];

    loud = rounds;
    blocks_seen = block_round = 0;
    snprintf(path, sizeof(path), "%s/proc", folder);
    (void)mkdir(path, 0755);
    snprintf(stat_path, sizeof(stat_path), "%s/stat", path);
    write_stat();
    assert_int_equal(run(folder, ran,
                         (struct run_settings){.plan = {.workloads = one},
                                               .epochs = epochs,
                                               .budget_ns = budget_ns,
                                               .load_root = folder,
                                               .progress = disturb}),
                     0);
    (void)remove(stat_path);
    (void)rmdir(path);
}

/* "qLR": an epoch that was quiet, one that was not, a repeat that was (r) or was not (R). */
static void check_epochs(const struct record *record, const char *wanted)
{
    const json_t *epochs = json_object_get(record->head, "epochs"), *entry;
    char found[64] = "";
    size_t i;

    json_array_foreach(epochs, i, entry)
    {
        bool was_loud = json_is_true(json_object_get(entry, "contaminated"));
        bool repeat = json_is_true(json_object_get(entry, "repeat"));

        assert_int_equal(json_integer_value(json_object_get(entry, "epoch")), i);
        found[i] = repeat ? (was_loud ? 'R' : 'r') : was_loud ? 'L' : 'q';
    }
    assert_string_equal(found, wanted);
    for (size_t s = 0; s < record->series_count; s++) {
        assert_int_equal(record->series[s].samples.count, 3 * strlen(wanted));
        for (size_t n = 0; n < record->series[s].samples.count; n++) {
            const struct sample *sample = &record->series[s].samples.items[n];

            assert_int_equal(sample->epoch, n / 3);
            assert_int_equal(sample->loud, strchr("LR", wanted[n / 3]) != NULL);
        }
    }
}

static void what_others_disturbed_is_measured_again(void **state)
{
    static const struct {
        const char *rounds, *epochs;
    } cases[] = {
        {"q", "qqqqqq"},
        {"qqLqqq", "qqLrqqq"},
        {"qqqqqL", "qqqqqLr"},
        /* One may be repeated for every two that were planned, so the first has to wait. */
        {"Lqqqqq", "Lqrqqqq"},
        {"LLqqqq", "LLrqqrqq"},
        /* A repeat that was disturbed as well is repeated, while there are any to be had. */
        {"qqqAqq", "qqqLRqrq"},
        {"A", "LLRLLRLLR"},
        /* After the last round there is no other. */
        {"qqqqqA", "qqqqqLRRR"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct ran ran = {0};

        fake_script(*state, "{'*':{'run_ns':1000}}");
        run_disturbed(*state, &ran, cases[i].rounds, EPOCHS, 0);
        check_epochs(&ran.record, cases[i].epochs);
        assert_true(record_complete(&ran.record));
        assert_int_equal(record_number(&ran.record, "config.repeats_most_permille", 0), 500);
        forget(&ran);
    }
}

/* Times that double from epoch to epoch change nothing: load alone decides. */
static void times_play_no_part(void **state)
{
    struct ran ran = {0};

    fake_script(*state, "{'*':{'run_ns':1000,'epoch_step':100000}}");
    run_disturbed(*state, &ran, "q", EPOCHS, 0);
    check_epochs(&ran.record, "qqqqqq");
    forget(&ran);
}

static void no_time_is_left_for_repeats(void **state)
{
    struct ran ran = {0};

    fake_script(*state, "{'*':{'run_ns':1000}}");
    run_disturbed(*state, &ran, "A", EPOCHS, 1);
    check_epochs(&ran.record, "L");
    assert_string_equal(record_text(&ran.record, "stopped_by"), "budget");
    forget(&ran);
}

/* A million epochs never fit, so each repeat would be at the cost of one that was planned. */
static void what_is_planned_comes_first(void **state)
{
    struct ran ran = {0};
    const json_t *entry;
    size_t i;

    fake_script(*state, "{'*':{'run_ns':1000}}");
    run_disturbed(*state, &ran, "A", 1000000, 700000000);
    assert_string_equal(record_text(&ran.record, "stopped_by"), "budget");
    json_array_foreach(json_object_get(ran.record.head, "epochs"), i, entry)
    {
        assert_true(json_is_true(json_object_get(entry, "contaminated")));
        assert_false(json_is_true(json_object_get(entry, "repeat")));
    }
    assert_true(i > 0);
    forget(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(what_others_disturbed_is_measured_again),
        FAKE_TEST(times_play_no_part),
        FAKE_TEST(no_time_is_left_for_repeats),
        FAKE_TEST(what_is_planned_comes_first),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
