# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the whole program share: an empty folder with blanks in its path, a script for the
fake trial program, and after each test the question whether a process or a scratch folder is left."""

import glob
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from validate_schema import canonical

HERE = os.path.dirname(os.path.abspath(__file__))
TVP = os.environ.get("TVP", "build/bench/tvp")
TRIAL = os.environ.get("TVP_TRIAL", os.path.join(os.path.dirname(TVP), "tvp-trial"))
FAKE_TRIAL = os.environ.get("TVP_FAKE_TRIAL", "build/tests/unit/fake-trial")
STRATEGIES = ("serial", "pthread", "fork", "thread-pool", "process-pool")
RUN = re.compile(r"^\d{8}T\d{6}Z-[0-9a-f]{8}$")
# One line of a table: strategy, workers, the rest.
ROW = re.compile(r"^  (serial|pthread|fork|thread-pool|process-pool)(?::\S+)? +(\S+)  +(.*)$")
LIMIT_S = 60


def sign(document):
    """The checksum made right again after a change."""
    value = hashlib.sha256(canonical(document).encode()).hexdigest()
    document["checksum"] = {"algorithm": "sha256", "value": value}
    return document


def wait_for(condition, what, limit_s=LIMIT_S):
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {limit_s} s in vain for {what}")
        time.sleep(0.02)


class Stage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Whoever started the tests by nohup or in the background had some ignored; that is inherited.
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="tvp stage ")
        self.addCleanup(shutil.rmtree, self.folder)
        self.fake, self.scratch, self.work = (os.path.join(self.folder, name)
                                              for name in ("fake", "scratch", "work"))
        for folder in (self.fake, self.scratch, self.work):
            os.mkdir(folder)
        self.play({})
        self.environment = {name: value for name, value in os.environ.items()
                            if name not in ("MALLOC_PERTURB_", "NO_COLOR")}
        self.environment |= {"TVP_FAKE": self.fake, "TMPDIR": self.scratch, "LC_ALL": "C.UTF-8",
                             "TVP_STAGE": self.folder, "TERM": "dumb"}

    def tearDown(self):
        wait_for(lambda: not self.alive(), "processes to be gone", 20)
        self.assertEqual([], os.listdir(self.scratch), "scratch folders are left")

    def alive(self):
        """Every process that descends from this test, by a mark in its environment."""
        mark = f"TVP_STAGE={self.folder}\0".encode()
        found = []
        for path in glob.glob("/proc/[0-9]*/environ"):
            try:
                with open(path, "rb") as file:
                    if mark in file.read() + b"\0":
                        found.append(path)
            except OSError:
                pass
        return found

    def play(self, cells):
        """What the fake trial program is to do; see fake_trial.c."""
        with open(os.path.join(self.fake, "script.json"), "w", encoding="utf-8") as file:
            json.dump(cells, file)

    def start(self, *arguments, **variables):
        return subprocess.Popen([TVP, *arguments], cwd=self.work,
                                env={**self.environment, **variables}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def tvp(self, *arguments, stdin=None, timeout=LIMIT_S, **variables):
        with_input = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
        return subprocess.run([TVP, *arguments], cwd=self.work,
                              env={**self.environment, **variables}, capture_output=True,
                              text=True, timeout=timeout, check=False, **with_input)

    def fake_run(self, *arguments, status=0, **variables):
        """tvp run with the fake trial program and without pictures."""
        result = self.tvp("run", "--trial", FAKE_TRIAL, "--no-plots", "--no-repeats",
                          "--no-placebo", *arguments, **variables)
        self.assertEqual(status, result.returncode, result.stdout + result.stderr)
        return result

    def events(self, *names):
        """What the fake trials logged: lists of event, detail, pid, workload, strategy, workers and
        number of the trial. Those that only looked whether all is well are left out."""
        path = os.path.join(self.fake, "log")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            events = [line.split() for line in file]
        return [event for event in events
                if int(event[6]) >= 0 and (not names or event[0] in names)]

    def result_path(self):
        paths = glob.glob(os.path.join(glob.escape(self.work), "results/*/*/result.json"))
        self.assertEqual(1, len(paths), paths)
        return paths[0]

    def result(self, path=None):
        with open(path or self.result_path(), encoding="utf-8") as file:
            document = json.load(file)
        value = hashlib.sha256(canonical(document).encode()).hexdigest()
        self.assertEqual(value, document["checksum"]["value"])
        return document

    def complaint(self, result, status, pattern):
        """Wrong use is one line on stderr, nothing on stdout, and a status."""
        self.assertEqual(status, result.returncode, result.stdout + result.stderr)
        self.assertEqual("", result.stdout)
        self.assertRegex(result.stderr, rf"\Atvp\b[^\n]*(?:{pattern})[^\n]*\n\Z")

    def check_lines(self, text, width=80):
        """Laws of everything that people read."""
        for line in text.splitlines():
            self.assertLessEqual(len(line), width, line)
            self.assertEqual(line.rstrip(), line)
            self.assertTrue(line.isprintable(), repr(line))
