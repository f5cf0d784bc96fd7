/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local server of the http workload, tvp-httpd, as a child of the trial. It ends when its
 * stdin does, so it cannot outlive the trial, however that dies. */
#ifndef TVP_HTTP_SERVER_H
#define TVP_HTTP_SERVER_H

#include <sys/types.h>

struct http_server {
    pid_t pid; /* 0: not running */
    int pid_fd;
    int lifeline;
    unsigned port;
};

/* Start the program and wait, 5 s at most, for it to name its port. Returns 0 or a negative errno
 * with a text (TASK_TEXT_SIZE bytes), and then nothing is left running. */
int http_server_start(struct http_server *server, const char *program, char *text);

/* End it, by force if it does not end within 2 s. Takes a server that is not running. */
void http_server_stop(struct http_server *server);

#endif
