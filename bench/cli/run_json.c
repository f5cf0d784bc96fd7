/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_json.h"

#include "cli/rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

bool run_json_is_stdout(const struct run_command *run)
{
    return run->json && strcmp(run->json, "-") == 0;
}

/* A pipe that nobody reads is an error: waiting for somebody who does could take for ever. */
static int open_place(const char *path, FILE **ret_out)
{
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    FILE *out = fd >= 0 && fcntl(fd, F_SETFL, 0) == 0 ? fdopen(fd, "w") : NULL;

    if (!out) {
        int r = -errno;

        if (fd >= 0) {
            (void)close(fd);
        }
        return r;
    }
    *ret_out = out;
    return 0;
}

static int write_document(FILE *out, const struct record *record)
{
    json_t *document = record_to_json(record);
    int r = 0;

    errno = 0;
    if (!document || json_dumpf(document, out, JSON_COMPACT) < 0 || fputc('\n', out) == EOF ||
        fflush(out) != 0) {
        r = errno ? -errno : -EIO;
    }
    json_decref(document);
    return r;
}

int run_json_write(const struct command *command, const struct run_command *run,
                   const struct record *record)
{
    const bool to_stdout = run_json_is_stdout(run);
    char why[PATH_MAX + 100];
    FILE *out = stdout;
    int r = to_stdout ? 0 : open_place(run->json, &out);

    if (r == 0) {
        r = write_document(out, record);
        if (!to_stdout && fclose(out) != 0 && r == 0) {
            r = -errno;
        }
    }
    snprintf(why, sizeof(why), "cannot write %s: %s", to_stdout ? "the output" : run->json,
             strerror(-r));
    return r < 0 ? rescue_complain(command, STATUS_FAILED, record, why) : STATUS_DONE;
}
