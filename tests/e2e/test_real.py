# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiny runs of the real programs: what they write fits the schema, and everything that the fake
trial program plays, the real one does."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

from stage import HERE, STRATEGIES, TRIAL, TVP, Stage, wait_for

MODULES = os.path.join(os.path.dirname(TVP), "..", "workloads")


class Real(Stage):
    def run_tvp(self, *arguments, status=0, **variables):
        result = self.tvp("run", "--no-plots", "--no-repeats", "--no-placebo",
                          *arguments, **variables)
        self.assertEqual(status, result.returncode, result.stdout + result.stderr)
        return result

    def validate(self, path):
        check = subprocess.run([sys.executable, os.path.join(HERE, "validate_schema.py"), path],
                               capture_output=True, text=True, timeout=60, check=False)
        with self.subTest("schema"):
            if check.returncode == 77:
                self.skipTest(check.stdout)
            self.assertEqual(0, check.returncode, check.stdout + check.stderr)

    def test_a_real_run_fits_the_schema(self):
        out = self.run_tvp("sleep", "empty", "--epochs", "2", "--set", "durations=3ms,2ms,1ms").stdout
        self.check_lines(out)
        self.validate(self.result_path())
        result = self.result()
        self.assertEqual(11, len(result["series"]))
        for workload in ("sleep", "empty"):
            cells = [series for series in result["series"] if series["workload"] == workload]
            more = ["process-pool:chunk=64"] if workload == "empty" else []
            self.assertEqual([*STRATEGIES, *more], [series["strategy"] for series in cells])
            for name in ("answer", "tasks", "arguments"):
                self.assertEqual(1, len({series[name] for series in cells}), name)
        for series in result["series"]:
            self.assertTrue(series["consistent"])
            self.assertEqual((4, 16), (len(series["warmup"]["epoch"]),
                                       len(series["samples"]["epoch"])))
            self.assertEqual({0}, set(series["samples"]["failed"]))
            self.assertEqual(([], [], None),
                             (series["errors"], series["failures"], series["skipped"]))
            if series["workload"] == "sleep":
                least = 6_000_000 if series["strategy"] == "serial" else 3_000_000
                self.assertGreaterEqual(min(series["samples"]["run_ns"]), least)
                done = [row[0] for row in series["timeline"]["rows"]]
                self.assertEqual([0, 1, 2], done if series["strategy"] == "serial" else sorted(done))
        shown = self.tvp("show", self.result_path())
        self.assertEqual(out.partition("\nresult ")[0], shown.stdout)

    def test_a_crash_costs_processes_one_task_and_threads_the_trial(self):
        out = self.run_tvp("crash", "--epochs", "1", "--set", "how=kill", status=4).stdout
        self.check_lines(out)
        self.validate(self.result_path())
        for series in self.result()["series"]:
            processes = series["strategy"] in ("fork", "process-pool")
            noticed = r"[\d.]+ [mu]?s" if processes else "trial lost"
            self.assertRegex(out, rf"(?m)^  {series['strategy']} +{7 if processes else 0} of 7 "
                                  rf"+{noticed}$")
            texts = {failure["text"] for failure in series["failures"]}
            self.assertEqual(set() if processes else {"the trial was killed by SIGKILL"}, texts)
        shown = self.tvp("show", self.result_path())
        self.assertEqual(out.partition("\nresult ")[0], shown.stdout)

    def test_options_of_strategies_are_cells(self):
        self.run_tvp("payload", "--epochs", "1", "--tasks", "4", "--set", "bytes=1KiB", "-s",
                     "serial,fork:channel=pipe,process-pool:chunk=2:channel=pipe", "-w", "2")
        self.validate(self.result_path())
        series = self.result()["series"]
        self.assertEqual(["serial", "fork:channel=pipe", "process-pool:chunk=2:channel=pipe"],
                         [cell["strategy"] for cell in series])
        self.assertEqual(1, len({cell["answer"] for cell in series}))

    def test_a_module_of_ones_own_is_run_by_its_path(self):
        shutil.copy(os.path.join(MODULES, "sleep.so"), os.path.join(self.work, "mine.so"))
        for name in ("./mine.so", os.path.join(self.work, "mine.so")):
            self.run_tvp(name, "--epochs", "1", "--set", "durations=1ms", "--json", "r.json")
            self.validate(os.path.join(self.work, "r.json"))
            result = self.result(os.path.join(self.work, "r.json"))
            self.assertEqual({"durations=1ms"}, {cell["arguments"] for cell in result["series"]})
            self.assertNotIn(self.folder, json.dumps(result))

    def test_wrong_arguments_are_told_before_anything_is_measured(self):
        for pattern, *arguments in (
                ("durations: 'abc' is no duration", "sleep", "--set", "durations=abc"),
                ("no argument 'chanel'; there is channel", "empty", "-s", "fork:chanel=pipe"),
                ("nowhere.so: No such file or directory", "./nowhere.so")):
            with self.subTest(arguments):
                result = self.run_tvp(*arguments, status=2)
                self.assertEqual("", result.stdout)
                self.assertRegex(result.stderr, f"tvp run: [^\n]*{pattern}[^\n]*\n\\Z")
                self.assertEqual([], [names for _, _, names in os.walk(self.work) if names])

    def test_tasks_that_fail_are_told_in_the_file(self):
        result = self.run_tvp("http", "--epochs", "1", "-s", "serial,pthread", "--set",
                              "pages=size:100,status:403,unknown-host", "--json", "r.json")
        self.validate(os.path.join(self.work, "r.json"))
        for series in self.result(os.path.join(self.work, "r.json"))["series"]:
            self.assertEqual({2}, set(series["samples"]["failed"]))
            self.assertEqual([1, 2], sorted(error["task"] for error in series["errors"]))
            self.assertIn("HTTP 403", [error["text"] for error in series["errors"]])
        self.assertIn("HTTP 403", result.stdout)

    def test_pinning_is_recorded(self):
        result = self.tvp("run", "--no-plots", "empty", "--epochs", "1", "--tasks", "4", "--pin",
                          "--json", "r.json")
        if result.returncode == 1 and "cannot tell which cores" in result.stderr:
            self.skipTest(result.stderr)
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertTrue(self.result(os.path.join(self.work, "r.json"))["config"]["pin"])

    def test_without_stamps_tasks_have_no_times_of_their_own(self):
        for options, stamped in (([], True), (["--no-stamps"], False),
                                 (["--no-stamps", "--task-limit", "10s"], True)):
            with self.subTest(options):
                self.run_tvp("empty", "--epochs", "1", "--tasks", "4", "-s", "serial,thread-pool",
                             "--json", "r.json", *options)
                path = os.path.join(self.work, "r.json")
                self.validate(path)
                result = self.result(path)
                self.assertEqual(None if stamped else False, result["config"].get("stamps"))
                for series in result["series"]:
                    timeline = series.get("timeline") or {"rows": []}
                    self.assertEqual(4 if stamped else 0, len(timeline["rows"]))

    def test_killing_tvp_leaves_no_real_trial(self):
        process = self.start("run", "sleep", "--set", "durations=50s,40s")
        self.addCleanup(process.communicate)
        wait_for(lambda: len(self.alive()) >= 6, "five trials")
        time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        wait_for(lambda: not self.alive(), "trials to be gone", 20)
        for name in os.listdir(self.scratch):
            shutil.rmtree(os.path.join(self.scratch, name))

    def test_interrupting_a_real_run(self):
        process = self.start("run", "file", "--epochs", "500", "--set", "bytes=4KiB", "--tasks", "8")
        self.addCleanup(process.communicate)
        wait_for(lambda: len(self.alive()) >= 6, "five trials")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        self.assertEqual(130, process.returncode, out + err)
        self.validate(self.result_path())
        self.assertEqual((False, "interrupt"), (self.result()["complete"],
                                                self.result()["stopped_by"]))

    def test_the_list_tells_all(self):
        for _ in range(2):
            text = self.tvp("list")
            self.assertEqual((0, ""), (text.returncode, text.stderr))
            self.check_lines(text.stdout)
        document = json.loads(self.tvp("list", "--json").stdout)
        direct = subprocess.run([TRIAL, "--list"], capture_output=True, text=True, timeout=60,
                                check=True)
        self.assertEqual(json.loads(direct.stdout), document)
        self.assertEqual([*STRATEGIES, "serial+thread"],
                         [entry["name"] for entry in document["strategies"]])
        for kind, members in (("strategies", "options"), ("workloads", "params")):
            for entry in document[kind]:
                self.assertIn(f"\n  {entry['name']} ", text.stdout)
                for param in entry[members]:
                    self.assertIn(f"\n      {param['name']}=", text.stdout)
        for profile in ("quick", "standard", "all", "article"):
            self.assertIn(f"\n  {profile} ", text.stdout)
        self.complaint(self.tvp("list", "loop"), 2, "takes no argument 'loop'")


if __name__ == "__main__":
    unittest.main()
