# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp compare --live: two builds in one run. B is the fake trial program with a script of its own."""

import json
import os
import shutil
import unittest

from stage import FAKE_TRIAL, Stage, sign


class CompareLive(Stage):
    def setUp(self):
        super().setUp()
        self.builds = []
        for name in ("old", "new"):
            folder = os.path.join(self.work, name)
            os.mkdir(folder)
            path = os.path.join(folder, "tvp-trial")
            with open(path, "w", encoding="utf-8") as file:
                file.write(f"#!/bin/sh\nTVP_FAKE='{folder}' exec '{FAKE_TRIAL}' \"$@\"\n")
            os.chmod(path, 0o755)
            self.builds.append(f"{name}/tvp-trial")
            self.script(name, {})

    def script(self, name, cells):
        with open(os.path.join(self.work, name, "script.json"), "w", encoding="utf-8") as file:
            json.dump(cells, file)

    def live(self, *arguments):
        """Measure; the result without what others did on this machine meanwhile, which is not what
        is tested here, as quiet.json."""
        result = self.tvp("compare", "--live", *self.builds, "loop", "--epochs", "8",
                          "--strategies", "serial,fork", *arguments)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        saved = self.result()
        document = {**saved, "epochs": []}
        with open(os.path.join(self.work, "quiet.json"), "w", encoding="utf-8") as file:
            json.dump(sign(document), file)
        return result, saved

    def verdicts(self, *arguments, status=0):
        result = self.tvp("compare", "quiet.json", "--json", *arguments)
        self.assertEqual(status, result.returncode, result.stdout + result.stderr)
        document = json.loads(result.stdout)
        return document, {pair["strategy"]: pair["verdict"] for pair in document["pairs"]}

    def test_equal_builds_do_not_differ(self):
        self.script("old", {"*": {"run_ns": 10000000}})
        self.script("new", {"*": {"run_ns": 10000000}})
        measured = json.loads(self.live("--json")[0].stdout)
        document, verdicts = self.verdicts("--fail-on", "different", "--strict")
        self.assertEqual({"serial": "no difference", "fork": "no difference"}, verdicts)
        self.assertEqual(("old/tvp-trial", "new/tvp-trial"), (document["a"], document["b"]))
        self.assertEqual([1, 1], [pair["ratio"] for pair in measured["pairs"]])

    def test_a_slower_build_is_found_and_the_result_tells_who_is_who(self):
        self.script("old", {"*": {"run_ns": 10000000}})
        self.script("new", {"*": {"run_ns": 10000000}, "fork": {"run_ns": 10700000}})
        _, saved = self.live()
        document, verdicts = self.verdicts("--fail-on", "slower", status=1)
        self.assertEqual({"serial": "no difference", "fork": "slower"}, verdicts)
        pair = next(pair for pair in document["pairs"] if pair["strategy"] == "fork")
        self.assertAlmostEqual(1.07, pair["ratio"])
        self.verdicts("--fail-on", "slower", "--threshold", "10%")
        self.assertEqual([("serial", "old/tvp-trial"), ("serial", "new/tvp-trial"),
                          ("fork", "old/tvp-trial"), ("fork", "new/tvp-trial")],
                         [(s["strategy"], s["variant"]) for s in saved["series"]])
        self.assertEqual(1, len({s["tasks"] for s in saved["series"]}))
        # Side by side: in every block each of the four has a place of its own.
        places = []
        for series in saved["series"]:
            columns = series["samples"]
            places += zip(columns["epoch"], columns["block"], columns["position"])
        # Epochs that others disturbed are repeated.
        self.assertEqual(4 * 8 * len({epoch for epoch, _, _ in places}), len(places))
        self.assertEqual(len(places), len(set(places)))
        self.assertIn("slower +7.0 %", self.tvp("compare", "quiet.json").stdout)
        shown = self.tvp("show", "quiet.json").stdout
        self.assertIn("loop (old/tvp-trial) ", shown)
        self.assertIn("loop (new/tvp-trial) ", shown)

    def test_two_names_tell_two_builds_apart(self):
        """Also where one path is the end of the other."""
        self.builds[1] = os.path.join(self.work, self.builds[0])
        _, saved = self.live()
        self.assertEqual({"tvp-trial (A)", "tvp-trial (B)"},
                         {series["variant"] for series in saved["series"]})

    def test_other_values_are_refused(self):
        self.script("new", {"*": {"answer": "0000000000000bad"}})
        result = self.tvp("compare", "--live", *self.builds, "loop", "--epochs", "2")
        self.assertEqual(3, result.returncode)
        self.assertIn("the two came to different values", result.stdout)
        self.assertIn("no successful work in common", result.stderr)

    def test_a_build_that_cannot_run_is_told(self):
        self.script("new", {"fork": {"fail": {"how": "exit", "text": "no such luck"}}})
        self.live()
        document, verdicts = self.verdicts()
        self.assertIsNone(verdicts["fork"])
        self.assertIn("no such luck", document["pairs"][1]["reason"])
        shutil.rmtree(os.path.join(self.work, "results"))
        os.unlink(os.path.join(self.work, "new/tvp-trial"))
        self.complaint(self.tvp("compare", "--live", *self.builds, "loop"), 3, "new/tvp-trial: No")
        self.assertFalse(os.path.exists(os.path.join(self.work, "results")))

    def test_wrong_use_is_one_sentence(self):
        for arguments, pattern in (
                ((self.builds[0],), "needs two builds"),
                ((*self.builds, "--fail-on", "never"), "slower or different"),
                ((*self.builds, "--strict"), "--strict goes with"),
                ((*self.builds, "--threshold", "much"), "percentage"),
                ((*self.builds, "--metric", "wall"), "--metric is"),
                ((*self.builds, "--epochz", "3"), "did you mean --epochs"),
                ((*self.builds, "lop"), "unknown workload"),
                ((self.builds[0], "old/mine.so"), "old/mine.so: No such")):
            with self.subTest(arguments=arguments):
                status = 3 if "No such" in pattern else 2
                self.complaint(self.tvp("compare", "--live", *arguments), status, pattern)

    def test_help(self):
        out = self.tvp("compare", "--live", "--help")
        self.assertEqual((0, ""), (out.returncode, out.stderr))
        self.check_lines(out.stdout)
        self.assertIn("--threshold", out.stdout)
        self.check_lines(self.live()[0].stdout)


if __name__ == "__main__":
    unittest.main()
