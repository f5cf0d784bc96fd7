# SPDX-License-Identifier: GPL-3.0-or-later
"""What all formats of tvp export have in common, and the bytes that fixed data gives."""

import contextlib
import json
import os
import subprocess
import termios
import unittest

from made_results import SAMPLE, ResultTest
from stage import TVP, sign
from validate_schema import ROOT

MIXED = ROOT / "tests/data/mixed.json"


class ExportManners(ResultTest):
    def export(self, name, *arguments, notes=None):
        out, err = self.tvp("export", name, *arguments)
        if notes is not None:
            self.assertEqual(notes, err.count("\n"), err)
        return out

    def test_bytes_are_those_of_the_golden_files(self):
        """TVP_GOLDEN=write makes them anew; look at the difference before you commit it."""
        cases = [(["export", path.suffix[1:], str(MIXED)], path.name)
                 for path in sorted((ROOT / "tests/data/golden").glob("mixed.*"))
                 if not path.suffix.startswith(".show")]
        cases += [(["show", str(MIXED), *options], name) for name, options in
                  (("mixed.show", ()), ("mixed.show-ascii", ("--ascii",)),
                   ("mixed.show-quiet", ("--quiet",)))]
        for arguments, name in cases:
            with self.subTest(name):
                out = subprocess.run([TVP, *arguments], capture_output=True,
                                     env={**os.environ, "LC_ALL": "C.UTF-8"}, check=True).stdout
                path = ROOT / "tests/data/golden" / name
                if os.environ.get("TVP_GOLDEN") == "write":
                    path.write_bytes(out)
                self.assertEqual(path.read_bytes().decode(), out.decode())

    def test_several_results_keep_their_names_apart(self):
        self.save("a/result.json", SAMPLE)
        other = json.loads(json.dumps(SAMPLE))
        other["machine"]["label"] = "other"
        self.save("b/result.json", sign(other))
        later = json.loads(json.dumps(SAMPLE))
        later["created"] = "2025-02-01T00:00:00Z"
        self.save("c/result.json", sign(later))
        for paths, count in ((["a", "b"], 20), (["a", "c"], 20), (["a", "a", "a"], 30)):
            results = json.loads(self.export("hyperfine", *paths, notes=0))["results"]
            names = [result["command"] for result in results]
            self.assertEqual(count, len(set(names)), names[::10])
        self.assertIn("sample-2c-8g/", names[0])
        self.assertEqual(2, self.export("csv", "a", "b").count(',"sleep","durations=30ms,20ms,10ms",'
                                                               '"fork","",3,3,0,,no,ok,no,0,2,'))

    def test_disturbed_epochs_are_left_out(self):
        document = json.loads(MIXED.read_text(encoding="utf-8"))
        document["epochs"] = [{"workload": "loop", "epoch": 3, "contaminated": True}]
        self.save("loud.json", sign(document))
        results = json.loads(self.export("hyperfine", "loud.json", notes=8))["results"]
        self.assertEqual([7] * 3 + [6] * 5, [len(result["times"]) for result in results])

    def test_where_the_output_goes(self):
        product = self.export("csv", MIXED)
        self.assertEqual("", self.export("csv", MIXED, "-o", "out.csv"))
        with open(self.path("out.csv"), encoding="utf-8", newline="") as file:
            self.assertEqual(product, file.read().replace("\r\n", "\n"))
        self.assertEqual(product, self.export("csv", MIXED, "-o", "-", "-q", notes=0))
        for place, why in ((".", "Is a directory"), ("/dev/full", "No space left"),
                           ("no/where", "No such file")):
            out, err = self.tvp("export", "csv", str(MIXED), "-o", place, status=1)
            self.assertEqual("", out)
            self.assertRegex(err, rf"\Atvp export: [^\n]+{why}[^\n]*\n\Z")

    def test_wrong_use(self):
        for status, pattern, *arguments in (
                (2, "which format, which results", ),
                (2, "which results", "csv"),
                (2, "unknown format 'cvs'; did you mean 'csv'", "cvs", str(MIXED)),
                (2, "unknown format 'xml'; see tvp export --help", "xml", str(MIXED)),
                (2, "--metric is cold, warm or cpu", "csv", str(MIXED), "-m", "hot"),
                (1, "No such file", "csv", "nowhere.json"),
                (1, "holds no result", "csv", ".")):
            out, err = self.tvp("export", *arguments, status=status)
            self.assertEqual("", out)
            self.assertRegex(err, rf"\Atvp export: [^\n]*{pattern}[^\n]*\n\Z")

    def test_a_reader_that_has_seen_enough_hears_no_complaint(self):
        for arguments in (["show"], ["export", "csv"], ["check"]):
            with self.subTest(arguments):
                ours, theirs = os.pipe()
                os.close(ours)
                result = subprocess.run([TVP, *arguments, MIXED], stdout=theirs, check=False,
                                        stderr=subprocess.PIPE, timeout=60)
                os.close(theirs)
                self.assertNotIn(b"cannot write", result.stderr)
                self.assertEqual(0, result.returncode)

    def test_lines_fit_into_the_terminal(self):
        for columns, widest in ((40, 60), (60, 60), (72, 72), (200, 120)):
            for command in ("show", "compare", "check"):
                with self.subTest(command, columns=columns):
                    ours, theirs = os.openpty()
                    termios.tcsetwinsize(theirs, (24, columns))
                    with subprocess.Popen([TVP, command, MIXED], stdout=theirs, env={
                            **os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}):
                        os.close(theirs)
                        text = b""
                        with contextlib.suppress(OSError):  # the other end is closed
                            while data := os.read(ours, 65536):
                                text += data
                    os.close(ours)
                    lines = text.decode().replace("\r\n", "\n").split("\n")
                    self.assertLessEqual(max(map(len, lines)), widest)

    def test_words_are_those_of_the_file(self):
        """Regression: powersave was no scaling, and failed tasks were a wrong answer."""
        document = json.loads(MIXED.read_text(encoding="utf-8"))
        document["environment"]["governor"] = "powersave"
        for series in document["series"]:
            series["samples"]["failed"] = [series["tasks"] for _ in series["samples"]["failed"]]
        self.save("failed.json", sign(document))
        context = json.loads(self.export("google-benchmark", "failed.json"))["context"]
        self.assertTrue(context["cpu_scaling_enabled"])
        trace = self.export("chrome-trace", "failed.json")
        self.assertIn("loop/fork/workers:2 (no time)", trace)
        self.assertIn("sleep/fork/workers:3 (wrong answer)", trace)
        context = json.loads(self.export("google-benchmark", str(MIXED)))["context"]
        self.assertFalse(context["cpu_scaling_enabled"])

    def test_quiet_leaves_only_what_is_wrong(self):
        self.save("a.json", SAMPLE)
        self.assertEqual(("", ""), self.tvp("merge", "a.json", "-o", "all", "--quiet"))
        self.assertEqual(("", ""), self.tvp("merge", "a.json", "-o", "all", "-q"))
        self.assertIn("duplicate  a.json is all/", self.tvp("merge", "a.json", "-o", "all")[0])
        self.assertEqual(("", ""), self.tvp("check", "a.json", "--quiet"))
        loud = json.loads(json.dumps(SAMPLE))
        loud["complete"] = False
        self.save("part.json", sign(loud))
        self.assertEqual(("", ""), self.tvp("check", "part.json", "-q", "--strict", status=5))


if __name__ == "__main__":
    unittest.main()
