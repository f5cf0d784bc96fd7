/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a record to its document, and to a file that is either the old one or the new one,
 * whatever happens in between: an interrupted run keeps what it has measured. */
#include "record/checksum.h"
#include "record/document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES_TRIED 100u /* for the temporary file, if others left theirs behind */
#define TEMPORARY_SIZE 48u

static int document_fill(const struct record *record, json_t *document)
{
    char hex[CHECKSUM_SIZE];
    json_t *series;
    size_t i;
    int r;

    if (json_object_set_new(document, "schema", json_string(RECORD_SCHEMA))) {
        return -ENOMEM;
    }
    series = json_array();
    if (json_object_set_new(document, "series", series)) {
        return -ENOMEM;
    }
    for (i = 0; i < record->series_count; i++) {
        if (json_array_append_new(series, series_to_json(&record->series[i]))) {
            return -ENOMEM;
        }
    }
    r = checksum_make(document, hex);
    if (r) {
        return r;
    }
    return json_object_set_new(document, "checksum",
                               json_pack("{s:s, s:s}", "algorithm", "sha256", "value", hex))
               ? -ENOMEM
               : 0;
}

int document_make(const struct record *record, json_t **ret_document)
{
    char why[RECORD_WHY_SIZE];
    json_t *document = json_copy(record->head);
    int r;

    if (!document) {
        return -ENOMEM;
    }
    /* The checksum belongs at the end, not where a copied head had it. */
    (void)json_object_del(document, "checksum");
    r = document_fill(record, document);
    if (!r && document_check(document, why)) {
        r = -EINVAL;
    }
    if (r) {
        json_decref(document);
        return r;
    }
    *ret_document = document;
    return 0;
}

json_t *record_to_json(const struct record *record)
{
    json_t *document = NULL;

    return document_make(record, &document) ? NULL : document;
}

static int write_all(int fd, const char *data, size_t size)
{
    while (size) {
        ssize_t written = write(fd, data, size);

        if (written < 0 && errno != EINTR) {
            return -errno;
        }
        if (written > 0) {
            data += written;
            size -= (size_t)written;
        }
    }
    return 0;
}

static int folder_open(const char *path, const char **ret_name)
{
    const char *slash = strrchr(path, '/');
    char *folder;
    int fd;

    if (!slash) {
        folder = strdup(".");
    } else {
        /* The slash stays: the folder of "/result.json" is "/". */
        folder = strndup(path, (size_t)(slash - path) + 1);
    }
    if (!folder) {
        return -ENOMEM;
    }
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        fd = -errno;
    } else {
        *ret_name = slash ? slash + 1 : path;
    }
    free(folder);
    return fd;
}

/* Short, whatever the length of the final name. Never follows or overwrites what is there. */
static int temporary_open(int folder_fd, char name[TEMPORARY_SIZE])
{
    unsigned i;
    int fd = -1;

    for (i = 0; i < NAMES_TRIED; i++) {
        (void)snprintf(name, TEMPORARY_SIZE, ".tvp-%ld-%u.tmp", (long)getpid(), i);
        fd = openat(folder_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (fd >= 0 || errno != EEXIST) {
            break;
        }
    }
    return fd < 0 ? -errno : fd;
}

static int file_replace(int folder_fd, const char *name, const char *text, size_t size)
{
    char temporary[TEMPORARY_SIZE];
    int fd, r;

    fd = temporary_open(folder_fd, temporary);
    if (fd < 0) {
        return fd;
    }
    r = write_all(fd, text, size);
    if (!r && fsync(fd)) {
        r = -errno;
    }
    if (close(fd) && !r) {
        r = -errno;
    }
    if (!r && renameat(folder_fd, temporary, folder_fd, name)) {
        r = -errno;
    }
    if (r) {
        (void)unlinkat(folder_fd, temporary, 0);
        return r;
    }
    /* Some file systems cannot sync a folder; the rename is done all the same. */
    if (fsync(folder_fd) && errno != EINVAL) {
        return -errno;
    }
    return 0;
}

/* One line, so that tools for lines can count and concatenate documents. */
static int document_dump(const json_t *document, char **ret_text, size_t *ret_size)
{
    size_t size = json_dumpb(document, NULL, 0, JSON_COMPACT);
    char *text = size ? malloc(size + 1) : NULL;

    if (!text || json_dumpb(document, text, size, JSON_COMPACT) != size) {
        free(text);
        return -ENOMEM;
    }
    text[size] = '\n';
    *ret_text = text;
    *ret_size = size + 1;
    return 0;
}

int record_save(const struct record *record, const char *path)
{
    json_t *document = NULL;
    const char *name = NULL;
    char *text = NULL;
    size_t size = 0;
    int folder_fd, r;

    r = document_make(record, &document);
    if (r) {
        return r;
    }
    r = document_dump(document, &text, &size);
    if (r) {
        goto free_document;
    }
    folder_fd = folder_open(path, &name);
    if (folder_fd < 0) {
        r = folder_fd;
        goto free_text;
    }
    r = file_replace(folder_fd, name, text, size);
    (void)close(folder_fd);
free_text:
    free(text);
free_document:
    json_decref(document);
    return r;
}
