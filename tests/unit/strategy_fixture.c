/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategy_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

const char *const rig_every[] = {
    "serial",
    "pthread",
    "fork",
    "fork:channel=pipe",
    "thread-pool",
    "thread-pool:chunk=3",
    "thread-pool:chunk=64",
    "process-pool",
    "process-pool:chunk=3",
    "process-pool:chunk=64",
    "process-pool:channel=pipe",
    "process-pool:channel=pipe:chunk=3",
    "process-pool:channel=pipe:chunk=64",
    "serial+thread",
    NULL,
};

const char *const rig_processes[] = {
    "fork",
    "fork:channel=pipe",
    "process-pool",
    "process-pool:chunk=3",
    "process-pool:channel=pipe",
    "process-pool:channel=pipe:chunk=3",
    NULL,
};

static unsigned count_entries(const char *path)
{
    DIR *folder = opendir(path);
    unsigned count = 0;

    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count;
}

/* Memory that processes share; other mappings come and go as the C library likes. */
static unsigned count_shared_mappings(void)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[512], kind = '-';
    unsigned count = 0;

    assert_non_null(maps);
    while (fgets(line, sizeof(line), maps)) {
        count += sscanf(line, "%*s %*3c%c", &kind) == 1 && kind == 's';
    }
    fclose(maps);
    return count;
}

void rig_init(struct rig *rig, const char *words, task_run *run, unsigned workers, unsigned tasks,
              size_t payload_size)
{
    char name[64], why[ARGS_WHY_SIZE];
    size_t length = strcspn(words, ":");

    *rig = (struct rig){
        .workload = {.name = "test", .run = run, .shared_size = sizeof(struct marks)},
        .env = {.tasks = tasks, .payload_size = payload_size},
        .descriptors = count_entries("/proc/self/fd"),
        .threads = count_entries("/proc/self/task"),
        .mappings = count_shared_mappings(),
    };
    snprintf(name, sizeof(name), "%.*s", (int)length, words);
    rig->strategy = strategy_find(name);
    assert_non_null(rig->strategy);
    assert_int_equal(args_init(rig->strategy->options, &rig->options), 0);
    if (words[length] == ':' && args_set_all(&rig->options, words + length + 1, why) != 0) {
        fail_msg("%s: %s", words, why);
    }
    assert_int_equal(batch_open(&rig->workload, &rig->env, tasks, payload_size, &rig->batch), 0);
    rig->batch.stamps = true;
    rig->env.shared = rig->batch.shared;
    rig->env.payloads = rig->batch.payloads;
    rig->env.state = &rig->batch;
    rig->crew =
        (struct crew){.batch = &rig->batch, .options = rig->options.items, .workers = workers};
}

void rig_start(struct rig *rig)
{
    assert_int_equal(rig->strategy->open(&rig->crew, &rig->state), 0);
}

void rig_submit(struct rig *rig, unsigned count)
{
    assert_int_equal(rig->strategy->submit(rig->state, count), 0);
}

void rig_wait(struct rig *rig, unsigned done)
{
    assert_int_equal(rig->strategy->wait(rig->state, done), 0);
    assert_true(rig->batch.done >= done);
}

void rig_end(struct rig *rig)
{
    rig->strategy->close(rig->state);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

void rig_sample(struct rig *rig)
{
    rig_start(rig);
    rig_submit(rig, rig->batch.tasks);
    rig_wait(rig, rig->batch.tasks);
    rig_end(rig);
}

void rig_release(struct rig *rig)
{
    args_release(&rig->options);
    batch_close(&rig->batch);
    assert_int_equal(count_entries("/proc/self/fd"), rig->descriptors);
    assert_int_equal(count_shared_mappings(), rig->mappings);
    /* The kernel forgets a joined thread a moment after it was joined. */
    struct hold hold = hold_begin();
    while (count_entries("/proc/self/task") > rig->threads && hold_on(&hold)) {
    }
    assert_true(count_entries("/proc/self/task") <= rig->threads);
}

struct marks *rig_marks(const struct rig *rig)
{
    return rig->batch.shared;
}

void rig_order(struct rig *rig, uint32_t order[RIG_TASKS])
{
    struct batch *batch = &rig->batch;
    uint32_t ended = 0;

    batch_look(batch);
    for (uint32_t next = batch->oldest; next != 0; next = batch->slots[next - 1].next) {
        const uint32_t count = batch_count(batch, next - 1);

        assert_true(next <= batch->tasks_submitted && count > 0);
        assert_true(ended + count <= batch->tasks);
        for (uint32_t k = 0; k < count; k++) {
            order[ended++] = next - 1 + k;
        }
    }
    assert_int_equal(ended, batch_ended(batch));
    assert_int_equal(ended, batch->done);
}

void rig_expect_complete(struct rig *rig)
{
    uint32_t order[RIG_TASKS];
    bool seen[RIG_TASKS] = {false};
    const struct batch *batch = &rig->batch;

    assert_int_equal(batch->done, batch->tasks);
    rig_order(rig, order);
    for (uint32_t i = 0; i < batch->tasks; i++) {
        uint32_t state = atomic_load(&batch->slots[i].state);

        assert_true(state == TASK_DONE || state == TASK_LOST);
        assert_false(seen[order[i]]);
        seen[order[i]] = true;
    }
}

void rig_expect_value(const struct rig *rig, uint32_t task)
{
    const struct slot *slot = &rig->batch.slots[task];
    unsigned workers = rig->crew.workers > 0 ? rig->crew.workers : rig->batch.tasks;

    assert_int_equal(atomic_load(&slot->state), TASK_DONE);
    assert_int_equal(slot->outcome.status, 0);
    assert_int_equal(slot->text, 0);
    assert_int_equal(slot->outcome.value, value_of(task));
    assert_true(slot->outcome.lane < workers);
    assert_true(slot->outcome.start_ns > 0 && slot->outcome.start_ns <= slot->outcome.end_ns);
    assert_int_equal(atomic_load(&rig_marks(rig)->runs[task]), 1);
}

void rig_expect_well(struct rig *rig)
{
    unsigned workers = rig->crew.workers > 0 ? rig->crew.workers : rig->batch.tasks;

    rig_expect_complete(rig);
    for (uint32_t i = 0; i < rig->batch.tasks; i++) {
        rig_expect_value(rig, i);
    }
    assert_int_equal(atomic_load(&rig_marks(rig)->alive), 0);
    assert_true(atomic_load(&rig_marks(rig)->most_alive) <= workers);
}

void rig_expect_lost(const struct rig *rig, uint32_t task, int status, const char *text)
{
    const struct slot *slot = &rig->batch.slots[task];

    assert_int_equal(atomic_load(&slot->state), TASK_LOST);
    assert_int_equal(slot->outcome.status, status);
    assert_string_equal(batch_text(&rig->batch, slot), text);
    assert_int_equal(slot->outcome.value, 0);
    assert_true(slot->outcome.start_ns > 0 && slot->outcome.start_ns <= slot->outcome.end_ns);
    assert_int_equal(atomic_load(&rig_marks(rig)->runs[task]), 1);
}

static void *do_nothing(void *argument)
{
    return argument;
}

int rig_setup(void **unused)
{
    const struct rlimit none = {0, 0};
    pthread_t thread;

    (void)unused;
    (void)setrlimit(RLIMIT_CORE, &none);
    alarm(RIG_LIMIT_S);
    /* A sanitizer starts a thread of its own beside the first; it is not to be counted. */
    assert_int_equal(pthread_create(&thread, NULL, do_nothing, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    return 0;
}

int rig_teardown(void **unused)
{
    (void)unused;
    alarm(0);
    return 0;
}
