# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full or breaks, a folder that goes away, a file that somebody else puts in its
place: the run says so and ends, the rounds in the file stay, and those that did not get into it are
kept in another place, which is named."""

import contextlib
import os
import re
import resource
import signal
import subprocess
import unittest

from stage import FAKE_TRIAL, TVP, Stage, wait_for
from trial_stage import become_stranger, needs_stranger

PRELOAD = os.environ.get("TVP_DISK_FAULT_SO", "build/tests/e2e/disk_fault.so")
KEPT = re.compile(r"^tvp run: cannot write (.*): (.*); what was measured is in (/.*\.json)$", re.M)


class Saving(Stage):
    def setUp(self):
        super().setUp()
        self.play({"*": {"run_ns": 1_000_000, "sleep_ms": 2}})
        self.place = os.path.join(self.work, "place")
        os.mkdir(self.place)
        self.path = os.path.join(self.place, "r.json")

    def begin(self, *before, path="place/r.json", rounds=2, **options):
        process = subprocess.Popen(
            [*before, TVP, "run", "--trial", FAKE_TRIAL, "--no-repeats", "--no-placebo", "nap",
             "--epochs", "1000", "--json", path], cwd=self.work, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            **{"env": self.environment, **options})
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        if rounds:
            wait_for(lambda: os.path.exists(self.path) and self.rounds(self.path) >= rounds,
                     "rounds to be saved")
        return process

    def rounds(self, path):
        return len(set(self.result(path)["series"][0]["samples"]["epoch"]))

    def check_end(self, process, reason, least=3, place="place/r.json"):
        """What was kept elsewhere has every round, and can be gone on with."""
        out, err = process.communicate(timeout=30)
        self.assertEqual(1, process.returncode, out + err)
        match = KEPT.search(err)
        self.assertIsNotNone(match, err)
        self.assertEqual((place, reason), match.groups()[:2])
        kept = match[3]
        self.assertEqual(self.scratch, os.path.dirname(kept))
        self.assertGreaterEqual(self.rounds(kept), least)
        self.assertFalse(self.result(kept)["complete"])
        rounds = self.rounds(kept)
        again = self.start("run", "--resume", kept, "--trial", FAKE_TRIAL)
        self.addCleanup(again.kill)
        wait_for(lambda: self.rounds(kept) > rounds, "another round")
        again.send_signal(signal.SIGINT)
        again.communicate(timeout=20)
        self.assertEqual(130, again.returncode)
        os.unlink(kept)

    def check_kept(self, err, place, reason):
        match = KEPT.search(err)
        self.assertIsNotNone(match, err)
        self.assertEqual((place, reason), match.groups()[:2])
        self.assertEqual(1, self.rounds(match[3]))
        os.unlink(match[3])

    def test_a_pipe_that_nobody_reads_is_not_waited_for(self):
        os.mkfifo(os.path.join(self.work, "pipe"))
        done = self.fake_run("nap", "--epochs", "1", "--json", "pipe", status=1)
        self.check_kept(done.stderr, "pipe", "No such device or address")

    def test_json_that_stdout_does_not_take_is_kept(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([TVP, "run", "--trial", FAKE_TRIAL, "--no-placebo", "nap",
                                   "--epochs", "1", "--json", "-"], cwd=self.work, timeout=60,
                                  env=self.environment, stdin=subprocess.DEVNULL, stdout=full,
                                  stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(1, done.returncode, done.stderr)
        self.check_kept(done.stderr, "the output", "No space left on device")

    def test_a_file_that_another_run_made_meanwhile_stays(self):
        process = self.begin(rounds=0)
        wait_for(lambda: self.events("start"), "a trial")
        with contextlib.suppress(FileExistsError), open(self.path, "x", encoding="utf-8") as file:
            file.write("dear diary")
            file.close()
            self.check_end(process, "another file was put in its place", least=1)

    def test_the_folder_goes_away(self):
        process = self.begin()
        # Not removed: a file that is written meanwhile would be in the way.
        os.rename(self.place, os.path.join(self.folder, "gone"))
        self.check_end(process, "No such file or directory")

    def test_the_file_is_removed(self):
        process = self.begin()
        os.unlink(self.path)
        wait_for(lambda: os.path.exists(self.path), "it to be made anew")
        self.assertGreaterEqual(self.rounds(self.path), 3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        self.assertEqual(130, process.returncode, out + err)

    def test_another_file_is_put_in_its_place(self):
        process = self.begin()
        theirs = os.path.join(self.place, "theirs")
        with open(theirs, "w", encoding="utf-8") as file:
            file.write("dear diary")
        os.rename(theirs, self.path)
        self.check_end(process, "another file was put in its place")
        with open(self.path, encoding="utf-8") as file:
            self.assertEqual("dear diary", file.read())

    def test_the_folder_becomes_read_only(self):
        options = {}
        if os.geteuid() == 0:  # for whom nothing is read-only
            needs_stranger(self)
            options["preexec_fn"] = become_stranger
            for folder in (self.folder, self.fake, self.scratch, self.work, self.place):
                os.chmod(folder, 0o777)
        process = self.begin(**options)
        os.chmod(self.place, 0o555)
        self.check_end(process, "Permission denied")
        os.chmod(self.place, 0o755)
        self.assertGreaterEqual(self.rounds(self.path), 2)

    def test_the_disk_fails(self):
        if not os.path.exists(PRELOAD):
            self.skipTest("the program has a runtime that wants to be loaded first")
        fault = os.path.join(self.work, "fault")
        process = self.begin(env={**self.environment, "LD_PRELOAD": PRELOAD,
                                  "TVP_DISK_FAULT": fault})
        with open(fault, "w", encoding="utf-8"):
            pass
        out, err = process.communicate(timeout=30)
        self.assertEqual(1, process.returncode, out + err)
        # Every disk is this disk.
        self.assertRegex(err, "(?m)^tvp run: cannot write place/r.json: Input/output error; "
                              "nor could it be kept elsewhere: Input/output error$")
        self.assertGreaterEqual(self.rounds(self.path), 2)
        self.assertEqual(["r.json"], os.listdir(self.place))

    def test_a_file_may_not_grow(self):
        limit = 30_000

        def limit_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        process = self.begin(preexec_fn=limit_files, rounds=1)
        out, err = process.communicate(timeout=60)
        self.assertEqual(1, process.returncode, out + err)
        self.assertRegex(err, "(?m)^tvp run: cannot write place/r.json: File too large; "
                              "nor could it be kept elsewhere: File too large$")
        self.assertLessEqual(os.path.getsize(self.path), limit)
        self.assertGreaterEqual(self.rounds(self.path), 1)
        self.assertEqual(["r.json"], os.listdir(self.place))

    def test_a_full_disk(self):
        # In a mount namespace of its own; the command line is quoted by nobody: "$@".
        mount = ["unshare", "-m", "sh", "-c",
                 'mount -t tmpfs -o size=64k tmpfs place && exec "$@"', "sh"]
        probe = subprocess.run([*mount, "true"], cwd=self.work, check=False, capture_output=True)
        if probe.returncode != 0:
            self.skipTest("no mount here: " + probe.stderr.decode(errors="replace").strip())
        process = self.begin(*mount, rounds=0)
        self.check_end(process, "No space left on device", least=1)


if __name__ == "__main__":
    unittest.main()
