# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp history: runs of one machine in the order of time, made from tests/data/sample.json."""

import json
import random
import unittest

from made_results import ResultTest, stretch, variant


class History(ResultTest):
    def runs(self, count, step=None):
        """A folder of runs of which fork takes 20 % longer from `step` on."""
        draw = random.Random(5)
        for i in range(count):
            factor = draw.uniform(0.99, 1.01) * (1.2 if step is not None and i >= step else 1)
            document = variant(stretch("fork", factor),
                               created=f"2025-01-{i + 1:02}T10:42:07Z")
            # The order of names is not that of time.
            self.save(f"runs/{(i * 7) % 29:02}/result.json", document)

    def history(self, *arguments):
        out, _ = self.tvp("history", "--json", "runs", *arguments)
        return json.loads(out)

    def test_a_step_is_found_where_it_is(self):
        self.runs(14, step=8)
        document = self.history()
        self.assertEqual(14, len(document["runs"]))
        self.assertIn("2025-01-01", document["runs"][0])
        rows = {row["title"].split()[0] + " " + row["name"]: row for row in document["rows"]}
        for name, row in rows.items():
            with self.subTest(row=name):
                changes = row["changes"]
                self.assertTrue(row["enough"])
                self.assertEqual(14, len(row["values"]))
                if name.endswith(" fork"):
                    self.assertEqual([8], [change["run"] for change in changes])
                    self.assertAlmostEqual(1.2, changes[0]["factor"], delta=0.02)
                else:
                    self.assertEqual([], changes)
        out, _ = self.tvp("history", "runs", "--ascii")
        self.assertIn("from run 9 on", out)
        self.assertIn("no change", out)
        self.assertTrue(out.isascii())
        absolute = self.history("--absolute")
        changed = {row["name"] for row in absolute["rows"] if row["changes"]}
        self.assertEqual({"fork"}, changed)
        self.assertEqual([], [c for row in self.history("--threshold", "30%")["rows"]
                              for c in row["changes"]])

    def test_nothing_changes_nothing_is_said(self):
        self.runs(14)
        self.assertEqual([], [c for row in self.history()["rows"] for c in row["changes"]])

    def test_few_runs_are_too_few(self):
        self.runs(5, step=2)
        document = self.history()
        self.assertFalse(any(row["enough"] for row in document["rows"]))
        out, _ = self.tvp("history", "runs")
        self.assertIn("too few runs: 5, at least 8 needed", out)
        for line in out.splitlines():
            self.assertLessEqual(len(line), 80)

    def test_two_machines_are_no_history(self):
        self.runs(2)
        self.save("runs/zz/result.json", variant(machine__label="elsewhere"))
        _, error = self.tvp("history", "runs", status=3)
        self.assertIn("runs of several machines", error)

    def test_runs_that_measured_nothing_are_told(self):
        self.save("runs/empty/result.json", variant(series=[]))
        for arguments in ((), ("--json",), ("--absolute",)):
            out, error = self.tvp("history", "runs", *arguments, status=3)
            self.assertEqual(("", "tvp history: no run in it has measured anything\n"), (out, error))
        self.runs(3)
        out, _ = self.tvp("history", "runs")
        self.assertRegex(out, r"\A3 runs, from ")

    def test_wrong_use_is_one_sentence(self):
        self.runs(1)
        for arguments, status, pattern in (
                ((), 2, "which folder"), (("nowhere",), 3, "nowhere: .*No such"),
                (("runs", "--metric", "wall"), 2, "--metric: 'wall' is no NAME"),
                (("runs", "--base", "fork", "--absolute"), 2, "one of them"),
                (("runs", "--base", "frok"), 3, "has no frok")):
            with self.subTest(arguments=arguments):
                out, error = self.tvp("history", *arguments, status=status)
                self.assertEqual("", out)
                self.assertRegex(error, pattern)


if __name__ == "__main__":
    unittest.main()
