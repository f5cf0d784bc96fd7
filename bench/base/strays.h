/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes that would outlive who started them: a task that calls setsid() or becomes a daemon is
 * in no process group of ours and dies with nobody, but its way home leads through its parents,
 * and what it had in its environment at birth it keeps. */
#ifndef TVP_STRAYS_H
#define TVP_STRAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define STRAYS_KEPT_MAX 64u

/* The children of this process now, most of them if there are more. Needs a kernel that tells
 * (CONFIG_PROC_CHILDREN, as distributions have it); none otherwise. May be called by a signal
 * handler. */
size_t children_list(pid_t *pids, size_t most);

/* Kill and reap all children of this process but those kept; if it is a subreaper, also theirs.
 * Takes 2 s at most. May be called by a signal handler. */
void strays_end(const pid_t *kept, size_t count);

/* The same, but only of children whose environment has a word that begins so. */
void strays_end_marked(const char *word);

/* Kill every process of this user that is in sight and has such a word in its environment, but us.
 * The number of those found: call it again until there are none. */
size_t strays_hunt(const char *word);

#endif
