# SPDX-License-Identifier: GPL-3.0-or-later
"""What the README promises and no other test looks at."""

import json
import os
import re
import shlex
import shutil
import subprocess
import unittest

import trial_stage
from stage import FAKE_TRIAL, Stage
from test_trial_strategies import PARALLEL

# The slack of timers where a task runs, as its value; or what is promised, for comparison.
SLACK = trial_stage.MODULE.replace("<signal.h>", "<signal.h>\n#include <sys/prctl.h>").replace(
    "task->number * task->number", "(uint64_t)prctl(PR_GET_TIMERSLACK)")
PROMISED = trial_stage.MODULE.replace("task->number * task->number", "1")
CELL = ("workload", "arguments", "strategy", "workers", "tasks")


def readme():
    with open(os.path.join(trial_stage.ROOT, "README.md"), encoding="utf-8") as file:
        return file.read()


class Example(trial_stage.TrialTest):
    def example(self):
        """The module, built as the README says."""
        text = readme()
        (code,) = re.findall(r"(?ms)^```c\n(.*?)^```$", text)
        (command,) = re.findall(r"(?m)^    (cc .* collatz\.c)$", text)
        source, module = (os.path.join(self.folder, name) for name in ("collatz.c", "collatz.so"))
        with open(source, "w", encoding="utf-8") as file:
            file.write(code)
        places = {"collatz.c": source, "collatz.so": module, "-I.": "-I" + trial_stage.ROOT,
                  "cc": shutil.which(os.environ.get("CC", "cc").split()[0]) or "gcc"}
        subprocess.run([places.get(word, word) for word in shlex.split(command)], check=True,
                       timeout=trial_stage.LIMIT_S)
        self.compile("strict", code)  # without a warning, too
        return module

    def test_it_is_complete_and_the_same_under_every_strategy(self):
        module = self.example()
        serial = self.sample(module, "--set=limit=1k")
        self.assertEqual(0, serial["failed"])
        for strategy in PARALLEL:
            sample = self.sample(module, "--set=limit=1k", "-s", strategy, "-w", "2")
            self.assertEqual((0, serial["answer"]), (sample["failed"], sample["answer"]), strategy)
        self.assertNotEqual(serial["answer"], self.sample(module, "--set=limit=2k")["answer"])


class Slack(trial_stage.TrialTest):
    def test_timers_have_a_slack_of_1_ns_wherever_a_task_runs(self):
        slack, promised = self.compile("slack", SLACK), self.compile("promised", PROMISED)
        wanted = self.sample(promised)["answer"]
        for strategy in ("serial", *PARALLEL):
            self.assertEqual(wanted, self.sample(slack, "-s", strategy)["answer"], strategy)


class Runs(Stage):
    compile = trial_stage.TrialTest.compile

    def read(self, name):
        return self.result(os.path.join(self.work, name))["series"]

    def test_two_modules_are_compared_side_by_side(self):
        for name in ("old", "new"):
            os.mkdir(os.path.join(self.folder, name))
            self.compile(f"{name}/mine", trial_stage.MODULE)
        done = self.tvp("compare", "--live", "../old/mine.so", "../new/mine.so", "--epochs", "6",
                        "--strategies", "serial,fork", "--tasks", "8", "--json")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        document = json.loads(done.stdout)
        self.assertEqual(("old/mine.so", "new/mine.so"), (document["a"], document["b"]))
        self.assertEqual(["serial", "fork"], [pair["strategy"] for pair in document["pairs"]])
        series = self.result()["series"]
        self.assertEqual([("serial", "old/mine.so"), ("serial", "new/mine.so"),
                          ("fork", "old/mine.so"), ("fork", "new/mine.so")],
                         [(one["strategy"], one["variant"]) for one in series])
        self.assertEqual(1, len({one["answer"] for one in series}))
        self.assertNotIn(self.folder, json.dumps(self.result()))

    def test_a_run_like_another_does_all_that_it_did(self):
        self.play({"*": {"run_ns": 10_000_000, "calibrated": True}})
        self.fake_run("nap", "loop", "--epochs", "2", "--set", "nap.tone=low", "--workers", "3",
                      "-s", "serial,fork,thread-pool", "--json", "a.json")
        # Calibration comes to another number now.
        self.play({"*": {"run_ns": 1_000_000, "calibrated": True}})
        self.fake_run("--like", "a.json", "--epochs", "2", "--json", "b.json")
        first, second = self.read("a.json"), self.read("b.json")
        self.assertEqual([[series[name] for name in CELL] for series in first],
                         [[series[name] for name in CELL] for series in second])
        self.assertIn("tone=low", {series["arguments"] for series in second})
        done = self.tvp("compare", "a.json", "b.json")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_a_module_is_no_trial(self):
        module = self.compile("mine", trial_stage.MODULE)
        self.complaint(self.tvp("compare", "--live", FAKE_TRIAL, module), 2,
                       "two trial programs or two modules, not one of each")


if __name__ == "__main__":
    unittest.main(verbosity=2)
