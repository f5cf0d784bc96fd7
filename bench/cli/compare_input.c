/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_input.h"

#include "record/record_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX 1000u /* all are held in memory, and nobody reads a table of so many columns */

/* Takes over the record. */
static int input_append(struct compare_input *input, struct record *record, const char *checksum)
{
    struct compare_file *files = reallocarray(input->files, input->count + 1, sizeof(*files));
    struct record *kept = malloc(sizeof(*kept));
    char *copy = strdup(checksum);

    input->files = files ? files : input->files;
    if (!files || !kept || !copy) {
        free(kept);
        free(copy);
        record_release(record);
        return -ENOMEM;
    }
    *kept = *record;
    files[input->count++] = (struct compare_file){.record = kept, .checksum = copy};
    return 0;
}

static int load_status(const struct compare_input *input, int r)
{
    return r == -EPROTO || input->unreadable == 0 ? STATUS_DAMAGED : input->unreadable;
}

static int stream_load(const struct command *command, const char *path, struct compare_input *input)
{
    struct record_stream *stream = NULL;
    struct record record;
    char checksum[CHECKSUM_SIZE], why[RECORD_WHY_SIZE];
    int r = record_stream_open(path, &stream, why), status = -1;
    bool full = false;

    if (r < 0) {
        return command_complain(command, load_status(input, r), "%s: %s", path, why);
    }
    while (!full && (r = record_stream_next(stream, &record, checksum, why)) != 0) {
        if (r < 0 && record_stream_number(stream) > 1) {
            status = command_complain(command, load_status(input, r), "%s: document %zu: %s", path,
                                      record_stream_number(stream), why);
        } else if (r < 0) {
            status = command_complain(command, load_status(input, r), "%s: %s", path, why);
        } else if (input_append(input, &record, checksum) < 0) {
            full = true;
            status = command_complain(command, load_status(input, -ENOMEM), "out of memory");
        } else if (input->count > FILES_MAX) {
            full = true;
            status = command_complain(command, STATUS_DAMAGED, "more than %u files", FILES_MAX);
        }
    }
    record_stream_close(stream);
    return status;
}

int compare_input_load(const struct command *command, const struct result_paths *paths,
                       struct compare_input *input)
{
    int status = -1;

    for (size_t i = 0; i < paths->count; i++) {
        int one = stream_load(command, paths->items[i], input);

        status = one >= 0 ? one : status;
    }
    return status;
}

void compare_input_release(struct compare_input *input)
{
    for (size_t i = 0; i < input->count; i++) {
        /* Owned, though the comparison may only look at them. */
        record_release((struct record *)input->files[i].record);
        free((struct record *)input->files[i].record);
        free((char *)input->files[i].checksum);
    }
    free(input->files);
    input->files = NULL;
    input->count = 0;
}
