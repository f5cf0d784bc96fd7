# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp plot: pictures where one says, of the kinds that one names, and with letters where gnuplot is
missing."""

import copy
import html
import json
import os
import re
import shutil
import unittest

from stage import HERE, Stage, sign

SAMPLE = os.path.join(HERE, "..", "data", "sample.json")
REFERENCE = os.path.join(HERE, "../../results/reference")
LETTER = 8  # pixels


def load_sample():
    with open(SAMPLE, encoding="utf-8") as file:
        return json.load(file)


@unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
class Plot(Stage):
    def plot(self, *arguments):
        result = self.tvp("plot", *arguments)
        self.assertEqual((0, ""), (result.returncode, result.stderr), result.stdout)
        return result.stdout

    def pictures(self, folder):
        return sorted(name for name in os.listdir(os.path.join(self.work, folder))
                      if name.endswith((".svg", ".png")))

    def test_pictures_lie_beside_the_file_or_where_one_says(self):
        shutil.copy(SAMPLE, os.path.join(self.work, "r.json"))
        self.assertEqual("1 picture in plots\n", self.plot("time", "r.json", "-f", "svg"))
        self.assertEqual(["time.svg"], self.pictures("plots"))
        self.assertEqual("", self.plot("time", "r.json", "-f", "svg", "--quiet"))
        self.assertEqual("4 pictures in there\n",
                         self.plot("timeline", "r.json", "--output", "there"))
        self.assertEqual(["timeline-primes.png", "timeline-primes.svg", "timeline-sleep.png",
                          "timeline-sleep.svg"], self.pictures("there"))
        self.plot(os.path.join(self.work, "r.json"), "-f", "png", "-o", "dark", "--theme", "dark")
        self.assertEqual(["order-primes.png", "order-sleep.png", "time.png", "timeline-primes.png",
                          "timeline-sleep.png"], self.pictures("dark"))
        for folder, name in (("there", "timeline-sleep.png"), ("dark", "time.png")):
            with open(os.path.join(self.work, folder, name), "rb") as file:
                self.assertEqual(b"\x89PNG", file.read(4))

    def test_no_timeline_overwrites_another(self):
        document = load_sample()
        primes = document["series"][5:]
        for series in document["series"][:5]:
            series["workload"] = "a b"
        for name, arguments in (("sleep", ""), ("a.b", ""), ("a b", "x=1"), ("a_b-2", "")):
            for series in copy.deepcopy(primes[:2]):
                series.update(workload=name, arguments=arguments)
                document["series"].append(series)
        with open(os.path.join(self.work, "r.json"), "w", encoding="utf-8") as file:
            json.dump(sign(document), file)
        self.assertEqual("6 pictures in plots\n", self.plot("timeline", "r.json", "-f", "svg"))
        names = ("a_b", "a_b-2", "a_b-2-2", "a_b-3", "primes", "sleep")
        self.assertEqual(sorted(f"timeline-{name}.svg" for name in names), self.pictures("plots"))

    def test_one_that_fails_keeps_no_other(self):
        os.makedirs(os.path.join(self.work, "plots/order-sleep.svg"))
        result = self.tvp("plot", SAMPLE, "-f", "svg", "-o", "plots")
        self.assertEqual((1, "4 pictures in plots\n"), (result.returncode, result.stdout))
        self.assertRegex(result.stderr, r"\Atvp plot: a picture is missing: "
                                        r"cannot write \S*plots/order-sleep.svg: [^\n]+\n\Z")
        self.assertEqual(["order-primes.svg", "order-sleep.svg", "time.svg", "timeline-primes.svg",
                          "timeline-sleep.svg"], self.pictures("plots"))

    def test_wrong_use(self):
        for pattern, *arguments in (("which file",), ("one file at a time", "time", SAMPLE, SAMPLE),
                                    ("svg, png and pdf, not 'gif'", SAMPLE, "-f", "gif"),
                                    ("no kind is called 'pie'", "pie", SAMPLE),
                                    ("-o must be a folder", "timeline", SAMPLE, "-o", "x.svg"),
                                    ("light or dark, not 'pink'", SAMPLE, "--theme", "pink")):
            self.complaint(self.tvp("plot", *arguments), 2, pattern)
        self.complaint(self.tvp("plot", SAMPLE, "-o", "no/where"), 1, "no/where: No such file")
        self.complaint(self.tvp("plot", "cost", SAMPLE), 1,
                       "'tvp run loop --sweep task=.*' would measure it")

    def test_one_picture_where_one_says(self):
        for name, start in (("x.pdf", b"%PDF"), ("x.svg", b"<?xml"), ("x.png", b"\x89PNG")):
            self.assertEqual("1 picture in .\n", self.plot("time", SAMPLE, "-o", name))
            with open(os.path.join(self.work, name), "rb") as file:
                self.assertEqual(start, file.read(len(start)))

    def test_the_pictures_of_the_readme_are_those_of_today(self):
        """What a picture says, for where gnuplot puts it depends on its version."""
        for kind, name, of in (("time", "time", "result"), ("timeline", "timeline-sleep", "result"),
                               ("cost", "cost", "sweep-length"), ("winners", "winners", "sweep-map"),
                               ("speedup", "speedup-loop", "sweep-workers"),
                               ("memory", "memory", "sweep-memory")):
            self.plot(kind, os.path.join(REFERENCE, of + ".json"), "-f", "svg", "-o", "plots")
            with open(os.path.join(REFERENCE, "plots", name + ".svg"), encoding="utf-8") as file:
                shown = html.unescape(re.sub("<[^>]*>", "", file.read()))
            with open(os.path.join(self.work, "plots", name + ".words.tsv"),
                      encoding="utf-8") as file:
                words = [line.rstrip("\n").split("\t") for line in file][1:]
            for key, text in words:
                if key.rstrip("12") in ("title", "method", "legend", "axis", "best", "worse"):
                    self.assertIn(text, shown)

    def test_no_length_stands_on_another(self):
        """Break-evens that lie close together."""
        self.plot("cost", os.path.join(REFERENCE, "sweep-length.json"), "-f", "svg", "-o", "plots")
        rows = {}
        with open(os.path.join(self.work, "plots/cost.labels.tsv"), encoding="utf-8") as file:
            for x, y, _, side, _, _, look, text in (line.rstrip("\n").split("\t")
                                                   for line in list(file)[1:]):
                if look != "muted":
                    left = float(x) - len(text) * LETTER * int(side) / 2
                    rows.setdefault(y, []).append((left, left + len(text) * LETTER, text))
        for row in rows.values():
            row.sort()
            for (_, end, text), (start, _, other) in zip(row, row[1:]):
                self.assertLess(end, start, f"{text} and {other}")

    def test_letters_need_no_gnuplot(self):
        result = self.tvp("plot", "time", SAMPLE, "--terminal", "--ascii", PATH="/nowhere")
        self.assertEqual((0, ""), (result.returncode, result.stderr))
        self.assertIn("####", result.stdout)
        self.assertTrue(result.stdout.isascii())
        self.assertLessEqual(max(map(len, result.stdout.splitlines())), 80)
        self.complaint(self.tvp("plot", SAMPLE, "-o", ".", PATH="/nowhere"), 1,
                       "gnuplot is not installed.*--terminal draws without it")


if __name__ == "__main__":
    unittest.main()
