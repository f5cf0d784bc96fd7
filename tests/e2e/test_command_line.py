# SPDX-License-Identifier: GPL-3.0-or-later
"""The manners of the command line: what is wrong is told in one sentence before anything is
measured and leaves nothing behind, and each word goes where it belongs."""

import contextlib
import json
import os
import subprocess
import unittest

from stage import FAKE_TRIAL, TVP, Stage
from validate_schema import ROOT


class CommandLine(Stage):
    def refuse(self, status, pattern, *arguments, **variables):
        self.complaint(self.tvp("run", "--trial", FAKE_TRIAL, *arguments, **variables), status,
                       pattern)
        self.assertEqual([], self.events())
        left = [os.path.join(folder, name) for folder, _, names in os.walk(self.work)
                for name in names]
        runs = [folder for folder, _, _ in os.walk(self.work) if "-" in os.path.basename(folder)]
        self.assertEqual(([], []), (left, runs))

    def test_wrong_use_is_told_before_anything_is_measured(self):
        cases = (
            ("unknown workload 'nip'; did you mean 'nap'\\?", "nip"),
            ("unknown workload 'wombat'; see tvp list", "nap", "wombat"),
            ("unknown strategy 'froks'; did you mean 'fork'\\?", "--strategies", "serial,froks"),
            ("unknown profile 'quik'; did you mean 'quick'\\?", "--profile", "quik"),
            ("unknown option --epoch; did you mean --epochs\\?", "--epoch", "3"),
            ("--epochs: '0' is no N", "--epochs", "0"),
            ("--epochs: '-1' is no N", "--epochs", "-1"),
            ("--epochs needs a value", "--epochs"),
            ("--budget: '90' is no TIME", "--budget", "90"),
            ("--workers: '1,,2' is no LIST", "--workers", "1,,2"),
            ("--workers: 'all' is no LIST", "--workers", "all"),
            ("--tasks: '0' is no N", "--tasks", "0"),
            ("--seed: '4294967296' is no N", "--seed", "4294967296"),
            ("--color is auto, always or never, not 'blue'", "--color", "blue"),
            ("--set: 'tone' is no NAME=VALUE", "nap", "--set", "tone"),
            ("--set bogus=1: no workload of this run", "nap", "--set", "bogus=1"),
            ("--set loop.tone=1: no workload of this run", "loop", "nap", "--set", "loop.tone=1"),
            ("--set loop.iterations=1: no workload", "nap", "--set", "loop.iterations=1"),
        )
        for pattern, *arguments in cases:
            with self.subTest(arguments):
                self.refuse(2, pattern, *arguments)

    def test_labels_are_names_of_folders(self):
        for label in ("", ".", "..", "a/b", "/etc", "-x", ".x", "a b", "x" * 65, "ä", "a\nb"):
            with self.subTest(label):
                result = self.tvp("run", "--no-placebo", "--trial", FAKE_TRIAL, "nap", "--label", label)
                self.assertEqual((2, ""), (result.returncode, result.stdout))
                self.assertIn("--label", result.stderr)
        self.assertEqual([], os.listdir(self.work))

    def test_what_a_trial_calls_wrong_is_wrong_use(self):
        self.play({"fork": {"fail": {"after": -1, "how": "usage", "text": "no argument tune"}}})
        result = self.tvp("run", "--no-placebo", "--trial", FAKE_TRIAL, "nap", "--strategies", "serial,fork")
        self.assertEqual((2, ""), (result.returncode, result.stdout))
        self.assertIn("tvp run: no argument tune\n", result.stderr)
        self.assertEqual([], self.events("sample"))

    def test_places_that_cannot_be_written_are_told_first(self):
        with open(os.path.join(self.folder, "file"), "w", encoding="utf-8"):
            pass
        self.refuse(1, "results in ../file: Not a directory", "nap", "-o", "../file")
        self.refuse(1, "results in /proc/nowhere: ", "nap", "-o", "/proc/nowhere")
        self.refuse(1, "no/where/r.json: No such file or directory", "nap", "--json",
                    "no/where/r.json")
        self.refuse(1, r"\.: Is a directory", "nap", "--json", ".")
        os.symlink("file", os.path.join(self.folder, "link"))
        self.refuse(1, "link: is a symbolic link: name the file itself", "nap", "--json",
                    "../link")
        self.refuse(1, "scratch folder: No such file or directory", "nap", TMPDIR="/nonexistent")

    def test_json_on_stdout_is_nothing_but_json(self):
        self.play({"*": {"run_ns": 5000}})
        result = self.fake_run("nap", "--epochs", "2", "--json", "-")
        self.assertEqual(1, result.stdout.count("\n"))
        self.assertEqual(5, len(json.loads(result.stdout)["series"]))
        self.assertIn("Threads or processes?", result.stderr)
        self.assertEqual([], os.listdir(self.work))

    def test_json_replaces_files_but_nothing_else(self):
        self.fake_run("nap", "--epochs", "1", "--json", "r.json", "--seed", "1")
        self.fake_run("nap", "--epochs", "1", "--json", "r.json", "--seed", "2")
        path = os.path.join(self.work, "r.json")
        self.assertEqual(2, self.result(path)["config"]["seed"])
        self.assertEqual(["r.json"], os.listdir(self.work))
        os.mkfifo(os.path.join(self.work, "pipe"))
        reader = os.open(os.path.join(self.work, "pipe"), os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        self.fake_run("nap", "--epochs", "1", "--json", "pipe", "-s", "serial")
        self.assertEqual(1, len(json.loads(os.read(reader, 60_000))["series"]))

    def test_quiet_is_the_verdict_alone(self):
        self.play({"*": {"run_ns": 5_000_000}})
        result = self.fake_run("nap", "--epochs", "2", "-q")
        self.assertEqual("", result.stderr)
        self.assertTrue(result.stdout.startswith("Threads or processes?"))
        self.assertNotRegex(result.stdout, r"median  |result\.json|0 +[\d.]+ ms")
        self.assertTrue(os.path.exists(self.result_path()))

    def test_no_progress_without_a_terminal(self):
        err = self.fake_run("nap", "--epochs", "2", TERM="xterm").stderr
        self.assertEqual(1, err.count("\n"), err)
        self.check_lines(err)

    def test_progress_is_wiped_from_a_terminal(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 4}})
        ours, theirs = os.openpty()
        self.addCleanup(os.close, ours)
        process = subprocess.Popen(
            [TVP, "run", "--no-placebo", "--trial", FAKE_TRIAL, "nap", "--epochs", "3", "--json", "r.json"],
            cwd=self.work, env={**self.environment, "TERM": "xterm"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):  # the other end is closed
            while data := os.read(ours, 4096):
                seen += data
        self.assertEqual(0, process.wait(timeout=60))
        lines = seen.decode().split("\r\x1b[K")
        self.assertGreater(len(lines), 2, seen)
        self.assertRegex(lines[-2], r"^epoch [123] of 3  nap")
        self.assertEqual("", lines[-1])
        self.assertLess(max(map(len, lines[1:])), 80)

    def test_output_that_cannot_be_written_is_no_success(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            for arguments in (("list",), ("--help",), ("run", "--help")):
                result = subprocess.run([TVP, *arguments], stdout=full, stderr=subprocess.PIPE,
                                        env=self.environment, timeout=60, check=False, text=True)
                self.assertEqual(1, result.returncode, arguments)
                self.assertIn("cannot write the output", result.stderr)
            # 1 is for its gate alone.
            sample = ROOT / "tests/data/sample.json"
            result = subprocess.run([TVP, "compare", sample], stdout=full, stderr=subprocess.PIPE,
                                    env=self.environment, timeout=60, check=False, text=True)
            self.assertEqual(3, result.returncode)
            self.assertIn("cannot write the output", result.stderr)

    def test_closed_streams_do_not_end_up_in_the_result(self):
        for closed in (0, 1, 2):
            result = subprocess.run(
                [TVP, "run", "--no-placebo", "--trial", FAKE_TRIAL, "nap", "--epochs", "1", "--json", "r.json"],
                cwd=self.work, env=self.environment, timeout=60, check=False,
                capture_output=True, preexec_fn=lambda fd=closed: os.close(fd))
            self.assertEqual(1 if closed == 1 else 0, result.returncode, result.stderr)
            self.assertEqual(5, len(self.result(os.path.join(self.work, "r.json"))["series"]))

    def test_workers_make_cells(self):
        self.fake_run("nap", "--epochs", "1", "--workers", "1,2")
        cells = [(series["strategy"], series["workers"]) for series in self.result()["series"]]
        self.assertEqual(9, len(set(cells)))
        self.assertEqual([("serial", 1)], [cell for cell in cells if cell[0] == "serial"])
        self.assertIn(("fork", 1), cells)
        self.assertIn(("fork", 2), cells)

    def test_arguments_reach_those_that_have_them(self):
        self.fake_run("nap", "loop", "tune", "--epochs", "1", "-s", "serial", "--set", "tone=c",
                      "--set", "nap.durations=1s,2s", "--set", "loop.iterations=3")
        self.assertEqual({"nap": "tone=c durations=1s,2s", "loop": "iterations=3", "tune": "tone=c"},
                         {series["workload"]: series["arguments"]
                          for series in self.result()["series"]})

    def test_the_command_line_is_recorded_without_folders(self):
        home = os.path.join(self.folder, "alice")
        os.mkdir(home)
        self.fake_run("nap", "--epochs", "1", "-o", home, f"--set=tone={home}/list", "-s", "serial",
                      "--label", "x", HOME=home)
        (run,) = os.listdir(os.path.join(home, "x"))
        with open(os.path.join(home, "x", run, "result.json"), encoding="utf-8") as file:
            document = json.load(file)
        self.assertEqual(["run", "--trial", "fake-trial", "--no-plots", "--no-repeats", "--no-placebo",
                          "nap", "--epochs", "1", "-o", "HOME", "--set=list", "-s", "serial", "--label", "x"],
                         document["config"]["argv"])

    def test_a_program_that_is_no_trial_is_told(self):
        result = self.tvp("run", "nap", "--trial", "/nonexistent/trial")
        self.complaint(result, 1, "cannot start /nonexistent/trial: No such file or directory")
        self.complaint(self.tvp("run", "nap", "--trial", "/bin/true"), 1, "/bin/true --list does not")
        self.complaint(self.tvp("run", "nap", "--trial", "/usr/bin/yes"), 1, "/usr/bin/yes --list")

    def test_help_goes_to_stdout_and_complaints_to_stderr(self):
        for arguments in (("--help",), ("-h",), ("run", "--help"), ("list", "-h"), ("show", "-h"),
                          ("plot", "--help"), ("run", "nap", "--help", "--nonsense")):
            with self.subTest(arguments):
                result = self.tvp(*arguments)
                self.assertEqual((0, ""), (result.returncode, result.stderr))
                self.assertIn("Usage: tvp ", result.stdout)
                self.check_lines(result.stdout)
        self.assertRegex(self.tvp("--version").stdout, r"\Atvp \d+\.\d+\.\d+\n\Z")
        self.complaint(self.tvp("shwo"), 2, "unknown command 'shwo'; did you mean 'show'\\?")
        self.complaint(self.tvp("nonsense"), 2, "unknown command 'nonsense'; see tvp --help")
        self.assertEqual(2, self.tvp().returncode)
        for command in ("list", "show", "plot", "run"):
            self.complaint(self.tvp(command, "--nonsense"), 2, "unknown option --nonsense")


if __name__ == "__main__":
    unittest.main()
