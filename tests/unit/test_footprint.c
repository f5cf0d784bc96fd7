/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does the memory of a process tree agree with what /proc says to somebody who reads it in another
 * way: mapping by mapping, from smaps, of processes known by their ids? */
#include "harness/footprint.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define CHILDREN 5
#define MIB ((size_t)1 << 20)

/* The sum of all lines of a file that begin so, in bytes. */
static double sum_of(pid_t pid, const char *file, const char *name)
{
    char path[64], line[512];
    double kib = 0;

    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
    FILE *in = fopen(path, "re");
    assert_non_null(in);
    while (fgets(line, sizeof(line), in)) {
        kib += strncmp(line, name, strlen(name)) == 0 ? strtod(line + strlen(name), NULL) : 0;
    }
    fclose(in);
    return kib * 1024;
}

static void *sleep_for_ever(void *unused)
{
    (void)unused;
    for (;;) {
        pause();
    }
    return NULL;
}

/* A process that has touched some memory, and its own child, or a second thread. */
static pid_t start_child(int ready, size_t bytes, bool grandchild)
{
    pid_t pid = fork();

    if (pid == 0) {
        pthread_t thread;

        prctl(PR_SET_PDEATHSIG, SIGKILL);
        volatile char *memory = malloc(bytes);
        for (size_t i = 0; i < bytes; i += 1024) {
            memory[i] = 1; /* volatile: clang leaves out a memset that nobody reads */
        }
        if (grandchild && fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
        } else if (!grandchild) {
            pthread_create(&thread, NULL, sleep_for_ever, NULL);
        }
        (void)!write(ready, "x", 1);
        sleep_for_ever(NULL);
    }
    assert_true(pid > 0);
    return pid;
}

static pid_t only_child_of(pid_t pid)
{
    char path[64];
    int child = 0;

    snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *in = fopen(path, "re");
    assert_non_null(in);
    assert_int_equal(fscanf(in, "%d", &child), 1);
    fclose(in);
    return child;
}

static void assert_agrees(uint64_t found, double wanted)
{
    if (!((double)found > 0.9 * wanted && (double)found < 1.1 * wanted)) {
        fail_msg("%llu, not %.0f", (unsigned long long)found, wanted);
    }
}

static void a_tree_is_read_as_others_read_it(void **state)
{
    pid_t pids[CHILDREN + 2] = {getpid()};
    struct memory memory = {0};
    double pss = 0, private = 0, tables = 0, threads = 0;
    int ready[2];
    char byte;

    (void)state;
    assert_int_equal(pipe(ready), 0);
    for (unsigned i = 1; i <= CHILDREN; i++) {
        pids[i] = start_child(ready[1], i * MIB, i == CHILDREN);
    }
    for (unsigned i = 0; i < CHILDREN + 1; i++) {
        assert_int_equal(read(ready[0], &byte, 1), 1);
    }
    pids[CHILDREN + 1] = only_child_of(pids[CHILDREN]);
    for (unsigned i = 0; i < CHILDREN + 2; i++) {
        pss += sum_of(pids[i], "smaps", "Pss:");
        private += sum_of(pids[i], "smaps", "Private_Clean:");
        private += sum_of(pids[i], "smaps", "Private_Dirty:");
        tables += sum_of(pids[i], "status", "VmPTE:");
        threads += sum_of(pids[i], "status", "Threads:") / 1024;
    }
    int r = footprint_read(getpid(), &memory);
    for (unsigned i = CHILDREN + 1; i >= 1; i--) {
        kill(pids[i], SIGKILL);
    }
    for (unsigned i = 1; i <= CHILDREN; i++) {
        waitpid(pids[i], NULL, 0);
    }
    close(ready[0]);
    close(ready[1]);
    assert_int_equal(r, 0);
    assert_true(pss > 15.0 * MIB);
    assert_agrees(memory.pss_bytes, pss);
    assert_agrees(memory.private_bytes, private);
    assert_agrees(memory.page_table_bytes, tables);
    assert_int_equal(threads, 1 + 2 * (CHILDREN - 1) + 2);
    uint64_t stack = memory.kernel_stack_bytes / (uint64_t)threads;
    assert_in_range(stack, 4096, 65536);
    assert_int_equal(stack & (stack - 1), 0);
}

static void who_is_gone_has_no_memory(void **state)
{
    struct memory memory = {.pss_bytes = 7};
    pid_t pid = fork();

    (void)state;
    if (pid == 0) {
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    assert_int_equal(footprint_read(pid, &memory), -ESRCH);
    assert_int_equal(memory.pss_bytes, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_is_read_as_others_read_it),
        cmocka_unit_test(who_is_gone_has_no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
