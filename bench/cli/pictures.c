/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pictures.h"

#include "base/program.h"
#include "base/stream.h"
#include "build_config.h"
#include "cli/picture_queue.h"
#include "output/plot_kinds.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a kind that was not asked for by name: files can hold hundreds of groups. */
#define UNNAMED_MOST 12u
#define TIMELINE_TASKS 64u /* more would be a blot */

/* Where the gnuplot scripts are: in the source tree for the program that lies where it was built,
 * else where they were installed. gnuplot obeys scripts, and whoever comes to own the path of a
 * source tree that is gone must not own those of an installed program. */
static const char *scripts_folder(void)
{
    char folder[PATH_MAX];

    return program_folder(folder) == 0 && strcmp(folder, TVP_BUILD_DIR "/bench") == 0
               ? TVP_SOURCE_DIR "/scripts/plots"
               : TVP_SCRIPTS_DIR;
}

/* Workload names come from a file, perhaps a stranger's: only plain letters become a file name. */
static void plain_name(const char *name, char plain[64])
{
    size_t length = 0;

    for (; *name && length < 63; name++) {
        plain[length++] =
            strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", *name)
                ? *name
                : '_';
    }
    plain[length] = '\0';
}

struct name {
    char text[96];
};

/* What is being drawn, and the names that pictures have got. */
struct drawing {
    const struct record *record;
    const struct pictures *pictures;
    const struct groups *groups;
    struct name *names;
    size_t name_count;
    struct picture_queue queue;
};

/* A name that none of those before has: two groups may share a workload, and names that differ may
 * be the same in plain letters. */
static const char *unused_name(struct drawing *drawing, const char *kind, const char *workload)
{
    struct name *name = &drawing->names[drawing->name_count];
    char plain[64];
    unsigned number = 1;

    plain_name(workload, plain);
    snprintf(name->text, sizeof(name->text), "%s-%s", kind, plain);
    for (size_t i = 0; i < drawing->name_count;) {
        if (strcmp(drawing->names[i].text, name->text) == 0) {
            snprintf(name->text, sizeof(name->text), "%s-%s-%u", kind, plain, ++number);
            i = 0;
        } else {
            i++;
        }
    }
    drawing->name_count++;
    return name->text;
}

/* Begins one picture in the formats asked for. */
static int draw_formats(struct drawing *drawing, const struct plot_request *request,
                        const char *name)
{
    const struct pictures *pictures = drawing->pictures;
    struct plot_request requests[PLOT_FORMATS];
    char paths[PLOT_FORMATS][PATH_MAX];
    size_t count = 0;

    if (pictures->file && drawing->queue.begun > 0) {
        return picture_queue_note(&drawing->queue, -E2BIG,
                                  "there are several pictures: -o must be a folder");
    }
    for (int i = 0; plot_format_names[i]; i++) {
        if (!(pictures->formats & FORMAT_BIT(i))) {
            continue;
        }
        if (snprintf(paths[count], PATH_MAX, "%s/%s.%s", pictures->folder, name,
                     plot_format_names[i]) >= PATH_MAX) {
            return picture_queue_note(&drawing->queue, -ENAMETOOLONG, strerror(ENAMETOOLONG));
        }
        requests[count] = *request;
        requests[count].format = (enum plot_format)i;
        requests[count].out_path = pictures->file ? pictures->file : paths[count];
        count++;
    }
    return picture_queue_add(&drawing->queue, drawing->record, drawing->groups, requests, count);
}

static int draw_text(struct drawing *drawing, const struct plot_request *request)
{
    FILE *out = drawing->pictures->text;
    char *bytes = NULL;
    size_t size = 0;
    char why[PLOT_WHY_SIZE] = "";
    FILE *file = open_memstream(&bytes, &size);

    if (!file) {
        return picture_queue_note(&drawing->queue, -ENOMEM, strerror(ENOMEM));
    }
    int r =
        plot_text(file, drawing->record, drawing->groups, request, &drawing->pictures->style, why);
    if (stream_end(file, &bytes) < 0 && r == 0) {
        r = -ENOMEM;
    }
    if (r == 0) {
        fprintf(out, "%s%s", drawing->queue.drawn > 0 ? "\n" : "", bytes);
        drawing->queue.drawn++;
    }
    free(bytes);
    return picture_queue_note(&drawing->queue, r, why[0] ? why : strerror(-r));
}

static int draw(struct drawing *drawing, struct plot_request *request, const char *workload)
{
    const char *kind = plot_kind_names[request->kind];

    if (drawing->pictures->text) {
        return draw_text(drawing, request);
    }
    return draw_formats(drawing, request, workload ? unused_name(drawing, kind, workload) : kind);
}

static int draw_kind(struct drawing *drawing, struct plot_request *request)
{
    int r = 0;

    if (!plot_is_of_group(request->kind)) {
        return draw(drawing, request, NULL);
    }
    bool named = drawing->pictures->kinds == KIND_BIT(request->kind);
    size_t count = 0;
    for (size_t i = 0; i < drawing->groups->count && r == 0; i++) {
        const struct group *group = &drawing->groups->items[i];

        if (!named && count == UNNAMED_MOST) {
            break;
        }
        if (!plot_group_has(request->kind, group) ||
            (request->kind == PLOT_TIMELINE && group->tasks > TIMELINE_TASKS)) {
            continue;
        }
        request->group = i;
        count++;
        r = draw(drawing, request, group->workload);
    }
    return r;
}

static void draw_kinds(struct drawing *drawing, struct plot_request *request)
{
    int r = 0;

    for (int kind = 0; kind < PLOT_KINDS && r == 0; kind++) {
        if (drawing->pictures->kinds & KIND_BIT(kind)) {
            request->kind = (enum plot_kind)kind;
            r = draw_kind(drawing, request);
        }
    }
    picture_queue_finish(&drawing->queue);
}

int pictures_draw(const struct record *record, const struct pictures *pictures, int *ret_failed,
                  char *why)
{
    struct plot_request request = {.theme = pictures->theme,
                                   .metric = pictures->metric,
                                   .scripts_dir = scripts_folder(),
                                   .comparison = pictures->comparison};
    struct groups groups;
    struct drawing drawing = {.record = record, .pictures = pictures, .groups = &groups};
    const struct picture_queue *queue = &drawing.queue;
    int r = groups_make(record, pictures->metric, &groups);

    *ret_failed = 0;
    if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(-r));
        return r;
    }
    picture_queue_init(&drawing.queue, why);
    drawing.names = calloc(groups.count * PLOT_KINDS + 1, sizeof(*drawing.names));
    if (drawing.names) {
        draw_kinds(&drawing, &request);
    } else {
        (void)picture_queue_note(&drawing.queue, -ENOMEM, strerror(ENOMEM));
    }
    if (queue->error == 0 && queue->drawn == 0 && pictures->kinds != KINDS_ALL) {
        plot_why_nothing(request.kind, why);
    }
    free(drawing.names);
    groups_release(&groups);
    *ret_failed = queue->failed;
    return queue->drawn > 0 && queue->error != -E2BIG ? queue->drawn : queue->error;
}
