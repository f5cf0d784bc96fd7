/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a run does its work, and who tidies up after it. */
#ifndef TVP_WORKSPACE_H
#define TVP_WORKSPACE_H

#include "base/scratch.h"

#include <sys/types.h>

/* A scratch folder and a janitor: a process that does nothing until we are gone, by whatever way,
 * SIGKILL included, and then kills all that came from us and removes the folder. */
struct workspace {
    struct scratch scratch;
    pid_t janitor; /* 0: none could be started; the next run then tidies up */
    int lifeline;  /* its other end is the janitor's: closed by whatever ends us */
};

/* From here on what trials leave behind comes to us (subreaper), and all that we start bears a
 * mark. 0 or a negative errno, and then nothing is left. To be called without other threads, and
 * not twice before workspace_close(). */
int workspace_open(struct workspace *ret_workspace);
void workspace_close(struct workspace *workspace);

#endif
