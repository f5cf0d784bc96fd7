/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/trial.h"

#include "base/affinity.h"
#include "base/options.h"
#include "trial/hold.h"
#include "trial/shortage.h"
#include "trial/together.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static int find_strategy(const char *words, struct trial *trial, char *why)
{
    char name[64];
    size_t length = strcspn(words, ":");

    snprintf(name, sizeof(name), "%.*s", (int)length, words);
    trial->strategy_words = words;
    trial->strategy = strategy_find(name);
    if (!trial->strategy) {
        const char *names[STRATEGIES_MAX + 1] = {NULL};

        for (size_t i = 0; i < STRATEGIES_MAX && strategies[i]; i++) {
            names[i] = strategies[i]->name;
        }
        const char *nearest = nearest_name(name, names);
        snprintf(why, TRIAL_WHY_SIZE, "unknown strategy '%s'%s%s%s", name,
                 nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
        return -EINVAL;
    }
    int r = args_init(trial->strategy->options, &trial->options);
    if (r == 0 && words[length] == ':') {
        char detail[ARGS_WHY_SIZE];

        r = args_set_all(&trial->options, words + length + 1, detail);
        if (r < 0) {
            snprintf(why, TRIAL_WHY_SIZE, "strategy %s: %s", name, detail);
        }
    }
    return r;
}

static int find_workload(const struct trial_request *request, struct trial *trial, char *why)
{
    char detail[ARGS_WHY_SIZE];
    int r = module_load(request->workload, &trial->module, why);

    if (r < 0) {
        return r == -ENOMEM || r == -EMFILE || r == -ENFILE ? r : -EINVAL;
    }
    r = args_init(trial->module.workload->params, &trial->args);
    if (r == -EINVAL) {
        snprintf(why, TRIAL_WHY_SIZE, "workload %s has a default that is no value of its own kind",
                 trial->module.workload->name);
    }
    for (char **set = request->sets; r == 0 && set && *set; set++) {
        r = args_set(&trial->args, *set, detail);
        if (r < 0) {
            snprintf(why, TRIAL_WHY_SIZE, "workload %s: %s", trial->module.workload->name, detail);
        }
    }
    return r;
}

static int make_scratch(const struct trial_request *request, struct trial *trial, char *why)
{
    int r = scratch_make(request->scratch, "trial", &trial->scratch);

    if (r < 0) {
        snprintf(why, TRIAL_WHY_SIZE, "scratch folder %.150s: %s", trial->scratch.path,
                 strerror(-r));
        return r;
    }
    trial->env.scratch = trial->scratch.path;
    return 0;
}

static int prepare(struct trial *trial, char *why)
{
    const struct workload *workload = trial->module.workload;
    char text[TASK_TEXT_SIZE] = "";
    int r = 0;

    if (workload->prepare) {
        trial->prepared = true;
        r = workload->prepare(&trial->env, text);
        trial->helper_count = children_list(trial->helpers, STRAYS_KEPT_MAX);
    }
    if (trial->env.tasks == 0) {
        trial->env.tasks = args_first_list(&trial->args);
    }
    if (r < 0) {
        snprintf(why, TRIAL_WHY_SIZE, "workload %s: %s", workload->name,
                 text[0] ? text : strerror(-r));
    } else if (trial->env.tasks == 0 || trial->env.tasks > BATCH_TASKS_MAX) {
        snprintf(why, TRIAL_WHY_SIZE, "a sample of %s has 1 to %u tasks, not %u", workload->name,
                 BATCH_TASKS_MAX, trial->env.tasks);
        r = -EINVAL;
    }
    return r;
}

/* Tasks that wait get a worker each, tasks that compute a core each. */
static unsigned auto_workers(const struct trial *trial, size_t cpu_count)
{
    if (trial->strategy->traits & TRAIT_CALLER) {
        return 1;
    }
    if (trial->module.workload->waits) {
        return trial->env.tasks;
    }
    if (cpu_count > 0) {
        return (unsigned)cpu_count;
    }
    unsigned cpus = affinity_count(), least = together_workers(trial->module.workload);

    return cpus > least ? cpus : least;
}

static void fill_crew(const struct trial_request *request, struct trial *trial)
{
    uint64_t workers = request->workers;

    if (workers == WORKERS_AUTO || trial->strategy->traits & TRAIT_CALLER) {
        workers = auto_workers(trial, request->cpu_count);
    }
    if (trial->strategy->traits & TRAIT_CALLER && request->cpu_count > 0) {
        cpu_set_t set = affinity_of(request->cpus[0]);

        (void)sched_setaffinity(0, sizeof(set), &set);
    }
    trial->crew = (struct crew){
        .batch = &trial->batch,
        .options = trial->options.items,
        .workers = (unsigned)workers,
        .cpus = request->cpus,
        .cpu_count = request->cpu_count,
    };
}

int trial_open(const struct trial_request *request, struct trial *trial, char *why)
{
    *trial = (struct trial){.scratch.lock_fd = -1};
    /* Sleeps are late by the slack, and workers inherit it: 50 us would hide what is measured. */
    (void)prctl(PR_SET_TIMERSLACK, 1);
    /* A worker that crashes is a result; its memory on the disk would be in the way of the next. */
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0});
    /* Ignored, which outlives exec, it would lose how workers ended. */
    (void)signal(SIGCHLD, SIG_DFL);
    int r = find_strategy(request->strategy, trial, why);
    r = r < 0 ? r : shortage_check_stack(trial, why);
    r = r < 0 ? r : find_workload(request, trial, why);
    if (r < 0) {
        return r;
    }
    const struct workload *workload = trial->module.workload;
    trial->env.args = trial->args.items;
    trial->env.modules = trial->module.folder;
    trial->env.tasks = (unsigned)(request->tasks ? request->tasks : workload->tasks);
    r = workload->needs_scratch ? make_scratch(request, trial, why) : 0;
    r = r < 0 ? r : prepare(trial, why);
    if (r < 0) {
        return r;
    }
    trial->env.payload_size = workload->payload_size ? workload->payload_size(&trial->env) : 0;
    r = batch_open(request->hold ? &hold_workload : workload, &trial->env, trial->env.tasks,
                   trial->env.payload_size, &trial->batch);
    if (r < 0) {
        snprintf(why, TRIAL_WHY_SIZE, "memory for %u tasks: %s", trial->env.tasks, strerror(-r));
        return r;
    }
    trial->env.shared = trial->batch.shared;
    trial->env.payloads = trial->batch.payloads;
    trial->batch.task_limit_ns = request->task_limit_ns;
    trial->batch.stamps = !request->no_stamps || request->task_limit_ns > 0;
    trial->submit_each = request->submit_each;
    fill_crew(request, trial);
    r = request->hold ? hold_check(trial, why) : together_check(trial, why);
    return r < 0 ? r
                 : ballast_load(request->parent_bytes, request->parent_huge, &trial->ballast, why);
}

void trial_end_strays(const struct trial *trial)
{
    strays_end(trial->helpers, trial->helper_count);
}

void trial_close(struct trial *trial)
{
    if (trial->prepared && trial->module.workload->cleanup) {
        trial->module.workload->cleanup(&trial->env);
    }
    trial->helper_count = 0;
    trial_end_strays(trial);
    ballast_drop(&trial->ballast);
    batch_close(&trial->batch);
    scratch_remove(&trial->scratch);
    args_release(&trial->args);
    args_release(&trial->options);
    module_unload(&trial->module);
}
