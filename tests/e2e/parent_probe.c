/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An independent probe: what fork + _exit + waitpid costs over pthread_create + pthread_join, in a
 * parent that has touched so much memory. It shares no line with what it is held against.
 * Usage: parent-probe BYTES[:huge]...; prints "BYTES[:huge] thread_ns fork_ns" a line. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 31

static double now_ns(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void *end_at_once(void *unused)
{
    return unused;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        size_t bytes = strtoull(argv[i], NULL, 10);
        char *memory =
            mmap(NULL, bytes + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        double threads[ROUNDS], forks[ROUNDS];

        if (memory == MAP_FAILED) {
            return 1;
        }
        (void)madvise(memory, bytes + 1, strchr(argv[i], ':') ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
        memset(memory, 1, bytes + 1);
        for (int n = 0; n < ROUNDS; n++) {
            double start_ns = now_ns();
            pthread_t thread;

            if (pthread_create(&thread, NULL, end_at_once, NULL) != 0) {
                return 1;
            }
            pthread_join(thread, NULL);
            threads[n] = now_ns() - start_ns;
        }
        /* Not in turns: a fork leaves the parent's pages write-protected, which threads pay for. */
        for (int n = 0; n < ROUNDS; n++) {
            double start_ns = now_ns();
            pid_t pid = fork();
            if (pid == 0) {
                _exit(0);
            }
            if (waitpid(pid, NULL, 0) != pid) {
                return 1;
            }
            forks[n] = now_ns() - start_ns;
        }
        qsort(threads, ROUNDS, sizeof(*threads), compare);
        qsort(forks, ROUNDS, sizeof(*forks), compare);
        printf("%s %.0f %.0f\n", argv[i], threads[ROUNDS / 2], forks[ROUNDS / 2]);
        munmap(memory, bytes + 1);
    }
    return 0;
}
