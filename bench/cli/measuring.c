/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/measuring.h"

#include "cli/rescue.h"
#include "cli/workspace.h"

#include <errno.h>
#include <string.h>

int measuring_run(const struct command *command, struct run_settings *settings,
                  struct record *ret_record)
{
    char why[HARNESS_WHY_SIZE] = "";
    struct workspace workspace;
    struct record record;
    bool measured = false;
    int r = workspace_open(&workspace);

    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "scratch folder: %s", strerror(-r));
    }
    settings->scratch = workspace.scratch.path;
    r = run_execute(settings, &record, &measured, why);
    settings->scratch = NULL;
    workspace_close(&workspace);
    if (measured && r == 0) {
        *ret_record = record;
        return -1;
    }
    int status = STATUS_INTERRUPTED;
    if (r != -EINTR) {
        status = rescue_complain(command, r == -EINVAL && !measured ? STATUS_USAGE : STATUS_FAILED,
                                 measured && settings->file ? &record : NULL,
                                 why[0] ? why : strerror(-r));
    }
    if (measured) {
        record_release(&record);
    }
    return status;
}
