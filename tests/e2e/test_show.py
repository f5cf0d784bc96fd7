# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp show and tvp plot: the same bytes each time, one sentence for each file that is none, and not
one control character of a hostile file on the terminal."""

import copy
import json
import os
import unittest

from stage import HERE, ROW, Stage, sign

SAMPLE = os.path.join(HERE, "..", "data", "sample.json")
HOSTILE = "\x1b]0;owned\x07\x1b[31mred\u009b2J\x7f\r\n\t\u202etxt\u200b"


def load_sample():
    with open(SAMPLE, encoding="utf-8") as file:
        return json.load(file)


class Show(Stage):
    def put(self, name, data):
        path = os.path.join(self.work, name)
        with open(path, "wb") as file:
            file.write(data if isinstance(data, bytes) else json.dumps(data).encode())
        return path

    def show(self, *arguments, stdin=None, **variables):
        result = self.tvp("show", *arguments, stdin=stdin, **variables)
        self.assertEqual((0, ""), (result.returncode, result.stderr), result.stdout)
        return result.stdout

    def test_every_time_the_same(self):
        first = self.show(SAMPLE)
        self.check_lines(first)
        self.assertEqual(first, self.show(SAMPLE, TERM="xterm-256color", COLUMNS="200"))
        self.assertEqual(first, self.show(SAMPLE, "--color", "never"))
        with open(SAMPLE, encoding="utf-8") as file:
            self.assertEqual(first, self.show("-", stdin=file.read()))
        rows = [match[1] for match in map(ROW.match, first.splitlines()) if match]
        self.assertEqual(10, len(rows))
        # Worked out by make_sample.py: 60.2 ms and 2 us, 30.1 ms and 100 us.
        self.assertRegex(first, r"(?m)^  serial +1 +60\.2 ms  ")
        self.assertRegex(first, r"(?m)^  thread-pool +3 +30\.2 ms  ")

    def test_metrics_differ(self):
        cold, warm, cpu = (self.show(SAMPLE, "--metric", name) for name in ("cold", "warm", "cpu"))
        self.assertEqual(self.show(SAMPLE), cold)
        self.assertEqual(3, len({cold, warm, cpu}))
        self.assertRegex(warm, r"(?m)^  thread-pool +3 +30\.1 ms  ")
        for text in (warm, cpu):
            self.check_lines(text)

    def test_plain_letters_and_colours(self):
        plain = self.show(SAMPLE, "--ascii")
        self.assertTrue(plain.isascii())
        self.check_lines(plain)
        self.assertEqual(plain, self.show(SAMPLE, LC_ALL="C"))
        coloured = self.show(SAMPLE, "--color", "always", NO_COLOR="1")
        self.assertIn("\x1b[", coloured)

    def test_times_of_nothing_are_no_times(self):
        document = load_sample()
        for series in document["series"]:
            for name in ("open_ns", "run_ns", "close_ns", "user_ns", "system_ns"):
                series["samples"][name] = [0] * len(series["samples"][name])
        path = self.put("zero.json", sign(document))
        for metric in ("cold", "warm", "cpu"):
            text = self.show(path, "-m", metric)
            rows = [line for line in text.splitlines() if not line.startswith("  strategy")]
            self.assertNotRegex("\n".join(rows), "nan|inf|fastest  |least  |wrong")

    def test_parts(self):
        brief = self.show(SAMPLE, "-q")
        self.assertTrue(self.show(SAMPLE).startswith(brief))
        self.assertIn("\nprimes: one sample of each", self.show(SAMPLE, "--timeline", "primes"))
        self.complaint(self.tvp("show", SAMPLE, "--timeline", "prims"), 2,
                       "no workload 'prims' in .+, which has sleep, primes")
        private = self.show(SAMPLE, "--private")
        for name in ("machine", "environment", "config", "tool", "sample-2c-8g"):
            self.assertIn(name, private)
        self.assertNotIn("run_ns", private)

    def test_wrong_use(self):
        self.complaint(self.tvp("show"), 2, "which file")
        self.complaint(self.tvp("show", SAMPLE, SAMPLE), 2, "one file at a time")
        self.complaint(self.tvp("show", SAMPLE, "--metric", "hot"), 2, "cold, warm or cpu, not 'hot'")
        self.complaint(self.tvp("show", SAMPLE, "--color", "blue"), 2, "not 'blue'")

    def test_options_that_contradict_each_other(self):
        self.complaint(self.tvp("show", "-q", "--timeline", "primes", SAMPLE), 2,
                       "--quiet .*--timeline")
        for option in (("--quiet",), ("-m", "cold"), ("--timeline", "primes")):
            self.complaint(self.tvp("show", SAMPLE, "--private", *option), 2, "--private ")

    def test_a_timeline_of_every_group_of_a_workload(self):
        document = load_sample()
        for series in document["series"]:
            series["workload"] = "sl\x1bep"
        path = self.put("twice.json", sign(document))
        text = self.show(path, "--timeline", "sl\x1bep")
        self.check_lines(text)
        for title in ("durations=30ms,20ms,10ms 3 tasks", "numbers=112272535095293 4 tasks"):
            self.assertIn(f"\nsl?ep {title}\nsl?ep: one sample of each", text)
        self.complaint(self.tvp("show", path, "--timeline", "nap"), 2,
                       r"'nap' in .+, which has sl\?ep")

    def test_files_that_are_not_there(self):
        for path in ("nowhere.json", "no/where.json", self.work, ""):
            for command in ("show", "plot"):
                self.complaint(self.tvp(command, path), 1, "")

    def damaged(self):
        good = load_sample()

        def changed(change, signed=True):
            document = copy.deepcopy(good)
            change(document)
            return sign(document) if signed else document

        text = json.dumps(good).encode()
        yield "empty", b""
        yield "blank", b"\n\n"
        yield "no JSON", b"hello, world\n"
        yield "binary", bytes(range(256))
        yield "an array", b"[]"
        yield "an empty object", b"{}"
        yield "cut off", text[:len(text) // 2]
        yield "cut by one", text[:-1]
        yield "something after it", text + b"x"
        yield "a NUL", text.replace(b"primes", b"pri\0es")
        yield "no UTF-8", text.replace(b"primes", b"pri\xffes")
        yield "a member twice", text.replace(b'{"schema"', b'{"series": [], "schema"', 1)
        yield "another schema", changed(lambda d: d.update(schema="tvp.result/2"))
        yield "no checksum", changed(lambda d: d.pop("checksum"), signed=False)
        yield "another number", changed(lambda d: d.update(duration_ns=1), signed=False)
        yield "no series", changed(lambda d: d.pop("series"))
        yield "a fraction", changed(lambda d: d["series"][0]["samples"]["run_ns"].append(1.5))
        yield "a short column", changed(lambda d: d["series"][0]["samples"]["run_ns"].pop())
        yield "a column less", changed(lambda d: d["series"][0]["samples"].pop("open_ns"))
        yield "a negative time", changed(
            lambda d: d["series"][0]["samples"]["run_ns"].__setitem__(0, -1))
        yield "a span backwards", changed(
            lambda d: d["series"][0]["timeline"]["rows"][0].__setitem__(3, 0))
        yield "deeply nested", b"[" * 100_000

    def test_damaged_files(self):
        for name, data in self.damaged():
            path = self.put("damaged.json", data)
            for command in ("show", "plot"):
                with self.subTest(name, command=command):
                    self.complaint(self.tvp(command, path), 3, "damaged.json: ")
        self.complaint(self.tvp("show", "-", stdin="{}"), 3, "-: ")
        self.complaint(self.tvp("show", "/dev/zero"), 3, "not a regular file")
        self.assertEqual(["damaged.json"], os.listdir(self.work))

    def test_hostile_names_stay_in_the_file(self):
        document = load_sample()
        document["machine"]["cpu"]["model"] = HOSTILE
        document["environment"]["governor"] = HOSTILE
        document["config"]["argv"].append(HOSTILE)
        document["config"]["profile"] = HOSTILE
        for series in document["series"]:
            for name in ("workload", "arguments", "summary", "finding"):
                series[name] = f"{series[name]}{HOSTILE}"
            series["failures"] = [{"epoch": 1, "text": f"%s%n{HOSTILE}"}]
            series["errors"] = [{"task": 0, "text": f"%s%n{HOSTILE}", "count": 1}]
        document["series"][1]["strategy"] += f":{HOSTILE}"
        document["series"][2]["skipped"] = HOSTILE
        document["series"][3]["samples"]["failed"][0] = 1
        path = self.put("hostile.json", sign(document))
        for options in ((), ("--ascii",), ("--private",), ("-m", "warm"), ("-q",)):
            text = self.show(path, *options)
            self.assertIn("owned", text)
            for line in text.splitlines():
                self.assertTrue(line.isprintable(), (options, repr(line)))
            if options != ("--private",):
                self.check_lines(text)


if __name__ == "__main__":
    unittest.main()
