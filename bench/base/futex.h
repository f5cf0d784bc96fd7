/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two futex calls that workers need. Never the private kind: the word lies in memory that
 * threads share anyway and processes map alike, and both kinds of worker must sleep on the
 * same thing, or a difference between them could come from here. */
#ifndef TVP_FUTEX_H
#define TVP_FUTEX_H

#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Sleep while *word == seen. May return for no reason: the caller looks again. */
static inline void futex_wait(_Atomic uint32_t *word, uint32_t seen)
{
    syscall(SYS_futex, word, FUTEX_WAIT, seen, NULL, NULL, 0);
}

/* Wake up to count sleepers; returns how many there were. */
static inline uint32_t futex_wake(_Atomic uint32_t *word, uint32_t count)
{
    long woken =
        syscall(SYS_futex, word, FUTEX_WAKE, count > INT32_MAX ? INT32_MAX : count, NULL, NULL, 0);

    return woken > 0 ? (uint32_t)woken : 0;
}

#endif
