# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp-trial while the n-th call fails, in the trial or in one of its workers: under every strategy,
and every workload under a pool of each kind. TVP_FAULTS=all lets every call fail."""

import os
import shutil
import sys
import tempfile

import injector

TRIAL = os.environ.get("TVP_TRIAL", "build/bench/tvp-trial")
DONE, FAILED, SKIPPED, LIMIT = 0, 1, 77, 124
STRATEGIES = ("serial", "serial+thread", "pthread:stack=1MiB", "fork", "fork:channel=pipe",
              "thread-pool:stack=1MiB", "process-pool", "process-pool:channel=pipe")
# Every workload, with little to do.
WORKLOADS = {
    "counter": ("adds=10", "guard=mutex"),
    "empty": (),
    "file": ("bytes=4KiB",),
    "http": (),
    "loop": ("iterations=1k",),
    "malloc": ("bytes=64KiB", "rounds=2"),
    "mutex": ("turns=10", "table=64KiB"),
    "openclose": ("times=2",),
    "pagefault": ("pages=4",),
    "payload": ("bytes=100k",),
    "pingpong": ("messages=3",),
    "primes": ("numbers=1009,1013",),
    "sleep": ("durations=1ms,1ms",),
    "stream": ("bytes=64KiB",),
}
KINDS = tuple(kind for kind in injector.KINDS if kind != "rename")


def command(workload, strategy):
    arguments = [TRIAL, workload, "--strategy", strategy, "--workers", "2", "--samples", "2",
                 "--timeline", "--limit", "5s"]
    if workload in ("empty", "payload", "counter"):
        arguments += ["--tasks", "4"]
    for assignment in WORKLOADS[workload]:
        arguments += ["--set", assignment]
    return arguments


# What the C library says as it ends a program that has no memory for a library's variables.
LIBC_ENDS = "cannot allocate memory for thread-local data: ABORT"


def check(workload, outcome):
    """Either all samples, or a sentence and a status that says so."""
    lines = outcome.out.decode(errors="replace").splitlines()
    statuses = {DONE, FAILED, SKIPPED}
    if LIBC_ENDS in outcome.err:
        statuses.add(127)
    if workload == "pingpong" and outcome.fault.lasting:
        statuses.add(LIMIT)  # who can write nothing cannot tell his partner either
    if outcome.status not in statuses:
        outcome.wrong.append(f"status {outcome.status}")
    if outcome.status == DONE and len(lines) != 2:
        outcome.wrong.append(f"status 0 with {len(lines)} samples of 2")
    if outcome.status not in (DONE, LIMIT) and "tvp-trial: " not in outcome.err:
        outcome.wrong.append("says nothing of why it failed")
    if not all(injector.is_json(line) for line in lines):
        outcome.wrong.append("prints what is no JSON")
    if outcome.fault.at == 0 and outcome.status not in (DONE, SKIPPED):
        outcome.wrong.append("fails without a fault")


def main():
    campaign = injector.Campaign()
    parent = tempfile.mkdtemp(prefix="tvp-faults-")
    cells = [("empty", strategy) for strategy in STRATEGIES]
    cells += [(workload, strategy) for workload in WORKLOADS
              for strategy in ("thread-pool", "process-pool:channel=pipe")]
    for workload, strategy in cells:
        arguments = command(workload, strategy)

        def attempt(fault, workload=workload, arguments=arguments):
            folder = injector.make_folder(parent)
            outcome = injector.run(arguments, "tvp-trial", fault, folder, {})
            check(workload, outcome)
            shutil.rmtree(folder)
            return outcome

        campaign.fail_all(f"{workload} under {strategy}", KINDS, attempt)
    shutil.rmtree(parent)
    return campaign.finish(least=200)


if __name__ == "__main__":
    sys.exit(main())
