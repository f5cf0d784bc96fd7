# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp check as users run it. What this machine is like must not matter here, so only the shape of
its answer is tested; files say the same everywhere."""

import json
import os
import re
import subprocess
import tempfile
import unittest

ROOT = os.environ.get("TVP_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TVP = os.environ["TVP"]
SAMPLE = os.path.join(ROOT, "tests", "data", "sample.json")
LEVELS = ("ok", "note", "warn")


def check(*arguments, **environment):
    return subprocess.run([TVP, "check", *arguments], capture_output=True, text=True, timeout=30,
                          check=False, stdin=subprocess.DEVNULL,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **environment})


class Machine(unittest.TestCase):
    def checks(self, *arguments, **environment):
        result = check("--json", *arguments, **environment)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        subject, = json.loads(result.stdout)
        self.assertEqual(subject["subject"], "this machine")
        return {entry["id"]: entry for entry in subject["checks"]}

    def test_everything_is_looked_at_and_has_advice_where_needed(self):
        checks = self.checks()
        self.assertLessEqual({"build", "clock", "cpus", "malloc", "timer-slack", "threads",
                              "processes", "memory", "foreign-load"}, set(checks))
        for entry in checks.values():
            self.assertIn(entry["level"], LEVELS)
            self.assertEqual(entry["advice"] is None, entry["level"] == "ok", entry)

    def test_settings_of_the_shell_are_seen_but_not_repeated(self):
        secret = "glibc.malloc.tcache_count=4271"
        checks = self.checks(GLIBC_TUNABLES=secret, MALLOC_PERTURB_="0")
        self.assertEqual(checks["malloc"]["level"], "note")
        self.assertNotIn("4271", json.dumps(checks))
        self.assertEqual(self.checks(MALLOC_PERTURB_="7")["malloc"]["level"], "warn")

    def test_strict_fails_on_a_warning_only_when_asked(self):
        self.assertEqual(check(MALLOC_PERTURB_="7").returncode, 0)
        result = check("--strict", MALLOC_PERTURB_="7")
        self.assertEqual(result.returncode, 5)
        self.assertRegex(result.stdout, r"(?m)^  warn  malloc +MALLOC_PERTURB_ is set: ")

    def test_limits_of_this_process_bound_the_workers(self):
        result = subprocess.run(["sh", "-c", 'ulimit -n 100 && exec "$0" check --json', TVP],
                                capture_output=True, text=True, timeout=30, check=True)
        checks = {entry["id"]: entry for entry in json.loads(result.stdout)[0]["checks"]}
        self.assertEqual(checks["processes"]["value"], "at most 68, by ulimit -n")
        self.assertEqual(checks["processes"]["level"], "warn")

    def test_lines_fit_and_are_plain_if_asked_for(self):
        result = check("--ascii")
        self.assertTrue(result.stdout.isascii())
        lines = result.stdout.splitlines()
        self.assertEqual(lines[0], "this machine")
        self.assertLessEqual(max(map(len, lines)), 80)
        self.assertRegex(lines[-1], r"^\d+ warnings? and \d+ notes? in \d+ checks: ")


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_a_good_file_has_no_warning_and_takes_no_second(self):
        result = check("--strict", SAMPLE)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertRegex(result.stdout, r"(?m)^  ok    complete +yes$")
        self.assertRegex(result.stdout, r"(?m)^  ok    epochs +12 in the shortest series$")
        self.assertNotIn("foreign-load", result.stdout)

    def test_a_damaged_file_is_refused_and_the_others_are_still_checked(self):
        with open(SAMPLE, encoding="utf-8") as file:
            text = file.read()
        damaged = os.path.join(self.folder, "damaged.json")
        with open(damaged, "w", encoding="utf-8") as file:
            file.write(re.sub(r'"seed": *7', '"seed": 8', text, count=1))
        result = check(damaged, SAMPLE)
        self.assertEqual(result.returncode, 3)
        self.assertRegex(result.stderr, r"^tvp check: .*damaged\.json: ")
        self.assertIn("12 in the shortest series", result.stdout)
        absent = os.path.join(self.folder, "absent.json")
        for files in ((damaged, absent), (absent, damaged)):
            self.assertEqual(check(*files).returncode, 3, files)
        result = check("--json", SAMPLE, damaged)
        self.assertEqual(result.returncode, 3)
        self.assertEqual([entry["subject"] for entry in json.loads(result.stdout)], [SAMPLE])

    def test_a_missing_file_and_wrong_use_have_their_own_status(self):
        self.assertEqual(check(os.path.join(self.folder, "absent.json")).returncode, 1)
        result = check("--strikt")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        result = check("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("--strict", result.stdout)


if __name__ == "__main__":
    unittest.main()
