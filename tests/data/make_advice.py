#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/advice.json: a made-up machine of two cores whose costs are known, for the tests
of tvp advise. n tasks of a length take open + start + n * task + share * n * length."""

import hashlib
import json
import pathlib

import make_sample

EPOCHS = 6
# strategy, workers, open, start, task (ns), share
COSTS = [("serial", 1, 0, 0, 0, 1),
         ("pthread", 2, 0, 30_000, 15_000, 0.5),
         ("fork", 2, 0, 60_000, 120_000, 0.5),
         ("thread-pool", 2, 60_000, 40_000, 30, 0.5),
         ("process-pool", 2, 300_000, 60_000, 32, 0.5)]
PLACES = [(length, tasks) for length in (1_000, 30_000, 1_000_000) for tasks in (4, 64, 1024)]


def columns(cost, length, tasks):
    _, _, opening, start, task, share = cost
    rows = {name: [0] * EPOCHS for name in make_sample.COLUMNS}
    run = start + tasks * task + share * tasks * length
    # One per cent up and down, the median is as it should be.
    wave = [-2, -1, 0, 0, 1, 2]
    rows["epoch"] = list(range(EPOCHS))
    rows["run_ns"] = [round(run * (1 + w / 200)) for w in wave]
    rows["open_ns"] = [opening] * EPOCHS
    rows["user_ns"] = [tasks * length] * EPOCHS
    return rows


def series(cost, length, tasks):
    return {"workload": "loop", "arguments": f"iterations={length}", "strategy": cost[0],
            "summary": f"{tasks} tasks", "workers": cost[1], "tasks": tasks,
            "answer": "0000000000000001", "consistent": True, "finding": None, "skipped": None,
            "warmup": {name: [] for name in make_sample.COLUMNS},
            "samples": columns(cost, length, tasks), "timeline": None, "errors": [],
            "failures": []}


def main():
    result = make_sample.document()
    result["machine"]["label"] = "made-2c-8g"
    result["environment"]["cpus_allowed"] = 2
    result["config"] |= {"epochs": EPOCHS, "warmup_blocks": 0, "blocks": 1}
    result["series"] = [series(cost, *place) for place in PLACES for cost in COSTS]
    canonical = json.dumps(result, sort_keys=True, separators=(",", ":"))
    result["checksum"] = {"algorithm": "sha256",
                          "value": hashlib.sha256(canonical.encode()).hexdigest()}
    pathlib.Path(__file__).with_name("advice.json").write_text(
        json.dumps(result, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
