# SPDX-License-Identifier: GPL-3.0-or-later
"""The limits of a system, one a line: what they stop is told with the number of workers reached and
the limit that did it. Never a crash, never fewer workers in silence."""

import contextlib
import json
import math
import os
import re
import resource
import subprocess
import tempfile
import unittest

import trial_stage
from stage import TVP

STRATEGIES = ("pthread", "fork", "fork:channel=pipe", "thread-pool", "process-pool",
              "process-pool:channel=pipe")
THREADS = ("pthread:stack=8MiB", "thread-pool:stack=8MiB")
GROUPS = ("/sys/fs/cgroup/pids", "/sys/fs/cgroup")


def limited(*limits, stranger=False):
    """For preexec_fn: these limits, soft and hard, and another user."""
    def act():
        for name, value in limits:
            resource.setrlimit(name, (value, value))
        if stranger:
            trial_stage.become_stranger()
    return act


def pids_max():
    """The tightest limit of our control group and those above it."""
    found = [math.inf]
    with open("/proc/self/cgroup", encoding="utf-8") as file:
        lines = [line.strip().split(":", 2) for line in file]
    for _, controllers, path in lines:
        steps = path.strip("/").split("/") if controllers in ("", "pids") else ()
        for depth in range(len(steps) + 1 if steps else 0):
            with contextlib.suppress(OSError, ValueError):  # "max"
                name = os.path.join("/sys/fs/cgroup", controllers, *steps[:depth], "pids.max")
                with open(name, encoding="utf-8") as file:
                    found.append(int(file.read()))
    return min(found)


# limit, how it is set, strategies, more arguments, what is said, workers that there cannot be
SCARCE = (
    ("processes", dict(stranger=True, limits=((resource.RLIMIT_NPROC, 12),)), STRATEGIES, (),
     r"Resource temporarily unavailable; reached (\d+) workers; ulimit -u is 12", 12),
    ("address space", dict(limits=((resource.RLIMIT_AS, 200 << 20),)), THREADS, (),
     r"Resource temporarily unavailable; reached (\d+) workers; ulimit -v is 200 MiB", 25),
    ("descriptors", dict(limits=((resource.RLIMIT_NOFILE, 30),)),
     ("fork:channel=pipe", "process-pool", "process-pool:channel=pipe"), (),
     r"Too many open files; reached (\d+) workers; ulimit -n is 30", 30),
)


class Limits(trial_stage.TrialTest):
    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o777)

    def scarce(self, row, strategy, workers="50", action=None):
        _, setting, _, more, said, most = row
        action = action or limited(*setting["limits"], stranger=setting.get("stranger", False))
        status, out, err = self.run_trial("sleep", "-s", strategy, "-w", workers, "--tasks",
                                          workers, "--set=durations=300ms", *more, action=action)
        self.assertEqual((status, out), (1, ""), err)
        match = re.fullmatch(rf"tvp-trial: (?:open|run): {said}\n", err)
        self.assertTrue(match, err)
        self.assertTrue(0 < int(match[1].replace(",", "")) < most, err)

    def test_each_limit_is_named_with_the_number_reached(self):
        for row in SCARCE:
            for strategy in row[2]:
                with self.subTest(row[0], strategy=strategy):
                    if row[1].get("stranger"):
                        trial_stage.needs_stranger(self)
                    elif self.run_trial("empty", action=limited(*row[1]["limits"]))[0]:
                        self.skipTest("a sanitizer needs more than this test leaves")
                    self.scarce(row, strategy)

    def test_eagain_at_worker_4096_is_that_4095_were_reached(self):
        trial_stage.needs_stranger(self)
        if pids_max() < 5000:
            self.skipTest("the control group allows no 4,096 processes")
        action = limited((resource.RLIMIT_NPROC, 4096), stranger=True)
        for strategy in ("pthread:stack=64KiB", "fork"):
            status, out, err = self.run_trial("sleep", "-s", strategy, "-w", "0", "--tasks", "4200",
                                              "--set=durations=20s", action=action)
            self.assertEqual(
                (1, "", "tvp-trial: run: Resource temporarily unavailable; reached 4,095 workers; "
                        "ulimit -u is 4,096\n"), (status, out, err))

    def test_a_control_group_is_named(self):
        for mount in GROUPS:
            group = os.path.join(mount, f"tvp-test-{os.getpid()}")
            with contextlib.suppress(OSError):
                os.mkdir(group)
                self.addCleanup(os.rmdir, group)
                with open(os.path.join(group, "pids.max"), "w", encoding="utf-8") as file:
                    file.write("20")
                break
        else:
            self.skipTest("no control group can be made here")

        def enter():
            with open(os.path.join(group, "cgroup.procs"), "w", encoding="utf-8") as file:
                file.write(str(os.getpid()))

        row = ("pids", {}, (), (), r"Resource temporarily unavailable; reached (\d+) workers; "
               r"pids\.max of the cgroup is 20", 20)
        for strategy in STRATEGIES:
            with self.subTest(strategy):
                self.scarce(row, strategy, action=enter)

    def test_held_workers_are_let_go_when_one_cannot_be_made(self):
        action = limited((resource.RLIMIT_AS, 200 << 20))
        if self.run_trial("empty", action=action)[0]:
            self.skipTest("a sanitizer needs more memory than this test leaves")
        process = self.start("empty", "--on-command", "--hold", "-w", "50", "--tasks", "50",
                             "-s", THREADS[0], action=action, stdin=subprocess.PIPE)
        _, err = process.communicate("hold\n", timeout=trial_stage.LIMIT_S)
        self.assertEqual(1, process.returncode)
        self.assertRegex(err, r"\Atvp-trial: holding 50 workers: Resource temporarily unavailable; "
                              r"reached \d+\n\Z")

    def test_memory_for_tasks(self):
        action = limited((resource.RLIMIT_AS, 200 << 20))
        if self.run_trial("empty", action=action)[0]:
            self.skipTest("a sanitizer needs more memory than this test leaves")
        found = self.run_trial("payload", "--set=bytes=1GiB", action=action)
        self.assertEqual(found, (1, "", "tvp-trial: memory for 8 tasks: Cannot allocate memory\n"))
        found = self.run_trial("empty", "--parent=1GiB", action=action)
        self.assertEqual(found, (1, "", "tvp-trial: a parent of 1 GiB: Cannot allocate memory\n"))

    def test_a_stack_that_is_too_small_is_wrong_use(self):
        for strategy in ("pthread", "thread-pool"):
            for stack in ("1", "4k", "16383"):
                status, out, err = self.run_trial("empty", "-s", f"{strategy}:stack={stack}")
                self.assertEqual((2, ""), (status, out))
                self.assertRegex(err, rf"\Atvp-trial: strategy {strategy}: stack: [\d,]+ (B|KiB) "
                                      r"is too small for a thread, which needs \d+ KiB\n\Z")
            least = re.search(r"needs (\d+) KiB", err)[1]
            sample = self.sample("empty", "-s", f"{strategy}:stack={least}KiB")
            self.assertEqual(0, sample["failed"])

    def test_a_small_stack_of_the_system_is_no_trouble(self):
        for strategy in STRATEGIES:
            sample = self.sample("primes", "-s", strategy,
                                 action=limited((resource.RLIMIT_STACK, 128 << 10)))
            self.assertEqual(0, sample["failed"])


class Recorded(unittest.TestCase):
    """What stopped a cell stands in the result file, in its table and in the exit status."""

    def test_the_record_tells_what_stopped_it(self):
        trial_stage.needs_stranger(self)
        with tempfile.TemporaryDirectory(prefix="tvp-limits-") as folder:
            os.chmod(folder, 0o777)
            path = os.path.join(folder, "r.json")
            done = subprocess.run(
                [os.path.abspath(TVP), "run", "sleep", "--json", path, "--epochs", "1",
                 "--no-placebo", "--no-repeats", "--set", "durations=50ms", "--tasks", "40",
                 "--workers", "0", "-s", "serial,pthread,fork"], cwd=folder, timeout=60,
                capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                env={**os.environ, "TMPDIR": folder, "LC_ALL": "C.UTF-8"},
                preexec_fn=limited((resource.RLIMIT_NPROC, 20), stranger=True))
            self.assertEqual(4, done.returncode, done.stderr)
            with open(path, encoding="utf-8") as file:
                found = {series["strategy"]: series for series in json.load(file)["series"]}
            self.assertEqual([], found["serial"]["failures"])
            for strategy in ("pthread", "fork"):
                texts = {failure["text"] for failure in found[strategy]["failures"]}
                self.assertEqual(1, len(texts), texts)
                self.assertRegex(texts.pop(), r"\Arun: Resource temporarily unavailable; reached "
                                              r"1\d workers; ulimit -u is 20\Z")
                # As many as tasks were asked for, whatever number was reached.
                self.assertEqual((0, 40), (found[strategy]["workers"], found[strategy]["tasks"]))
                self.assertIn("reached 1", done.stdout)


if __name__ == "__main__":
    if not os.access(trial_stage.TRIAL, os.X_OK):
        raise SystemExit(f"{trial_stage.TRIAL} is not built: set TVP_TRIAL")
    unittest.main(verbosity=2)
