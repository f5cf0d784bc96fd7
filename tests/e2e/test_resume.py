# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp run --resume: what a run that was killed or interrupted had measured is kept, the rest is
measured after it, and nothing else than this very run on this very machine goes on."""

import json
import os
import signal
import unittest

from stage import FAKE_TRIAL, STRATEGIES, Stage, sign, wait_for

PART = ("samples", "warmup")
# What a sample takes. Who is to be killed in time takes two seconds for four rounds.
SLOW_MS, FAST_MS = 10, 2


def epochs_of(series):
    """How many timed samples each epoch has."""
    counts = {}
    for epoch in series["samples"]["epoch"]:
        counts[epoch] = counts.get(epoch, 0) + 1
    return counts


class Resume(Stage):
    def setUp(self):
        super().setUp()
        self.play({"*": {"run_ns": 1_000_000, "sleep_ms": SLOW_MS}})
        self.path = os.path.join(self.work, "r.json")

    def begin(self, *arguments, epochs=6, rounds=2, where=("--json", "r.json")):
        """A run of which so many rounds are in its file, and more to come."""
        process = self.start("run", "--trial", FAKE_TRIAL, "--no-repeats", "--no-placebo",
                             "--no-plots", "nap", "--epochs", str(epochs), *where, *arguments)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        wait_for(lambda: self.rounds() >= rounds, "rounds to be saved")
        return process

    def rounds(self):
        path = self.path if os.path.exists(self.path) else None
        for folder, _, names in os.walk(os.path.join(self.work, "results")):
            path = os.path.join(folder, "result.json") if "result.json" in names else path
        return len(epochs_of(self.result(path)["series"][0])) if path else 0

    def cut(self, *arguments, number=signal.SIGKILL, **how):
        """A run that was ended by a signal, and its file."""
        process = self.begin(*arguments, **how)
        process.send_signal(number)
        process.communicate(timeout=20)
        self.clear_scratch()
        return self.result(self.path if os.path.exists(self.path) else None)

    def clear_scratch(self):
        """Who is killed cannot clean up."""
        wait_for(lambda: not self.alive(), "trials to be gone", 20)
        for name in os.listdir(self.scratch):
            os.rmdir(os.path.join(self.scratch, name))

    def resume(self, *arguments, status=0, path="r.json"):
        self.play({"*": {"run_ns": 1_000_000, "sleep_ms": FAST_MS}})
        result = self.tvp("run", "--resume", path, "--trial", FAKE_TRIAL, *arguments)
        self.assertEqual(status, result.returncode, result.stdout + result.stderr)
        return result

    def refuse(self, status, pattern, *arguments, path="r.json"):
        before = self.read()
        result = self.tvp("run", "--resume", path, "--trial", FAKE_TRIAL, *arguments)
        self.complaint(result, status, pattern)
        self.assertEqual(before, self.read())

    def read(self):
        if not os.path.exists(self.path):
            return None
        with open(self.path, "rb") as file:
            return file.read()

    def change(self, apply):
        with open(self.path, encoding="utf-8") as file:
            document = json.load(file)
        apply(document)
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(sign(document), file, separators=(",", ":"), ensure_ascii=False)

    def check_goes_on(self, before, after):
        for was, now in zip(before["series"], after["series"], strict=True):
            for name in ("workload", "arguments", "strategy", "workers", "tasks", "answer"):
                self.assertEqual(was[name], now[name])
            for part in PART:
                for name, column in was[part].items():
                    self.assertEqual(column, now[part][name][:len(column)])
                at = now[part]["at_ns"]
                self.assertEqual(sorted(set(at)), at)
        for name in ("created", "tool", "machine", "environment", "config"):
            self.assertEqual(before[name], after[name])
        self.assertGreater(after["duration_ns"], before["duration_ns"])
        self.assertNotIn("stopped_by", after)
        self.assertTrue(after["complete"])

    def test_a_killed_run_goes_on(self):
        before = self.cut("--seed", "7", "--workers", "3")
        rounds = len(epochs_of(before["series"][0]))
        out = self.resume().stdout
        after = self.result(self.path)
        self.check_goes_on(before, after)
        self.assertEqual(list(STRATEGIES), [series["strategy"] for series in after["series"]])
        for series in after["series"]:
            self.assertEqual({epoch: 8 for epoch in range(6)}, epochs_of(series))
            self.assertEqual([], series["failures"])
        (entry,) = after["resumed"]
        self.assertEqual((rounds, before["duration_ns"]), (entry["epochs"], entry["after_ns"]))
        self.assertRegex(entry["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        shown = self.tvp("show", "r.json")
        self.assertEqual((0, out), (shown.returncode, shown.stdout))
        self.assertEqual(["r.json"], os.listdir(self.work))

    def test_an_interrupted_run_goes_on(self):
        before = self.cut(number=signal.SIGINT)
        self.assertEqual("interrupt", before["stopped_by"])
        self.resume()
        after = self.result(self.path)
        self.check_goes_on(before, after)
        for was, now in zip(before["series"], after["series"]):
            counts = epochs_of(now)
            # The epoch that was cut short is kept, and one is measured in its place.
            whole = [epoch for epoch, count in counts.items() if count == 8]
            self.assertIn(len(whole), (6, 7))
            self.assertLessEqual(len(counts) - len(whole), 1)
            # Its number is not given twice, even if it ended while it was warming up.
            self.assertIn(max(counts) - len(counts), (-1, 0))
            self.assertLessEqual(len(epochs_of(was)), len(counts))
        whole = [sum(count == 8 for count in epochs_of(series).values())
                 for series in after["series"]]
        self.assertEqual(6, min(whole))

    def test_cut_short_again_and_again(self):
        self.cut(epochs=12, rounds=1)
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
            rounds = self.rounds()
            process = self.start("run", "--resume", "r.json", "--trial", FAKE_TRIAL)
            self.addCleanup(process.kill)
            wait_for(lambda least=rounds: self.rounds() > least, "another round")
            process.send_signal(number)
            process.communicate(timeout=20)
            self.clear_scratch()
        self.resume()
        after = self.result(self.path)
        self.assertEqual(4, len(after["resumed"]))
        times = [entry["after_ns"] for entry in after["resumed"]]
        self.assertEqual(sorted(times), times)
        for series in after["series"]:
            self.assertEqual(12, sum(count == 8 for count in epochs_of(series).values()))
            self.assertEqual(sorted(set(series["samples"]["at_ns"])), series["samples"]["at_ns"])

    def test_what_belongs_beside_a_result_gets_there(self):
        self.cut(where=())
        path = os.path.relpath(self.result_path(), self.work)
        out = self.resume("--no-plots", path=path).stdout
        self.assertIn(f"result    {path}\n", out)
        self.assertEqual(["report.html", "result.json"],
                         sorted(os.listdir(os.path.dirname(self.result_path()))))

    def test_one_at_a_time(self):
        process = self.begin(epochs=1000)
        result = self.tvp("run", "--resume", "r.json", "--trial", FAKE_TRIAL)
        self.complaint(result, 1, "r.json: is being written by another run")
        result = self.tvp("run", "--json", "r.json", "--trial", FAKE_TRIAL, "nap")
        self.complaint(result, 1, "r.json: is being written by another run")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        again = self.start("run", "--resume", "r.json", "--trial", FAKE_TRIAL)
        self.addCleanup(again.kill)
        rounds = self.rounds()
        wait_for(lambda: self.rounds() > rounds, "another round")
        result = self.tvp("run", "--resume", "r.json", "--trial", FAKE_TRIAL)
        self.complaint(result, 1, "r.json: is being written by another run")
        again.send_signal(signal.SIGTERM)
        again.communicate(timeout=20)

    def test_what_a_killed_writer_left_is_removed(self):
        self.cut()
        with open(os.path.join(self.work, ".tvp-99999999-0.tmp"), "w", encoding="utf-8") as file:
            file.write("half")
        self.resume()
        self.assertEqual(["r.json"], os.listdir(self.work))

    def test_options_that_do_not_fit(self):
        self.cut()
        for option in (("--epochs", "9"), ("--seed", "1"), ("--json", "x.json"), ("--pin",),
                       ("--set", "tone=a"), ("--strategies", "fork"), ("--until", "1%")):
            with self.subTest(option):
                self.refuse(2, f"--resume and {option[0]} exclude each other", *option)
        self.resume("--quiet", "--ascii", "--budget", "1h")

    def test_only_where_and_by_what_it_began(self):
        self.cut()
        document = self.result(self.path)
        for path, value, pattern in (
                (("tool", "version"), "9.9.9", "only with the program that began it: tvp 9.9.9 of"),
                (("tool", "commit"), "f" * 40, "of commit ffffffffffff, this is"),
                (("machine", "cpu", "model"), "Z80\x1b[2J", r"its cpu is Z80\?\[2J, here it is"),
                (("environment", "kernel"), "Linux 2.4.20", "its kernel is 2.4.20, here it is")):
            def apply(changed, path=path, value=value):
                for step in path[:-1]:
                    changed = changed[step]
                changed[path[-1]] = value
            with self.subTest(path):
                self.change(apply)
                self.refuse(3, pattern)
                self.change(lambda changed: changed.update(document))
        self.resume()

    def test_what_does_not_go_on(self):
        self.refuse(1, "r.json: cannot be opened: No such file or directory")
        self.fake_run("nap", "--epochs", "2", "--json", "r.json")
        self.refuse(2, "r.json: this run has ended, nothing is left to be measured")
        self.change(lambda document: document.update(complete=False, config={}))
        self.refuse(3, "r.json: its config does not tell how to go on|goes on only where it began")
        with open(self.path, "r+b") as file:
            file.truncate(500)
        self.refuse(3, "r.json: not JSON")
        os.symlink("r.json", os.path.join(self.work, "link"))
        self.refuse(1, "link: is a symbolic link: name the file itself", path="link")
        self.refuse(1, "results: cannot be opened|work: is a folder", path="../work")
        result = self.tvp("compare", "--live", TVP_A, TVP_A, "--resume", "r.json")
        self.complaint(result, 2, "--live and --resume exclude each other")


TVP_A = os.environ.get("TVP_TRIAL", "build/bench/tvp-trial")


if __name__ == "__main__":
    unittest.main()
