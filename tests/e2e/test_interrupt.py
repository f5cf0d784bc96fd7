# SPDX-License-Identifier: GPL-3.0-or-later
"""However tvp run is ended, what was measured until then can be read, and nobody is left behind:
Stage.tearDown() looks for processes and scratch folders after each test."""

import os
import shutil
import signal
import time
import unittest

from stage import FAKE_TRIAL, Stage, wait_for

# Long after the interruption, but long before anything would have ended by itself.
SOON_S = 20


class Interrupt(Stage):
    def begin(self, *arguments, epochs="1000", until="sample", count=1):
        process = self.start("run", "--trial", FAKE_TRIAL, "--no-repeats", "--no-placebo", "nap",
                             "--epochs", epochs, *arguments)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        wait_for(lambda: len(self.events(until)) >= count, f"{count} x {until}")
        return process

    def end(self, process, number, limit_s=SOON_S):
        before = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=limit_s)
        self.assertLess(time.monotonic() - before, limit_s)
        return out, err

    def check_file(self, path=None):
        result = self.result(path)
        self.assertEqual((False, "interrupt"), (result["complete"], result["stopped_by"]))
        return result

    def test_an_interruption_keeps_what_is_there(self):
        self.play({"*": {"run_ns": 5_000_000, "sleep_ms": 10}})
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                shutil.rmtree(os.path.join(self.work, "results"), ignore_errors=True)
                os.truncate(os.path.join(self.fake, "log"), 0) if self.events() else None
                process = self.begin(until="timeline", count=7)  # in the second epoch
                out, err = self.end(process, number)
                self.assertEqual(130, process.returncode, out + err)
                result = self.check_file()
                counts = [len(series["samples"]["epoch"]) for series in result["series"]]
                self.assertGreaterEqual(min(counts), 8)
                self.assertLessEqual(max(counts) - min(counts), 1)
                self.assertEqual([[]] * 5, [series["failures"] for series in result["series"]])
                self.assertRegex(out, r"(?m)^result +(\S+/result.json)\ngo on +tvp run --resume \1$")
                self.assertNotIn("pictures", out)
                shown = self.tvp("show", self.result_path())
                self.assertEqual(0, shown.returncode, shown.stderr)
                self.assertIn("incomplete", shown.stdout)
                self.check_lines(shown.stdout)

    def test_the_end_does_not_wait_for_the_block(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 2000}})
        process = self.begin("--json", "r.json")
        self.end(process, signal.SIGINT)
        self.assertEqual(130, process.returncode)
        # The one that was being taken, perhaps the next, not the four that were to follow it.
        self.assertLess(len(self.events("sample")), 4)
        self.check_file(os.path.join(self.work, "r.json"))

    def test_the_end_does_not_wait_for_a_long_sample(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 90_000}})
        process = self.begin("--json", "r.json")
        self.end(process, signal.SIGINT)
        self.assertEqual(130, process.returncode)
        result = self.check_file(os.path.join(self.work, "r.json"))
        self.assertEqual([[]] * 5, [series["failures"] for series in result["series"]])

    def test_an_interruption_while_calibrating_leaves_a_file(self):
        self.play({"*": {"calibrated": True, "run_ns": 1000, "sleep_ms": 300}})
        process = self.start("run", "--trial", FAKE_TRIAL, "--no-placebo", "nap", "loop")
        wait_for(lambda: os.path.exists(os.path.join(self.fake, "log")), "a start")
        out, err = self.end(process, signal.SIGINT)
        self.assertEqual(130, process.returncode, out + err)
        result = self.check_file()
        self.assertEqual({0}, {len(series["samples"]["epoch"]) for series in result["series"]})
        self.assertEqual(0, self.tvp("show", self.result_path()).returncode)

    def test_json_on_stdout_is_whole_after_an_interruption(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 20}})
        process = self.begin("--json", "-")
        out, _ = self.end(process, signal.SIGINT)
        path = os.path.join(self.work, "out.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(out)
        self.check_file(path)

    def test_who_ignores_a_signal_goes_on(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 5}})
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does; it is inherited
        self.addCleanup(signal.signal, signal.SIGHUP, before)
        process = self.begin("--no-plots", epochs="3")
        out, err = self.end(process, signal.SIGHUP, 60)
        self.assertEqual(0, process.returncode, out + err)
        self.assertTrue(self.result()["complete"])

    def test_the_second_interruption_ends_it_at_once(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 3000}})
        process = self.begin()
        process.send_signal(signal.SIGINT)
        wait_for(lambda: self.default_action(process.pid), "the first to be noticed")
        self.end(process, signal.SIGINT)
        self.assertEqual(-signal.SIGINT, process.returncode)

    def test_killing_tvp_leaves_no_trial(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 400}})
        process = self.begin(until="sample", count=6)
        self.end(process, signal.SIGKILL)
        self.assertEqual(-signal.SIGKILL, process.returncode)
        # Some see the end of their input first, the others are killed by those who tidy up.
        wait_for(lambda: not self.alive(), "trials to be gone", SOON_S)

    @staticmethod
    def default_action(pid):
        with open(f"/proc/{pid}/status", encoding="utf-8") as file:
            caught = next(line for line in file if line.startswith("SigCgt:"))
        return not int(caught.split()[1], 16) & 1 << (signal.SIGINT - 1)


if __name__ == "__main__":
    unittest.main()
