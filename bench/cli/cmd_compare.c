/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp compare: several result files side by side. */
#include "analysis/compare_live.h"
#include "cli/command.h"
#include "cli/compare_input.h"
#include "cli/compare_live.h"
#include "cli/compare_request.h"
#include "cli/terminal.h"
#include "output/compare_table.h"

#include <errno.h>
#include <string.h>

#define THRESHOLD_FILES 0.05

/* How many cells meet the condition of the gate. */
static size_t gate_hits(const struct comparison *comparison, const struct request *request)
{
    size_t hits = 0;

    for (size_t i = 0; i < comparison->row_count; i++) {
        for (size_t j = 1; j < comparison->column_count; j++) {
            const struct compare_cell *cell = &comparison->rows[i].cells[j];

            hits += change_is_beyond(cell, comparison->settings.threshold) &&
                    (request->gate == GATE_DIFFERENT || cell->change == CHANGE_SLOWER);
        }
    }
    return hits;
}

/* What is not known, where the first column has a value: unsure, failed, refused or missing. */
static size_t gate_unknown(const struct comparison *comparison)
{
    size_t unknown = 0;

    for (size_t i = 0; i < comparison->row_count; i++) {
        const struct compare_cell *cells = comparison->rows[i].cells;

        for (size_t j = 1; j < comparison->column_count; j++) {
            unknown += cells[0].good && (!cells[j].good || cells[j].change == CHANGE_UNSURE);
        }
    }
    return unknown;
}

static int gate_status(const struct command *command, const struct comparison *comparison,
                       const struct request *request)
{
    size_t hits, unknown;

    if (request->gate == GATE_NONE) {
        return STATUS_DONE;
    }
    hits = gate_hits(comparison, request);
    unknown = request->strict ? gate_unknown(comparison) : 0;
    if (hits > 0) {
        return command_complain(command, STATUS_FAILED, "%zu of %zu %s by more than %.3g %%", hits,
                                comparison->tested,
                                request->gate == GATE_SLOWER ? "slower" : "different",
                                100 * comparison->settings.threshold);
    }
    return unknown > 0 ? command_complain(command, STATUS_FAILED, "%zu cannot be told", unknown)
                       : STATUS_DONE;
}

static int print(const struct command *command, const struct comparison *comparison,
                 const struct request *request, const struct style *style)
{
    int r = 0;

    if (request->manners.quiet) {
        return -1;
    }
    if (request->json) {
        json_t *document = compare_to_json(comparison);

        r = document ? 0 : -ENOMEM;
        (void)json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
        putchar('\n');
        json_decref(document);
    } else {
        r = compare_table_write(stdout, comparison, style);
    }
    /* main() tells what cannot be written, but its status would be that of a gate. Of who has read
     * enough, the gate's is wanted all the same. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        return terminal_reader_left() ? -1 : STATUS_DAMAGED;
    }
    return r < 0 ? command_complain(command, STATUS_DAMAGED, "%s", strerror(-r)) : -1;
}

static int compare_files(const struct command *command, const struct compare_input *input,
                         const struct request *request, const struct style *style)
{
    struct comparison comparison;
    int status, r = compare_make(input->files, input->count, &request->settings, &comparison);

    if (r == -ENOENT) {
        return command_complain(command, STATUS_DAMAGED,
                                "not comparable: a file has no %s to divide by",
                                request->settings.base);
    }
    if (r < 0) {
        return command_complain(command, STATUS_DAMAGED, "%s", strerror(-r));
    }
    status = print(command, &comparison, request, style);
    if (status < 0 && compare_usable(&comparison) == 0) {
        status = command_complain(command, STATUS_DAMAGED,
                                  "not comparable: the files have no successful work in common");
    } else if (status < 0 && request->gate != GATE_NONE && request->settings.absolute &&
               comparison.differing) {
        status = command_complain(command, STATUS_DAMAGED,
                                  "not comparable: times of different machines cannot be a gate;"
                                  " leave out --absolute");
    }
    status = status < 0 ? gate_status(command, &comparison, request) : status;
    compare_release(&comparison);
    return status;
}

/* One file in which two builds were measured side by side tells how they differ. */
static int compare_input_show(const struct command *command, const struct compare_input *input,
                              struct request *request, const struct style *style)
{
    const char *a, *b;
    double *threshold = &request->settings.threshold;
    const struct live_view view = {.metric = request->settings.metric,
                                   .threshold = *threshold > 0 ? *threshold : LIVE_THRESHOLD,
                                   .gate = request->gate == GATE_SLOWER      ? LIVE_GATE_SLOWER
                                           : request->gate == GATE_DIFFERENT ? LIVE_GATE_DIFFERENT
                                                                             : LIVE_GATE_NONE,
                                   .strict = request->strict,
                                   .json = request->json,
                                   .quiet = request->manners.quiet};

    if (input->count == 1 && live_variants(input->files[0].record, &a, &b)) {
        return compare_live_show(command, input->files[0].record, &view, style);
    }
    *threshold = *threshold > 0 ? *threshold : THRESHOLD_FILES;
    return compare_files(command, input, request, style);
}

static int compare_run(const struct command *command, char **arguments)
{
    struct request request = {0};
    struct compare_input input = {0};
    struct style style;

    if (live_is_asked(arguments)) {
        return compare_live_run(command, arguments);
    }
    int status = request_parse(command, arguments, &request);

    status = status < 0 ? manners_style(command, &request.manners, stdout, &style) : status;
    status = status < 0 ? compare_input_load(command, &request.paths, &input) : status;
    status = status < 0 ? compare_input_show(command, &input, &request, &style) : status;
    compare_input_release(&input);
    result_paths_release(&request.paths);
    return status;
}

const struct command command_compare = {
    .name = "compare",
    .arguments = "FILE... [OPTION]...  or  --live A B [WORKLOAD]... [OPTION]...",
    .summary = "compare result files: what changed, what did not, what cannot be told",
    .options = compare_options,
    .more =
        "A file may be a folder (results/LABEL/RUN, results/LABEL, results) or - for stdin, and\n"
        "hold several documents. All are compared with the first. Ratios between strategies\n"
        "survive a change of machine, times do not. A difference of less than 5 % is only to be "
        "seen\n"
        "with --live, which measures two builds side by side: tvp compare --live --help.\n\n"
        "Exit status: 0 done, 1 the gate failed (--fail-on, --strict) and nothing else, 2 wrong "
        "use,\n"
        "3 there is no comparison: a file is missing, cannot be read or is damaged, nothing in "
        "the\n"
        "files can be compared, or the system said no.\n",
    .run = compare_run,
};
