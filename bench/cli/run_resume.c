/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_resume.h"

#include "harness/resume.h"

#include <errno.h>
#include <string.h>

/* They change how a run is shown or what time it may take, and nothing of what is measured. */
static const char *const options_beside[] = {"ascii", "budget", "color", "no-plots",
                                             "quiet", "resume", "trial", NULL};

/* An option that was given and has no place beside --resume, or NULL. */
static const char *option_too_many(const struct run_command *run)
{
    for (size_t i = 0; run_options[i].name; i++) {
        bool fits = false;

        for (const char *const *name = options_beside; *name; name++) {
            fits = fits || strcmp(run_options[i].name, *name) == 0;
        }
        if (!fits && run->given >> i & 1) {
            return run_options[i].name;
        }
    }
    return NULL;
}

static void folder_of(const char *path, char folder[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    bool ours = strcmp(slash ? slash + 1 : path, "result.json") == 0;

    snprintf(folder, PATH_MAX, "%.*s",
             !ours   ? 0
             : slash ? (int)(slash - path)
                     : 1,
             slash ? path : ".");
}

int run_resume_open(const struct command *command, struct run_command *run, char folder[PATH_MAX])
{
    struct run_settings *settings = &run->settings;
    char why[HARNESS_WHY_SIZE] = "out of memory";

    const char *other = option_too_many(run);

    if (other) {
        return command_complain(command, STATUS_USAGE, "--resume and --%s exclude each other",
                                other);
    }
    int r = record_file_resume(run->resume, &run->file, &run->resumed, why);
    if (r < 0) {
        return command_complain(command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED, "%s: %s",
                                run->resume, why);
    }
    r = resume_check(&run->resumed, why);
    r = r < 0 ? r : resume_settings(&run->resumed, settings, why);
    if (r < 0) {
        return command_complain(command,
                                r == -EINVAL   ? STATUS_USAGE
                                : r == -ENOMEM ? STATUS_FAILED
                                               : STATUS_DAMAGED,
                                "%s: %s", run->resume, why);
    }
    folder_of(run->resume, folder);
    settings->file = &run->file;
    settings->resumed = &run->resumed;
    return -1;
}
