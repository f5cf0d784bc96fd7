# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's executors with tasks that do nothing, timed from making the executor to its shutdown, as
tvp-trial times a sample. The task is a call in Python, so only what handing it out costs compares.

usage: python_pools.py threads|processes WORKERS TASKS CHUNK"""

import concurrent.futures
import json
import sys
import time


def nothing(number):
    return number


def main():
    kind, workers, tasks, chunk = sys.argv[1], *map(int, sys.argv[2:])
    make = (concurrent.futures.ThreadPoolExecutor if kind == "threads"
            else concurrent.futures.ProcessPoolExecutor)
    begin = time.monotonic_ns()
    with make(workers) as executor:
        opened = time.monotonic_ns()
        values = list(executor.map(nothing, range(tasks), chunksize=chunk))
        ended = time.monotonic_ns()
    closed = time.monotonic_ns()
    if values != list(range(tasks)):
        sys.exit("wrong values")
    print(json.dumps({"open_ns": opened - begin, "run_ns": ended - opened,
                      "close_ns": closed - ended}))


if __name__ == "__main__":
    main()
