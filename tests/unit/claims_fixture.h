/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up records of workloads with an unguarded counter, and what is claimed of them. */
#ifndef TVP_TEST_CLAIMS_FIXTURE_H
#define TVP_TEST_CLAIMS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/claims.h"
#include "output/claims_text.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <math.h>

#define MS 1e6

static bool loud; /* others disturbed every epoch: nothing is concluded, for or against */

static inline struct series *add(struct record *record, const char *workload, const char *strategy,
                                 double run_ms)
{
    struct series *series =
        made_add(record, (struct made){.workload = workload,
                                       .arguments = "guard=none adds=100",
                                       .strategy = strategy,
                                       .workers = strcmp(strategy, "serial") == 0 ? 1 : 2,
                                       .tasks = 10,
                                       .run_ns = run_ms * MS,
                                       .epochs = 12,
                                       .blocks = 4});
    for (size_t i = 0; i < series->samples.count; i++) {
        series->samples.items[i].loud = loud;
    }
    return series;
}

struct claimed {
    struct record record;
    struct groups groups;
    struct claims claims;
};

static inline void begin(struct claimed *claimed)
{
    assert_int_equal(record_init(&claimed->record), 0);
}

static inline const struct claim *judge(struct claimed *claimed, enum claim_name name)
{
    assert_int_equal(groups_make(&claimed->record, METRIC_COLD, &claimed->groups), 0);
    assert_int_equal(claims_make(&claimed->groups, &claimed->claims), 0);
    return &claimed->claims.items[name];
}

static inline void end(struct claimed *claimed)
{
    loud = false;
    claims_release(&claimed->claims);
    groups_release(&claimed->groups);
    record_release(&claimed->record);
}

#endif
