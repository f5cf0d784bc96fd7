/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is gained when tasks fetch pages? Each fetches one with libcurl: from a server of ours on
 * this machine, so that a run needs no network and strategies meet the same pages, or from a
 * list of the user's. An error is the outcome of its task, and texts never show an address. */
#include "workloads/http_server.h"
#include "workloads/http_urls.h"
#include "workloads/workload.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define MS_NS 1000000u
#define SECOND_NS (1000u * MS_NS)

enum { PAGES, DELAY, LIMIT, URLS };

/* Delay and limit stay below the 60 s after which the server gives up on a page that hangs. */
static const struct param http_params[] = {
    {"pages", PARAM_TEXTS,
     "size:325699,size:64668,size:1146623,size:313091,status:403,unknown-host,hang", 0, 0, NULL,
     "what the local server is asked for: size:N, status:N, unknown-host, hang"},
    {"delay", PARAM_DURATION, "0", 0, 30ull * SECOND_NS, NULL,
     "how long the local server thinks before it answers"},
    {"limit", PARAM_DURATION, "2s", MS_NS, 30ull * SECOND_NS, NULL, "time limit of one fetch"},
    {"urls", PARAM_TEXT, "", 0, 0, NULL, "file with one address a line, instead of pages"},
    {.name = NULL},
};

struct http_state {
    struct http_urls urls;
    struct http_server server;
    bool local;
};

static int server_prepare(const struct env *env, struct http_server *server, char *text)
{
    char program[PATH_MAX];

    if (snprintf(program, sizeof(program), "%s/tvp-httpd", env->modules) >= (int)sizeof(program)) {
        snprintf(text, TASK_TEXT_SIZE, "the path of the modules is too long");
        return -EOPNOTSUPP;
    }
    return http_server_start(server, program, text) == 0 ? 0 : -EOPNOTSUPP;
}

static int http_prepare(struct env *env, char *text)
{
    struct http_state *state = calloc(1, sizeof(*state));
    int r;

    if (!state || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(state);
        snprintf(text, TASK_TEXT_SIZE, "cannot initialise libcurl");
        return -ENOMEM;
    }
    env->state = state;
    state->local = env->args[URLS].text[0] == '\0';
    if (state->local) {
        r = server_prepare(env, &state->server, text);
        r = r != 0 ? r
                   : http_urls_from_pages(&state->urls, &env->args[PAGES], state->server.port,
                                          env->args[DELAY].number, text);
    } else {
        r = http_urls_from_file(&state->urls, env->args[URLS].text, text);
        r = r < 0 && r != -ENOMEM ? -EINVAL : r; /* the argument is wrong, whatever was */
    }
    if (r == 0 && env->tasks == 0) {
        env->tasks = state->urls.count;
    }
    return r;
}

static size_t count_body(char *data, size_t size, size_t n, void *value)
{
    (void)data;
    *(uint64_t *)value += size * n;
    return size * n;
}

static bool fetch_configure(CURL *curl, const struct env *env, unsigned number, uint64_t *body)
{
    const struct http_state *state = env->state;
    const char *url = state->urls.urls[number % state->urls.count];
    const long limit_ms = (long)((env->args[LIMIT].number + MS_NS - 1) / MS_NS);

    return curl_easy_setopt(curl, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 10L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOPROXY, state->local ? "*" : NULL) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, limit_ms) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USERAGENT, "tvp") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, count_body) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, body) == CURLE_OK;
}

static int fail_by_limit(struct task *task, uint64_t limit_ns)
{
    const bool whole = limit_ns % SECOND_NS == 0;

    return task_fail(task, -ETIMEDOUT, "timed out after %" PRIu64 " %s",
                     whole ? limit_ns / SECOND_NS : limit_ns / MS_NS, whole ? "s" : "ms");
}

/* curl's own messages would name the host, so only their kind is told. */
static int fetch_fail(CURL *curl, CURLcode code, const struct env *env, struct task *task)
{
    long error = 0;

    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return fail_by_limit(task, env->args[LIMIT].number);
    case CURLE_COULDNT_RESOLVE_HOST:
        return task_fail(task, -EHOSTUNREACH, "could not resolve host");
    case CURLE_COULDNT_CONNECT:
        curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &error);
        if (error == ECONNREFUSED) {
            return task_fail(task, -ECONNREFUSED, "connection refused");
        }
        return task_fail(task, -ENOTCONN, "could not connect");
    default:
        return task_fail(task, -EREMOTEIO, "%s", curl_easy_strerror(code));
    }
}

/* A handle for every task, as Python's urlopen does: no connection is kept from page to page,
 * which workers that live long could do and others could not. */
static int http_run(const struct env *env, struct task *task)
{
    CURL *curl = curl_easy_init();
    uint64_t body = 0;
    long status = 0;
    int r = 0;

    if (!curl || !fetch_configure(curl, env, task->number, &body)) {
        curl_easy_cleanup(curl);
        return task_fail(task, -ENOMEM, "cannot set up libcurl");
    }
    const CURLcode code = curl_easy_perform(curl);

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK) {
        r = fetch_fail(curl, code, env, task);
    } else if (status >= 400) {
        r = task_fail(task, -EREMOTEIO, "HTTP %ld", status);
    } else {
        task->value = body;
    }
    curl_easy_cleanup(curl);
    return r;
}

static void http_cleanup(struct env *env)
{
    struct http_state *state = env->state;

    if (!state) {
        return;
    }
    http_urls_release(&state->urls);
    http_server_stop(&state->server);
    curl_global_cleanup();
    free(state);
    env->state = NULL;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "http",
    .summary = "fetches one page of a list, with a time limit",
    .params = http_params,
    .waits = true,
    .prepare = http_prepare,
    .run = http_run,
    .cleanup = http_cleanup,
};
