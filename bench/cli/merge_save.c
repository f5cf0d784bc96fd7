/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders are opened one by one, each below the last and none by way of a link; the result is
 * saved from within its folder. So a link that appears in between changes nothing. */
#include "cli/merge_save.h"

#include "record/checksum.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_DIGITS 8u /* of the checksum in the name of a run */
#define ID_TRIES 8u  /* 64 digits, eight at a time */

/* Opens a folder below another, made if need be; with `fresh` it must be new. */
static int folder_below(int above_fd, const char *name, bool fresh)
{
    if (mkdirat(above_fd, name, 0777) < 0 && (errno != EEXIST || fresh)) {
        return -errno;
    }
    int fd = openat(above_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOTDIR) {
        struct stat status;

        /* What the kernel says of a link depends on the flags. */
        return fstatat(above_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode)
                   ? -ELOOP
                   : -ENOTDIR;
    }
    return fd < 0 ? -errno : fd;
}

/* record_save() takes a path; "result.json" in the working folder is one that nobody can bend. */
static int save_within(int folder_fd, const struct record *record)
{
    int back_fd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC), r;

    if (back_fd < 0) {
        return -errno;
    }
    r = fchdir(folder_fd) < 0 ? -errno : record_save(record, "result.json");
    if (fchdir(back_fd) < 0 && r == 0) {
        r = -errno;
    }
    (void)close(back_fd);
    return r;
}

/* "20250115T104207Z" out of "2025-01-15T10:42:07Z". */
static void stamp_write(const struct record *record, char stamp[20])
{
    const char *created = record_text(record, "created");
    size_t length = 0;

    for (const char *p = created ? created : "undated"; *p && length < 19; p++) {
        if (*p != '-' && *p != ':') {
            stamp[length++] = *p;
        }
    }
    stamp[length] = '\0';
}

/* A new folder for the run below that of its label; name says which. */
static int run_folder_open(int label_fd, const struct record *record, const char *checksum,
                           char name[MERGE_NAME_SIZE])
{
    char stamp[20];
    int fd = -EEXIST;

    stamp_write(record, stamp);
    for (unsigned i = 0; i < ID_TRIES && fd == -EEXIST; i++) {
        snprintf(name, MERGE_NAME_SIZE, "%s-%.*s", stamp, (int)ID_DIGITS,
                 checksum + (size_t)i * ID_DIGITS);
        fd = folder_below(label_fd, name, true);
    }
    return fd;
}

static int survives(const struct record *record, const char *checksum)
{
    json_t *document = record_to_json(record);
    char hex[CHECKSUM_SIZE];
    int r = document ? checksum_make(document, hex) : -ENOMEM;

    json_decref(document);
    return r < 0 ? r : strcmp(hex, checksum) == 0 ? 0 : -EBADMSG;
}

int merge_save(int above_fd, const char *label, const struct record *record, const char *checksum,
               char name[MERGE_NAME_SIZE])
{
    int label_fd, run_fd, r = survives(record, checksum);

    if (r < 0) {
        return r;
    }
    label_fd = folder_below(above_fd, label, false);
    if (label_fd < 0) {
        return label_fd;
    }
    run_fd = run_folder_open(label_fd, record, checksum, name);
    r = run_fd < 0 ? run_fd : save_within(run_fd, record);
    if (run_fd >= 0) {
        (void)close(run_fd);
    }
    if (run_fd >= 0 && r < 0) {
        (void)unlinkat(label_fd, name, AT_REMOVEDIR);
    }
    (void)close(label_fd);
    return r;
}
