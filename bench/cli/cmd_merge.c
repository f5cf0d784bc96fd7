/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp merge: results of many machines in one folder. */
#include "cli/command.h"
#include "cli/merge_target.h"
#include "cli/result_paths.h"
#include "record/record_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { HELP, OUTPUT };
static const struct option_spec options[] = {
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [OUTPUT] = {"output", 'o', "DIR", "the folder to merge into: DIR/LABEL/RUN/result.json"},
    {0},
};

struct merge {
    const struct command *command;
    struct result_paths paths;
    char *folder;
    struct merge_target target;
    size_t merged, duplicates, damaged;
};

/* -1: go on; else the status to end with. */
static int parse(struct merge *merge, char **arguments)
{
    struct options reader;
    int option;

    options_init(&reader, options, arguments);
    while ((option = options_next(&reader)) != OPTION_END) {
        if (option == HELP) {
            command_help(merge->command);
            return STATUS_DONE;
        }
        if (option == OPTION_WRONG) {
            return command_complain(merge->command, STATUS_USAGE, "%s", reader.why);
        }
        if (option == OUTPUT) {
            free(merge->folder);
            merge->folder = strdup(reader.value);
            continue;
        }
        int r = result_paths_add(&merge->paths, reader.value);
        if (r < 0) {
            return command_complain(merge->command, STATUS_FAILED, "%s: %s", reader.value,
                                    r == -ENOENT ? "holds no result.json" : strerror(-r));
        }
    }
    if (merge->paths.count == 0) {
        return command_complain(merge->command, STATUS_USAGE, "which results?");
    }
    return merge->folder && merge->folder[0]
               ? -1
               : command_complain(merge->command, STATUS_USAGE, "where to? say -o DIR");
}

/* "a.json", or "a.json (document 2)" of a stream. */
static void print_source(const char *path, const struct record_stream *stream)
{
    fputs(strcmp(path, "-") == 0 ? "stdin" : path, stdout);
    if (record_stream_number(stream) > 1) {
        printf(" (document %zu)", record_stream_number(stream));
    }
}

static void warn_overlaps(const struct merge *merge, const char *path)
{
    const char *other;

    for (size_t i = 0; (other = merge_target_overlap(&merge->target, path, i)); i++) {
        fprintf(stderr,
                "tvp merge: warning: two runs of one label at the same time disturb each other: %s "
                "and %s\n",
                path, other);
    }
}

static int merge_one(struct merge *merge, const char *source, const struct record_stream *stream,
                     const struct record *record, const char *checksum)
{
    const char *path = merge_target_find(&merge->target, checksum);
    int r;

    if (path) {
        printf("duplicate  ");
        print_source(source, stream);
        printf(" is %s\n", path);
        merge->duplicates++;
        return -1;
    }
    r = merge_target_add(&merge->target, record, checksum, &path);
    if (r < 0) {
        return command_complain(merge->command, STATUS_FAILED, "%s: %s: %s", source, merge->folder,
                                r == -ELOOP     ? "a symbolic link is in the way"
                                : r == -EBADMSG ? "it would not come out as it went in"
                                                : strerror(-r));
    }
    printf("merged     ");
    print_source(source, stream);
    printf(" into %s\n", path);
    merge->merged++;
    warn_overlaps(merge, path);
    return -1;
}

static int complain_damaged(struct merge *merge, const char *path, size_t number, int r,
                            const char *why)
{
    char document[40] = "";

    if (number > 1) {
        snprintf(document, sizeof(document), "document %zu: ", number);
    }
    merge->damaged++;
    return command_complain(merge->command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED,
                            "%s: %s%s", path, document, why);
}

/* What cannot be read is named, and the rest merged all the same. Returns the worst status, -1 if
 * all went well. */
static int merge_path(struct merge *merge, const char *path)
{
    struct record_stream *stream = NULL;
    struct record record;
    char checksum[CHECKSUM_SIZE], why[RECORD_WHY_SIZE];
    int status = -1, r = record_stream_open(path, &stream, why);

    if (r < 0) {
        return complain_damaged(merge, path, 1, r, why);
    }
    while ((r = record_stream_next(stream, &record, checksum, why)) != 0) {
        int one;

        if (r < 0) {
            one = complain_damaged(merge, path, record_stream_number(stream), r, why);
        } else {
            one = merge_one(merge, path, stream, &record, checksum);
            record_release(&record);
        }
        status = one > status ? one : status;
    }
    record_stream_close(stream);
    return status;
}

static int merge_all(struct merge *merge)
{
    int status = -1, r;

    for (size_t length = strlen(merge->folder); length > 1 && merge->folder[length - 1] == '/';) {
        merge->folder[--length] = '\0';
    }
    r = merge_target_open(merge->folder, &merge->target);
    if (r < 0) {
        return command_complain(merge->command, STATUS_FAILED, "%s: %s", merge->folder,
                                strerror(-r));
    }
    for (size_t i = 0; i < merge->paths.count; i++) {
        int one = merge_path(merge, merge->paths.items[i]);

        status = one > status ? one : status;
    }
    printf("%zu merged, %zu duplicate%s, %zu damaged; %zu in %s\n", merge->merged,
           merge->duplicates, merge->duplicates == 1 ? "" : "s", merge->damaged,
           merge->target.count, merge->folder);
    return status < 0 ? STATUS_DONE : status;
}

static int merge_run(const struct command *command, char **arguments)
{
    struct merge merge = {.command = command, .target.folder_fd = -1};
    int status = parse(&merge, arguments);

    status = status < 0 ? merge_all(&merge) : status;
    merge_target_close(&merge.target);
    result_paths_release(&merge.paths);
    free(merge.folder);
    return status;
}

const struct command command_merge = {
    .name = "merge",
    .arguments = "SRC... -o DIR",
    .summary = "copy result files into one folder, each once and checked",
    .options = options,
    .more =
        "SRC is a file, a folder or - for stdin, with one or more documents after one another:\n"
        "ssh HOST tvp run --json - | tvp merge - -o results\n"
        "Nothing is written over. Exit status 3 if something was damaged; the rest is merged.\n",
    .run = merge_run,
};
