# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp report: where the page goes, that it is data again, and what is said without gnuplot."""

import json
import os
import re
import shutil
import unittest

from stage import HERE, Stage, sign

SAMPLE = os.path.join(HERE, "../data/sample.json")


class Report(Stage):
    def setUp(self):
        super().setUp()
        shutil.copy(SAMPLE, os.path.join(self.work, "a.json"))

    def page(self, name="report.html"):
        with open(os.path.join(self.work, name), encoding="utf-8") as file:
            return file.read()

    def report(self, *arguments, **more):
        result = self.tvp("report", *arguments, **more)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        return result

    def test_a_page_is_read_like_its_file(self):
        self.assertEqual("report    report.html\n", self.report("a.json").stdout)
        self.assertEqual("", self.report("a.json", "--quiet").stdout)
        for command in (("show",), ("show", "--private"), ("check",), ("compare",)):
            file = self.tvp(*command, "a.json")
            page = self.tvp(*command, "report.html")
            self.assertEqual(file.returncode, page.returncode, page.stderr)
            self.assertEqual(file.stdout, page.stdout.replace("report.html", "a.json"))
        self.assertEqual(0, self.tvp("show", "-", stdin=self.page()).returncode)
        self.report("report.html", "-o", "again.html")
        self.assertEqual(self.page(), self.page("again.html"))

    def test_pages_go_where_they_are_sent(self):
        os.makedirs(os.path.join(self.work, "lab/run"))
        shutil.move(os.path.join(self.work, "a.json"), os.path.join(self.work, "lab/run/result.json"))
        for arguments, path in ((("lab/run/result.json",), "lab/run/report.html"),
                                (("lab", "-o", "lab"), "lab/report.html"),
                                (("lab/run", "-o", "x.html"), "x.html"),
                                (("lab", "-o", "new/"), "new/report.html")):
            self.assertRegex(self.report(*arguments).stdout, r"\Areport +" + path.replace("/", "/+"))
            self.assertIn("</html>", self.page(path))
        self.assertIn("</html>", self.report("lab", "-o", "-").stdout)

    def test_a_loud_run_is_told_in_words_alone(self):
        """Sentences made for a terminal end with a line feed, which a page would show as one."""
        path = os.path.join(self.work, "a.json")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        measured = {(one["workload"], epoch) for one in document["series"]
                    for epoch in one["samples"]["epoch"]}
        document["epochs"] = [
            {"workload": workload, "epoch": epoch, "contaminated": True, "foreign_permille": 700,
             "steal_permille": 0, "pressure_permille": 0}
            for workload, epoch in sorted(measured)]
        with open(path, "w", encoding="utf-8") as file:
            json.dump(sign(document), file)
        self.report("a.json")
        self.assertIn("nothing is concluded", self.page())
        self.assertNotIn("U+000A", self.page())

    def test_several_files_make_one_page(self):
        self.report("a.json", "a.json", "-o", "all.html")
        self.assertIn("2 runs, side by side", self.page("all.html"))
        self.assertEqual(0, self.tvp("compare", "all.html").returncode)
        self.complaint(self.tvp("show", "all.html"), 3, "all.html")

    def test_without_gnuplot_bars_are_left_and_it_is_said_once(self):
        tools = os.path.join(self.folder, "tools")
        os.mkdir(tools)
        result = self.report("a.json", PATH=tools)
        self.assertRegex(result.stderr, r"\Atvp report: no pictures: [^\n]*gnuplot[^\n]*\n\Z")
        page = self.page()
        self.assertEqual(10, len(re.findall(r'<rect class="[a-z-]+" width="[\d.]+"', page)))
        self.assertNotIn("<figure", page)
        self.assertIn("No pictures: ", page)

    def test_the_same_file_gives_the_same_page(self):
        self.report("a.json", "-o", "1.html")
        self.report("a.json", "-o", "2.html")
        self.assertEqual(self.page("1.html"), self.page("2.html"))

    def test_wrong_use_is_one_line(self):
        self.complaint(self.tvp("report"), 2, "which file")
        self.complaint(self.tvp("report", "none.json"), 1, "none.json")
        self.complaint(self.tvp("report", "a.json", "-o", "a.json"), 2, "a.json is what is read")
        self.complaint(self.tvp("report", "a.json", "-o", "no/where/x.html"), 1, "no/where/x.html")
        self.assertEqual(["a.json"], os.listdir(self.work))
        with open(os.path.join(self.work, "page.html"), "w", encoding="utf-8") as file:
            file.write("<!DOCTYPE html><p>no data</p>")
        self.complaint(self.tvp("report", "page.html"), 3, "holds no result")


class Claims(Stage):
    def test_claims_are_held_against_the_file(self):
        result = self.tvp("show", "--claims", SAMPLE)
        self.assertEqual((0, ""), (result.returncode, result.stderr))
        self.check_lines(result.stdout)
        for line in ("Threads suit work that waits (I/O): holds",
                     "Processes suit work that computes (CPU): does not hold in C",
                     "Chunks make a process pool faster: not measured",
                     "  this would measure it: tvp run counter"):
            self.assertIn(line + "\n", result.stdout)

    def test_claims_stand_alone(self):
        for other in ("--quiet", "--metric=warm", "--timeline=sleep"):
            self.complaint(self.tvp("show", "--claims", other, SAMPLE), 2, other[:6])
        self.complaint(self.tvp("show", "--claims", "--private", SAMPLE), 2, "--claims")


if __name__ == "__main__":
    unittest.main()
