# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of a real run, opened from disk in a real browser: it asks for nothing, runs nothing,
and can be read by everybody. Screenshots are left in the folder TVP_SCREENSHOTS, if that is set."""

import copy
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import devtools

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../e2e"))
from stage import sign  # noqa: E402  (the folder has to be known first)

TVP = os.environ.get("TVP", "build/bench/tvp")
TAB = 9
HOSTILE = ("<script>window.hit=1</script>", "\"><img src=x onerror=window.hit=1>",
           "' onmouseover='window.hit=1", "</style><script>window.hit=1</script>",
           "</title><svg onload=window.hit=1>", "<a href=\"javascript:window.hit=1\">x</a>",
           "`reboot`", "\x1b[31mred\x07", "\u202egnp.exe\u2066", "x" * 10240, "&lt;b&gt;", "%s%n")
EDGE = 2**53 - 1


def run(*arguments):
    result = subprocess.run([TVP, *arguments], capture_output=True, text=True, timeout=100,
                            check=False, stdin=subprocess.DEVNULL)
    if result.returncode not in (0, 4):
        raise AssertionError(result.stdout + result.stderr)
    return result.stdout


def hostile(document):
    """The same numbers with a stranger's texts, and numbers at the edges."""
    document = copy.deepcopy(document)
    for i, series in enumerate(document["series"]):
        text = HOSTILE[i % len(HOSTILE)]
        for member in ("workload", "arguments", "summary"):
            series[member] = HOSTILE[i // 5 % len(HOSTILE)]
        series["strategy"] += ":" + text
        series["errors"] = [{"task": 0, "text": text, "count": 1}]
        series["failures"] = [{"epoch": EDGE, "text": text}]
        series["samples"]["close_ns"] = [EDGE for _ in series["samples"]["close_ns"]]
    document["environment"] = {"kernel": HOSTILE[1], "libc": HOSTILE[8]}
    document["tool"] = {"version": HOSTILE[0], "commit": HOSTILE[9]}
    document["config"] = {"argv": list(HOSTILE), "profile": HOSTILE[3]}
    document["machine"]["cpu"] = {"model": HOSTILE[4], "cores": EDGE}
    return sign(document)


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="tvp report ")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        run("run", "counter", "empty", "loop", "sleep", "--epochs", "6", "--budget", "12s", "-o",
            cls.folder)
        (cls.result,) = glob.glob(os.path.join(glob.escape(cls.folder), "*/*/result.json"))
        cls.report = os.path.join(os.path.dirname(cls.result), "report.html")
        with open(cls.result, encoding="utf-8") as file:
            cls.document = json.load(file)
        cls.strange = os.path.join(cls.folder, "strange.html")
        path = os.path.join(cls.folder, "strange.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(hostile(cls.document), file)
        run("report", path, "-o", cls.strange)
        cls.several = os.path.join(cls.folder, "several.html")
        run("report", cls.result, path, cls.report, "-o", cls.several)
        with open(os.path.join(HERE, "page_checks.js"), encoding="utf-8") as file:
            cls.checks = file.read()
        cls.browser = devtools.Browser()
        cls.addClassCleanup(cls.browser.close)

    def pages(self):
        return self.report, self.strange, self.several

    def open(self, path, **options):
        page = self.browser.page(path, **options)
        self.addCleanup(page.close)
        self.assertEqual([], page.names("Debugger.scriptParsed"), "the page brought a script")
        page.evaluate(self.checks)
        return page

    def check(self, page, name):
        wrong = page.evaluate(f"checks.{name}()")
        self.assertEqual([], wrong[:20], name)

    def shoot(self, page, name):
        folder = os.environ.get("TVP_SCREENSHOTS")
        if folder:
            page.screenshot(os.path.join(folder, name + ".png"))

    def test_nothing_is_asked_for_said_or_run(self):
        for path in self.pages():
            with self.subTest(os.path.basename(path)):
                page = self.open(path)
                self.check(page, "open")
                page.call("Page.getLayoutMetrics")
                asked = [event["params"]["request"]["url"]
                         for event in page.names("Network.requestWillBeSent")]
                self.assertEqual([], [url for url in asked if url.split("#")[0] != page.url.replace(
                    " ", "%20") and not url.startswith("data:")])
                self.assertEqual([], page.names("Log.entryAdded", "Runtime.consoleAPICalled",
                                                "Runtime.exceptionThrown", "Audits.issueAdded"))
                self.check(page, "inert")

    def test_ids_headings_tables_and_figures_are_in_order(self):
        for path in self.pages():
            with self.subTest(os.path.basename(path)):
                page = self.open(path)
                for name in ("ids", "structure", "figures"):
                    self.check(page, name)

    def test_every_text_stands_out_in_both_themes(self):
        for dark in (False, True):
            with self.subTest(dark=dark):
                page = self.open(self.report, dark=dark)
                self.shoot(page, "dark" if dark else "light")
                self.check(page, "open")
                self.check(page, "contrast")

    def test_a_phone_scrolls_no_further_than_down(self):
        for path in self.pages():
            with self.subTest(os.path.basename(path)):
                page = self.open(path, width=360, height=640)
                self.check(page, "width")
                self.shoot(page, "phone-" + os.path.basename(path)[:-5])
                self.check(page, "open")
                self.check(page, "width")

    def test_keys_go_everywhere_and_show_where_they_are(self):
        page = self.open(self.report)
        stops = 0
        while stops < 200:
            page.press("Tab", TAB)
            wrong = page.evaluate("checks.focus()")
            if wrong == ["end"]:
                break
            self.assertEqual([], wrong)
            if stops == 0:
                self.assertEqual("skip", page.evaluate("document.activeElement.className"))
            stops += 1
        self.assertGreater(stops, 10)
        self.assertLess(stops, 200)

    def test_it_prints(self):
        page = self.open(self.report)
        pdf = page.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]
        self.assertGreater(len(pdf), 20000)
        page.call("Emulation.setEmulatedMedia", media="print")
        self.assertEqual("none", page.evaluate(
            "getComputedStyle(document.querySelector('nav')).display"))

    def test_its_data_is_the_result(self):
        page = self.open(self.report)
        (text,) = page.evaluate("checks.data()")
        self.assertEqual(self.document, json.loads(text))
        self.assertEqual(run("show", self.result), run("show", self.report))


if __name__ == "__main__":
    devtools.find()
    if not shutil.which("gnuplot"):
        print("no gnuplot: the report would have no pictures to look at (apt-get install gnuplot-nox)")
        sys.exit(devtools.SKIP)
    unittest.main()
