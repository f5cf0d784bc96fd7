# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp run with the fake trial program, whose samples take exactly as long as they say: from the
order of samples to the digits in the table, everything can be worked out here as well."""

import math
import os
import statistics
import unittest

from stage import ROW, RUN, STRATEGIES, Stage


def three_digits(ns):
    """As format_duration() writes it."""
    for factor, unit in ((1e9, "s"), (1e6, "ms"), (1e3, "us"), (1, "ns")):
        if ns >= 0.9995 * factor or factor == 1:
            break
    value = ns / factor
    decimals = 0 if value >= 99.95 else 1 if value >= 9.995 else 2
    return f"{value:.{decimals}f}", unit


def cold(series, part="samples"):
    columns = series[part]
    return [sum(times) for times in
            zip(columns["open_ns"], columns["run_ns"], columns["close_ns"])]


def epoch_medians(series, document):
    """By epoch. Those that others disturbed are left out, unless they are more than half."""
    epochs = {}
    for epoch, time in zip(series["samples"]["epoch"], cold(series)):
        epochs.setdefault(epoch, []).append(time)
    loud = {entry["epoch"] for entry in document.get("epochs", []) if entry["contaminated"]}
    quiet = epochs if 2 * len(loud) > len(epochs) else {*epochs} - loud
    return {epoch: statistics.median(epochs[epoch]) for epoch in quiet}


class Run(Stage):
    def by_strategy(self):
        return {series["strategy"]: series for series in self.result()["series"]}

    def test_the_table_tells_what_was_measured(self):
        base = {"serial": 60_000_000, "pthread": 20_300_000, "fork": 31_000_000,
                "thread-pool": 20_000_000, "process-pool": 20_100_000}
        self.play({name: {"run_ns": [base[name] + 1000 * n for n in (99, 7, 5, 1, 9, 3, 2, 8, 6, 4)],
                          "open_ns": 70_000, "close_ns": 5_000,
                          "epoch_step": base[name] // 100} for name in STRATEGIES})
        out = self.fake_run("nap", "--epochs", "7").stdout
        self.check_lines(out)
        rows = {match[1]: match[3] for match in map(ROW.match, out.splitlines()) if match}
        document, result = self.result(), self.by_strategy()
        self.assertEqual(set(STRATEGIES), set(rows))
        least = statistics.median(epoch_medians(result["thread-pool"], document).values())
        for name in STRATEGIES:
            medians = epoch_medians(result[name], document)
            for epoch, median in medians.items():
                # Warm-ups are the first two of ten; the other eight lie around 4.5 thousand.
                self.assertEqual(base[name] * (100 + epoch) // 100 + 75_000 + 4_500, median)
            values = sorted(medians.values())
            time = statistics.median(values)
            self.assertTrue(rows[name].startswith(f"{' '.join(three_digits(time))}  "), rows[name])
            if len(values) >= 6:
                # Of six or seven values the least and the largest are the ends of the interval.
                low, (high, unit) = three_digits(values[0])[0], three_digits(values[-1])
                self.assertIn(f"{low} – {high} {unit}", rows[name])
            if name != "thread-pool":
                self.assertIn(f"{time / least:.2f} ", rows[name])
        self.assertIn("fastest", rows["thread-pool"])
        # What others do meanwhile is nothing that a test can choose.
        loud = [entry["epoch"] for entry in document["epochs"] if entry["contaminated"]]
        told = len(medians) >= 6 and 2 * len(loud) <= 7
        for name, verdict in (("process-pool", "no difference"), ("pthread", "no difference"),
                              ("fork", "slower")):
            self.assertIn(verdict if told else "cannot tell", rows[name])

    def test_show_repeats_the_words_of_the_run(self):
        self.play({"*": {"run_ns": [3_000_000, 4_000_000], "epoch_step": 777}})
        out = self.fake_run("nap", "loop").stdout
        words, _, end = out.partition("\nresult ")
        self.assertRegex(end, r"\A +results/[\w.-]+/[0-9TZ]+-[0-9a-f]{8}/result.json\n"
                         r"report +results/[\w.-]+/[0-9TZ]+-[0-9a-f]{8}/report.html\n\Z")
        for _ in range(2):
            shown = self.tvp("show", self.result_path())
            self.assertEqual((0, words, ""), (shown.returncode, shown.stdout, shown.stderr))

    def test_samples_are_counted_and_ordered(self):
        self.play({"*": {"run_ns": 1000}})
        self.fake_run("nap", "loop", "--epochs", "3", "--seed", "5")
        result = self.result()
        self.assertEqual((True, 3, 5), (result["complete"], result["config"]["epochs"],
                                        result["config"]["seed"]))
        self.assertNotIn("stopped_by", result)
        self.assertEqual(10, len(result["series"]))
        places = set()
        for series in result["series"]:
            self.assertEqual(3 * 2, len(series["warmup"]["epoch"]))
            self.assertEqual(3 * 8, len(series["samples"]["epoch"]))
            self.assertEqual([0, 1] * 3, series["warmup"]["block"])
            self.assertEqual([*range(2, 10)] * 3, series["samples"]["block"])
            for part in ("warmup", "samples"):
                columns = series[part]
                places |= {(series["workload"], *place) for place in
                           zip(columns["epoch"], columns["block"], columns["position"])}
                self.assertEqual(sorted(columns["at_ns"]), columns["at_ns"])
        # Each place of each block is taken once.
        self.assertEqual(2 * 3 * 10 * 5, len(places))
        # In the order in which the trials were asked.
        asked = [(event[3], event[4]) for event in self.events("sample", "timeline")]
        blocks = [tuple(asked[n:n + 5]) for n in range(0, len(asked), 5)]
        for block in blocks:
            self.assertEqual(5, len(set(block)), block)
        self.assertGreater(len(set(blocks)), 10, "blocks are not shuffled")
        recorded = {}
        for series in result["series"]:
            for part in ("warmup", "samples"):
                recorded |= {at: (series["workload"], series["strategy"])
                             for at in series[part]["at_ns"]}
        self.assertEqual(asked, [recorded[at] for at in sorted(recorded)])

    def test_trials_are_fresh_in_every_epoch_and_side_by_side(self):
        self.fake_run("nap", "--epochs", "3")
        starts, alive = self.events("start"), set()
        self.assertEqual(15, len({event[2] for event in starts}))
        for event in self.events():
            if event[0] == "start":
                alive.add(event[2])
            elif event[0] == "end":
                alive.remove(event[2])
            else:
                self.assertEqual(5, len(alive))
        self.assertEqual(set(), alive)

    def test_a_seed_repeats_the_order(self):
        orders = []
        for seed in ("11", "11", "12", None):
            self.fake_run("nap", "--epochs", "2", "--json", "r.json",
                          *(("--seed", seed) if seed else ()))
            result = self.result(os.path.join(self.work, "r.json"))
            orders.append([series["samples"]["position"] for series in result["series"]])
        self.assertEqual(orders[0], orders[1])
        self.assertNotEqual(orders[0], orders[2])
        self.assertNotIn(orders[3], orders[:3])

    def test_failures_are_recorded_and_disturb_nobody(self):
        self.play({"*": {"run_ns": 5_000_000},
                   "fork": {"fail": {"after": 6, "how": "exit", "text": "out of processes"}},
                   "pthread": {"fail": {"after": 0, "how": "killed"}}})
        out = self.fake_run("nap", "--epochs", "5", status=4).stdout
        self.check_lines(out)
        result = self.by_strategy()
        self.assertEqual([{"epoch": n, "text": "out of processes"} for n in range(3)],
                         result["fork"]["failures"])
        self.assertEqual([*range(2, 6)] * 3, result["fork"]["samples"]["block"])
        self.assertEqual("the trial was killed by SIGKILL", result["pthread"]["failures"][0]["text"])
        self.assertEqual(([], []), (cold(result["pthread"]), cold(result["pthread"], "warmup")))
        for name in ("serial", "thread-pool", "process-pool"):
            self.assertEqual([], result[name]["failures"])
            self.assertEqual(5 * 8, len(cold(result[name])))
        self.assertRegex(out, r"(?m)^  pthread +2 +failed$")
        self.assertIn("out of processes (3 times)", out)
        self.assertEqual(1, out.count("\nnap · 4 tasks"), "failures have a table of their own")

    def test_what_cannot_run_here_is_skipped(self):
        self.play({"*": {"fail": {"after": -1, "how": "skip", "text": "no network here"}},
                   "loop": {"fail": {}}, "serial": {"fail": {}}})
        out = self.fake_run("nap", "loop", "--epochs", "2").stdout
        self.assertIn("no network here", out)
        self.play({"*": {"fail": {"after": -1, "how": "skip", "text": "no network here"}}})
        self.assertIn("no network here", self.fake_run("nap", "--epochs", "2", "--json", "r.json",
                                                       status=77).stdout)
        result = self.result(os.path.join(self.work, "r.json"))
        self.assertEqual({"no network here"}, {series["skipped"] for series in result["series"]})
        self.assertEqual({0}, {len(series["failures"]) for series in result["series"]})

    def test_wrong_answers_have_no_time(self):
        self.play({"*": {"run_ns": 5_000_000}, "fork": {"run_ns": 1000, "answer": "ff"},
                   "pthread": {"run_ns": 1000, "answer": ["aa"] * 9 + ["ab"]}})
        out = self.fake_run("nap", "--epochs", "6", status=4).stdout
        result = self.by_strategy()
        self.assertEqual(["ff", True], [result["fork"][name] for name in ("answer", "consistent")])
        self.assertFalse(result["pthread"]["consistent"])
        self.assertRegex(out, r"(?m)^  pthread +2 +wrong$")
        self.assertRegex(out, r"(?m)^  fork +2 +wrong$")
        self.assertRegex(out, "answers that change from sample to sample")
        self.assertNotIn("1.00 us", out)

    def test_the_file_can_be_read_all_the_time(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 2}})
        process = self.start("run", "--no-plots", "--no-placebo", "--no-repeats", "nap",
                             "--epochs", "8", "--json", "r.json",
                             "--trial", os.environ["TVP_FAKE_TRIAL"])
        path, seen = os.path.join(self.work, "r.json"), set()
        while process.poll() is None:
            if os.path.exists(path):
                result = self.result(path)
                counts = {len(cold(series)) for series in result["series"]}
                self.assertEqual(1, len(counts))
                seen |= {(counts.pop() // 8, result["complete"])}
        process.communicate()
        self.assertEqual(0, process.returncode)
        self.assertTrue(self.result(path)["complete"])
        self.assertGreater(len(seen), 2, seen)
        self.assertTrue(all(complete == (rounds == 8) for rounds, complete in seen), seen)

    def test_the_budget_ends_it_between_rounds(self):
        self.play({"*": {"run_ns": 1000, "sleep_ms": 1}})
        out = self.fake_run("nap", "--epochs", "100000", "--budget", "400ms").stdout
        result = self.result()
        self.assertEqual((True, "budget"), (result["complete"], result["stopped_by"]))
        counts = {len(cold(series)) for series in result["series"]}
        self.assertEqual(1, len(counts))
        self.assertEqual(0, counts.pop() % 8)
        self.assertTrue(math.isfinite(result["duration_ns"]) and out)

    def test_the_environment_of_trials_has_no_junk_filling(self):
        self.fake_run("nap", "--epochs", "1", MALLOC_PERTURB_="165")
        self.assertEqual([], self.events("perturbed"))
        self.assertEqual(5, len(self.events("start")))

    def test_results_lie_under_their_label(self):
        self.fake_run("nap", "--epochs", "1", "--label", "my-box.1", "-o", "some/where")
        folder = os.path.join(self.work, "some/where/my-box.1")
        (run,) = os.listdir(folder)
        self.assertRegex(run, RUN)
        self.assertEqual(["report.html", "result.json"],
                         sorted(os.listdir(os.path.join(folder, run))))
        result = self.result(os.path.join(folder, run, "result.json"))
        self.assertEqual("my-box.1", result["machine"]["label"])


if __name__ == "__main__":
    unittest.main()
