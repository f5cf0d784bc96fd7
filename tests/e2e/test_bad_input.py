# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input is one sentence and a documented status, and leaves nothing behind. The cases, one a
line, are in bad_input.py: every option of every command that takes a value is there with a bad one,
or among those that take any name, which is compared with --help. Damaged result files are in
test_hostile.py."""

import os
import re
import shutil
import subprocess
import unittest

from bad_input import AS_RUN, COMMANDS, FREE
from stage import Stage
from trial_stage import MODULE, ROOT


class BadInput(Stage):
    def setUp(self):
        super().setUp()
        shutil.copy(os.path.join(ROOT, "tests/data/sample.json"),
                    os.path.join(self.work, "good.json"))
        with open(os.path.join(self.work, "text"), "w", encoding="utf-8") as file:
            file.write("this is no JSON\n")
        os.mkdir(os.path.join(self.work, "empty"))
        os.mkfifo(os.path.join(self.work, "pipe"))

    def compile(self):
        compiler = shutil.which(os.environ.get("CC", "cc").split()[0]) or shutil.which("gcc")
        if not compiler:
            return False
        for name, code in (("bare", "int nothing;\n"),
                           ("old", MODULE.replace("WORKLOAD_CONTRACT", "1u")),
                           ("lazy", MODULE.replace("    .run = mine_run,\n", ""))):
            source = os.path.join(self.work, name + ".c")
            with open(source, "w", encoding="utf-8") as file:
                file.write(code)
            subprocess.run([compiler, "-std=gnu17", "-w", "-fPIC", "-shared", "-I" + ROOT, source,
                            "-o", source[:-2] + ".so"], check=True, timeout=60)
            os.remove(source)
        return True

    def files(self):
        """All but empty folders."""
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk(self.work)
                      for name in names)

    def test_each_is_one_sentence_and_a_status_and_leaves_nothing(self):
        compiled = self.compile()
        before = self.files()
        for command, rows in COMMANDS.items():
            for status, pattern, *words in rows:
                if not compiled and any(word.endswith(".so") for word in words):
                    continue
                with self.subTest(command=command, words=words):
                    result = self.tvp(*command.split(), *words)
                    # What only a trial can tell is told after the run has been announced.
                    said = re.sub(r"\Atvp run: profile [^\n]*\n", "", result.stderr)
                    self.assertEqual(status, result.returncode, result.stderr)
                    self.assertRegex(said, rf"\Atvp\b[^\n]*(?:{pattern})[^\n]*\n\Z")
                    self.assertLess(len(said), 500)
                    if command != "merge":  # which counts what it did
                        self.assertEqual("", result.stdout)
                    self.assertEqual(before, self.files())

    def test_every_option_with_a_value_is_in_the_table(self):
        overview = self.tvp("--help").stdout
        commands = re.findall(r"(?m)^  ([a-z]+) ", overview)
        self.assertLessEqual(set(commands), set(COMMANDS), "a command without bad input")
        for command, rows in COMMANDS.items():
            usage = self.tvp(*command.split(), "--help").stdout
            options = re.findall(r"(?m)^  (?:-(\w), |    )--([a-z-]+) [A-Z]", usage)
            words = {word.partition("=")[0] for _, _, *row in rows for word in row}
            for letter, option in () if command in AS_RUN else options:
                with self.subTest(command=command, option=option):
                    self.assertTrue({"--" + option, "-" + letter} & words
                                    or (command, option) in FREE)

    def test_unknown_commands(self):
        self.complaint(self.tvp("rnu"), 2, r"unknown command 'rnu'; did you mean 'run'\?")
        self.complaint(self.tvp("--verbose"), 2, r"unknown command '--verbose'")
        self.complaint(self.tvp(""), 2, r"unknown command ''")


if __name__ == "__main__":
    unittest.main(verbosity=2)
