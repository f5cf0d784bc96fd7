/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_report.h"

#include "cli/pictures.h"
#include "cli/present.h"
#include "cli/report_file.h"
#include "output/plot.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* folder: for the pictures, made here. why: why there are none. */
static bool draw_pictures(const struct command *command, const struct run_command *run,
                          const struct record *record, const char *folder, char *why)
{
    int drawn = mkdir(folder, 0777) < 0 && errno != EEXIST ? -errno : 0, failed = 0;

    if (drawn < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%.300s: %s", folder, strerror(-drawn));
    } else {
        /* What the page shows; tvp plot draws the others for who wants them. */
        drawn = present_pictures(record, FORMAT_BIT(PLOT_SVG), folder, &failed, why);
    }
    if (drawn < 0) {
        command_complain(command, 0, "no pictures: %s", why);
    } else if (failed > 0) {
        command_complain(command, 0, "a picture is missing: %s", why);
    }
    if (drawn > 1 && !run->quiet) {
        printf("pictures  %s/time.svg and %d more\n", folder, drawn - 1);
    } else if (drawn == 1 && !run->quiet) {
        printf("picture   %s/time.svg\n", folder);
    }
    if (drawn <= 0) {
        (void)rmdir(folder); /* unless there is something in it */
    }
    return drawn > 0;
}

void run_report_leave(const struct command *command, const struct run_command *run,
                      const struct record *record, const char *folder)
{
    char path[PATH_MAX + 16], plots[PATH_MAX + 16];
    char why[PLOT_WHY_SIZE] = "the run was told --no-plots";

    snprintf(plots, sizeof(plots), "%s/" PLOTS_FOLDER, folder);
    if (!run->no_plots) {
        snprintf(why, sizeof(why), "there is nothing to draw");
    }
    bool drawn = !run->no_plots && draw_pictures(command, run, record, plots, why);
    snprintf(path, sizeof(path), "%s/report.html", folder);
    int r = report_file_write(record, plots, drawn, path, why);
    if (r < 0) {
        command_complain(command, 0, "no report: %s: %s", path, strerror(-r));
    } else if (!run->quiet) {
        printf("report    %s\n", path);
    }
}
