/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays tvp-trial: answers with the exact numbers that $TVP_FAKE/script.json says, fails where that
 * says so, and logs what it is asked to $TVP_FAKE/log. So everything from the plan to the table can
 * be compared with what it must be (hyperfine's mock executor). Members of the script are looked
 * up under "WORKLOAD STRATEGY", "STRATEGY", "WORKLOAD" and "*", in this order; test_run.py and
 * fake_fixture.h show them all. */
#include "base/clock.h"

#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct fake {
    json_t *script;
    const char *folder, *workload, *strategy, *workers, *tasks;
    char sets[256]; /* "name=value name=value" */
    long trial;     /* of this cell; those that only looked at it have negative numbers */
};

static const char *const listed =
    "{\"strategies\":[{\"name\":\"serial\",\"caller\":true},{\"name\":\"pthread\"},"
    "{\"name\":\"fork\"},{\"name\":\"thread-pool\"},{\"name\":\"process-pool\"}],\"workloads\":["
    "{\"name\":\"loop\",\"params\":[{\"name\":\"iterations\"}]},"
    "{\"name\":\"nap\",\"params\":[{\"name\":\"durations\"},{\"name\":\"tone\"}]},"
    "{\"name\":\"tune\",\"params\":[{\"name\":\"tone\"}]}]}";

static const json_t *member(const struct fake *fake, const char *name)
{
    char both[256];
    const char *keys[] = {both, fake->strategy, fake->workload, "*"};

    snprintf(both, sizeof(both), "%s %s", fake->workload, fake->strategy);
    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
        const json_t *value = json_object_get(json_object_get(fake->script, keys[i]), name);

        if (value) {
            return value;
        }
    }
    return NULL;
}

/* Of an array the entry for the sample. */
static const json_t *member_at(const struct fake *fake, const char *name, long sample)
{
    const json_t *value = member(fake, name);
    size_t size = json_array_size(value);

    return json_is_array(value) ? json_array_get(value, (size_t)sample % size) : value;
}

static long number(const struct fake *fake, const char *name, long fallback)
{
    const json_t *value = member(fake, name);

    return value ? (long)json_integer_value(value) : fallback;
}

static void log_event(const struct fake *fake, const char *event, long detail)
{
    char path[PATH_MAX], line[512];

    snprintf(path, sizeof(path), "%s/log", fake->folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    int length =
        snprintf(line, sizeof(line), "%s %ld %d %s %s %s %ld\n", event, detail, (int)getpid(),
                 fake->workload, fake->strategy, fake->workers, fake->trial);
    (void)!write(fd, line, (size_t)length);
    close(fd);
}

/* One byte for each trial of the cell: their number is the size of the file. */
static long count_trial(const struct fake *fake)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof(path), "%s/", fake->folder);

    snprintf(path + n, sizeof(path) - (size_t)n, "%s-%s-%s", fake->workload, fake->strategy,
             fake->workers);
    for (char *p = path + n; *p; p++) {
        *p = *p == '/' ? '_' : *p;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    (void)!write(fd, "x", 1);
    long size = (long)lseek(fd, 0, SEEK_CUR);
    close(fd);
    return size - 1 - number(fake, "looks", 1);
}

/* When is 0 and more before that sample, -1 before it gets ready. */
static void fail_if_due(const struct fake *fake, long when)
{
    const json_t *fail = member(fake, "fail"), *trial = json_object_get(fail, "trial");
    const json_t *after = json_object_get(fail, "after");
    const char *how = json_string_value(json_object_get(fail, "how"));
    const char *text = json_string_value(json_object_get(fail, "text"));

    if (!how || json_integer_value(after) != when ||
        (trial && json_integer_value(trial) != fake->trial)) {
        return;
    }
    for (json_int_t i = json_integer_value(json_object_get(fail, "chatter")); i > 0; i--) {
        fputs("noise\n", stderr);
    }
    if (text) {
        fprintf(stderr, "tvp-trial: %s\n", text);
    }
    log_event(fake, "fail", when);
    if (strcmp(how, "garbage") == 0) {
        puts("this is no JSON");
        fflush(stdout);
    } else if (strcmp(how, "endless") == 0) {
        while (putchar('x') != EOF) {
        }
    } else if (strcmp(how, "killed") == 0) {
        raise(SIGKILL);
    } else if (strcmp(how, "hang") == 0) {
        for (;;) {
            pause();
        }
    }
    exit(strcmp(how, "skip") == 0 ? 77 : strcmp(how, "usage") == 0 ? 2 : strcmp(how, "exit") == 0);
}

/* Somebody in our process group who would outlive us. */
static void leave_behind(const struct fake *fake)
{
    pid_t pid = json_is_true(member(fake, "leaves")) ? fork() : -1;

    if (pid == 0) {
        log_event(fake, "left", 0);
        (void)close_range(STDIN_FILENO, STDERR_FILENO, 0);
        (void)alarm(100);
        for (;;) {
            pause();
        }
    }
}

static void say(json_t *object, const json_t *extra)
{
    (void)json_object_update(object, (json_t *)extra);
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(object);
}

static void say_ready(const struct fake *fake)
{
    const char *summary = json_string_value(member(fake, "summary"));
    const char *arguments = json_string_value(member(fake, "arguments"));
    long tasks = number(fake, "tasks", 4);
    long workers = strcmp(fake->workers, "auto") == 0 ? 2 : strtol(fake->workers, NULL, 10);

    if (fake->tasks) {
        tasks = strtol(fake->tasks, NULL, 10);
    }
    if (strcmp(fake->strategy, "serial") == 0) {
        workers = 1;
    }
    json_t *ready =
        json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:b}", "workload", fake->workload, "arguments",
                  arguments ? arguments : fake->sets, "strategy", fake->strategy, "summary",
                  summary ? summary : "4 tasks", "workers", (json_int_t)workers, "tasks",
                  (json_int_t)(fake->trial > 0 ? tasks + number(fake, "tasks_later", 0) : tasks),
                  "calibrated", json_is_true(member(fake, "calibrated")));

    say(ready, member(fake, "ready"));
}

static void say_sample(const struct fake *fake, long sample, const char *command)
{
    static const char *const zeros[] = {"user_ns",      "system_ns",          "minor_faults",
                                        "major_faults", "switches_voluntary", "switches_forced",
                                        "cpu_before",   "cpu_after",          "failed"};
    const char *answer = json_string_value(member_at(fake, "answer", sample));
    const json_t *given = member_at(fake, "run_ns", sample);
    json_int_t run_ns = given ? json_integer_value(given) : 1000;
    uint64_t start_ns = clock_ns();

    run_ns += fake->trial * number(fake, "epoch_step", 0);
    clock_sleep_until(start_ns + 1000000 * (uint64_t)number(fake, "sleep_ms", 0));
    json_t *object = json_pack("{s:I, s:I, s:I, s:I, s:s}", "start_ns", (json_int_t)start_ns,
                               "open_ns", (json_int_t)number(fake, "open_ns", 0), "run_ns", run_ns,
                               "close_ns", (json_int_t)number(fake, "close_ns", 0), "answer",
                               answer ? answer : "00000000000000aa");
    for (size_t i = 0; i < sizeof(zeros) / sizeof(*zeros); i++) {
        json_object_set_new(object, zeros[i], json_integer(0));
    }
    const char *more = strcmp(command, "examine") == 0 ? "events" : command; /* or "timeline" */
    if (strcmp(command, "sample") != 0 && member(fake, more)) {
        json_object_set(object, more, (json_t *)member(fake, more));
    }
    say(object, member(fake, "sample"));
}

static void serve(struct fake *fake)
{
    char line[64];

    fake->trial = count_trial(fake);
    log_event(fake, getenv("MALLOC_PERTURB_") ? "perturbed" : "start", getppid());
    leave_behind(fake);
    fail_if_due(fake, -1);
    say_ready(fake);
    for (long sample = 0; fgets(line, sizeof(line), stdin); sample++) {
        line[strcspn(line, "\n")] = '\0';
        fail_if_due(fake, sample);
        log_event(fake, line, sample);
        say_sample(fake, sample, line);
    }
    log_event(fake, "end", 0);
}

int main(int argc, char **argv)
{
    const char *folder = getenv("TVP_FAKE");
    struct fake fake = {.folder = folder ? folder : ".", .workload = "-", .strategy = "-"};
    char path[PATH_MAX];

    (void)alarm(100); /* no test takes so long */
    snprintf(path, sizeof(path), "%s/script.json", fake.folder);
    fake.script = json_load_file(path, 0, NULL);
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        puts(listed);
        json_decref(fake.script);
        return 0;
    }
    fake.workload = argv[argc - 1];
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--set") == 0) {
            size_t length = strlen(fake.sets);

            snprintf(fake.sets + length, sizeof(fake.sets) - length, "%s%s", length ? " " : "",
                     argv[i + 1]);
        }
        fake.strategy = strcmp(argv[i], "--strategy") == 0 ? argv[i + 1] : fake.strategy;
        fake.workers = strcmp(argv[i], "--workers") == 0 ? argv[i + 1] : fake.workers;
        fake.tasks = strcmp(argv[i], "--tasks") == 0 ? argv[i + 1] : fake.tasks;
    }
    serve(&fake);
    json_decref(fake.script);
    return 0;
}
