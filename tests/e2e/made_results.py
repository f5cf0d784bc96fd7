# SPDX-License-Identifier: GPL-3.0-or-later
"""Result files for the tests of several files: variants of tests/data/sample.json with checksums
of their own, and tvp run on them in an empty folder."""

import copy
import json
import os
import shutil
import subprocess
import tempfile
import unittest

from stage import TVP, sign
from validate_schema import ROOT

SAMPLE = json.loads((ROOT / "tests/data/sample.json").read_text(encoding="utf-8"))


def put(document, path, value):
    *steps, last = path.split(".")
    for step in steps:
        document = document[step]
    document[last] = value


def variant(change=None, **members):
    """A copy of the sample; members by path, with __ for the dots, then change(document)."""
    document = copy.deepcopy(SAMPLE)
    for path, value in members.items():
        put(document, path.replace("__", "."), value)
    if change:
        change(document)
    return sign(document)


def stretch(strategy, factor, workload=None):
    """A change: every timed sample of a strategy takes so much longer."""
    def apply(document):
        for series in document["series"]:
            if series["strategy"] == strategy and workload in (None, series["workload"]):
                for name in ("open_ns", "run_ns", "close_ns"):
                    column = series["samples"][name]
                    series["samples"][name] = [round(value * factor) for value in column]
    return apply


class ResultTest(unittest.TestCase):
    """A test in an empty folder of its own."""

    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="tvp-results-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def save(self, name, *documents):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            for document in documents:
                if isinstance(document, str):
                    file.write(document)
                else:
                    json.dump(document, file)
        return name

    def tvp(self, *arguments, status=0, stdin=""):
        result = subprocess.run([TVP, *arguments], cwd=self.folder, input=stdin, text=True,
                                capture_output=True, timeout=60, check=False,
                                env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        for line in result.stdout.splitlines():
            self.assertNotIn("\033", line)
        return result.stdout, result.stderr
