#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/mixed.json: a small result in which all went wrong that can, cut out of what
make_sample.py makes: 7 epochs of one sample. Golden files in tests/data/golden/ rest on it."""
import copy
import hashlib
import json
import pathlib

import make_sample

EPOCHS = 7


def cut(columns, start):
    """The first sample of each epoch from a given block on."""
    keep = [i for i, block in enumerate(columns["block"])
            if block == start and columns["epoch"][i] < EPOCHS]
    return {name: [values[i] for i in keep] for name, values in columns.items()}


def spoil(series):
    """sleep: a wrong answer, and no sample at all. primes: a task fails everywhere, and one cell
    cannot run. loop: all is well, with a placebo."""
    sleep, primes = series[:5], series[5:]
    loop = [copy.deepcopy(one) for one in primes]
    sleep[2]["answer"] = "00000000000000ff"
    empty = {name: [] for name in sleep[4]["samples"]}
    sleep[4].update(samples=empty, warmup=dict(empty), answer=None, timeline=None,
                    failures=[{"epoch": 0, "text": "ended by signal 11 | SIGSEGV"}] * 2)
    for one in primes:
        one["samples"]["failed"] = [1] * EPOCHS
        one["errors"] = [{"task": 2, "text": "HTTP 403", "count": EPOCHS}]
    primes[3].update(samples=dict(empty), warmup=dict(empty), answer=None, timeline=None, errors=[],
                     skipped="no *room*", strategy="thread-pool:chunk=64")
    for one in loop:
        one.update(workload="loop", arguments="=1+1", summary="@all <b>tasks</b>")
    placebo = copy.deepcopy(loop[0])
    placebo["placebo"] = True
    return sleep + primes + loop + [placebo]


def main():
    result = make_sample.document()
    for one in result["series"]:
        one["warmup"] = cut(one["warmup"], make_sample.WARMUP - 1)
        one["samples"] = cut(one["samples"], make_sample.WARMUP)
    result["series"] = spoil(result["series"])
    result["complete"] = False
    canonical = json.dumps(result, sort_keys=True, separators=(",", ":"))
    result["checksum"] = {"algorithm": "sha256",
                          "value": hashlib.sha256(canonical.encode()).hexdigest()}
    text = json.dumps(result, separators=(",", ":")) + "\n"
    pathlib.Path(__file__).with_name("mixed.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
