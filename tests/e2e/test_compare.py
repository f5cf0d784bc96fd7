# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp compare as people and scripts use it: files of tests/data/sample.json and variants of it."""

import json
import os
import subprocess
import time
import unittest

from made_results import ResultTest, stretch, variant
from stage import TVP, sign


def verdicts(document):
    """{(title, row): [verdict of each column]} of tvp compare --json."""
    return {(row["title"], row["name"]): [cell["verdict"] for cell in row["cells"]]
            for row in document["rows"]}


class Compare(ResultTest):
    def compare(self, *arguments, **options):
        out, _ = self.tvp("compare", "--json", *arguments, **options)
        return json.loads(out)

    def test_a_file_with_itself_differs_nowhere(self):
        self.save("a.json", variant())
        out, _ = self.tvp("compare", "a.json", "a.json")
        self.assertIn("the very file", out)
        self.assertNotIn("cannot tell", out)
        found = self.compare("a.json", "a.json")
        self.assertEqual(len(verdicts(found)), 8)
        self.assertTrue(all(v == [None, "no difference"] for v in verdicts(found).values()))
        self.tvp("compare", "a.json", "a.json", "--fail-on", "different", "--strict")

    def test_a_change_of_one_ratio_is_found_and_nothing_else(self):
        self.save("a.json", variant())
        self.save("b.json", variant(stretch("fork", 1.2, "primes"),
                                    created="2025-01-16T10:42:07Z"))
        found = self.compare("a.json", "b.json")
        self.assertEqual(found["heading"], "over time")
        changed = {row: v[1] for row, v in verdicts(found).items() if v[1] != "no difference"}
        self.assertEqual(changed, {("primes", "fork"): "slower"})
        back = verdicts(self.compare("b.json", "a.json"))
        self.assertEqual(back["primes", "fork"], [None, "faster"])
        out, _ = self.tvp("compare", "a.json", "b.json")
        self.assertIn("Over time", out)
        self.assertIn("slower +20 %", out)

    def test_gates_ask_for_the_whole_interval(self):
        self.save("a.json", variant())
        self.save("b.json", variant(stretch("fork", 1.2), created="2025-01-16T10:42:07Z"))
        self.tvp("compare", "a.json", "b.json", "--fail-on", "slower", status=1)
        self.tvp("compare", "b.json", "a.json", "--fail-on", "slower")
        self.tvp("compare", "b.json", "a.json", "--fail-on", "different", status=1)
        # The estimate is +20 %, the interval of the change reaches below.
        self.tvp("compare", "a.json", "b.json", "--fail-on", "slower", "--threshold", "19.9%")
        self.tvp("compare", "a.json", "b.json", "--fail-on", "slower", "--threshold", "15%",
                 status=1)
        self.tvp("compare", "a.json", "b.json")

    def test_the_gate_alone_needs_no_table_and_no_reader(self):
        self.save("a.json", variant())
        self.save("b.json", variant(stretch("fork", 1.2), created="2025-01-16T10:42:07Z"))
        for files, status in ((("a.json", "b.json"), 1), (("b.json", "a.json"), 0)):
            out, _ = self.tvp("compare", *files, "--fail-on", "slower", "--quiet", status=status)
            self.assertEqual("", out)
            for form in ((), ("--json",)):
                ours, theirs = os.pipe()
                os.close(ours)
                result = subprocess.run([TVP, "compare", *files, "--fail-on", "slower", *form],
                                        cwd=self.folder, stdout=theirs, stderr=subprocess.PIPE,
                                        timeout=60, check=False, text=True)
                os.close(theirs)
                self.assertEqual(status, result.returncode, result.stderr)
                self.assertNotIn("write", result.stderr)
        self.tvp("compare", "a.json", "b.json", "--quiet", "--json", status=2)

    def test_strict_fails_on_what_cannot_be_told(self):
        def shorten(document):
            for series in document["series"]:
                for part in ("warmup", "samples"):
                    keep = [e < 3 for e in series[part]["epoch"]]
                    for name, column in series[part].items():
                        series[part][name] = [v for v, k in zip(column, keep) if k]
                series["timeline"] = None
        self.save("a.json", variant())
        self.save("b.json", variant(shorten, created="2025-01-16T10:42:07Z"))
        out, _ = self.tvp("compare", "a.json", "b.json", "--fail-on", "slower")
        self.assertIn("fewer than 7 epochs in each file", " ".join(out.split()))
        _, err = self.tvp("compare", "a.json", "b.json", "--fail-on", "slower", "--strict",
                          status=1)
        self.assertIn("8 cannot be told", err)

        def fail(document):
            document["series"][2]["consistent"] = False
        self.save("c.json", variant(fail, created="2025-01-16T10:42:07Z"))
        out, _ = self.tvp("compare", "a.json", "c.json", "--fail-on", "slower")
        self.assertIn("answers that change from sample to sample", " ".join(out.split()))
        self.tvp("compare", "a.json", "c.json", "--fail-on", "slower", "--strict", status=1)

    def test_another_machine_is_never_called_slower(self):
        self.save("a.json", variant())
        self.save("b.json", variant(stretch("serial", 3), machine__label="other",
                                    environment__kernel="Linux 6.8.0"))
        out, _ = self.tvp("compare", "a.json", "b.json")
        self.assertIn("Across machines: kernel 6.1.0 / 6.8.0.", out)
        out, _ = self.tvp("compare", "a.json", "b.json", "--absolute")
        self.assertIn("takes 3.00 ×", out)
        for word in ("slower", "faster", "regression", "over time"):
            self.assertNotIn(word, out)
        _, err = self.tvp("compare", "a.json", "b.json", "--absolute", "--fail-on", "slower",
                          status=3)
        self.assertIn("different machines", err)
        out, _ = self.tvp("compare", "a.json", "b.json", "--ignore", "kernel")
        self.assertIn("Over time", out)

    def test_times_need_long_runs(self):
        def spread(document):
            for series in document["series"]:
                columns = series["samples"]
                columns["at_ns"] = [60 * 10**9 * epoch for epoch in columns["epoch"]]

        def slow(document):
            spread(document)
            stretch("pthread", 1.3)(document)
        self.save("a.json", variant())
        self.save("b.json", variant(stretch("pthread", 1.3), created="2025-01-16T10:42:07Z"))
        found = verdicts(self.compare("a.json", "b.json", "--absolute"))
        self.assertEqual(set(map(tuple, found.values())), {(None, "cannot tell")})
        self.save("a.json", variant(spread))
        self.save("b.json", variant(slow, created="2025-01-16T10:42:07Z"))
        found = self.compare("a.json", "b.json", "--absolute")
        self.assertEqual(verdicts(found)["sleep", "pthread"], [None, "slower"])
        self.assertEqual(verdicts(found)["sleep", "fork"], [None, "no difference"])
        self.assertTrue(any(text.startswith("One run each") for text in found["warnings"]))

    def test_other_work_is_refused_by_name(self):
        def tasks(document):
            for series in document["series"]:
                if series["workload"] == "primes":
                    series["tasks"] = 5
        self.save("a.json", variant())
        self.save("b.json", variant(tasks, created="2025-01-16T10:42:07Z"))
        out, _ = self.tvp("compare", "a.json", "b.json")
        self.assertIn("other work: 5 tasks, not 4", " ".join(out.split()))
        found = verdicts(self.compare("a.json", "b.json"))
        self.assertEqual(found["primes", "fork"], [None, None])
        self.assertEqual(found["sleep", "fork"], [None, "no difference"])

        def all_other(document):
            for series in document["series"]:
                series["arguments"] += "0"
        self.save("c.json", variant(all_other))
        _, err = self.tvp("compare", "a.json", "c.json", status=3)
        self.assertIn("not comparable", err)

    def test_damaged_files_are_named(self):
        self.save("a.json", variant())
        bad = variant()
        bad["created"] = "2025-01-16T10:42:07Z"
        self.save("bad.json", bad)
        self.save("old.json", sign({**variant(), "schema": "tvp.result/2"}))
        for name, reason in (("bad.json", "checksum"), ("old.json", "schema")):
            _, err = self.tvp("compare", "a.json", name, status=3)
            self.assertIn(name, err)
            self.assertIn(reason, err)
        for files in (("bad.json", "absent.json"), ("absent.json", "bad.json"),
                      ("a.json", "absent.json")):
            self.tvp("compare", *files, "--fail-on", "slower", status=3)
        _, err = self.tvp("compare", ".", status=3)
        self.assertIn("holds no result.json", err)

    def test_streams_and_folders(self):
        one, two = variant(), variant(stretch("fork", 1.2), created="2025-01-16T10:42:07Z")
        three = variant(created="2025-01-17T10:42:07Z", machine__label="other")
        self.save("results/here/1/result.json", one)
        self.save("results/here/2/result.json", two)
        self.save("results/there/3/result.json", three)
        self.save("stream.json", one, "\n\n", two, three)
        with open(self.path("stream.json"), encoding="utf-8") as file:
            text = file.read()
        piped = self.compare("-", stdin=text)
        self.assertEqual(len(piped["files"]), 3)
        self.assertEqual(self.compare("stream.json"), piped)
        self.assertEqual(self.compare("results"), piped)
        self.assertEqual(len(self.compare("results/here")["files"]), 2)
        self.assertEqual(len(self.compare("results/here/1/")["files"]), 1)
        _, err = self.tvp("compare", "-", status=3, stdin=text + "{")
        self.assertIn("document 4", err)

    def test_layouts(self):
        self.save("a.json", variant())
        self.save("b.json", variant(machine__label="other"))
        found = self.compare("a.json", "--row", "workload", "--col", "strategy")
        self.assertEqual([c["name"] for c in found["columns"]],
                         ["serial", "fork", "thread-pool", "process-pool"])
        found = self.compare("a.json", "b.json", "--col", "workload", "--table", "label")
        self.assertEqual({row["table"] for row in found["rows"]}, {"sample-2c-8g", "other"})
        out, _ = self.tvp("compare", "a.json", "b.json", "--row", "strategy", "--col", "kernel")
        self.assertIn("Warning: cells merge series that differ in workload, arguments, workers, "
                      "label, file", " ".join(out.split()))
        out, _ = self.tvp("compare", "a.json", "--base", "serial", "--ascii")
        self.assertTrue(out.isascii())

    def test_wrong_use(self):
        self.save("a.json", variant())
        for arguments in ([], ["a.json", "--row", "nonsense"], ["a.json", "--strict"],
                          ["a.json", "--fail-on", "x"], ["a.json", "--threshold", "5"],
                          ["a.json", "--threshold", "0%"], ["a.json", "--metric", "x"],
                          ["a.json", "--row", "label", "--col", "label"],
                          ["a.json", "--base", "fork", "--absolute"], ["a.json", "--ignore", "x"]):
            with self.subTest(arguments=arguments):
                out, err = self.tvp("compare", *arguments, status=2)
                self.assertEqual((out, err.count("\n")), ("", 1))
        _, err = self.tvp("compare", "a.json", "--base", "threads", status=3)
        self.assertIn("threads", err)

    def test_ten_large_files_are_quick(self):
        """Ten files of 8 workloads x 5 strategies x 24 epochs take 0.6 s; the bound is loose."""
        def enlarge(document):
            one = document["series"][5:10]
            document["series"] = []
            for number in range(8):
                for series in one:
                    grown = {**series, "workload": f"w{number}", "timeline": None}
                    for part in ("warmup", "samples"):
                        grown[part] = {name: column * 2 for name, column in series[part].items()}
                        half = len(grown[part]["epoch"]) // 2
                        grown[part]["epoch"] = [epoch + 12 * (i >= half) for i, epoch
                                                in enumerate(grown[part]["epoch"])]
                    document["series"].append(grown)
        for number in range(10):
            self.save(f"{number}.json", variant(enlarge, machine__label=f"m{number}",
                                                environment__kernel=f"Linux 6.{number}"))
        begin = time.monotonic()
        out, _ = self.tvp("compare", *[f"{number}.json" for number in range(10)])
        self.assertLess(time.monotonic() - begin, 20)
        self.assertIn("over 10 machines", " ".join(out.split()))


if __name__ == "__main__":
    unittest.main()
