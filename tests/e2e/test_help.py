# SPDX-License-Identifier: GPL-3.0-or-later
"""The page on reading the numbers says the same in the terminal and in the README, and its example
is what the reference run really holds."""

import json
import os
import re
import statistics
import subprocess
import unittest

from stage import TVP
from validate_schema import ROOT


def tvp(*arguments):
    return subprocess.run([TVP, *arguments], capture_output=True, text=True, timeout=60, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb"})


def words(text):
    return re.sub(r"\*\*|`|(?m:^- )", "", text).split()


def section():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return re.search(r"(?ms)^## How to read the numbers\n(.*?)^## ", file.read())[1]


def epoch_medians(series, spans=("open_ns", "run_ns", "close_ns")):
    epochs, columns = {}, series["samples"]
    for epoch, *parts in zip(columns["epoch"], *(columns[span] for span in spans)):
        epochs.setdefault(epoch, []).append(sum(parts))
    return {epoch: statistics.median(times) for epoch, times in epochs.items()}


class Help(unittest.TestCase):
    def test_the_page_is_that_of_the_readme(self):
        page = tvp("help", "reading")
        self.assertEqual((0, ""), (page.returncode, page.stderr))
        self.assertEqual(words(section()), words(page.stdout))
        self.assertLessEqual(max(map(len, page.stdout.splitlines())), 80)

    def test_the_example_is_in_the_reference_run(self):
        with open(os.path.join(ROOT, "results/reference/result.json"), encoding="utf-8") as file:
            series = {entry["strategy"]: epoch_medians(entry) for entry in json.load(file)["series"]
                      if entry["workload"] == "loop"}
        slow, fast = series["process-pool"], series["thread-pool"]
        ratios = sorted(slow[epoch] / fast[epoch] for epoch in slow)
        self.assertIn(" ".join(f"{ratio:.3f}" for ratio in ratios), " ".join(words(section())))
        times = [statistics.median(times.values()) / 1e6 for times in (slow, fast)]
        self.assertIn(f"takes {times[0]:.1f} ms on process-pool and {times[1]:.1f} ms",
                      " ".join(words(section())))
        self.assertEqual(["1.04", "1.05", "1.06"], [f"{value:.2f}" for value in (
            ratios[2], statistics.median(ratios), ratios[-3])])

    def test_the_run_that_the_readme_begins_with_is_shown_like_that(self):
        """Its lines are those of the reference run as today's tvp shows it, some left out."""
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
            block = re.search(r"(?s)\n    (Threads or processes\? .*?)\n\nThe whole run", file.read())[1]
        shown = tvp("show", os.path.join(ROOT, "results/reference/result.json")).stdout.splitlines()
        lines = [line.removeprefix("    ") for line in block.splitlines() if line.strip()]
        self.assertGreater(len(lines), 30)
        self.assertEqual([], [line for line in lines if line not in shown])

    def test_the_table_of_peers_is_what_was_measured(self):
        """Warm, the median of the medians of each epoch."""
        columns = ("thread-pool", "process-pool", "tbb", "omp", "libuv", "glib", "bare-loop")
        for line, name, chunk in (("100,000 empty, in pieces of 64", "bulk", ":chunk=64"),
                                  ("2,000,000 empty, in pieces of 64", "large", ":chunk=64"),
                                  ("100,000 empty, one by one", "single", ""),
                                  ("2,000 of 9 µs", "work", "")):
            with open(os.path.join(ROOT, f"results/reference/peers-{name}.json"),
                      encoding="utf-8") as file:
                document = json.load(file)
            loud = [one["epoch"] for one in document["epochs"] if one["contaminated"]]
            found = {}
            for one in document["series"]:
                medians = epoch_medians(one, ("run_ns",))
                found[one["strategy"].removesuffix(chunk)] = statistics.median(
                    value for epoch, value in medians.items() if epoch not in loud) / one["tasks"]
            cells = [f"{found[column]:.1f}" if column in found else "" for column in columns]
            self.assertIn(" ".join(f"| {line} | {' | '.join(cells)} |".split()), self.readme())

    @staticmethod
    def readme():
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
            return " ".join(file.read().split())

    def test_topics_are_commands_and_reading(self):
        overview = tvp("--help").stdout
        self.assertIn("tvp help reading", overview)
        self.assertEqual(overview, tvp("help").stdout)
        self.assertEqual(tvp("show", "--help").stdout, tvp("help", "show").stdout)
        wrong = tvp("help", "readin")
        self.assertEqual((2, ""), (wrong.returncode, wrong.stdout))
        self.assertIn("no topic 'readin'", wrong.stderr)
        self.assertEqual(2, tvp("help", "show", "run").returncode)


if __name__ == "__main__":
    unittest.main()
