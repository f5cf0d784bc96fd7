# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp advise: what it says of a made-up machine, how it takes slips, and that it measures by itself
what it is not given."""

import json
import os
import signal
import unittest

from made_results import variant
from stage import HERE, LIMIT_S, Stage, wait_for
from validate_schema import ROOT

MADE = os.path.join(HERE, "..", "data", "advice.json")
SAMPLE = os.path.join(HERE, "..", "data", "sample.json")


class FromFiles(Stage):
    def advise(self, *arguments, status=0):
        result = self.tvp("advise", *arguments)
        self.assertEqual(status, result.returncode, result.stdout + result.stderr)
        if status == 0:
            self.assertEqual("", result.stderr)
        return result.stdout

    def test_the_words_are_those_of_the_golden_file(self):
        for name, arguments in (("advice.txt", ("--task", "300us", "--tasks", "10k")),
                                ("advice-ascii.txt", ("--task", "300us", "--tasks", "10k",
                                                      "--ascii", "--isolation"))):
            text = self.advise(MADE, *arguments)
            self.check_lines(text)
            golden = (ROOT / "tests/data/golden" / name).read_text(encoding="utf-8")
            self.assertEqual(golden, text)

    def test_known_costs_give_known_times(self):
        document = json.loads(self.advise(MADE, "--task", "300us", "--tasks", "64", "--json"))
        expected = {"pthread": 30e3 + 64 * 15e3 + 32 * 300e3,
                    "thread-pool": 100e3 + 64 * 30 + 32 * 300e3,
                    "process-pool": 360e3 + 64 * 32 + 32 * 300e3,
                    "fork": 60e3 + 64 * 120e3 + 32 * 300e3, "serial": 64 * 300e3}
        self.assertEqual("thread-pool", document["best"]["strategy"])
        self.assertEqual("process-pool", document["second"]["strategy"])
        found = {choice["strategy"]: choice["time_ns"] for choice in document["choices"]}
        self.assertEqual(set(expected), set(found))
        for strategy, time_ns in expected.items():
            self.assertAlmostEqual(1, found[strategy] / time_ns, delta=0.01, msg=strategy)
        self.assertEqual([("task_ns", True, "serial")],
                         [(turn["axis"], turn["below"], turn["strategy"])
                          for turn in document["turns"]])

    def test_quiet_is_the_first_sentence(self):
        text = self.advise(MADE, "--task", "300us", "--tasks", "64", "-q")
        self.assertTrue(text.startswith("Use thread-pool with 2 workers, "))
        self.assertEqual(1, text.count("."  "\n"), text)

    def test_slips_are_told_in_one_sentence(self):
        question = ("--task", "1ms", "--tasks", "10")
        cases = (
            ("how long is a task\\? --task 200us, or -- and a program", 2, MADE),
            ("how many tasks are there\\? --tasks 10k", 2, MADE, "--task", "1ms"),
            ("--task: '200' is no TIME", 2, "--task", "200"),
            ("--task: '0' is no TIME", 2, "--task", "0"),
            ("--tasks: '0' is no N", 2, "--task", "1ms", "--tasks", "0"),
            ("--parent: '1GiB:large' is no SIZE", 2, "--parent", "1GiB:large"),
            ("--payload: 'x' is no SIZE", 2, "--payload", "x"),
            ("--workers: '0' is no N", 2, "--workers", "0"),
            ("unknown option --task-s; did you mean --tasks\\?", 2, "--task-s", "1"),
            ("-- which program\\?", 2, "--"),
            ("a program is a task of its own, so FILE cannot go with it", 2, MADE, "--", "true"),
            ("a program is a task of its own, so --isolation cannot", 2, "--isolation", "--", "true"),
            ("--parent: 3 trials side by side want 3,072 GiB, and [\\d,]+ .iB are available", 2,
             *question, "--parent", "1024G"),
            ("no times of loop, empty or payload", 77, SAMPLE, *question),
            ("nothing that was measured does what is asked", 77, MADE, *question, "-w", "64",
             "--isolation"),
            ("nothing that was measured does what is asked", 77, MADE, *question, "-w", "64"),
            ("none.json: cannot be opened: No such file", 1, "none.json", *question),
        )
        for pattern, status, *arguments in cases:
            with self.subTest(arguments):
                result = self.tvp("advise", *arguments)
                self.complaint(result, status, pattern)

    def test_machines_are_not_mixed(self):
        other = os.path.join(self.work, "other.json")
        with open(other, "w", encoding="utf-8") as file:
            json.dump(variant(machine__label="other"), file)
        result = self.tvp("advise", MADE, other, "--task", "1ms", "--tasks", "10")
        self.complaint(result, 3, "these are results of several machines")


class Measured(Stage):
    def measure(self, *arguments):
        """It measures for less than a minute, calibration apart, and others may be measuring."""
        return self.tvp("advise", *arguments, timeout=150)

    def test_without_a_file_it_measures(self):
        result = self.measure("--task", "50us", "--tasks", "100", "--workers", "2", "--json")
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertRegex(result.stderr, r"\Atvp advise: measuring at \d+ places, .*\n\Z")
        document = json.loads(result.stdout)
        self.assertEqual({"serial", "pthread", "fork", "thread-pool", "process-pool"},
                         {choice["strategy"].split(":")[0] for choice in document["choices"]})
        self.assertLess(0, document["best"]["time_ns"])
        self.assertEqual([], os.listdir(self.work))

    def test_an_interruption_leaves_nothing(self):
        process = self.start("advise", "--task", "1ms", "--tasks", "1000")
        wait_for(lambda: len(self.alive()) > 2, "trials")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=LIMIT_S)
        self.assertEqual((130, ""), (process.returncode, out))
        self.assertEqual([], os.listdir(self.work))

    def test_a_program_is_a_task(self):
        result = self.measure("--tasks", "100", "--", "true")
        self.assertEqual(0, result.returncode, result.stderr)
        self.check_lines(result.stdout)
        text = " ".join(result.stdout.split())
        self.assertRegex(text, r"^(Not to be relied on, because [a-z ]+: )?"
                               r"Run (\d+ of true at once|true one after the other): ")
        self.assertIn("; 100 runs take about ", text)
        self.assertRegex(text, r"A thread in its place could save at most [\d.]+ .s of each run")

    def test_words_reach_the_program_as_they_are(self):
        odd = "a  b;$(touch owned)\\n'\"\n*"
        result = self.measure("-q", "--", "test", odd, "=", odd)
        self.assertEqual(0, result.returncode, result.stderr)
        result = self.measure("-q", "--", "test", "", "=", "")
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertEqual([], os.listdir(self.work))

    def test_programs_that_fail_have_no_times(self):
        for program, pattern in (("false", "false: exited with status 1"),
                                 ("no-such-program", "no-such-program: cannot start it: No such")):
            with self.subTest(program):
                result = self.measure("-q", "--", program)
                self.complaint(result, 4, pattern)


if __name__ == "__main__":
    unittest.main(verbosity=2)
