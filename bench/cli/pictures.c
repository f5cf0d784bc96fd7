/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pictures.h"

#include "build_config.h"
#include "output/plot_kinds.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a kind that was not asked for by name: files can hold hundreds of groups. */
#define UNNAMED_MOST 12u
#define TIMELINE_TASKS 64u /* more would be a blot */

/* Where the gnuplot scripts are: in the source tree that this program was built in, or where
 * they were installed. */
static const char *scripts_folder(void)
{
    return access(TVP_SOURCE_DIR "/scripts/plots/style.gp", R_OK) == 0 ? TVP_SOURCE_DIR
               "/scripts/plots"
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
    char *why;
    int drawn;
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

/* One picture in the formats asked for. -ENODATA: the file holds nothing of that kind. */
static int draw_formats(struct drawing *drawing, struct plot_request *request, const char *name)
{
    const struct pictures *pictures = drawing->pictures;
    char path[PATH_MAX];

    if (pictures->file && drawing->drawn > 0) {
        snprintf(drawing->why, PLOT_WHY_SIZE, "there are several pictures: -o must be a folder");
        return -E2BIG;
    }
    for (int i = 0; plot_format_names[i]; i++) {
        if (!(pictures->formats & FORMAT_BIT(i))) {
            continue;
        }
        if (snprintf(path, sizeof(path), "%s/%s.%s", pictures->folder, name,
                     plot_format_names[i]) >= (int)sizeof(path)) {
            snprintf(drawing->why, PLOT_WHY_SIZE, "%s", strerror(ENAMETOOLONG));
            return -ENAMETOOLONG;
        }
        request->format = (enum plot_format)i;
        request->out_path = pictures->file ? pictures->file : path;
        int r = plot_draw(drawing->record, drawing->groups, request, drawing->why);
        if (r < 0) {
            return r;
        }
        drawing->drawn++;
    }
    return 0;
}

static int draw_text(struct drawing *drawing, const struct plot_request *request)
{
    FILE *out = drawing->pictures->text;
    char *bytes = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);

    if (!file) {
        return -ENOMEM;
    }
    int r = plot_text(file, drawing->record, drawing->groups, request, &drawing->pictures->style,
                      drawing->why);
    if (fclose(file) != 0 && r == 0) {
        r = -ENOMEM;
    }
    if (r == 0) {
        fprintf(out, "%s%s", drawing->drawn > 0 ? "\n" : "", bytes);
        drawing->drawn++;
    }
    free(bytes);
    return r;
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
        r = draw(drawing, request, NULL);
        return r == -ENODATA ? 0 : r;
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
        r = r == -ENODATA ? 0 : r;
    }
    return r;
}

int pictures_draw(const struct record *record, const struct pictures *pictures, char *why)
{
    struct plot_request request = {.theme = pictures->theme,
                                   .metric = pictures->metric,
                                   .scripts_dir = scripts_folder(),
                                   .comparison = pictures->comparison};
    struct groups groups;
    struct drawing drawing = {
        .record = record, .pictures = pictures, .groups = &groups, .why = why};
    int r = groups_make(record, pictures->metric, &groups);

    if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(-r));
        return r;
    }
    drawing.names = calloc(groups.count * PLOT_KINDS + 1, sizeof(*drawing.names));
    if (!drawing.names) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(ENOMEM));
        r = -ENOMEM;
    }
    for (int kind = 0; kind < PLOT_KINDS && r == 0; kind++) {
        if (pictures->kinds & KIND_BIT(kind)) {
            request.kind = (enum plot_kind)kind;
            r = draw_kind(&drawing, &request);
        }
    }
    if (r == 0 && drawing.drawn == 0 && pictures->kinds != KINDS_ALL) {
        plot_why_nothing(request.kind, why);
    }
    free(drawing.names);
    groups_release(&groups);
    return r < 0 ? r : drawing.drawn;
}
