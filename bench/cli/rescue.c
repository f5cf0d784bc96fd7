/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/rescue.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static int rescue_save(const struct record *record, char path[PATH_MAX])
{
    const char *const folders[] = {getenv("TMPDIR"), "/tmp", "/var/tmp", "."};
    uint64_t id;
    int r = -EIO;

    /* A name that nobody can have guessed: some of these folders are everybody's. */
    if (getrandom(&id, sizeof(id), 0) != (ssize_t)sizeof(id)) {
        return -EIO;
    }
    for (size_t i = 0; r < 0 && i < sizeof(folders) / sizeof(*folders); i++) {
        const char *folder = folders[i];

        if (folder && *folder) {
            r = snprintf(path, PATH_MAX, "%s/tvp-result-%016llx.json", folder,
                         (unsigned long long)id) < PATH_MAX
                    ? record_save(record, path)
                    : -ENAMETOOLONG;
        }
    }
    return r;
}

int rescue_complain(const struct command *command, int status, const struct record *unsaved,
                    const char *why)
{
    char path[PATH_MAX];

    if (!unsaved) {
        return command_complain(command, status, "%s", why);
    }
    int r = rescue_save(unsaved, path);
    return r < 0 ? command_complain(command, status, "%s; nor could it be kept elsewhere: %s", why,
                                    strerror(-r))
                 : command_complain(command, status, "%s; what was measured is in %s", why, path);
}
