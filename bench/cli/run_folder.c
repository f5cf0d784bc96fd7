/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_folder.h"

#include "base/folders.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TRIES 8

int run_folder_make(const char *results, const char *label, char folder[PATH_MAX])
{
    char stamp[32];
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &utc);
    if (snprintf(folder, PATH_MAX, "%s/%s", results, label) >= PATH_MAX - 64) {
        return -ENAMETOOLONG;
    }
    int r = folders_make(folder);
    char *end = folder + strlen(folder);
    for (int i = 0; r == 0 && i < TRIES; i++) {
        uint32_t id;

        if (getrandom(&id, sizeof(id), 0) != (ssize_t)sizeof(id)) {
            return -EIO;
        }
        snprintf(end, 64, "/%s-%08x", stamp, id);
        if (mkdir(folder, 0777) == 0) {
            return 0;
        }
        r = errno == EEXIST ? 0 : -errno;
    }
    return r < 0 ? r : -EEXIST;
}

void run_folder_forget(char *folder)
{
    char *slash = strrchr(folder, '/');

    if (rmdir(folder) == 0 && slash) {
        *slash = '\0';
        (void)rmdir(folder);
    }
}

int result_place_check(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX];
    struct stat status;

    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        return S_ISDIR(status.st_mode) ? -EISDIR : access(path, W_OK) < 0 ? -errno : 0;
    }
    /* The slash stays: the folder of "/result.json" is "/". */
    if (snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) + 1 : 1,
                 slash ? path : ".") >= (int)sizeof(folder)) {
        return -ENAMETOOLONG;
    }
    return access(folder, W_OK | X_OK) < 0 ? -errno : 1;
}
