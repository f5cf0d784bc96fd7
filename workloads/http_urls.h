/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tasks of the http workload fetch: pages of the local server, or the user's own list.
 * No text made here shows an address, because that may hold a password. */
#ifndef TVP_HTTP_URLS_H
#define TVP_HTTP_URLS_H

#include "workloads/workload.h"

struct http_urls {
    char **urls;
    unsigned count;
};

/* Turn the words of the argument `pages` into addresses at this port of this machine. Returns 0,
 * -EINVAL for a word that means nothing, or -ENOMEM; text (TASK_TEXT_SIZE bytes) says why. */
int http_urls_from_pages(struct http_urls *urls, const struct arg *pages, unsigned port,
                         uint64_t delay_ns, char *text);

/* Read one address a line; blank lines and lines that begin with # are skipped. Returns 0, the
 * error of the file, or -EINVAL if a line is no address of http or https, or if none is there. */
int http_urls_from_file(struct http_urls *urls, const char *path, char *text);

/* Takes an empty and a half-filled list. */
void http_urls_release(struct http_urls *urls);

#endif
