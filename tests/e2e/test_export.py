# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp export: each format is read by somebody else's reader where there is one, else held to the
format's own rules; what failed is never a time."""

import csv
import html.parser
import io
import itertools
import json
import shutil
import subprocess
import unittest

from made_results import SAMPLE, ResultTest
from stage import TVP, sign
from validate_schema import ROOT

MIXED = ROOT / "tests/data/mixed.json"
# Cells of MIXED of which all is well: two strategies and serial for sleep, all five for loop.
GOOD = ["sleep/serial/workers:1", "sleep/pthread/workers:3", "sleep/thread-pool/workers:3",
        "loop/serial/workers:1", "loop/pthread/workers:2", "loop/fork/workers:2",
        "loop/thread-pool/workers:2", "loop/process-pool/workers:2"]
PROMETHEUS = """
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
print(json.dumps([[family.name, family.type, family.unit,
                   [[s.name, s.labels, s.value] for s in family.samples]]
                  for family in text_string_to_metric_families(sys.stdin.read())]))
"""


def medians(document):
    """(workload, strategy) -> cold seconds of all timed samples, as the file has them."""
    found = {}
    for series in document["series"]:
        columns = series["samples"]
        found.setdefault((series["workload"], series["strategy"]), [
            sum(times) / 1e9
            for times in zip(columns["open_ns"], columns["run_ns"], columns["close_ns"])])
    return found


class Tables(html.parser.HTMLParser):
    """The tags of a page, and its tables as lists of rows of texts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.tables, self.cell = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.cell = self.tables[-1][-1]

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if self.cell:
            self.cell[-1] += data


class Export(ResultTest):
    def export(self, name, *arguments, stdin="", notes=None):
        out, err = self.tvp("export", name, *arguments, stdin=stdin)
        if notes is not None:
            self.assertEqual(notes, err.count("\n"), err)
        return out

    def test_every_format_is_listed_and_tested(self):
        listed = [line.split()[0] for line in
                  self.tvp("export", "--help")[0].split("\nFormats:\n")[1].splitlines()]
        self.assertEqual(sorted(listed), listed)
        for name in listed:
            self.assertTrue(hasattr(self, "test_" + name.replace("-", "_")), name)
            self.assertTrue((ROOT / "tests/data/golden" / f"mixed.{name}").exists(), name)

    def test_csv(self):
        out = subprocess.run([TVP, "export", "csv", MIXED], capture_output=True,
                             check=True).stdout.decode()
        self.assertEqual(out.count("\n"), out.count("\r\n"))
        rows = list(csv.DictReader(io.StringIO(out, newline=""), strict=True))
        self.assertEqual(14 * 7, len(rows))
        self.assertNotIn(None, itertools.chain(*rows))
        document = json.loads(MIXED.read_text(encoding="utf-8"))
        for key, expected in medians(document).items():
            mine = [row for row in rows if (row["workload"], row["strategy"]) == key
                    and row["placebo"] == "no"]
            self.assertEqual(expected, [sum(int(row[name]) for name in
                                            ("open_ns", "run_ns", "close_ns")) / 1e9
                                        for row in mine])
            self.assertLessEqual({row["state"] for row in mine},
                                 {"wrong answer"} if key == ("sleep", "fork") else
                                 {"failed tasks"} if key[0] == "primes" else {"ok"}, key)
        self.assertEqual(7, sum(row["placebo"] == "yes" for row in rows))
        # Spreadsheets would take it for a formula.
        self.assertEqual({"'=1+1"}, {row["arguments"] for row in rows if row["workload"] == "loop"})
        self.export("csv", MIXED, notes=2)

    def test_cells_of_a_sweep_are_told_apart(self):
        document = json.loads(MIXED.read_text(encoding="utf-8"))
        loops = [series for series in document["series"] if series["workload"] == "empty"
                 or series["workload"] == "loop"]
        for number, series in enumerate(loops):
            series["parent_bytes"], series["parent_pages"] = 2 ** 20, ["small", "huge"][number % 2]
            series["variant"] = "old"
        text = json.dumps(sign(document))
        rows = list(csv.DictReader(io.StringIO(self.export("csv", "-", stdin=text)), strict=True))
        self.assertEqual({("1048576", "small", "old"), ("1048576", "huge", "old"), ("0", "", "")},
                         {(row["parent_bytes"], row["parent_pages"], row["variant"])
                          for row in rows})
        names = self.export("hyperfine", "-", stdin=text)
        self.assertIn("/parent=1MiB:huge/variant:old\"", names)
        self.assertIn('"parent": "1MiB:huge"', names)
        self.assertIn(',parent="1MiB",variant="old",workers=',
                      self.export("openmetrics", "-", stdin=text))

    def test_hyperfine(self):
        results = json.loads(self.export("hyperfine", MIXED, notes=7))["results"]
        self.assertEqual(GOOD, [result["command"] for result in results])
        times = medians(json.loads(MIXED.read_text(encoding="utf-8")))
        for result in results:
            expected = times[result["parameters"]["workload"], result["parameters"]["strategy"]]
            self.assertEqual(expected, result["times"])
            self.assertAlmostEqual(sum(expected) / 7, result["mean"])
            self.assertEqual(sorted(expected)[3], result["median"])
            self.assertEqual((min(expected), max(expected)), (result["min"], result["max"]))
            self.assertEqual([0] * 7, result["exit_codes"])
            self.assertGreater(result["stddev"], 0)
            self.assertTrue(all(isinstance(value, str) for value in result["parameters"].values()))

    def test_google_benchmark(self):
        document = json.loads(self.export("google-benchmark", MIXED, notes=7))
        self.assertEqual("sample-2c-8g", document["context"]["host_name"])
        entries = document["benchmarks"]
        self.assertEqual(GOOD, list(dict.fromkeys(entry["name"] for entry in entries)))
        self.assertEqual({("iteration", "ns", 7, 1)},
                         {(entry["run_type"], entry["time_unit"], entry["repetitions"],
                           entry["iterations"]) for entry in entries})
        self.assertEqual(list(range(7)) * 8, [entry["repetition_index"] for entry in entries])
        times = medians(json.loads(MIXED.read_text(encoding="utf-8")))
        self.assertEqual(times["sleep", "pthread"],
                         [entry["real_time"] / 1e9 for entry in entries if "sleep/pth" in entry["name"]])

    def test_pyperf(self):
        suite = json.loads(self.export("pyperf", MIXED, notes=7))
        self.assertEqual("1.0", suite["version"])
        self.assertEqual(GOOD, [one["metadata"]["name"] for one in suite["benchmarks"]])
        times = medians(json.loads(MIXED.read_text(encoding="utf-8")))
        for one in suite["benchmarks"]:
            workload, strategy, _ = one["metadata"]["name"].split("/")
            values = [run["values"] for run in one["runs"]]
            self.assertEqual([[value] for value in times[workload, strategy]], values)
            # A warm-up is the number of loops and the time; it takes a tenth longer.
            for run in one["runs"]:
                ((loops, seconds),) = run["warmups"]
                self.assertEqual(1, loops)
                self.assertGreater(seconds, run["values"][0])
        with_blocks = json.loads(self.export("pyperf", "-", stdin=json.dumps(SAMPLE), notes=0))
        self.assertEqual({(8, 2)}, {(len(run["values"]), len(run["warmups"]))
                                    for one in with_blocks["benchmarks"] for run in one["runs"]})

    def test_chrome_trace(self):
        events = json.loads(self.export("chrome-trace", MIXED, notes=1))["traceEvents"]
        names = {(event["pid"], event["tid"]): event["args"]["name"]
                 for event in events if event["name"] in ("process_name", "thread_name")}
        slices = [event for event in events if event["ph"] == "X"]
        self.assertEqual({"M", "X"}, {event["ph"] for event in events})
        self.assertEqual(13, len({event["pid"] for event in slices}))
        self.assertIn("sleep/fork/workers:3 (wrong answer)", names.values())
        for (pid, tid), lane in itertools.groupby(
                sorted(slices, key=lambda e: (e["pid"], e["tid"], e["ts"])),
                lambda e: (e["pid"], e["tid"])):
            self.assertEqual(f"worker {tid}", names[pid, tid])
            self.assertRegex(names[pid, 0], r"^(sleep|primes|loop)/")
            free = 0
            for event in lane:
                self.assertGreaterEqual(event["ts"], free)
                free = event["ts"] + event["dur"]
        self.assertEqual({50_000 / 1e3}, {e["ts"] for e in slices if e["args"]["task"] == 1})

    def test_chrome_trace_has_no_lane_with_two_tasks_at_once(self):
        document = json.loads(MIXED.read_text(encoding="utf-8"))
        for row in document["series"][0]["timeline"]["rows"]:
            row[2] = 0
        out = self.export("chrome-trace", "-", stdin=json.dumps(sign(document)), notes=2)
        self.assertNotIn("sleep/serial", out)

    def test_openmetrics(self):
        out = self.export("openmetrics", MIXED, notes=7)
        self.assertTrue(out.endswith("\n# EOF\n"))
        for python in ("python3", "/usr/bin/python3"):
            read = subprocess.run([python, "-c", PROMETHEUS], input=out, capture_output=True,
                                  text=True, check=False)
            if "No module named" not in read.stderr:
                break
        else:
            self.skipTest("python3-prometheus-client is not installed")
        self.assertEqual(0, read.returncode, read.stderr)
        families = {name: (kind, unit, samples)
                    for name, kind, unit, samples in json.loads(read.stdout)}
        self.assertEqual(("gauge", "seconds"), families["tvp_time_seconds"][:2])
        self.assertEqual(GOOD, [labels["cell"] for _, labels, _ in families["tvp_time_seconds"][2]])
        values = {name: {labels["cell"]: value for _, labels, value in family[2]}
                  for name, family in families.items() if name != "tvp_run"}
        times = medians(json.loads(MIXED.read_text(encoding="utf-8")))
        self.assertEqual(sorted(times["sleep", "thread-pool"])[3],
                         values["tvp_time_seconds"]["sleep/thread-pool/workers:3"])
        for cell in GOOD:
            self.assertLess(values["tvp_time_low_seconds"][cell], values["tvp_time_seconds"][cell])
            self.assertLess(values["tvp_time_seconds"][cell], values["tvp_time_high_seconds"][cell])
        self.assertEqual({name: float(name in GOOD) for name in values["tvp_usable"]},
                         values["tvp_usable"])
        self.assertEqual(15, len(values["tvp_usable"]))
        self.assertEqual(1, values["tvp_failed_tasks"]["primes/fork/workers:2"])

    def test_markdown(self):
        out = self.export("markdown", MIXED, notes=0)
        self.assertTrue(out.startswith("Threads or processes? "))
        if not shutil.which("cmark-gfm"):
            self.skipTest("cmark-gfm is not installed")
        page = subprocess.run(["cmark-gfm", "-e", "table", "-e", "autolink", "--unsafe"], input=out,
                              capture_output=True, text=True, check=True).stdout
        tables = Tables(page)
        self.assertEqual({"p", "ul", "li", "strong", "h3", "table", "thead", "tbody", "tr", "th",
                          "td"}, set(tables.tags))
        self.assertEqual([(6, 7)] * 3, [(len(table), len(table[0])) for table in tables.tables])
        self.assertEqual(["fork", "3", "wrong", "", "", "", ""], tables.tables[0][3])
        self.assertEqual("skipped", tables.tables[1][4][2])
        shown, _ = self.tvp("show", str(MIXED))
        for row in itertools.chain(*(table[1:] for table in tables.tables)):
            self.assertRegex(shown, rf"(?m)^  {row[0]}\s+{row[1]} +{row[2]}")


if __name__ == "__main__":
    unittest.main()
