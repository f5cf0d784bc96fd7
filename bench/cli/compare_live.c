/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_live.h"

#include "cli/interruption.h"
#include "cli/measuring.h"
#include "cli/progress.h"
#include "cli/run_argv.h"
#include "cli/run_folder.h"
#include "cli/terminal.h"
#include "output/compare_live.h"

#include <errno.h>
#include <string.h>

static int print(const struct live *live, const struct live_view *view, const struct style *style)
{
    if (view->quiet) {
        return 0;
    }
    if (!view->json) {
        int r = compare_live_write(stdout, live, view->metric, style);

        return ferror(stdout) ? 0 : r; /* what cannot be written is told, or not, by main() */
    }
    json_t *document = compare_live_to_json(live, view->metric);
    int r = document ? 0 : -ENOMEM;

    (void)json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    putchar('\n');
    json_decref(document);
    return r;
}

static int gate_status(const struct command *command, const struct live *live,
                       const struct live_view *view)
{
    size_t hits = 0, unknown = 0;

    for (size_t i = 0; i < live->count && view->gate != LIVE_GATE_NONE; i++) {
        const struct live_pair *pair = &live->pairs[i];

        hits += live_is_beyond(live, pair, view->gate == LIVE_GATE_SLOWER);
        unknown += pair->state != PAIR_GOOD || pair->change == CHANGE_UNSURE;
    }
    if (hits > 0) {
        return command_complain(command, STATUS_FAILED, "%zu of %zu %s by more than %.3g %%", hits,
                                live->good, view->gate == LIVE_GATE_SLOWER ? "slower" : "different",
                                100 * live->threshold);
    }
    return unknown > 0 && view->strict
               ? command_complain(command, STATUS_FAILED, "%zu cannot be told", unknown)
               : STATUS_DONE;
}

int compare_live_show(const struct command *command, const struct record *record,
                      const struct live_view *view, const struct style *style)
{
    struct live live;
    int r = live_make(record, view->metric, view->threshold, &live);

    if (r < 0) {
        return command_complain(command, STATUS_DAMAGED, "%s",
                                r == -EINVAL ? "there are not two variants in it" : strerror(-r));
    }
    r = print(&live, view, style);
    int status = r < 0 ? command_complain(command, STATUS_DAMAGED, "%s", strerror(-r))
                 : live.good == 0
                     ? command_complain(command, STATUS_DAMAGED,
                                        "not comparable: A and B have no successful work in common")
                     : gate_status(command, &live, view);
    live_release(&live);
    return status;
}

static int measure(const struct command *command, struct live_request *request, char **arguments,
                   struct record *ret_record)
{
    struct run_settings *settings = &request->run.settings;
    char folder[PATH_MAX], path[PATH_MAX + 16];
    struct record_file file = {.path = path, .fd = -1};
    struct progress progress;
    int r = run_folder_make(request->run.results, request->run.label, folder);

    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "results in %s: %s", request->run.results,
                                strerror(-r));
    }
    snprintf(path, sizeof(path), "%s/result.json", folder);
    progress_init(&progress, request->run.quiet);
    settings->file = &file;
    settings->stopped = interruption_catch();
    settings->progress = progress_draw;
    settings->context = &progress;
    settings->argv = run_argv_describe(arguments);
    int status = measuring_run(command, settings, ret_record);
    progress_clear(&progress);
    record_file_end(&file);
    settings->file = NULL;
    json_decref(settings->argv);
    run_folder_forget(folder); /* unless there is a result in it */
    if ((status < 0 || status == STATUS_INTERRUPTED) && !request->run.quiet) {
        fprintf(stderr, "result    %s\n", path);
    }
    return status;
}

int compare_live_run(const struct command *command, char **arguments)
{
    struct live_request request;
    struct record record;
    struct style style;
    int status = live_request_parse(command, arguments, &request);

    if (status < 0 && terminal_style(stdout, request.run.color, request.run.ascii, &style) < 0) {
        status = command_complain(command, STATUS_USAGE,
                                  "--color is auto, always or never, not '%s'", request.run.color);
    }
    status = status < 0 ? measure(command, &request, arguments, &record) : status;
    if (status < 0) {
        const struct live_view view = {.metric = request.metric,
                                       .threshold = request.threshold,
                                       .gate = request.gate,
                                       .strict = request.strict,
                                       .json = request.json};

        status = compare_live_show(command, &record, &view, &style);
        record_release(&record);
    }
    live_request_release(&request);
    return status;
}
