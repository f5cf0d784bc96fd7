/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/measuring.h"

#include "cli/rescue.h"
#include "cli/run_folder.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>

int measuring_run(const struct command *command, struct run_settings *settings,
                  struct record *ret_record)
{
    char scratch[PATH_MAX], why[HARNESS_WHY_SIZE] = "";
    struct record record;
    bool measured = false;
    int r = scratch_make(scratch);

    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "scratch folder: %s", strerror(-r));
    }
    /* What a trial leaves behind comes to us, and ends with us. */
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    settings->scratch = scratch;
    r = run_execute(settings, &record, &measured, why);
    settings->scratch = NULL;
    scratch_remove(scratch);
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
