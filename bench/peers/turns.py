# SPDX-License-Identifier: GPL-3.0-or-later
"""What tvp run cannot measure, for scripts/peers: programs and trials of ours that take turns, and how
loud it was meanwhile."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("TVP_BUILD", os.path.join(ROOT, "build-peers"))
TRIAL, LONE = (os.path.join(BUILD, "bench", name) for name in ("tvp-trial-peers", "tvp-lone"))
PYTHON_POOLS = os.path.join(ROOT, "bench", "peers", "python_pools.py")
WORKERS = "2"
OWN = ("thread-pool", "process-pool")
EPOCHS = 12
LOUD = 0.1  # of one CPU, used by others


def interval(values):
    """Median, and the order statistics around it that hold it with 95 %."""
    values, n = sorted(values), len(values)
    tail, k, ways = 0.0, 0, 1
    while k < n // 2 and tail + ways / 2 ** n <= 0.025:
        tail += ways / 2 ** n
        ways = ways * (n - k) // (k + 1)
        k += 1
    return statistics.median(values), values[max(k - 1, 0)], values[n - max(k, 1)]


def epoch_medians(series, *columns):
    """{epoch: median of the sum of these columns}: what an epoch counts as, as tvp has it."""
    epochs = {}
    samples = series["samples"]
    for epoch, *values in zip(samples["epoch"], *(samples[column] for column in columns)):
        epochs.setdefault(epoch, []).append(sum(values))
    return {epoch: statistics.median(sums) for epoch, sums in epochs.items()}


def words(value):
    median, low, high = value
    return f"{median:7.3g} [{low:.3g}, {high:.3g}]"


def judge(ratio, most, loud):
    if loud:
        return "cannot tell, others used the machine"
    return "yes" if ratio[2] <= most else "no" if ratio[1] > most else "cannot tell"


def used_by_others_s():
    """CPU time since some moment of everybody but us and those of our children that have ended."""
    with open("/proc/stat", encoding="utf-8") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    ours = os.times()
    return ((user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
            - ours.user - ours.system - ours.children_user - ours.children_system)


def epochs(take):
    """What take(n) returned, n from 0; and whether others used the machine in most of the epochs."""
    found, disturbed = [], 0
    for n in range(EPOCHS):
        others, begin = used_by_others_s(), time.monotonic()
        found.append(take(n))
        disturbed += used_by_others_s() - others > LOUD * (time.monotonic() - begin)
    return found, 2 * disturbed > EPOCHS


class Trial:
    """A trial program that waits for each go, as tvp run starts it."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([TRIAL, "empty", "--on-command", *arguments], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.process.stdout.readline()

    def sample(self):
        self.process.stdin.write("sample\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


def in_turn(subjects, tasks, options, turn):
    """{name: median ns a task} of trials that take their samples in turn, all of them fresh. The
    order is reversed every time, so that nobody always comes first; two samples warm up."""
    trials = {name: Trial("-w", WORKERS, "--tasks", str(tasks), *arguments, *options)
              for name, arguments in list(subjects.items())[::1 if turn % 2 else -1]}
    found = {name: [] for name in trials}
    for block in range(10):
        for name in list(trials)[::1 if block % 2 else -1]:
            found[name].append(trials[name].sample()["run_ns"] / tasks)
    for trial in trials.values():
        trial.close()
    return {name: statistics.median(values[2:]) for name, values in found.items()}


def each(here):
    """One submit for every task, from a caller that waits only after the last."""
    names = [name for name in (*OWN, "glib", "libuv") if name in here]
    found, loud = epochs(lambda turn: in_turn({name: ["-s", name] for name in names}, 50000,
                                              ["--submit-each", "--no-stamps"], turn))
    middles = {name: statistics.median(one[name] for one in found) for name in names}
    for name in sorted(names, key=middles.get):
        print(f"  {name:24}{middles[name]:10.1f} ns a task")
    for base in names[len(OWN):]:
        for own in OWN:
            ratio = interval([one[own] / one[base] for one in found])
            print(f"  {own} / {base}: {words(ratio)}, wanted at most 0.5: {judge(ratio, 0.5, loud)}")


def stamps(_):
    """Two trials in turn, of which one stamps its tasks. Without any queue and log, what serial takes
    longer is all three. Pools have these on both sides, and their workers stamp at the same time."""
    for own, base, workers, what in (("serial", "bare-loop", 1, "stamps, queue and log"),
                                     *((name + chunk, name + chunk, int(WORKERS), "stamps")
                                       for name in OWN for chunk in ("", ":chunk=64"))):
        pair = {"with": ["-s", own], "without": ["-s", base, "--no-stamps"]}
        found, loud = epochs(lambda turn, pair=pair: in_turn(pair, 100000, [], turn))
        price = interval([workers * (one["with"] - one["without"]) for one in found])
        print(f"  {own:22}{what:22}{words(price)} ns a task, wanted at most 60: "
              f"{judge(price, 60, loud)}")


def lone(_):
    """The ratio of each pool to the bare sleeper of its kind, in fresh processes of 40 rounds."""
    def take(_):
        text = subprocess.run([LONE, "40"], check=True, stdout=subprocess.PIPE, text=True).stdout
        rounds = [json.loads(line) for line in text.splitlines()]
        return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}

    found, loud = epochs(take)
    for pool, bare in zip(OWN, ("thread", "process")):
        ratio = interval([one[pool] / one[bare] for one in found])
        middles = [statistics.median(one[name] for one in found) / 1e3 for name in (pool, bare)]
        print(f"  {pool:14}{middles[0]:6.1f} us, a {bare} woken by a futex {middles[1]:.1f} us, ratio "
              f"{words(ratio)}, wanted at most 1.2: {judge(ratio, 1.2, loud)}")


def outside(_):
    """Programs of their own, in turn. Their tasks are other tasks: a call in Python, or a program."""
    tasks = {"python": 20000, "program": 100}
    true = shutil.which("true")
    subjects = {name: ["python", [TRIAL, "empty", "-s", f"{name}:chunk=64", "-w", WORKERS, "--tasks",
                                  str(tasks["python"]), "--no-stamps"]] for name in OWN}
    for kind, chunk in (("threads", 1), ("processes", 1), ("processes", 64)):
        subjects[f"python {kind} chunk={chunk}"] = [
            "python", [sys.executable, PYTHON_POOLS, kind, WORKERS, str(tasks["python"]), str(chunk)]]
    subjects["fork (no program)"] = ["program", [TRIAL, "empty", "-s", "fork", "-w", WORKERS,
                                                 "--tasks", str(tasks["program"])]]
    if shutil.which("xargs"):
        subjects["xargs -P true"] = ["program", ["xargs", "-P", WORKERS, "-n", "1", true]]
    if shutil.which("parallel"):
        subjects["parallel true"] = ["program", ["parallel", "-j", WORKERS, true]]
    lines = "".join(f"{i}\n" for i in range(tasks["program"]))
    found = {name: [] for name in subjects}
    for turn in range(6):
        for name in list(subjects)[::1 if turn % 2 else -1]:
            kind, command = subjects[name]
            begin = time.monotonic_ns()
            done = subprocess.run(command, input=lines, check=True, stdout=subprocess.PIPE, text=True)
            whole = time.monotonic_ns() - begin
            if done.stdout.startswith("{"):
                whole = sum(json.loads(done.stdout)[span] for span in ("open_ns", "run_ns", "close_ns"))
            found[name].append(whole / tasks[kind])
    for name, values in found.items():
        print(f"  {name:28}{words(interval([value / 1e3 for value in values]))} us a task")


PARTS = {"each": each, "stamps": stamps, "lone": lone, "outside": outside}
