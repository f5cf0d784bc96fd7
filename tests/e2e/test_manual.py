# SPDX-License-Identifier: GPL-3.0-or-later
"""Man pages and completions, which the build makes out of the option tables: they name all that
--help names, their readers find nothing wrong with them, and shells complete by them for real."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from stage import TRIAL, TVP

BUILD = os.path.dirname(os.path.abspath(TVP))
TYPED = """
source "$1"
complete_line() {
    COMP_LINE=$1 COMP_POINT=${#1}
    read -ra COMP_WORDS <<<"${1//=/ = }"
    [[ $1 != *' ' && $1 != *= ]] || COMP_WORDS+=('')
    [[ $1 != *= ]] || unset 'COMP_WORDS[-1]'
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    local how
    how=$(complete -p "${COMP_WORDS[0]}")
    how=${how#*-F }
    "${how%% *}"
    printf '%s\\n' "${COMPREPLY[@]}"
}
complete_line "$2"
"""


def run(*arguments, **options):
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False,
                          stdin=subprocess.DEVNULL, **options)


def built(name):
    return os.path.join(BUILD, name)


def commands():
    """Name -> options of each command, as the help tells them."""
    found = {}
    for name in re.findall(r"(?m)^  ([a-z]+) ", run(TVP, "--help").stdout):
        found[name] = options_of(run(TVP, name, "--help").stdout)
    # What stands behind the name of a sweep is for tvp run; tvp help has no options.
    found["sweep"] = found["run"]
    found.pop("help", None)
    return found


def options_of(text):
    return re.findall(r"(?m)^  (?:-\w, |    )(--[a-z-]+)", text)


class Manual(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="tvp-manual-")
        self.addCleanup(shutil.rmtree, self.folder)

    def bash(self, line):
        result = run("bash", "--norc", "-c", TYPED, "bash", built("tvp.bash"), line, cwd=self.folder)
        self.assertEqual("", result.stderr, line)
        return result.stdout.split()

    def test_pages_name_all_commands_and_options(self):
        with open(built("tvp.1"), encoding="utf-8") as file:
            page = file.read().replace("\\-", "-")
        for name, options in commands().items():
            section = page.split(f".SS tvp {name} ", 1)[1].split("\n.S")[0]
            self.assertGreater(len(options), 0, name)
            self.assertEqual(options, re.findall(r"(?m)^(?:\\fB-\w\\fR, )?\\fB(--[a-z-]+)", section))
        with open(built("tvp-trial.1"), encoding="utf-8") as file:
            page = file.read().replace("\\-", "-")
        options = options_of(run(TRIAL, "--help").stdout)
        self.assertIn("--strategy", options)
        self.assertEqual(options, re.findall(r"(?m)^(?:\\fB-\w\\fR, )?\\fB(--[a-z-]+)", page))

    def test_pages_are_clean(self):
        readers = {"mandoc": ("-T", "lint", "-W", "style"), "groff": ("-ww", "-man", "-Tutf8", "-z")}
        present = [name for name in readers if shutil.which(name)]
        if not present:
            self.skipTest("neither mandoc nor groff is installed")
        for reader in present:
            for page in ("tvp.1", "tvp-trial.1"):
                with self.subTest(page, reader=reader):
                    result = run(reader, *readers[reader], built(page))
                    # mandoc looks for the pages that are referred to on this machine.
                    told = [line for line in (result.stdout + result.stderr).splitlines()
                            if "referenced manual not found" not in line]
                    self.assertEqual([], told)

    def test_bash_completes(self):
        strategies = [one["name"] for one in
                      json.loads(run(TVP, "list", "--json").stdout)["strategies"]]
        for name, options in commands().items():
            self.assertIn(name, self.bash("tvp "))
            self.assertEqual(sorted(options), sorted(self.bash(f"tvp {name} --")))
        listed = run(TVP, "list").stdout.split("\nProfiles:\n")[1]
        profiles = re.findall(r"(?m)^  ([a-z]+) ", listed)
        for name in ("out.json", "other"):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8"):
                pass
        for line, expected in (
                ("tvp expo", ["export"]),
                ("tvp run pri", ["primes"]),
                ("tvp run loop coun", ["counter"]),
                ("tvp run --strategies ", strategies),
                ("tvp run --strategies serial,fo", ["serial,fork"]),
                ("tvp run -s pth", ["pthread"]),
                ("tvp run --profile qu", ["quick"]),
                ("tvp run --profile=qu", ["quick"]),
                ("tvp run --profile=", profiles),
                ("tvp run --epochs ", []),
                ("tvp show --metric w", ["warm"]),
                ("tvp show --color=al", ["always"]),
                ("tvp show ou", ["out.json"]),
                ("tvp export open", ["openmetrics"]),
                ("tvp export csv ou", ["out.json"]),
                ("tvp-trial slee", ["sleep"]),
                ("tvp-trial sleep --strategy thr", ["thread-pool"]),
                ("tvp-trial --samp", ["--samples"])):
            with self.subTest(line):
                self.assertEqual(expected, self.bash(line))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_completes(self):
        for line, expected in (("tvp expo", ["export"]), ("tvp run --profile qu", ["quick"]),
                               ("tvp run pri", ["primes"]), ("tvp show --metr", ["--metric"]),
                               ("tvp-trial slee", ["sleep"])):
            with self.subTest(line):
                script = f"source {built('tvp.fish')}; complete -C '{line}'"
                result = run("fish", "--no-config", "-c", script, cwd=self.folder,
                             env={**os.environ, "HOME": self.folder})
                self.assertEqual(expected, [word.split("\t")[0]
                                            for word in result.stdout.splitlines()], result.stderr)

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh_takes_the_completion(self):
        script = (f"fpath=({BUILD} $fpath); autoload -Uz compinit; compinit -u -d {self.folder}/dump;"
                  "print $_comps[tvp] $_comps[tvp-trial]; autoload +X _tvp && print loaded")
        result = run("zsh", "-fc", script)
        self.assertEqual(("_tvp _tvp\nloaded\n", ""), (result.stdout, result.stderr))
        with open(built("_tvp"), encoding="utf-8") as file:
            text = file.read()
        for name, options in commands().items():
            part = text.split(f"\n    {name}) ", 1)[1].split(";;")[0]
            for option in options:
                self.assertRegex(part, rf"[ ,]{option}[=}}']", name)


if __name__ == "__main__":
    unittest.main()
