/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of an earlier run once more, so that two results can be compared: calibration may
 * choose other numbers of tasks, and then they did other work. */
#ifndef TVP_PLAN_LIKE_H
#define TVP_PLAN_LIKE_H

#include "harness/plan.h"

/* The cells of the record, and which series of it they were, with the arguments, workers and tasks
 * that they had: of request->like, and of request->workloads only, if there are any. Modules are
 * known by their last part, so their paths have to be among those. With request->resumes, of all
 * its workloads. A file is anybody's: a workload that it calls by a path is refused, and so is one
 * that starts programs unless it is among request->workloads. -EINVAL with one sentence in why
 * (HARNESS_WHY_SIZE bytes). */
int plan_like(const struct plan_request *request, const struct catalogue *catalogue,
              struct plan *ret_plan, char *why);

#endif
