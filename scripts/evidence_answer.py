# SPDX-License-Identifier: GPL-3.0-or-later
"""How long would hyperfine need for what the quick profile knows? For scripts/evidence.

hyperfine times whole programs, so the time of a sample is the difference between a program that
takes one and a program that only starts, prepares and ends. Of both it needs as many runs as give
each ratio to serial the interval that tvp has for it. It is favoured: its runs are taken for
independent, which they are not, its runs to warm up cost nothing, and nobody pays for the pilot.
"""

import collections
import json
import math
import os
import random
import shlex
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "bench", "peers"))
sys.dont_write_bytecode = True
from turns import epoch_medians, interval  # pylint: disable=wrong-import-position

BENCH = os.path.join(os.environ.get("TVP_BUILD", os.path.join(ROOT, "build")), "bench")
TVP = os.path.join(BENCH, "tvp")
NORMAL = 1.96  # of 95 %, for one interval
FEWEST = 6  # epochs that have one
# The pilot: in rounds, for runs in a row resemble each other, and drift belongs into the variance.
ROUNDS = 5
RUNS = 2
PILOT = ROUNDS * RUNS


def tvp(*arguments):
    return subprocess.run([TVP, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def cold_ns(series):
    return epoch_medians(series, "open_ns", "run_ns", "close_ns")


def cells(document):
    return [one for one in document["series"]
            if not one.get("placebo") and one["samples"]["epoch"]]


def half_widths(document):
    """{(workload, strategy): half of the interval of its ratio to serial, as a logarithm}: each alone
    at 95 %, as hyperfine's are below, and of the epochs that tvp goes by."""
    loud = {(one["workload"], one["epoch"]) for one in document.get("epochs", ())
            if one.get("contaminated")}
    times = {(one["workload"], one["strategy"]): cold_ns(one) for one in cells(document)}
    half = {}
    for (workload, strategy), own in times.items():
        base = times.get((workload, "serial"), {})
        shared = own.keys() & base.keys()
        quiet = [epoch for epoch in shared if (workload, epoch) not in loud]
        ratios = [own[epoch] / base[epoch] for epoch in
                  (quiet if 2 * len(quiet) >= len(shared) else shared)]
        if strategy == "serial" or len(ratios) < FEWEST:
            continue
        _, low, high = interval(ratios)
        if high > low:
            half[workload, strategy] = math.log(high / low) / 2
    return half


def seconds_by_workload(document):
    """From the begin of each of its epochs to that of the next of any."""
    begins = {}
    for one in document["series"]:
        for columns in (one["warmup"], one["samples"]):
            for epoch, at in zip(columns["epoch"], columns["at_ns"]):
                key = one["workload"], epoch
                begins[key] = min(at, begins.get(key, at))
    turns = sorted((at, workload) for (workload, _), at in begins.items())
    seconds = collections.Counter()
    for (at, workload), end in zip(turns, [at for at, _ in turns[1:]] + [document["duration_ns"]]):
        seconds[workload] += (end - at) / 1e9
    return seconds


def times_by_hyperfine(folder, series):
    """Whole trials of one sample each and of none, in seconds."""
    path = os.path.join(folder, "hyperfine.json")
    sets = [word for argument in series["arguments"].split() if not argument.endswith("=")
            for word in ("--set", argument)]
    command = [os.path.join(BENCH, "tvp-trial"), series["workload"], "-s", series["strategy"], "-w",
               str(series["workers"]), "--tasks", str(series["tasks"]), *sets]
    # It waits for a line that asks for a sample, and ends where stdin, which is /dev/null, does.
    pair = [shlex.join([*command, *way]) for way in (["--samples", "1"], ["--on-command"])]
    subprocess.run(["hyperfine", "-N", "--ignore-failure", "--style", "none", "--warmup", "1",
                    "--runs", str(RUNS), "--export-json", path, *pair], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(path, encoding="utf-8") as file:
        return [result["times"] for result in json.load(file)["results"]]


def pilot(folder, document):
    """{(workload, strategy): [times of trials, times of starts]}, all cells in turns."""
    found = {(one["workload"], one["strategy"]): [[], []] for one in cells(document)}
    for _ in range(ROUNDS):
        for one in random.sample(cells(document), len(found)):
            for times, more in zip(found[one["workload"], one["strategy"]],
                                   times_by_hyperfine(folder, one)):
                times += more
    with open(os.path.join(folder, "answer-pilot.json"), "w", encoding="utf-8") as file:
        json.dump({" ".join(cell): times for cell, times in found.items()}, file)
    return found


def sample_of(trials, starts):
    """(relative variance of one difference, seconds that one costs, is it clearly above 0?). If it is
    not, the longest sample that it may be is taken, for which the fewest runs are needed."""
    mean = statistics.mean(trials) - statistics.mean(starts)
    variance = statistics.variance(trials) + statistics.variance(starts)
    doubt = NORMAL * math.sqrt(variance / PILOT)
    clear = mean > doubt
    return (variance / (mean if clear else max(mean, 0) + doubt) ** 2,
            statistics.mean(trials) + statistics.mean(starts), clear)


def program_of(trials, _):
    """The same of the whole program."""
    return statistics.variance(trials) / statistics.mean(trials) ** 2, statistics.mean(trials), True


def seconds_needed(pilots, half, view):
    """{workload: seconds of as many runs as all its ratios to serial need}. The variance of the
    logarithm of a ratio is the sum of both sides' relative ones, by the delta method."""
    seen = {cell: view(*times) for cell, times in pilots.items()}
    runs = dict.fromkeys(pilots, PILOT)  # from fewer nobody knows the variance
    for (workload, strategy), width in half.items():
        pair = (workload, "serial"), (workload, strategy)
        needed = math.ceil(NORMAL ** 2 * sum(seen[cell][0] for cell in pair) / width ** 2)
        for cell in pair:
            runs[cell] = max(runs[cell], needed)
    seconds = collections.Counter()
    for cell, (_, cost, _) in seen.items():
        seconds[cell[0]] += runs[cell] * cost
    return seconds


def tell(name, took, same, diluted, at_least):
    print(f"answer: {name}: tvp {took:.1f} s, hyperfine {at_least}{same:.0f} s for the same, "
          f"{at_least}{same / took:.1f} times as long; {diluted:.0f} s for its own ratios, diluted by the "
          "start of the program", flush=True)


def answer(folder):
    path = os.path.join(folder, "answer.json")
    tvp("run", "--quiet", "--no-plots", "--json", path)
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    half = half_widths(document)
    pilots = pilot(folder, document)
    unclear = [cell for cell, times in pilots.items() if not sample_of(*times)[2]]
    took = seconds_by_workload(document)
    same = seconds_needed(pilots, half, sample_of)
    diluted = seconds_needed(pilots, half, program_of)
    for workload in sorted(took):
        tell(workload, took[workload], same[workload], diluted[workload],
             "at least " if workload in {cell[0] for cell in unclear} else "")
    for workload, strategy in unclear:
        print(f"answer: {workload} under {strategy}: its sample cannot be told from the start of the "
              f"program in {PILOT} runs")
    tell("in all", document["duration_ns"] / 1e9, sum(same.values()),
         sum(diluted.values()), "at least " if unclear else "")
    print(f"answer: that is for {len(half)} ratios, known to "
          f"{100 * statistics.median(half.values()):.1f} % in the middle")
