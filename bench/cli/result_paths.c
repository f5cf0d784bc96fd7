/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/result_paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LEVELS 3u

/* Takes over path; NULL is "out of memory". */
static int path_append(struct result_paths *paths, char *path)
{
    char **items = path ? reallocarray(paths->items, paths->count + 1, sizeof(*items)) : NULL;

    if (!items) {
        free(path);
        return -ENOMEM;
    }
    paths->items = items;
    items[paths->count++] = path;
    return 0;
}

static char *path_join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    char *path = NULL;

    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    return asprintf(&path, "%.*s/%s", (int)length, folder, name) < 0 ? NULL : path;
}

static bool is_file(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static int folder_add(struct result_paths *paths, const char *folder, unsigned levels);

static int entry_add(struct result_paths *paths, const char *folder, const char *name,
                     unsigned levels)
{
    struct stat status;
    char *path = path_join(folder, name);
    int r = path ? 0 : -ENOMEM;

    if (r == 0 && lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        r = folder_add(paths, path, levels);
    }
    free(path);
    return r;
}

static int folder_add(struct result_paths *paths, const char *folder, unsigned levels)
{
    struct dirent **entries = NULL;
    char *result = path_join(folder, "result.json");
    int r = 0;

    if (!result) {
        return -ENOMEM;
    }
    if (is_file(result)) {
        return path_append(paths, result);
    }
    free(result);
    int count = levels > 0 ? scandir(folder, &entries, NULL, alphasort) : 0;
    if (count < 0) {
        return -errno;
    }
    for (int i = 0; i < count; i++) {
        if (r == 0 && entries[i]->d_name[0] != '.') {
            r = entry_add(paths, folder, entries[i]->d_name, levels - 1);
        }
        free(entries[i]);
    }
    free(entries);
    return r;
}

int result_paths_add(struct result_paths *paths, const char *argument)
{
    size_t before = paths->count;
    struct stat status;

    if (strcmp(argument, "-") == 0 || stat(argument, &status) < 0 || !S_ISDIR(status.st_mode)) {
        return path_append(paths, strdup(argument));
    }
    int r = folder_add(paths, argument, LEVELS);
    return r == 0 && paths->count == before ? -ENOENT : r;
}

void result_paths_release(struct result_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        free(paths->items[i]);
    }
    free(paths->items);
    *paths = (struct result_paths){.items = NULL, .count = 0};
}
