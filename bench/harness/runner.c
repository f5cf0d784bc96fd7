/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/runner.h"

#include "base/clock.h"
#include "base/strays.h"
#include "base/units.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARGUMENTS_MAX 24 /* without the sets */
#define WORD_SIZE 48u
#define WORD "TVP_PADDING="
#define END_LIMIT_NS 2000000000u
#define STOP_LIMIT_NS 500000000u
/* Of tvp-trial. */
#define EXIT_USAGE 2
#define EXIT_SKIPPED 77

/* What the environment of all processes of a trial begins with. */
static void mark_text(uint64_t number, char text[WORD_SIZE])
{
    snprintf(text, WORD_SIZE, WORD "%llu.", (unsigned long long)number);
}

/* Our environment, moved by a padding and without what meson sets to find bugs: an allocator
 * that fills every block would be measured along with the rest. */
static char **make_environment(uint64_t number, size_t padding)
{
    size_t count = 0;

    while (environ[count]) {
        count++;
    }
    char **environment = calloc(count + 2, sizeof(*environment));
    char *pad = calloc(1, WORD_SIZE + padding);
    if (!environment || !pad) {
        free(environment);
        free(pad);
        return NULL;
    }
    mark_text(number, pad);
    memset(pad + strlen(pad), 'x', padding);
    char **end = environment;
    *end++ = pad;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(environ[i], "MALLOC_PERTURB_=", 16) != 0 &&
            strncmp(environ[i], WORD, strlen(WORD)) != 0) {
            *end++ = environ[i];
        }
    }
    return environment;
}

/* Arguments for tvp-trial; strings belong to the cell, the settings and tasks. */
static char **make_arguments(const struct runner_settings *settings, const struct cell *cell,
                             const char *tasks, const char *parent)
{
    size_t sets = 0, n = 0;

    while (cell->sets[sets]) {
        sets++;
    }
    const char **argv = calloc(ARGUMENTS_MAX + 2 * sets, sizeof(*argv));
    if (!argv) {
        return NULL;
    }
    argv[n++] = cell->trial ? cell->trial : settings->trial;
    argv[n++] = "--on-command";
    argv[n++] = "--limit";
    argv[n++] = "0"; /* the harness is the limit */
    argv[n++] = "--strategy";
    argv[n++] = cell->strategy;
    argv[n++] = "--workers";
    argv[n++] = cell->workers;
    argv[n++] = "--scratch";
    argv[n++] = settings->scratch;
    if (cell->tasks > 0) {
        argv[n++] = "--tasks";
        argv[n++] = tasks;
    }
    if (cell->parent.bytes > 0) {
        argv[n++] = parent;
    }
    if (settings->cpus) {
        argv[n++] = "--cpus";
        argv[n++] = settings->cpus;
    }
    if (settings->hold) {
        argv[n++] = "--hold";
    }
    if (settings->no_stamps) {
        argv[n++] = "--no-stamps";
    }
    if (settings->task_limit) {
        argv[n++] = "--task-limit";
        argv[n++] = settings->task_limit;
    }
    for (size_t i = 0; i < sets; i++) {
        argv[n++] = "--set";
        argv[n++] = cell->sets[i];
    }
    argv[n++] = "--";
    argv[n++] = cell->workload;
    return (char **)argv;
}

int runner_start(const struct runner_settings *settings, const struct cell *cell, size_t padding,
                 struct runner *ret_runner)
{
    char tasks[UNITS_SIZE], parent[2 + PARENT_TEXT_SIZE] = "--";
    struct runner runner = {.number = clock_ns(),
                            .sample_limit_ns = settings->sample_limit_ns,
                            .stopped = settings->stopped};

    snprintf(tasks, sizeof(tasks), "%llu", (unsigned long long)cell->tasks);
    parent_text(&cell->parent, parent + 2); /* "parent=1GiB:huge", as an option of tvp-trial */
    char **argv = make_arguments(settings, cell, tasks, parent);
    char **environment = make_environment(runner.number, padding);
    int r = argv && environment ? child_start(argv, environment, &runner.child) : -ENOMEM;

    if (environment) {
        free(environment[0]);
    }
    free(environment);
    free(argv);
    if (r == 0) {
        *ret_runner = runner;
    }
    return r;
}

/* It has closed its pipe or broken the protocol: find out why, and say it in one sentence. */
static int tell_end(struct runner *runner, char *why)
{
    char words[HARNESS_WHY_SIZE / 2];
    siginfo_t info = {0};
    int r = child_wait(&runner->child, clock_ns() + END_LIMIT_NS, &info);

    child_last_words(&runner->child, words, sizeof(words));
    if (r == 0 && info.si_code != CLD_EXITED) {
        const char *name = sigabbrev_np(info.si_status);

        snprintf(why, HARNESS_WHY_SIZE, "the trial was killed by SIG%s", name ? name : "?");
        return -ECHILD;
    }
    snprintf(why, HARNESS_WHY_SIZE, "%s", words[0] ? words : "the trial ended without a word");
    if (r < 0 || runner->ready) {
        return -ECHILD;
    }
    return info.si_status == EXIT_SKIPPED ? -EOPNOTSUPP
           : info.si_status == EXIT_USAGE ? -EINVAL
                                          : -ECHILD;
}

/* Who stops a run may do so in the middle of a sample that takes long: one that is nearly over is
 * waited for, no more. */
static int read_line(struct runner *runner, char **ret_line)
{
    uint64_t deadline_ns = clock_ns() + runner->sample_limit_ns;
    bool stopped = false;
    int r;

    while ((r = child_read_line(&runner->child, deadline_ns, ret_line)) == -EINTR) {
        uint64_t soon_ns = clock_ns() + STOP_LIMIT_NS;

        if (!stopped && runner->stopped && *runner->stopped) {
            stopped = true;
            deadline_ns = soon_ns < deadline_ns ? soon_ns : deadline_ns;
        }
    }
    return r == -ETIMEDOUT && stopped ? -EINTR : r;
}

static int read_object(struct runner *runner, json_t **ret_object, char *why)
{
    char *line, limit[UNITS_SIZE];
    int r = read_line(runner, &line);

    if (r == -EINTR) {
        snprintf(why, HARNESS_WHY_SIZE, "interrupted");
        return r;
    }
    if (r == -ETIMEDOUT) {
        snprintf(why, HARNESS_WHY_SIZE, "timeout: no answer within %s; killed",
                 format_duration((double)runner->sample_limit_ns, limit));
        return r;
    }
    if (r == -EMSGSIZE) {
        snprintf(why, HARNESS_WHY_SIZE, "the trial answered without an end; killed");
        return r;
    }
    if (r < 0) {
        return tell_end(runner, why);
    }
    json_t *object = json_loads(line, 0, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        snprintf(why, HARNESS_WHY_SIZE, "the trial answered what is no JSON object");
        return -EPROTO;
    }
    *ret_object = object;
    return 0;
}

int runner_ready(struct runner *runner, json_t **ret_ready, char *why)
{
    int r = read_object(runner, ret_ready, why);

    runner->ready = r == 0;
    return r;
}

int runner_sample(struct runner *runner, enum look look, json_t **ret_sample, char *why)
{
    static const char *const commands[] = {
        [LOOK_TIME] = "sample\n", [LOOK_TIMELINE] = "timeline\n", [LOOK_EXAMINE] = "examine\n"};
    int r = child_write_line(&runner->child, commands[look]);

    return r < 0 ? tell_end(runner, why) : read_object(runner, ret_sample, why);
}

int runner_hold(struct runner *runner, json_t **ret_held, char *why)
{
    int r = child_write_line(&runner->child, "hold\n");

    return r < 0 ? tell_end(runner, why) : read_object(runner, ret_held, why);
}

void runner_let_go(struct runner *runner)
{
    child_let_go(&runner->child);
}

void runner_end(struct runner *runner)
{
    char word[WORD_SIZE];

    if (runner->child.pid > 0) {
        (void)child_end(&runner->child, clock_ns() + END_LIMIT_NS);
        mark_text(runner->number, word);
        strays_end_marked(word);
    }
}
