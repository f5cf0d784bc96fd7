/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workload_fixture.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#ifndef __has_feature
#define __has_feature(name) 0
#endif

/* Sanitizers want room of their own on every stack. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||                               \
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STACK_BYTES (1024u * 1024u)
#else
#define STACK_BYTES (64u * 1024u)
#endif

static void load_workload(struct fixture *fixture, const char *name)
{
    char path[PATH_MAX];

    fixture->env.modules = getenv("TVP_MODULES");
    assert_non_null(fixture->env.modules);
    snprintf(path, sizeof(path), "%s/%s.so", fixture->env.modules, name);
    fixture->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!fixture->handle) {
        fail_msg("%s", dlerror());
    }
    fixture->workload = dlsym(fixture->handle, "tvp_workload");
    assert_non_null(fixture->workload);
    assert_int_equal(fixture->workload->contract, WORKLOAD_CONTRACT);
    assert_string_equal(fixture->workload->name, name);
}

static void fill_args(struct fixture *fixture, const char *const *sets)
{
    char why[ARGS_WHY_SIZE];

    assert_int_equal(args_init(fixture->workload->params, &fixture->args), 0);
    for (; sets && *sets; sets++) {
        if (args_set(&fixture->args, *sets, why) != 0) {
            fail_msg("%s", why);
        }
    }
    fixture->env.args = fixture->args.items;
}

int fixture_try(struct fixture *fixture, const char *name, unsigned tasks, const char *const *sets)
{
    struct env *env = &fixture->env;
    const struct workload *workload;
    int r;

    *fixture = (struct fixture){0};
    load_workload(fixture, name);
    fill_args(fixture, sets);
    workload = fixture->workload;
    env->tasks = tasks > 0 ? tasks : workload->tasks;
    if (workload->needs_scratch) {
        snprintf(fixture->scratch, sizeof(fixture->scratch), "/tmp/tvp-test-XXXXXX");
        assert_non_null(mkdtemp(fixture->scratch));
        env->scratch = fixture->scratch;
    }
    r = workload->prepare ? workload->prepare(env, fixture->text) : 0;
    if (r != 0) {
        return r;
    }
    env->tasks = env->tasks > 0 ? env->tasks : args_first_list(&fixture->args);
    assert_true(env->tasks > 0);
    env->payload_size = workload->payload_size ? workload->payload_size(env) : 0;
    env->shared = aligned_alloc(64, (workload->shared_size + 64) / 64 * 64);
    env->payloads = fixture->payloads = calloc(env->tasks, env->payload_size + 1);
    fixture->tasks = calloc(env->tasks, sizeof(*fixture->tasks));
    fixture->outcomes = calloc(env->tasks, sizeof(*fixture->outcomes));
    assert_true(env->shared && fixture->payloads && fixture->tasks && fixture->outcomes);
    return 0;
}

void fixture_open(struct fixture *fixture, const char *name, unsigned tasks,
                  const char *const *sets)
{
    if (fixture_try(fixture, name, tasks, sets) != 0) {
        fail_msg("%s: %s", name, fixture->text);
    }
}

struct job {
    const struct fixture *fixture;
    unsigned number;
};

static void *job_run(void *context)
{
    const struct job *job = context;
    const struct fixture *fixture = job->fixture;

    fixture->outcomes[job->number] =
        fixture->workload->run(&fixture->env, &fixture->tasks[job->number]);
    return NULL;
}

void fixture_sample(struct fixture *fixture, unsigned most)
{
    struct env *env = &fixture->env;
    pthread_attr_t attributes;

    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, STACK_BYTES), 0);
    memset(env->shared, 0, fixture->workload->shared_size);
    if (fixture->workload->reset) {
        assert_int_equal(fixture->workload->reset(env), 0);
    }
    for (unsigned n = 0; n < env->tasks && n < most; n++) {
        struct job job = {fixture, n};
        pthread_t thread;

        fixture->tasks[n] =
            (struct task){.number = n, .payload = fixture->payloads + n * env->payload_size};
        assert_int_equal(pthread_create(&thread, &attributes, job_run, &job), 0);
        assert_int_equal(pthread_join(thread, NULL), 0);
    }
    pthread_attr_destroy(&attributes);
}

int fixture_check(struct fixture *fixture, struct finding *ret_finding)
{
    return fixture->workload->check(&fixture->env, ret_finding, fixture->text);
}

void fixture_expect(const struct fixture *fixture, const uint64_t *values)
{
    for (unsigned n = 0; n < fixture->env.tasks; n++) {
        fixture_expect_value(fixture, n, values[n]);
    }
}

void fixture_expect_value(const struct fixture *fixture, unsigned number, uint64_t value)
{
    assert_string_equal(fixture->tasks[number].text, "");
    assert_int_equal(fixture->outcomes[number], 0);
    assert_int_equal(fixture->tasks[number].value, value);
}

void fixture_expect_failure(const struct fixture *fixture, unsigned number, int error,
                            const char *text)
{
    assert_string_equal(fixture->tasks[number].text, text);
    assert_int_equal(fixture->outcomes[number], error);
    assert_int_equal(fixture->tasks[number].value, 0);
}

void fixture_close(struct fixture *fixture)
{
    if (fixture->workload->cleanup) {
        fixture->workload->cleanup(&fixture->env);
    }
    if (fixture->scratch[0] != '\0') {
        /* Fails if a task left its file behind. */
        assert_int_equal(rmdir(fixture->scratch), 0);
    }
    args_release(&fixture->args);
    free(fixture->env.shared);
    free(fixture->payloads);
    free(fixture->tasks);
    free(fixture->outcomes);
    dlclose(fixture->handle);
}

unsigned count_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    unsigned count = 0;

    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count;
}
