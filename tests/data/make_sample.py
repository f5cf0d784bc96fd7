#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/sample.json, a made-up result whose statistics can be worked out by hand.

In epoch e (0..11) and timed block b (0..7) a sample of a cell runs for

    base * (1 + E / 2000 + B / 20000),   E = 2 * e' - 11,   B = 2 * b - 7,   e' = (5 e + 3 s) % 12

where s is the number of the strategy. B is symmetric, so the median of epoch e is exactly
base * (1 + E / 2000). E is symmetric too, so the median over the epochs is exactly base; its
95 % interval goes from the third to the tenth of twelve values: base * (1 -+ 7 / 2000). Opening
and closing take constant times: cold is warm plus open_ns plus close_ns everywhere.
Bases are multiples of 20000 ns, so all of it is whole. Run it again after a change of the format.
"""
import hashlib
import json
import pathlib
import sys

EPOCHS, WARMUP, BLOCKS = 12, 2, 8
# name, open_ns, close_ns
STRATEGIES = [("serial", 1_000, 1_000),
              ("pthread", 2_000, 2_000),
              ("fork", 3_000, 3_000),
              ("thread-pool", 60_000, 40_000),
              ("process-pool", 250_000, 150_000)]
# Warm medians in ns, in the order of the strategies.
CELLS = [
    {"workload": "sleep", "arguments": "durations=30ms,20ms,10ms", "workers": 3, "cpu": 0,
     "summary": "3 tasks: 30ms, 20ms, 10ms", "answer": "0000000000000003",
     "base": [60_200_000, 30_200_000, 30_800_000, 30_100_000, 30_140_000],
     "sizes": [30_000_000, 20_000_000, 10_000_000]},
    {"workload": "primes", "arguments": "numbers=112272535095293", "workers": 2, "cpu": 1,
     "summary": "4 tasks", "answer": "0000000000000004",
     "base": [40_000_000, 20_200_000, 20_800_000, 20_040_000, 20_080_000],
     "sizes": [10_000_000] * 4},
]
COLUMNS = ["epoch", "block", "position", "at_ns", "open_ns", "run_ns", "close_ns", "user_ns",
           "system_ns", "minor_faults", "major_faults", "switches_voluntary", "switches_forced",
           "cpu_before", "cpu_after", "failed", "finding"]


def sample(cell, s, epoch, block):
    """One row; warm-up blocks take a tenth longer."""
    _, open_ns, close_ns = STRATEGIES[s]
    base = cell["base"][s]
    run = base + base // 2000 * (2 * ((5 * epoch + 3 * s) % 12) - 11)
    if block < WARMUP:
        run += base // 10
    else:
        run += base // 20000 * (2 * (block - WARMUP) - 7)
    serial = cell["base"][0]
    position = (s + block + epoch) % len(STRATEGIES)
    at = ((epoch * (WARMUP + BLOCKS) + block) * len(STRATEGIES) + position) * 100_000_000
    faults = 100 if s in (2, 4) else 10
    return [epoch, block, position, at, open_ns, run, close_ns, serial * cell["cpu"], 100_000,
            faults, 0, 4, 1, s % 2, (s + 1) % 2, 0, 0]


def columns(cell, s, blocks):
    rows = [sample(cell, s, epoch, block) for epoch in range(EPOCHS) for block in blocks]
    return {name: [row[i] for row in rows] for i, name in enumerate(COLUMNS)}


def timeline(cell, s):
    """Each task goes to the worker that is free first, 50 us after it got free."""
    workers = 1 if s == 0 else cell["workers"]
    free = [0] * workers
    rows = []
    for task, size in enumerate(cell["sizes"]):
        worker = free.index(min(free))
        start = free[worker] + 50_000
        free[worker] = start + size
        rows.append([task, worker, start, free[worker], 0])
    rows.sort(key=lambda row: (row[3], row[0]))
    return {"epoch": 5, "block": WARMUP,
            "columns": ["task", "worker", "start_ns", "end_ns", "failed"], "rows": rows}


def series(cell, s):
    return {"workload": cell["workload"], "arguments": cell["arguments"],
            "strategy": STRATEGIES[s][0], "summary": cell["summary"],
            "workers": 1 if s == 0 else cell["workers"], "tasks": len(cell["sizes"]),
            "answer": cell["answer"], "consistent": True, "finding": None, "skipped": None,
            "warmup": columns(cell, s, range(WARMUP)),
            "samples": columns(cell, s, range(WARMUP, WARMUP + BLOCKS)),
            "timeline": timeline(cell, s), "errors": [], "failures": []}


def document():
    return {
        "schema": "tvp.result/1", "created": "2025-01-15T10:42:07Z",
        "duration_ns": 120_000_000_000, "complete": True, "synthetic": True,
        "tool": {"name": "tvp", "version": "0.1.0", "commit": None, "dirty": False,
                 "build": {"compiler": "gcc 12.2.0", "options": "-O3", "buildtype": "release",
                           "sanitizers": []}},
        "machine": {"label": "sample-2c-8g",
                    "cpu": {"arch": "x86_64", "model": "Made-up CPU", "packages": 1, "cores": 2,
                            "threads": 4, "max_mhz": 3000, "l3_kib": 8192},
                    "memory_mib": 7936, "numa_nodes": 1, "virtualisation": "none",
                    "container": "none"},
        "environment": {"kernel": "Linux 6.1.0", "libc": "glibc 2.36",
                        "governor": "performance", "turbo": False, "smt": True, "aslr": 2,
                        "overcommit": 0, "thp": "madvise", "malloc_perturb": False,
                        "cpus_allowed": 4, "cgroup_cpu_quota_milli": None,
                        "cgroup_pids_max": None, "nproc_limit": 31000, "load_1min_milli": 120,
                        "steal_permille": 0,
                        "clock": {"id": "CLOCK_MONOTONIC", "source": "tsc", "resolution_ns": 1,
                                  "cost_ns": 20}},
        "config": {"profile": "quick", "seed": 7, "order": "interleaved", "epochs": EPOCHS,
                   "warmup_blocks": WARMUP, "blocks": BLOCKS, "budget_ns": None,
                   "argv": ["run", "--seed", "7"]},
        "series": [series(cell, s) for cell in CELLS for s in range(len(STRATEGIES))],
    }


def main():
    result = document()
    # All strings are ASCII without control characters: Python's dump equals jansson's.
    canonical = json.dumps(result, sort_keys=True, separators=(",", ":"))
    result["checksum"] = {"algorithm": "sha256",
                          "value": hashlib.sha256(canonical.encode()).hexdigest()}
    text = json.dumps(result, separators=(",", ":")) + "\n"
    if len(sys.argv) > 1 and sys.argv[1] == "-":
        sys.stdout.write(text)
    else:
        pathlib.Path(__file__).with_name("sample.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
