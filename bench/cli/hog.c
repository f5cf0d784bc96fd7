/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/hog.h"

#include "base/clock.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#define READY_LIMIT_NS 20000000000u

int hog_start(const char *trial, struct hog *ret_hog)
{
    /* One task without an end to speak of; it dies with us, as every trial on command does. */
    const char *const argv[] = {trial,        "--on-command",
                                "--limit",    "0",
                                "--strategy", "serial",
                                "--workers",  "1",
                                "--tasks",    "1",
                                "--set",      "iterations=1000000000000000",
                                "--",         "loop",
                                NULL};
    struct hog hog = {.busy = false};
    char *line;
    int r = child_start((char *const *)argv, environ, &hog.child);

    if (r < 0) {
        return r;
    }
    r = child_read_line(&hog.child, clock_ns() + READY_LIMIT_NS, &line);
    r = r < 0 ? r : child_write_line(&hog.child, "sample\n");
    if (r < 0) {
        hog_end(&hog);
        return r;
    }
    (void)kill(hog.child.pid, SIGSTOP);
    *ret_hog = hog;
    return 0;
}

void hog_set(struct hog *hog, bool busy)
{
    if (hog->child.pid > 0 && busy != hog->busy) {
        (void)kill(hog->child.pid, busy ? SIGCONT : SIGSTOP);
        hog->busy = busy;
    }
}

void hog_end(struct hog *hog)
{
    if (hog->child.pid > 0) {
        (void)child_end(&hog->child, 0);
    }
}
