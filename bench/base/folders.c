/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/folders.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int folders_make(const char *path)
{
    char part[PATH_MAX];

    if (strlen(path) >= sizeof(part)) {
        return -ENAMETOOLONG;
    }
    for (const char *p = path; *p; p++) {
        if (p[1] != '/' && p[1] != '\0') {
            continue;
        }
        snprintf(part, sizeof(part), "%.*s", (int)(p - path) + 1, path);
        if (mkdir(part, 0777) < 0 && errno != EEXIST) {
            return -errno;
        }
    }
    return 0;
}
