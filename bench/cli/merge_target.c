/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there already, and what is added to it. */
#include "cli/merge_target.h"

#include "base/folders.h"
#include "cli/merge_save.h"
#include "cli/result_paths.h"
#include "record/machine.h"
#include "record/record_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *record_label(const struct record *record)
{
    const char *label = record_text(record, "machine.label");

    return label && machine_label_check(label) == 0 ? label : "unknown";
}

/* "2025-01-15T10:42:07Z"; -1 if there is none. */
static int64_t record_begin_s(const struct record *record)
{
    const char *created = record_text(record, "created");
    struct tm utc = {0};

    return created && strptime(created, "%Y-%m-%dT%H:%M:%SZ", &utc) ? (int64_t)timegm(&utc) : -1;
}

/* Takes over path. */
static int target_remember(struct merge_target *target, const struct record *record,
                           const char *checksum, char *path)
{
    struct merged *items = reallocarray(target->items, target->count + 1, sizeof(*items));
    char *label = strdup(record_label(record));
    int64_t begin_s = record_begin_s(record);

    target->items = items ? items : target->items;
    if (!items || !label || !path) {
        free(label);
        free(path);
        return -ENOMEM;
    }
    struct merged *item = &items[target->count++];
    *item = (struct merged){.label = label, .path = path, .begin_s = begin_s, .end_s = begin_s};
    snprintf(item->checksum, sizeof(item->checksum), "%s", checksum);
    if (begin_s >= 0) {
        item->end_s += record_number(record, "duration_ns", 0) / 1000000000;
    }
    return 0;
}

/* What is no result, or not ours to read, is no duplicate of anything; but where the system is
 * short of something nobody knows what is there. */
static bool is_passed_over(int error)
{
    return error != -ENOMEM && error != -EMFILE && error != -ENFILE && error != -EIO;
}

static int target_read(struct merge_target *target, const char *path)
{
    struct record_stream *stream = NULL;
    struct record record;
    char checksum[CHECKSUM_SIZE], why[RECORD_WHY_SIZE];
    int r = 0;

    int got = record_stream_open(path, &stream, why);
    if (got < 0) {
        return is_passed_over(got) ? 0 : got;
    }
    while (r == 0) {
        got = record_stream_next(stream, &record, checksum, why);
        if (got == 0) {
            break;
        }
        if (got > 0) {
            r = target_remember(target, &record, checksum, strdup(path));
            record_release(&record);
        } else if (!is_passed_over(got)) {
            r = got;
        }
    }
    record_stream_close(stream);
    return r;
}

int merge_target_open(const char *folder, struct merge_target *target)
{
    struct result_paths paths = {0};
    int r = folders_make(folder);

    *target = (struct merge_target){.folder = folder, .folder_fd = -1};
    if (r < 0) {
        return r;
    }
    target->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (target->folder_fd < 0) {
        return -errno;
    }
    r = result_paths_add(&paths, folder);
    r = r == -ENOENT ? 0 : r;
    for (size_t i = 0; i < paths.count && r == 0; i++) {
        r = target_read(target, paths.items[i]);
    }
    result_paths_release(&paths);
    return r;
}

void merge_target_close(struct merge_target *target)
{
    for (size_t i = 0; i < target->count; i++) {
        free(target->items[i].label);
        free(target->items[i].path);
    }
    free(target->items);
    if (target->folder_fd >= 0) {
        (void)close(target->folder_fd);
    }
    *target = (struct merge_target){.folder_fd = -1};
}

const char *merge_target_find(const struct merge_target *target, const char *checksum)
{
    for (size_t i = 0; i < target->count; i++) {
        if (strcmp(target->items[i].checksum, checksum) == 0) {
            return target->items[i].path;
        }
    }
    return NULL;
}

int merge_target_add(struct merge_target *target, const struct record *record, const char *checksum,
                     const char **ret_path)
{
    const char *label = record_label(record);
    char name[MERGE_NAME_SIZE], *path = NULL;
    int r = merge_save(target->folder_fd, label, record, checksum, name);

    if (r < 0) {
        return r;
    }
    if (asprintf(&path, "%s/%s/%s/result.json", target->folder, label, name) < 0) {
        path = NULL;
    }
    r = target_remember(target, record, checksum, path);
    if (r == 0) {
        *ret_path = path;
    }
    return r;
}

static bool items_overlap(const struct merged *a, const struct merged *b)
{
    return strcmp(a->label, b->label) == 0 && a->begin_s < b->end_s && b->begin_s < a->end_s;
}

const char *merge_target_overlap(const struct merge_target *target, const char *path, size_t index)
{
    const struct merged *added = NULL;

    for (size_t i = 0; i < target->count && !added; i++) {
        added = target->items[i].path == path ? &target->items[i] : NULL;
    }
    for (size_t i = 0; added && i < target->count; i++) {
        const struct merged *item = &target->items[i];

        if (item != added && items_overlap(item, added) && index-- == 0) {
            return item->path;
        }
    }
    return NULL;
}
