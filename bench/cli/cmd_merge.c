/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp merge: results of many machines in one folder. */
#include "cli/manners.h"
#include "cli/merge_target.h"
#include "cli/result_paths.h"
#include "record/record_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { HELP, OUTPUT, QUIET };
static const struct option_spec options[] = {
    [HELP] = OPTION_HELP,
    [OUTPUT] = {"output", 'o', "DIR", "the folder to merge into: DIR/LABEL/RUN/result.json"},
    [QUIET] = OPTION_QUIET("tell only of what is wrong"),
    {0},
};

struct merge {
    const struct command *command;
    struct result_paths paths;
    char *folder;
    bool quiet;
    struct merge_target target;
    size_t merged, duplicates, damaged;
};

/* -1: go on; else the status to end with. */
static int parse(struct merge *merge, char **arguments)
{
    struct manners manners = {0};
    struct options reader;
    int option;

    options_init(&reader, options, arguments);
    while ((option = manners_next(merge->command, &reader, &manners)) != OPTION_END) {
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
    if (manners.status >= 0) {
        return manners.status;
    }
    merge->quiet = manners.quiet;
    if (merge->paths.count == 0) {
        return command_complain(merge->command, STATUS_USAGE, "which results?");
    }
    return merge->folder && merge->folder[0]
               ? -1
               : command_complain(merge->command, STATUS_USAGE, "where to? say -o DIR");
}

/* What became of "a.json", or of "a.json (document 2)" of a stream. */
static void print_fate(const struct merge *merge, const char *fate, const char *source,
                       const struct record_stream *stream, const char *place)
{
    if (merge->quiet) {
        return;
    }
    printf("%-10s %s", fate, strcmp(source, "-") == 0 ? "stdin" : source);
    if (record_stream_number(stream) > 1) {
        printf(" (document %zu)", record_stream_number(stream));
    }
    printf(" %s %s\n", strcmp(fate, "merged") == 0 ? "into" : "is", place);
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
        print_fate(merge, "duplicate", source, stream, path);
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
    print_fate(merge, "merged", source, stream, path);
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

    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): parse() complains */
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
    if (!merge->quiet) {
        printf("%zu merged, %zu duplicate%s, %zu damaged; %zu in %s\n", merge->merged,
               merge->duplicates, merge->duplicates == 1 ? "" : "s", merge->damaged,
               merge->target.count, merge->folder);
    }
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
