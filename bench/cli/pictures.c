/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build_config.h"
#include "cli/present.h"
#include "output/plot.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* A name that none of the count names before has: two groups may share a workload, and names that
 * differ may be the same in plain letters. */
static void unused_name(const char *workload, struct name *names, size_t count)
{
    struct name *name = &names[count];
    char plain[64];
    unsigned number = 1;

    plain_name(workload, plain);
    snprintf(name->text, sizeof(name->text), "timeline-%s", plain);
    for (size_t i = 0; i < count;) {
        if (strcmp(names[i].text, name->text) == 0) {
            snprintf(name->text, sizeof(name->text), "timeline-%s-%u", plain, ++number);
            i = 0;
        } else {
            i++;
        }
    }
}

/* One picture in the formats asked for; returns how many were drawn. */
static int draw(const struct record *record, const struct groups *groups,
                struct plot_request *request, const char *format, const char *folder,
                const char *name, char *why)
{
    char path[PATH_MAX];
    int drawn = 0;

    for (int i = 0; plot_format_names[i]; i++) {
        if (format && strcmp(format, plot_format_names[i]) != 0) {
            continue;
        }
        if (snprintf(path, sizeof(path), "%s/%s.%s", folder, name, plot_format_names[i]) >=
            (int)sizeof(path)) {
            return -ENAMETOOLONG;
        }
        request->format = (enum plot_format)i;
        request->out_path = path;
        int r = plot_draw(record, groups, request, why);
        if (r < 0) {
            return r;
        }
        drawn++;
    }
    return drawn;
}

static int draw_timelines(const struct record *record, const struct groups *groups,
                          struct plot_request *request, const char *format, const char *folder,
                          char *why)
{
    struct name *names = calloc(groups->count + 1, sizeof(*names));
    size_t count = 0;
    int drawn = 0, r = 0;

    if (!names) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(ENOMEM));
        return -ENOMEM;
    }
    request->kind = PLOT_TIMELINE;
    for (size_t i = 0; i < groups->count && r >= 0; i++) {
        const struct group *group = &groups->items[i];

        if (group->tasks > TIMELINE_TASKS || !plot_has_timeline(group)) {
            continue;
        }
        unused_name(group->workload, names, count);
        request->group = i;
        r = draw(record, groups, request, format, folder, names[count++].text, why);
        drawn += r > 0 ? r : 0;
    }
    free(names);
    return r < 0 ? r : drawn;
}

int present_pictures(const struct record *record, enum metric metric, const char *kind,
                     const char *format, const char *theme, const char *folder, char *why)
{
    struct plot_request request = {
        .kind = PLOT_TIME,
        .theme = theme && strcmp(theme, "dark") == 0 ? PLOT_DARK : PLOT_LIGHT,
        .metric = metric,
        .scripts_dir = scripts_folder(),
    };
    struct groups groups;
    int drawn = 0, r = groups_make(record, metric, &groups);

    if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(-r));
        return r;
    }
    if (!kind || strcmp(kind, plot_kind_names[PLOT_TIME]) == 0) {
        r = draw(record, &groups, &request, format, folder, "time", why);
        drawn += r > 0 ? r : 0;
    }
    if (r >= 0 && (!kind || strcmp(kind, plot_kind_names[PLOT_TIMELINE]) == 0)) {
        r = draw_timelines(record, &groups, &request, format, folder, why);
        drawn += r > 0 ? r : 0;
    }
    groups_release(&groups);
    return r < 0 ? r : drawn;
}
