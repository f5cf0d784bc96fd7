/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program started with an argument vector, in a process group of its own, with pipes to its
 * standard streams. Never a shell. */
#ifndef TVP_CHILD_H
#define TVP_CHILD_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define CHILD_WORDS_SIZE 1024u

struct child {
    pid_t pid;    /* 0: none */
    int pid_fd;   /* tells of its end; -1: unknown */
    int in_fd;    /* its stdin, ours to write; -1: let go */
    int out_fd;   /* its stdout, ours to read */
    int err_fd;   /* its stderr, ours to read; does not block; -1 after its end */
    char *buffer; /* what was read of stdout: the line handed out last, then what follows it */
    size_t length, taken, capacity;
    char words[CHILD_WORDS_SIZE]; /* the end of what it wrote to stderr */
    size_t words_length;
};

/* environment: as for execve. On failure nothing is left behind. */
int child_start(char *const argv[], char *const environment[], struct child *ret_child);

/* While we wait for a child, below, what it writes to stderr is taken: it never has to wait itself
 * because nobody reads its complaints. */

/* One line for its stdin. -EPIPE: it is gone. */
int child_write_line(struct child *child, const char *line);

/* The next line of its stdout without the newline, valid until the next call. -ENODATA: the
 * end of it, or of the child, whoever may still hold the pipe open;
 * -ETIMEDOUT: none before deadline_ns (of clock_ns()); -EINTR: a signal came before it, ask again
 * to go on; -EMSGSIZE: longer than 64 MiB. */
int child_read_line(struct child *child, uint64_t deadline_ns, char **ret_line);

/* All of its stdout up to the end. *ret_text is the caller's to free. Errors as above, but
 * signals change nothing. */
int child_read_all(struct child *child, uint64_t deadline_ns, char **ret_text);

/* The last line it wrote to stderr, without its "program: "; "" if none. */
void child_last_words(struct child *child, char *text, size_t size);

/* Wait until it has ended, without forgetting it: *ret_info says how. -ETIMEDOUT. */
int child_wait(struct child *child, uint64_t deadline_ns, siginfo_t *ret_info);

/* Close its stdin: who listens ends then, while we still do something else. child_end() follows. */
void child_let_go(struct child *child);

/* Close its stdin, wait until deadline_ns, then kill its whole group, and wait 5 s more at most for
 * the child and as long for what it left behind; returns its wait status. Copes with none. */
int child_end(struct child *child, uint64_t deadline_ns);

#endif
