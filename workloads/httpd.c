/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp-httpd, the local server of the http workload: made-up pages on 127.0.0.1, no files. It
 * writes its port as one line and lives until its stdin ends, which the trial holds open.
 *     /size/N   N bytes     /status/N   that status     /hang   nothing, for 60 s
 * Each thinks for ?delay_ns=N first. A thread a connection: a request may sleep where it is. */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define SECOND_NS 1000000000u
#define HANG_NS (60ull * SECOND_NS)
#define IDLE_S 90u /* more than any page may think, for which libmicrohttpd counts as idle */
#define BEGIN_S 5u /* for each part of a request to arrive: who is slower is not waited for */
#define PAGE_MOST (1ull << 30)
#define BLOCK_BYTES 65536u
#define CONNECTIONS_MOST 2048u

/* Digits and nothing else, within bounds. */
static bool parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *ret_number)
{
    const size_t length = strspn(text, "0123456789");

    if (length == 0 || length > 18 || text[length] != '\0') {
        return false;
    }
    const uint64_t number = strtoull(text, NULL, 10);

    if (number < least || number > most) {
        return false;
    }
    *ret_number = number;
    return true;
}

/* Sleep, but not longer than the client is there: pages that hang would pile up otherwise.
 * Returns whether it still is. */
static bool think(struct MHD_Connection *connection, uint64_t ns)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct pollfd gone = {.fd = info->connect_fd, .events = POLLRDHUP};
    const struct timespec span = {(time_t)(ns / SECOND_NS), (long)(ns % SECOND_NS)};

    return ns == 0 || ppoll(&gone, 1, &span, NULL) == 0;
}

static ssize_t fill_page(void *context, uint64_t offset, char *block, size_t size)
{
    (void)context;
    (void)offset;
    memset(block, 'x', size);
    return (ssize_t)size;
}

/* Takes ownership of response, which may be NULL if there was no memory for it. */
static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status,
                                     struct MHD_Response *response)
{
    if (!response) {
        return MHD_NO;
    }
    const enum MHD_Result queued = MHD_queue_response(connection, status, response);

    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result send_status(struct MHD_Connection *connection, unsigned status)
{
    return send_response(connection, status,
                         MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT));
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **request)
{
    const char *delay = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "delay_ns");
    uint64_t number, delay_ns = 0;

    (void)context, (void)version, (void)upload, (void)upload_size, (void)request;
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, IDLE_S);
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0) {
        return send_status(connection, MHD_HTTP_METHOD_NOT_ALLOWED);
    }
    if (delay && !parse_number(delay, 0, HANG_NS, &delay_ns)) {
        return send_status(connection, MHD_HTTP_NOT_FOUND);
    }
    if (!think(connection, delay_ns)) {
        return MHD_NO;
    }
    if (strncmp(path, "/size/", 6) == 0 && parse_number(path + 6, 0, PAGE_MOST, &number)) {
        return send_response(
            connection, MHD_HTTP_OK,
            MHD_create_response_from_callback(number, BLOCK_BYTES, fill_page, NULL, NULL));
    }
    if (strncmp(path, "/status/", 8) == 0 && parse_number(path + 8, 200, 599, &number)) {
        return send_status(connection, (unsigned)number);
    }
    if (strcmp(path, "/hang") == 0) {
        think(connection, HANG_NS);
        return MHD_NO;
    }
    return send_status(connection, MHD_HTTP_NOT_FOUND);
}

static struct MHD_Daemon *server_start(unsigned *ret_port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL,
        MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)&address, MHD_OPTION_CONNECTION_LIMIT,
        CONNECTIONS_MOST, MHD_OPTION_CONNECTION_TIMEOUT, BEGIN_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(2 * BLOCK_BYTES),
        MHD_OPTION_LISTEN_BACKLOG_SIZE, CONNECTIONS_MOST, MHD_OPTION_THREAD_STACK_SIZE,
        (size_t)(256 * 1024), MHD_OPTION_END);

    if (!daemon) {
        return NULL;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);

    if (!info || info->port == 0) {
        MHD_stop_daemon(daemon);
        return NULL;
    }
    *ret_port = info->port;
    return daemon;
}

int main(void)
{
    struct MHD_Daemon *daemon;
    char ignored[64];
    unsigned port;
    ssize_t length;

    /* The second way to die with the trial, for when something else holds the pipe open. An
     * interrupt from the keyboard is the trial's to handle; its end is then ours. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    daemon = server_start(&port);
    if (!daemon) {
        fprintf(stderr, "tvp-httpd: cannot serve on 127.0.0.1\n");
        return EXIT_FAILURE;
    }
    printf("%u\n", port);
    if (fflush(stdout) == 0) {
        do {
            length = read(STDIN_FILENO, ignored, sizeof(ignored));
        } while (length > 0 || (length < 0 && errno == EINTR));
    }
    MHD_stop_daemon(daemon);
    return EXIT_SUCCESS;
}
