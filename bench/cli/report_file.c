/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_file.h"

#include "cli/pictures.h"
#include "cli/present.h"
#include "output/plot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As a whole or not at all: who opens the page meanwhile sees the old one. */
static int page_write(const struct report *report, const char *path)
{
    char *part = NULL;

    if (strcmp(path, "-") == 0) {
        return report_write(stdout, report);
    }
    if (asprintf(&part, "%s.part", path) < 0) {
        return -ENOMEM;
    }
    /* What lies there is a rest of ours, or a link that somebody else wants written through. */
    (void)unlink(part);
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
    int r = out ? report_write(out, report) : -errno;
    if (out && fclose(out) != 0 && r == 0) {
        r = -errno;
    } else if (!out && fd >= 0) {
        (void)close(fd);
    }
    if (r == 0 && rename(part, path) < 0) {
        r = -errno;
    }
    if (r < 0 && fd >= 0) {
        (void)unlink(part);
    }
    free(part);
    return r;
}

static int folder_make(const char *scratch, size_t number, char *ret_folder, char *why)
{
    if (snprintf(ret_folder, PATH_MAX, "%s/%zu", scratch, number) >= PATH_MAX) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(ENAMETOOLONG));
        return -ENAMETOOLONG;
    }
    if (mkdir(ret_folder, 0777) < 0) {
        int r = -errno;

        snprintf(why, PLOT_WHY_SIZE, "%.200s: %s", ret_folder, strerror(-r));
        return r;
    }
    return 0;
}

/* One picture of all files. Returns how many were drawn: none where they have too little in common,
 * which the page says in words. */
static int machines_draw(const struct record *const *records, size_t count, const char *folder,
                         char *why)
{
    const struct compare_settings settings = {.metric = METRIC_COLD, .threshold = REPORT_THRESHOLD};
    struct compare_file *files = calloc(count, sizeof(*files));
    struct comparison comparison;
    int r = files ? 0 : -ENOMEM;

    for (size_t i = 0; i < count && r == 0; i++) {
        files[i] = (struct compare_file){.record = records[i], .checksum = ""};
    }
    r = r < 0 ? r : compare_make(files, count, &settings, &comparison);
    if (r == 0) {
        const struct pictures pictures = {.kinds = KIND_BIT(PLOT_MACHINES),
                                          .formats = FORMAT_BIT(PLOT_SVG),
                                          .metric = METRIC_COLD,
                                          .folder = folder,
                                          .comparison = &comparison};

        char own[PLOT_WHY_SIZE] = "";
        int failed;

        r = pictures_draw(records[0], &pictures, &failed, own);
        if (failed > 0) {
            snprintf(why, PLOT_WHY_SIZE, "%s", own);
        }
        compare_release(&comparison);
    }
    free(files);
    return r < 0 ? 0 : r;
}

/* why is that of the first picture that failed, in whatever file. */
static int file_draw(const struct record *record, const char *folder, char *why)
{
    char own[PLOT_WHY_SIZE] = "";
    int failed, r = present_pictures(record, FORMAT_BIT(PLOT_SVG), folder, &failed, own);

    if (failed > 0 && !why[0]) {
        snprintf(why, PLOT_WHY_SIZE, "%s", own);
    }
    return r;
}

int report_file_make(const struct record *const *records, size_t count, const char *scratch,
                     const char *path, bool *ret_drawn, char *why)
{
    struct report_file *files = calloc(count + 1, sizeof(*files));
    char(*folders)[PATH_MAX] = calloc(count + 1, sizeof(*folders));
    struct report report = {.files = files, .count = count};
    int r = files && folders ? 0 : -ENOMEM;

    why[0] = '\0';
    for (size_t i = 0; i < count && r == 0; i++) {
        files[i].record = records[i];
        /* What keeps all pictures of one file from being drawn keeps those of all from it, and is
         * said once. */
        if (!report.no_pictures && folder_make(scratch, i, folders[i], why) == 0 &&
            file_draw(records[i], folders[i], why) >= 0) {
            files[i].pictures = folders[i];
        } else {
            report.no_pictures = why;
        }
    }
    if (r == 0 && count > 1 && !report.no_pictures &&
        folder_make(scratch, count, folders[count], why) == 0 &&
        machines_draw(records, count, folders[count], why) > 0) {
        report.machines = folders[count];
    }
    r = r < 0 ? r : page_write(&report, path);
    *ret_drawn = !report.no_pictures;
    free(folders);
    free(files);
    return r;
}

int report_file_write(const struct record *record, const char *folder, bool drawn, const char *path,
                      const char *why)
{
    const struct report_file file = {record, drawn ? folder : NULL};
    const struct report report = {.files = &file, .count = 1, .no_pictures = drawn ? NULL : why};

    return page_write(&report, path);
}
