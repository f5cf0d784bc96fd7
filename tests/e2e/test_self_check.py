# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp check --self: equal cells compared, and a real difference planted in one of them."""

import json
import unittest

from stage import FAKE_TRIAL, TRIAL, Stage


class SelfCheck(Stage):
    def check(self, *arguments, trial=FAKE_TRIAL):
        result = self.tvp("check", "--self", "--trial", trial, *arguments)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        return result.stdout

    def test_each_comparison_has_epochs_of_its_own(self):
        self.play({"*": {"run_ns": 10000000}})
        document = json.loads(self.check("loop", "nap", "--comparisons", "3", "--epochs", "7",
                                         "--strategies", "serial,fork", "--json"))
        self.assertEqual(["loop", "nap"], [s["workload"] for s in document["subjects"]])
        for subject in document["subjects"]:
            self.assertEqual(["serial", "fork", "serial"],
                             [pair["strategy"] for pair in subject["comparisons"]])
            self.assertEqual((0, 3), (subject["told"]["count"], subject["told"]["of"]))
            self.assertEqual(0, subject["floor"])
            for pair in subject["comparisons"]:
                self.assertEqual(1, pair["ratio"])
        # 2 workloads x 3 comparisons x 2 trials, in 7 epochs each at the least.
        self.assertGreaterEqual(len(self.events("start")), 2 * 3 * 2 * 7)

    def test_a_planted_difference_is_truly_executed(self):
        """Whether it is found depends on the machine; that there is more to do does not."""
        out = self.check("loop", "--comparisons", "1", "--planted", "50%", "--planted", "90%",
                         "--epochs", "8", "--strategies", "serial", "--json", trial=TRIAL)
        planted = [(subject["planted"], *subject["comparisons"])
                   for subject in json.loads(out)["subjects"] if subject["planted"]]
        self.assertEqual([0.5, 0.9], [more for more, _ in planted])
        for _, pair in planted:
            self.assertGreater(pair["ratio"], 1)

    def test_what_was_planted_is_told_in_words(self):
        self.play({"*": {"run_ns": 10000000}})
        out = self.check("loop", "--comparisons", "1", "--planted", "50%", "--planted", "90%",
                         "--epochs", "8", "--strategies", "serial")
        for planted in (50, 90):
            self.assertIn(f"A real +{planted} % of work in loop was found in 0 of 1",
                          " ".join(out.split()))
        self.check_lines(out)

    def test_a_planted_load_is_noticed(self):
        out = self.check("loop", "--comparisons", "1", "--epochs", "8", "--plant-load",
                         "--strategies", "serial", "--json", trial=TRIAL)
        caught = json.loads(out)["load"]["caught"]
        self.assertGreaterEqual(caught["of"], 4)
        self.assertGreaterEqual(caught["count"], caught["of"] - 1)

    def test_time_ends_it(self):
        self.play({"*": {"run_ns": 10000000}})
        document = json.loads(self.check("loop", "--time", "1ms", "--epochs", "6", "--json"))
        self.assertEqual(1, len(document["subjects"][0]["comparisons"]))
        self.assertIn("--comparisons 20", " ".join(self.check("loop", "--time", "1ms", "--epochs", "1").split()))

    def test_a_wrong_answer_is_no_comparison(self):
        self.play({"*": {"answer": ["00", "01"]}})
        result = self.tvp("check", "--self", "--trial", FAKE_TRIAL, "loop", "--comparisons", "1")
        self.assertEqual(4, result.returncode)
        self.assertIn("loop under serial: no time, or a wrong answer", result.stderr)

    def test_wrong_use_is_one_sentence(self):
        for arguments, pattern in ((("--planted", "0%"), "--planted: '0%' is no PERCENT"),
                                   (("--comparisons", "0"), "--comparisons"),
                                   (("--time", "soon"), "--time: 'soon' is no TIME"),
                                   (("lop",), "unknown workload 'lop'"),
                                   (("--strategies", "frok"), "unknown strategy")):
            with self.subTest(arguments=arguments):
                self.complaint(self.tvp("check", "--self", *arguments), 2, pattern)
        self.check_lines(self.tvp("check", "--self", "--help").stdout)


if __name__ == "__main__":
    unittest.main()
