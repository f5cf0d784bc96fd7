#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sweeps by the real programs: are the points measured that were asked for, and is what a worker
costs in memory what /proc says to somebody else? Times are never asserted, only the CPU time, which
others do not take from us, and its order of magnitude where there is no doubt."""

import glob
import json
import os
import re
import subprocess
import unittest

import stage

MIB = 1 << 20


def cpu_ns(series):
    """Median of what a task took of the CPU, workers included."""
    columns = series["samples"]
    times = sorted(map(sum, zip(columns["user_ns"], columns["system_ns"])))
    return times[len(times) // 2] / series["tasks"]


def tree_of(root):
    """The process and all that descend from it, by their children files."""
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        for path in glob.glob(f"/proc/{pid}/task/*/children"):
            with open(path, encoding="ascii") as file:
                todo += [int(word) for word in file.read().split()]
    return found


def memory_of(root):
    """PSS and page tables of a tree, from the long smaps, in bytes."""
    pss = tables = 0
    for pid in tree_of(root):
        with open(f"/proc/{pid}/smaps", encoding="utf-8") as file:
            pss += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        with open(f"/proc/{pid}/status", encoding="utf-8") as file:
            tables += sum(int(line.split()[1]) for line in file if line.startswith("VmPTE:"))
    return {"pss_bytes": pss * 1024, "page_table_bytes": tables * 1024}


class Sweep(stage.Stage):
    def sweep(self, *arguments):
        path = os.path.join(self.folder, "result.json")
        done = self.tvp("run", "--json", path, "--quiet", "--epochs", "1", "--no-repeats",
                        *arguments)
        self.assertEqual("", done.stderr)
        self.assertIn(done.returncode, (0, 4))
        with open(path, encoding="utf-8") as file:
            return json.load(file)["series"]

    def test_a_larger_parent_makes_forks_dear_and_threads_not(self):
        found = {}
        for series in self.sweep("--sweep", "parent=0,256MiB", "-s", "pthread,fork", "-w", "1"):
            size = series.get("parent_bytes", 0)
            self.assertEqual("small" if size else None, series.get("parent_pages"))
            found[series["strategy"], size] = cpu_ns(series)
        self.assertEqual(4, len(found))
        self.assertGreater(found["fork", 256 * MIB], 2 * found["fork", 0])
        self.assertGreater(found["fork", 256 * MIB], found["pthread", 256 * MIB])
        probe = subprocess.run([os.environ["TVP_PARENT_PROBE"], str(256 * MIB)], timeout=60,
                               capture_output=True, text=True, check=True)
        fork_ns = float(probe.stdout.split()[2])
        self.assertGreater(found["fork", 256 * MIB], fork_ns / 10)
        self.assertLess(found["fork", 256 * MIB], fork_ns * 10)

    def test_longer_tasks_have_more_to_do(self):
        found = self.sweep("--sweep", "task=10us,1ms,10ms", "-s", "serial")
        work = [int(re.search(r"iterations=(\d+)", series["arguments"])[1]) for series in found]
        # Numbers are preferred ones, each within a tenth of what is wanted.
        for ratio, wanted in zip((work[1] / work[0], work[2] / work[1]), (100, 10), strict=True):
            self.assertTrue(wanted / 1.3 < ratio < wanted * 1.3, work)
        for series, wanted in zip(found, (1e4, 1e6, 1e7), strict=True):
            self.assertTrue(wanted / 10 < cpu_ns(series) < wanted * 10, (wanted, cpu_ns(series)))

    def test_points_stand_side_by_side(self):
        cells = [(series["strategy"], series["workers"], series["tasks"])
                 for series in self.sweep("--sweep", "workers=1,2", "--sweep", "tasks=3,8",
                                          "-s", "serial,thread-pool,serial+thread")]
        one = [("serial", 1), ("thread-pool", 1), ("thread-pool", 2), ("serial+thread", 1)]
        self.assertEqual([(*cell, tasks) for tasks in (3, 8) for cell in one], cells)

    def test_two_samples_of_one_epoch_never_come_from_two_points(self):
        """Epochs are numbered by workload, so that the marks of load stay apart."""
        found = self.sweep("--sweep", "payload=1,4KiB", "-s", "serial")
        self.assertEqual([[0], [1]],
                         sorted(sorted(set(series["samples"]["epoch"])) for series in found))


class Memory(stage.Stage):
    WORKERS = 8

    def independent(self, strategy, parent):
        """What the workers of a held trial cost, read by us."""
        with subprocess.Popen([stage.TRIAL, "--on-command", "--hold", "--limit", "60s",
                               "--strategy", strategy, "--workers", str(self.WORKERS),
                               "--tasks", str(self.WORKERS), f"--parent={parent}", "empty"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as trial:
            self.assertEqual(self.WORKERS, json.loads(trial.stdout.readline())["tasks"])
            base = memory_of(trial.pid)
            trial.stdin.write("hold\n")
            trial.stdin.flush()
            self.assertEqual({"held": self.WORKERS}, json.loads(trial.stdout.readline()))
            held = memory_of(trial.pid)
            if "fork" in strategy or "process" in strategy:
                self.assertEqual(self.WORKERS + 1, len(tree_of(trial.pid)))
            trial.stdin.close()
            self.assertEqual(0, trial.wait(20))
        return {name: (held[name] - base[name]) / self.WORKERS for name in held}

    def test_it_is_what_proc_says_to_others(self):
        path = os.path.join(self.folder, "result.json")
        strategies = ("pthread", "fork", "thread-pool:chunk=4", "process-pool:chunk=4",
                      "process-pool:channel=pipe")
        done = self.tvp("run", "--json", path, "--epochs", "1", "--no-repeats", "--memory",
                        "--sweep", "parent=64MiB", "-w", str(self.WORKERS), "--tasks", "8",
                        "-s", ",".join(("serial", *strategies)))
        self.assertIn("memory of each worker", done.stdout)
        with open(path, encoding="utf-8") as file:
            found = {series["strategy"]: series for series in json.load(file)["series"]}
        self.assertNotIn("memory", found.pop("serial"))
        self.assertEqual(set(strategies), set(found))
        for strategy, series in found.items():
            memory = series["memory"]
            self.assertEqual(self.WORKERS, memory["workers"])
            for name, wanted in self.independent(strategy, "64MiB").items():
                each = (memory[name] - memory["base_" + name]) / self.WORKERS
                with self.subTest(strategy=strategy, name=name):
                    if name == "pss_bytes":
                        # Pages of libraries count by how many others have them at the moment, so
                        # all that is asked is that nobody has the parent's pages for himself;
                        # test_footprint.c reads the same processes twice.
                        self.assertLess(abs(each), 8 * MIB)
                        self.assertLess(abs(wanted), 8 * MIB)
                    else:
                        # Threads have few pages.
                        self.assertAlmostEqual(wanted, each,
                                               delta=max(0.1 * max(wanted, each), 2048))
            # By all stacks of the system, of which others may make and end some meanwhile.
            stacks = memory["kernel_stack_bytes"] - memory["base_kernel_stack_bytes"]
            self.assertTrue(2048 <= stacks / self.WORKERS <= 80 * 1024, stacks)


class Words(stage.Stage):
    def refused(self, *arguments):
        done = self.tvp(*arguments)
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        return done.stderr

    def test_slips_are_told_in_one_sentence(self):
        self.assertEqual("tvp sweep: which sweep? see tvp sweep --help\n", self.refused("sweep"))
        self.assertEqual("tvp sweep: unknown sweep 'parnet'; did you mean 'parent'?\n",
                         self.refused("sweep", "parnet"))
        self.assertEqual("tvp run: --workers and --sweep workers exclude each other\n",
                         self.refused("run", "--sweep", "workers=1", "--workers", "2"))
        self.assertEqual("tvp run: --sweep: unknown axis 'pearent'; did you mean 'parent'?\n",
                         self.refused("run", "--sweep", "pearent=1"))
        self.assertRegex(self.refused("run", "--sweep", "parent=1024GiB"),
                         r"^tvp run: --sweep parent=1024GiB: 5 trials side by side want 5,120 GiB, "
                         r"and [\d,]+ .iB are available; .*\n$")
        self.assertEqual("tvp run: --sweep task: 1.00 ns and 2.00 ns are the same work here\n",
                         self.refused("run", "-q", "--sweep", "task=1ns,2ns"))

    def test_help_shows_the_command_lines_of_all_sweeps(self):
        done = self.tvp("sweep", "--help")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        for name in ("chunk", "few", "length", "many", "map", "memory", "parent", "payload",
                     "workers"):
            self.assertRegex(done.stdout, rf"(?m)^  {name} +tvp run ")

    def test_a_named_sweep_is_its_command_line(self):
        path = os.path.join(self.folder, "result.json")
        done = self.tvp("sweep", "chunk", "--json", path, "-q", "--epochs", "1", "--sweep",
                        "chunk=1,32", "-s", "serial,thread-pool", "--no-repeats")
        self.assertEqual("", done.stderr)
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        self.assertEqual(["run", "empty", "--sweep", "chunk=1..256*4"],
                         document["config"]["argv"][:4])
        self.assertEqual(["serial", "thread-pool:chunk=1", "thread-pool:chunk=32"],
                         [series["strategy"] for series in document["series"]])

    def test_sweeps_that_advise_needs_are_answered_from(self):
        """few, many and map, each in its shortest form; what they measured is what advise reads."""
        paths = []
        for name, tasks, rows in (("few", {8}, "serial"), ("many", None, "process-pool:chunk=64"),
                                  ("map", None, "fork")):
            paths.append(os.path.join(self.folder, f"{name}.json"))
            done = self.tvp("sweep", name, "--json", paths[-1], "--quiet", "--epochs", "1",
                            "--no-repeats", "--no-placebo", "--sweep", "workers=2", "--sweep",
                            "task=1us,100us", timeout=100)
            self.assertIn(done.returncode, (0, 4), done.stderr)
            with open(paths[-1], encoding="utf-8") as file:
                series = json.load(file)["series"]
            self.assertEqual({"loop"}, {one["workload"] for one in series})
            self.assertIn(rows, {one["strategy"] for one in series})
            self.assertEqual(2, len({one["arguments"] for one in series}))
            if tasks:
                self.assertEqual(tasks, {one["tasks"] for one in series})
        done = self.tvp("advise", *paths, "--task", "50us", "--tasks", "300", "--json")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertLess(0, json.loads(done.stdout)["best"]["time_ns"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
