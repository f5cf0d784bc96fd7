/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a task hands back, by either channel: its payload, its failure with a text, and the news
 * that it took too long. */
#include "strategy_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define MS_NS 1000000ull

static unsigned char byte_at(uint32_t task, size_t offset)
{
    return (unsigned char)((task + 1) * 37 + offset * 131 + (offset >> 8));
}

static int run_payload(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);
    unsigned char *payload = task->payload;

    for (size_t i = 0; i < env->payload_size; i++) {
        payload[i] = byte_at(task->number, i);
    }
    return marks_leave(marks, task);
}

static void expect_payloads(const struct rig *rig)
{
    for (uint32_t task = 0; task < rig->batch.tasks; task++) {
        const char *payload = batch_payload(&rig->batch, task);

        for (size_t i = 0; i < rig->env.payload_size; i++) {
            if ((unsigned char)payload[i] != byte_at(task, i)) {
                fail_msg("payload of task %u is wrong at byte %zu", task, i);
            }
        }
    }
}

static void payloads_arrive_whole(void **unused)
{
    static const size_t sizes[] = {0, 1, 4096, 1u << 20};

    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        for (unsigned i = 0; i < 4; i++) {
            struct rig rig;

            rig_init(&rig, *words, run_payload, 2, 5, sizes[i]);
            rig_sample(&rig);
            rig_expect_well(&rig);
            expect_payloads(&rig);
            rig_release(&rig);
        }
    }
}

/* Odd tasks fail: with a text of their own, and every tenth of them without one. */
static int run_failing(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);
    int r = marks_leave(marks, task);

    if (task->number % 2 == 0) {
        return r;
    }
    return task->number % 20 == 5 ? -ENOENT : task_fail(task, -EIO, "task %u broke", task->number);
}

static void expect_failure(const struct rig *rig, uint32_t task, unsigned *with_text)
{
    const struct slot *slot = &rig->batch.slots[task];
    char text[TASK_TEXT_SIZE];
    bool silent = task % 20 == 5;

    assert_int_equal(atomic_load(&slot->state), TASK_DONE);
    assert_int_equal(slot->outcome.status, silent ? -ENOENT : -EIO);
    snprintf(text, sizeof(text), "task %u broke", task);
    if (slot->text != 0) {
        assert_false(silent);
        assert_string_equal(batch_text(&rig->batch, slot), text);
        *with_text += 1;
    } else {
        assert_string_equal(batch_text(&rig->batch, slot), strerror(silent ? ENOENT : EIO));
    }
}

static void a_failure_stays_with_its_task(void **unused)
{
    static const unsigned tasks[] = {7, 200};

    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        for (unsigned i = 0; i < 2; i++) {
            unsigned with_text = 0;
            struct rig rig;

            rig_init(&rig, *words, run_failing, 2, tasks[i], 0);
            rig_sample(&rig);
            rig_expect_complete(&rig);
            for (uint32_t task = 0; task < tasks[i]; task++) {
                if (task % 2 == 0) {
                    rig_expect_value(&rig, task);
                } else {
                    expect_failure(&rig, task, &with_text);
                }
            }
            /* Of 7 tasks, 1 and 3 have a text; of 200, 90 have one, and not all find room. */
            assert_int_equal(with_text, tasks[i] == 7 ? 2 : BATCH_TEXTS);
            rig_release(&rig);
        }
    }
}

static int run_overlong(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (task->number == 1) {
        nanosleep(&(struct timespec){.tv_nsec = 60 * MS_NS}, NULL);
    } else if (task->number == 2) {
        nanosleep(&(struct timespec){.tv_nsec = 60 * MS_NS}, NULL);
        return task_fail(task, -EIO, "late and broken");
    }
    return marks_leave(marks, task);
}

static void what_cannot_be_stopped_is_said_to_have_taken_too_long(void **unused)
{
    static const char *const unstoppable[] = {"serial", "pthread", "thread-pool", NULL};

    (void)unused;
    for (const char *const *words = unstoppable; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_overlong, 2, 4, 0);
        rig.batch.task_limit_ns = 50 * MS_NS;
        rig_sample(&rig);
        rig_expect_complete(&rig);
        const struct slot *slot = &rig.batch.slots[1];
        assert_int_equal(slot->outcome.status, -ETIME);
        assert_non_null(strstr(batch_text(&rig.batch, slot), "took "));
        assert_non_null(
            strstr(batch_text(&rig.batch, slot), "s, limit 50.0 ms: could not be stopped"));
        /* Its own failure says more. */
        slot = &rig.batch.slots[2];
        assert_int_equal(slot->outcome.status, -EIO);
        assert_string_equal(batch_text(&rig.batch, slot), "late and broken");
        rig_release(&rig);
    }
}

static int run_stack_size(const struct env *env, struct task *task)
{
    pthread_attr_t attributes;
    size_t size = 0;

    (void)env;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstacksize(&attributes, &size);
        pthread_attr_destroy(&attributes);
    }
    task->value = size;
    return 0;
}

/* More than the default, or glibc hands out a stack that it has kept. */
static void a_thread_has_the_stack_that_was_asked_for(void **unused)
{
    static const char *const words[] = {"pthread:stack=24MiB", "thread-pool:stack=24MiB", NULL};

    (void)unused;
    for (unsigned i = 0; words[i]; i++) {
        struct rig rig;

        rig_init(&rig, words[i], run_stack_size, 1, 1, 0);
        rig_sample(&rig);
        assert_int_equal(rig.batch.slots[0].outcome.value, 24u << 20);
        rig_release(&rig);
    }
}

/* The value is how many pairs of descriptors are ends of the same pipe, standard streams apart. */
static int run_count_pairs(const struct env *env, struct task *task)
{
    char names[64][64] = {{0}};
    unsigned count = 0;
    DIR *folder = opendir("/proc/self/fd");

    (void)env;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (strtol(entry->d_name, NULL, 10) > 2 && count < 64) {
            count += readlinkat(dirfd(folder), entry->d_name, names[count], 63) > 0;
        }
    }
    closedir(folder);
    for (unsigned i = 0; i < count; i++) {
        for (unsigned k = 0; k < i; k++) {
            task->value += strncmp(names[i], "pipe:", 5) == 0 && strcmp(names[i], names[k]) == 0;
        }
    }
    return 0;
}

/* With both, it would wait for ever to be read by itself when the caller is gone. */
static void a_worker_holds_one_end_of_its_pipe(void **unused)
{
    static const char *const pipes[] = {"fork:channel=pipe", "process-pool:channel=pipe"};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, pipes[i], run_count_pairs, 2, 6, 0);
        rig_sample(&rig);
        for (uint32_t task = 0; task < 6; task++) {
            assert_int_equal(rig.batch.slots[task].outcome.value, 0);
        }
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(payloads_arrive_whole),
        RIG_TEST(a_failure_stays_with_its_task),
        RIG_TEST(what_cannot_be_stopped_is_said_to_have_taken_too_long),
        RIG_TEST(a_worker_holds_one_end_of_its_pipe),
        RIG_TEST(a_thread_has_the_stack_that_was_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
