/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names in a result file, each said once: readers and writers go through these tables. */
#include "record/document.h"

#define COLUMN(member)                                                                             \
    {                                                                                              \
#member, offsetof(struct sample, member)                                                   \
    }
/* clang-format off */
const struct sample_column sample_columns[] = {
    COLUMN(epoch),
    COLUMN(block),
    COLUMN(position),
    COLUMN(at_ns),
    COLUMN(open_ns),
    COLUMN(run_ns),
    COLUMN(close_ns),
    COLUMN(user_ns),
    COLUMN(system_ns),
    COLUMN(minor_faults),
    COLUMN(major_faults),
    COLUMN(switches_voluntary),
    COLUMN(switches_forced),
    COLUMN(cpu_before),
    COLUMN(cpu_after),
    COLUMN(failed),
    COLUMN(finding),
    {NULL, 0},
};

const struct series_text series_texts[] = {
    {"workload", offsetof(struct series, workload), true, false},
    {"arguments", offsetof(struct series, arguments), true, false},
    {"strategy", offsetof(struct series, strategy), true, false},
    {"summary", offsetof(struct series, summary), true, false},
    {"answer", offsetof(struct series, answer), false, false},
    {"finding", offsetof(struct series, finding), false, false},
    {"skipped", offsetof(struct series, skipped), false, false},
    {"variant", offsetof(struct series, variant), false, true},
    {NULL, 0, false, false},
};
/* clang-format on */

const char *const span_columns[SPAN_COLUMNS] = {"task", "worker", "start_ns", "end_ns", "failed"};
