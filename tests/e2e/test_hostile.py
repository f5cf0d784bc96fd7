# SPDX-License-Identifier: GPL-3.0-or-later
"""Result files from strangers, all of them through every command there is: refused with one sentence
and a documented status, or shown without a raw control character and without anything that runs."""

import csv
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

from stage import TVP
from validate_schema import ROOT

sys.path.insert(0, str(ROOT / "tests/data/hostile"))
import make_hostile  # noqa: E402 (the path comes first)

LIMIT_S = 20
# Under a sanitizer all files through all commands take five minutes: then every so-manieth file, of
# each command others.
EVERY = int(os.environ.get("TVP_HOSTILE_EVERY", "1"))
WELL = {name for name, well, _ in make_hostile.CASES if well}
NAMES = [name for name, _, _ in make_hostile.CASES] + list(make_hostile.PLACES)
# Commands that take no result file.
WITHOUT_FILES = {"help", "list", "run", "sweep"}
# 0 done, 1 nothing to draw, 3 not comparable, 4 and 77 nothing good in it, 5 --strict.
SHOWN = {"check": {0}, "compare": {0, 3}, "export": {0}, "history": {0, 3}, "merge": {0}, "plot": {0, 1},
         "report": {0}, "show": {0}}
EXECUTABLE = ("script", "iframe", "object", "embed", "form", "foreignObject", "image", "base", "link")


def tvp(*arguments, cwd):
    return subprocess.run([TVP, *arguments], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=LIMIT_S, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})


def commands(folder):
    """Argument lists before FILE, of every command that --help names."""
    found = []
    overview = tvp("--help", cwd=folder).stdout.decode()
    for name in re.findall(r"(?m)^  ([a-z-]+) ", overview):
        if name in WITHOUT_FILES:
            continue
        usage = tvp(name, "--help", cwd=folder).stdout.decode()
        if name == "export":
            formats = usage.split("\nFormats:\n")[1].splitlines()
            found += [[name, line.split()[0]] for line in formats]
        elif name == "report":
            found.append([name, "-o", "page.html"])
        elif name == "advise":
            found.append([name, "--task", "200us", "--tasks", "10k"])
        elif "-o, --output DIR" in usage:
            found.append([name, "-o", "out"])
        else:
            found.append([name])
    return found + [["show", "--ascii"], ["show", "--private"], ["compare", "--json"],
                    ["check", "--json"]]


# What a report has of its own, beside the link that saves its data.
ICON = ("link", [("rel", "icon"), ("href", "data:,")])


class Page(html.parser.HTMLParser):
    """What a page could run or fetch."""

    def __init__(self, text):
        super().__init__()
        self.harm = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag in EXECUTABLE and (tag, attrs) != ICON:
            self.harm.append(tag)
        for name, value in attrs:
            if (tag, attrs) == ICON or (value or "").startswith("data:application/json;base64,"):
                continue
            if name.startswith("on") or (name in ("src", "href", "xlink:href", "action") and not
                                         (value or "").startswith(("#", "data:image/"))):
                self.harm.append((tag, name, value))


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="tvp-hostile-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.files = os.path.join(cls.folder, "files")
        make_hostile.main(cls.files)

    def setUp(self):
        self.work = tempfile.mkdtemp(dir=self.folder)

    def check_printable(self, text):
        """Nothing that a terminal would obey, nor that hides or turns what follows."""
        for line in text.decode().replace("\r\n", "\n").split("\n"):
            self.assertTrue(line.isprintable(), repr(line[:300]))

    def check_refused(self, result, command):
        self.assertIn(result.returncode, (1, 3))
        self.assertRegex(result.stderr.decode(), rf"\Atvp {command}: [^\n]+\n\Z")
        self.assertLess(len(result.stderr), 600)

    def check_product(self, arguments, text):
        if arguments[:2] == ["export", "csv"]:
            for row in csv.reader(io.StringIO(text, newline=""), strict=True):
                for cell in row:
                    self.assertNotRegex(cell, r"^\s*[-=+@\uff0b\uff0d\uff1d\uff20]")
        elif arguments[:2] == ["export", "markdown"] and shutil.which("cmark-gfm"):
            page = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e",
                                   "strikethrough"], input=text.encode(), capture_output=True,
                                  check=True, timeout=LIMIT_S).stdout.decode()
            self.assertEqual([], Page(page).harm)
            self.assertNotRegex(page, r"<(a|img|del|em|code|pre|hr|h1|h2|blockquote)\b")
        elif arguments[-1] == "--json" or (arguments[0] == "export" and text.startswith("{")):
            json.loads(text)

    def check_files(self):
        """What was drawn or written."""
        for folder, _, names in os.walk(self.work):
            for name in names:
                self.assertRegex(name, r"^[\w.-]+$")
                self.assertNotEqual("owned", name)
                path = os.path.join(folder, name)
                if name.endswith(".svg"):
                    tree = xml.etree.ElementTree.parse(path)
                    for element in tree.iter():
                        tag = str(element.tag).rpartition("}")[2]
                        self.assertNotIn(tag, EXECUTABLE)
                        for key, value in element.attrib.items():
                            self.assertFalse(key.startswith("on"), key)
                            self.assertNotIn("evil.example", value)
                elif name.endswith(".html"):
                    with open(path, encoding="utf-8") as file:
                        self.assertEqual([], Page(file.read()).harm)

    def pass_through(self, arguments, name):
        result = tvp(*arguments, os.path.join(self.files, name), cwd=self.work)
        self.check_printable(result.stdout)
        self.check_printable(result.stderr)
        if name in WELL:
            self.assertIn(result.returncode, SHOWN.get(arguments[0], {0, 1, 2, 3, 4, 5, 77}),
                          result.stderr)
            self.check_product(arguments, result.stdout.decode())
        elif arguments[0] in ("merge", "check") and result.stdout:
            self.assertIn(result.returncode, (1, 3))
        else:
            self.check_refused(result, arguments[0])
        self.check_files()

    def test_all_of_them_through_every_command(self):
        found = commands(self.work)
        self.assertLessEqual({"check", "compare", "export", "merge", "plot", "report",
                              "show"},
                             {arguments[0] for arguments in found})
        for i, arguments in enumerate(found):
            for name in NAMES[i % EVERY::EVERY]:
                with self.subTest(" ".join(arguments), file=name):
                    self.work = tempfile.mkdtemp(dir=self.folder)
                    self.pass_through(arguments, name)
                    shutil.rmtree(self.work)

    def test_a_link_to_a_good_file_is_a_file(self):
        os.symlink(os.path.join(self.files, "zeros"), os.path.join(self.work, "link"))
        self.assertEqual(0, tvp("show", "link", cwd=self.work).returncode)


if __name__ == "__main__":
    unittest.main()
