/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workloads/http_urls.h"
#include "base/units.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE_MOST (1ull << 30)
#define URLS_BYTES_MOST (16 << 20)

/* A label of 70 letters: DNS allows 63, so the resolver is called and refuses, and no question
 * leaves this machine. With 63 letters glibc sends it to the name server (seen with strace). */
#define LABEL_10 "nosuchhost"
#define UNKNOWN_HOST LABEL_10 LABEL_10 LABEL_10 LABEL_10 LABEL_10 LABEL_10 LABEL_10 ".invalid"

/* Takes ownership of url, also on failure. */
static int urls_append(struct http_urls *urls, char *url)
{
    char **grown = url ? realloc(urls->urls, (urls->count + 1) * sizeof(*grown)) : NULL;

    if (!grown) {
        free(url);
        return -ENOMEM;
    }
    urls->urls = grown;
    urls->urls[urls->count++] = url;
    return 0;
}

/* Write the path of the page that word stands for. */
static int page_path(const char *word, char *path, size_t size)
{
    uint64_t number;

    if (strncmp(word, "size:", 5) == 0 && parse_size(word + 5, &number) == 0 &&
        number <= PAGE_MOST) {
        snprintf(path, size, "/size/%" PRIu64, number);
    } else if (strncmp(word, "status:", 7) == 0 && parse_count(word + 7, &number) == 0 &&
               number >= 200 && number <= 599) {
        snprintf(path, size, "/status/%" PRIu64, number);
    } else if (strcmp(word, "hang") == 0) {
        snprintf(path, size, "/hang");
    } else {
        return -EINVAL;
    }
    return 0;
}

int http_urls_from_pages(struct http_urls *urls, const struct arg *pages, unsigned port,
                         uint64_t delay_ns, char *text)
{
    for (unsigned i = 0; i < pages->count; i++) {
        char path[64];
        char *url = NULL;
        int length;

        if (strcmp(pages->texts[i], "unknown-host") == 0) {
            length = asprintf(&url, "http://%s/", UNKNOWN_HOST);
        } else if (page_path(pages->texts[i], path, sizeof(path)) == 0) {
            length =
                asprintf(&url, "http://127.0.0.1:%u%s?delay_ns=%" PRIu64, port, path, delay_ns);
        } else {
            snprintf(text, TASK_TEXT_SIZE,
                     "page %u is none of size:N, status:200..599, unknown-host, hang", i + 1);
            return -EINVAL;
        }
        if (urls_append(urls, length < 0 ? NULL : url) != 0) {
            snprintf(text, TASK_TEXT_SIZE, "no memory for the list of pages");
            return -ENOMEM;
        }
    }
    return 0;
}

static int urls_read_line(struct http_urls *urls, char *line, unsigned number, char *text)
{
    line += strspn(line, " \t");
    line[strcspn(line, " \t\r\n")] = '\0';
    if (line[0] == '\0' || line[0] == '#') {
        return 0;
    }
    if (strncasecmp(line, "http://", 7) != 0 && strncasecmp(line, "https://", 8) != 0) {
        snprintf(text, TASK_TEXT_SIZE, "line %u of urls is no address of http or https", number);
        return -EINVAL;
    }
    int r = urls_append(urls, strdup(line));

    if (r != 0) {
        snprintf(text, TASK_TEXT_SIZE, "no memory for line %u of urls", number);
    }
    return r;
}

/* A pipe could make us wait for ever, and a device never end. */
static int urls_open(const char *path, FILE **ret_file, char *text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status = {.st_mode = 0};
    int r = 0;

    if (fd < 0 || fstat(fd, &status) < 0) {
        r = -errno;
        snprintf(text, TASK_TEXT_SIZE, "cannot open the file of urls: %m");
    } else if (!S_ISREG(status.st_mode) || status.st_size > URLS_BYTES_MOST) {
        r = -EINVAL;
        snprintf(text, TASK_TEXT_SIZE, "the file of urls is no regular file of 16 MiB at most");
    } else {
        *ret_file = fdopen(fd, "r");
        r = *ret_file ? 0 : -errno;
    }
    if (r < 0 && fd >= 0) {
        close(fd);
    }
    return r;
}

int http_urls_from_file(struct http_urls *urls, const char *path, char *text)
{
    FILE *file;
    char *line = NULL;
    size_t size = 0;
    int r = urls_open(path, &file, text);

    if (r < 0) {
        return r;
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): errno is not 0 after a failure */
    for (unsigned number = 1; r == 0 && getline(&line, &size, file) >= 0; number++) {
        r = urls_read_line(urls, line, number, text);
    }
    if (r == 0 && ferror(file)) {
        r = -errno;
        snprintf(text, TASK_TEXT_SIZE, "cannot read the file of urls: %m");
    } else if (r == 0 && urls->count == 0) {
        r = -EINVAL;
        snprintf(text, TASK_TEXT_SIZE, "the file of urls holds no address");
    }
    free(line);
    /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): as above */
    fclose(file);
    return r;
}

void http_urls_release(struct http_urls *urls)
{
    for (unsigned i = 0; i < urls->count; i++) {
        free(urls->urls[i]);
    }
    free(urls->urls);
    *urls = (struct http_urls){0};
}
