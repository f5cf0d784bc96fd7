# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp merge: copying is merging, each result once, nothing lost, nothing written over."""

import glob
import json
import os
import unittest

from made_results import ResultTest, variant

HERE = "sample-2c-8g/20250115T104207Z-01ca2be7"


class Merge(ResultTest):
    def results(self, folder="out"):
        found = glob.glob(os.path.join(self.folder, folder, "**", "*"), recursive=True)
        return sorted(os.path.relpath(path, self.path(folder)) for path in found
                      if not os.path.isdir(path))

    def load(self, path):
        with open(self.path(path), encoding="utf-8") as file:
            return json.load(file)

    def test_copies_files_folders_and_streams(self):
        one, two = variant(), variant(created="2025-01-16T10:42:07Z")
        three = variant(machine__label="other", new_member={"kept": [1, 2]})
        self.save("one.json", one)
        self.save("in/x/y/result.json", two)
        out, err = self.tvp("merge", "one.json", "in", "-", "-o", "out/", stdin=json.dumps(three))
        self.assertEqual(err, "")
        self.assertTrue(out.endswith("3 merged, 0 duplicates, 0 damaged; 3 in out\n"), out)
        found = self.results()
        self.assertEqual(found[1], HERE + "/result.json")
        for path, document in zip(found, (three, one, two)):
            self.assertEqual(self.load("out/" + path), document)
            checksum = document["checksum"]["value"]
            self.assertTrue(os.path.dirname(path).endswith("Z-" + checksum[:8]), path)
        mode = os.stat(self.path("out/" + found[0])).st_mode & 0o777
        self.assertEqual(mode & ~0o644, 0)
        self.tvp("compare", "out")

    def test_duplicates_are_dropped_wherever_they_are(self):
        self.save("out/elsewhere/run-by-hand/result.json", variant())
        before = self.results()
        self.save("stream.json", variant(), variant())
        out, _ = self.tvp("merge", "stream.json", "out", "-o", "out")
        self.assertEqual(out.count("duplicate  "), 3)
        self.assertIn("out/elsewhere/run-by-hand/result.json", out)
        self.assertIn("0 merged, 3 duplicates, 0 damaged; 1 in out", out)
        self.assertEqual(self.results(), before)

    def test_nothing_is_written_over(self):
        self.save("one.json", variant())
        path = self.save(f"out/{HERE}/result.json", "another file\n")
        out, _ = self.tvp("merge", "one.json", "-o", "out")
        self.assertIn("1 merged", out)
        with open(self.path(path), encoding="utf-8") as file:
            self.assertEqual(file.read(), "another file\n")
        checksum = variant()["checksum"]["value"]
        other = f"sample-2c-8g/20250115T104207Z-{checksum[8:16]}/result.json"
        self.assertIn(other, self.results())
        # The second time it is there, under its second name.
        out, _ = self.tvp("merge", "one.json", "-o", "out")
        self.assertIn("1 duplicate", out)

    def test_damaged_ones_are_named_and_the_others_merged(self):
        bad = variant()
        bad["duration_ns"] += 1
        self.save("mixed.json", variant(), bad, variant(created="2025-01-16T10:42:07Z"))
        self.save("broken.json", "{")
        self.tvp("merge", "mixed.json", "-o", "other", status=3)
        self.tvp("merge", "broken.json", "mixed.json", "-o", "another", status=3)
        out, err = self.tvp("merge", "mixed.json", "broken.json", "-o", "out", status=3)
        self.assertIn("mixed.json: document 2: its checksum does not match", err)
        self.assertIn("broken.json: not JSON", err)
        self.assertIn("2 merged, 0 duplicates, 2 damaged", out)
        self.assertEqual(len(self.results()), 2)

    def test_a_damaged_copy_in_the_target_does_not_count(self):
        good = variant()
        spoiled = {**good, "duration_ns": 1}
        self.save(f"out/{HERE}/result.json", spoiled)
        self.save("good.json", good)
        out, _ = self.tvp("merge", "good.json", "-o", "out")
        self.assertIn("1 merged", out)
        self.assertEqual(len(self.results()), 2)

    def test_links_lead_nowhere(self):
        self.save("one.json", variant())
        os.mkdir(self.path("outside"))
        os.mkdir(self.path("out"))
        os.symlink("../outside", self.path("out/sample-2c-8g"))
        _, err = self.tvp("merge", "one.json", "-o", "out", status=1)
        self.assertIn("symbolic link", err)
        self.assertEqual(os.listdir(self.path("outside")), [])
        os.unlink(self.path("out/sample-2c-8g"))
        os.mkdir(self.path("out/sample-2c-8g"))
        os.symlink("../../outside", self.path("out/" + HERE))
        self.tvp("merge", "one.json", "-o", "out")
        self.assertEqual(os.listdir(self.path("outside")), [])

    def test_labels_are_no_paths(self):
        for label in ("../evil", ".hidden", "a/b", ""):
            with self.subTest(label=label):
                self.save("evil.json", variant(machine__label=label))
                _, err = self.tvp("merge", "evil.json", "-o", "out", status=3)
                self.assertIn("label", err)
        self.assertEqual(self.results(), [])
        self.assertFalse(os.path.exists(self.path("evil")))

        def anonymous(document):
            del document["machine"], document["created"]
        self.save("none.json", variant(anonymous))
        self.tvp("merge", "none.json", "-o", "out")
        self.assertRegex(self.results()[0], r"^unknown/undated-[0-9a-f]{8}/result\.json$")

    def test_runs_at_the_same_time_are_told(self):
        self.save("one.json", variant())
        self.save("two.json", variant(created="2025-01-15T10:43:07Z"))
        self.save("later.json", variant(created="2025-01-15T10:44:07Z", duration_ns=10**9))
        self.save("other.json", variant(created="2025-01-15T10:43:07Z", machine__label="other"))
        _, err = self.tvp("merge", "one.json", "other.json", "-o", "out")
        self.assertEqual(err, "")
        _, err = self.tvp("merge", "two.json", "-o", "out")
        self.assertEqual(err.count("warning"), 1)
        self.assertIn(HERE, err)
        _, err = self.tvp("merge", "one.json", "later.json", "-o", "out2")
        self.assertEqual(err, "")

    def test_wrong_use(self):
        self.save("one.json", variant())
        self.tvp("merge", "one.json", status=2)
        self.tvp("merge", "-o", "out", status=2)
        self.tvp("merge", "absent.json", "-o", "out", status=1)
        self.save("file", "x")
        self.tvp("merge", "one.json", "-o", "file", status=1)
        out, _ = self.tvp("merge", "--help")
        self.assertIn("ssh HOST", out)


if __name__ == "__main__":
    unittest.main()
