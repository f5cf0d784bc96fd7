# SPDX-License-Identifier: GPL-3.0-or-later
"""The manners of the scripts in scripts/: each test copies them into a checkout of its own, whose
path has blanks, with a project of a few lines instead of tvp. Nothing is installed: apt-get and
sudo are stand-ins that write down how they were called."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.environ.get("TVP_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HYPERFINE = shutil.which("hyperfine")

PROJECT = """\
project('tiny')
sh = find_program('sh')
test('good', sh, args: ['-c', 'exit 0'], suite: 'unit')
test('absent', sh, args: ['-c', 'exit 77'], suite: 'unit')
test('good that should fail', sh, args: ['-c', 'exit 1'], should_fail: true, suite: 'e2e')
test('bad', sh, args: ['-c', 'exit 1'], suite: 'style')
test('hangs', sh, args: ['-c', 'exec sleep 30'], timeout: 1, suite: 'style')
"""
TVP = """\
#!/bin/sh
echo "tvp in $PWD"
for argument; do echo "<$argument>"; done
exit 4
"""
FAKE_MESON = """\
#!/bin/sh
[ "$1" != --version ] || { echo 1.0.1; exit; }
echo "meson $*" >>"$CALLS"
"""
# Installs whatever it is asked for: a meson that does nothing.
FAKE_APT_GET = """\
#!/bin/sh
echo "apt-get $*" >>"$CALLS"
case " $* " in *" meson "*) cp "$FAKES/meson" "$PATH/meson" ;; esac
"""
FAKE_SUDO = '#!/bin/sh\necho "sudo $1" >>"$CALLS"\nexec "$@"\n'
FAKE_TRIAL = """\
#!/bin/sh
printf '{"open_ns": 1000, "run_ns": %s, "close_ns": 10, "status": "ok"}\\n' "$RUN_NS"
"""


def write_program(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, 0o755)


class Scripts(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="tvp scripts "))
        self.addCleanup(shutil.rmtree, self.folder)
        self.checkout = os.path.join(self.folder, "a check out")
        for part in ("scripts", "bench/peers"):
            shutil.copytree(os.path.join(ROOT, part), os.path.join(self.checkout, part))
        pathlib.Path(self.checkout, "meson.build").write_text(PROJECT, encoding="utf-8")
        self.build = os.path.join(self.checkout, "build")
        self.calls = os.path.join(self.folder, "calls")

    def run_script(self, name, *arguments, cwd=None, **environment):
        variables = {key: value for key, value in os.environ.items()
                     if not key.startswith(("TVP", "MESON"))}
        variables |= {"CALLS": self.calls, "LC_ALL": "C.UTF-8", **environment}
        return subprocess.run([os.path.join(self.checkout, "scripts", name), *arguments],
                              cwd=cwd or self.folder, env=variables, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=100, check=False)

    def path_without(self, *absent, **fakes):
        """A PATH of one folder, with every program there is except some, and stand-ins."""
        folder = os.path.join(self.folder, "bin")
        os.mkdir(folder)
        for place in reversed(os.environ["PATH"].split(":")):
            for name in os.listdir(place) if os.path.isdir(place) else ():
                target = os.path.join(folder, name)
                if os.path.lexists(target):
                    os.remove(target)
                os.symlink(os.path.join(place, name), target)
        fakes = {name.replace("_", "-"): text for name, text in fakes.items()}
        for name in {*absent, *fakes, "python3"}:
            if os.path.lexists(os.path.join(folder, name)):
                os.remove(os.path.join(folder, name))
        os.symlink(sys.executable, os.path.join(folder, "python3"))
        for name, text in fakes.items():
            write_program(os.path.join(folder, name), text)
        return folder

    def called(self):
        with open(self.calls, encoding="utf-8") as file:
            return file.read().splitlines()

    def test_setup_without_installing_names_what_is_missing(self):
        path = self.path_without("meson", "hyperfine", apt_get=FAKE_APT_GET)
        result = self.run_script("setup", "--no-install", PATH=path)
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stderr, r"(?m)^setup: missing: meson \(")
        self.assertRegex(result.stderr, r"(?m)^setup: missing, but not required: .*\bhyperfine\b")
        self.assertFalse(os.path.exists(self.calls), "apt-get was called")
        self.assertFalse(os.path.exists(self.build))

    def test_setup_goes_on_without_what_is_optional(self):
        path = self.path_without("gnuplot", "hyperfine", "apt-get")
        result = self.run_script("setup", PATH=path)
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertRegex(result.stderr, r"not required: .*\bgnuplot-nox hyperfine\b")

    def install(self, path):
        fakes = os.path.join(self.folder, "fakes")
        write_program(os.path.join(fakes, "meson"), FAKE_MESON)
        return self.run_script("setup", PATH=path, FAKES=fakes)

    def test_setup_installs_as_root_without_sudo(self):
        path = self.path_without("meson", apt_get=FAKE_APT_GET, sudo=FAKE_SUDO,
                                 id="#!/bin/sh\necho 0\n")
        result = self.install(path)
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertRegex(result.stderr, r"\Asetup: installing with apt-get: meson\b")
        calls = self.called()
        self.assertFalse([call for call in calls if call.startswith("sudo")])
        self.assertTrue(calls[0].endswith(" update"), calls)
        self.assertTrue(calls[1].endswith("install -y --no-install-recommends meson"), calls)
        self.assertEqual([f"meson setup {self.build} {self.checkout}",
                          f"meson compile -C {self.build}"], calls[-2:])

    def test_setup_installs_with_sudo_and_says_so(self):
        path = self.path_without("meson", apt_get=FAKE_APT_GET, sudo=FAKE_SUDO,
                                 id="#!/bin/sh\necho 1000\n")
        result = self.install(path)
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertRegex(result.stderr, r"\Asetup: installing with sudo apt-get: meson\b")
        self.assertIn("sudo env", self.called())

    def test_setup_without_root_and_sudo_names_what_is_missing(self):
        path = self.path_without("meson", "sudo", apt_get=FAKE_APT_GET,
                                 id="#!/bin/sh\necho 1000\n")
        result = self.install(path)
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stderr, r"setup: missing: meson .*neither root nor sudo")
        self.assertFalse(os.path.exists(self.calls), "apt-get was called")

    def test_setup_is_quiet_when_there_is_nothing_to_do(self):
        for _ in range(2):
            result = self.run_script("setup", "--no-install")
            self.assertEqual(0, result.returncode, result.stderr)
            self.assertEqual("", result.stdout)
        self.assertNotIn("building", result.stderr)

    def test_setup_shows_why_a_build_failed(self):
        with open(os.path.join(self.checkout, "meson.build"), "a", encoding="utf-8") as file:
            file.write("error('the reason')\n")
        result = self.run_script("setup", "--no-install")
        self.assertEqual(1, result.returncode)
        self.assertIn("the reason", result.stderr)

    def test_setup_replaces_a_build_folder_of_another_meson(self):
        self.assertEqual(0, self.run_script("setup", "--no-install").returncode)
        info = pathlib.Path(self.build, "meson-info/meson-info.json")
        content = json.loads(info.read_text(encoding="utf-8"))
        now = content["meson_version"]["full"]
        content["meson_version"]["full"] = "0.1.0"
        info.write_text(json.dumps(content), encoding="utf-8")
        result = self.run_script("setup", "--no-install")
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertIn("anew", result.stderr)
        self.assertEqual(now, json.loads(info.read_text(encoding="utf-8"))["meson_version"]["full"])

    def test_setup_adds_peers_to_a_build_that_is_there(self):
        pathlib.Path(self.checkout, "meson_options.txt").write_text(
            "option('peers', type: 'boolean', value: false)\n", encoding="utf-8")
        for arguments in ((), ("--with-peers",)):
            self.assertEqual(0, self.run_script("setup", "--no-install", *arguments).returncode)
        listed = subprocess.check_output(["meson", "introspect", "--buildoptions", self.build])
        self.assertIn(("peers", True), [(one["name"], one["value"]) for one in json.loads(listed)])

    def test_a_moved_checkout_is_built_again(self):
        self.assertEqual(0, self.run_script("setup", "--no-install").returncode)
        moved = os.path.join(self.folder, "moved away")
        os.rename(self.checkout, moved)
        self.checkout = moved
        result = self.run_script("setup", "--no-install")
        self.assertEqual(0, result.returncode, result.stderr)

    def test_wrong_use_is_one_line_and_status_2(self):
        result = self.run_script("setup", "--nonsense")
        self.assertEqual(2, result.returncode)
        self.assertEqual(1, result.stderr.count("\n"), result.stderr)
        self.assertIn("--nonsense", result.stderr)

    def test_help_installs_nothing(self):
        for usage in ("scripts/setup", "scripts/bench", "scripts/test", "outside-check",
                      "scripts/evidence [PART]...", "scripts/peers [PART]...", "scripts/self [--save]"):
            name = usage.split()[0].removeprefix("scripts/")
            result = self.run_script(name, "--help", TVP_TRIAL="/bin/true")
            self.assertEqual((0, ""), (result.returncode, result.stderr), name)
            self.assertIn("usage: " + usage, result.stdout)
        self.assertFalse(os.path.exists(self.build))

    def test_bench_help_shows_the_options_of_the_program(self):
        write_program(os.path.join(self.build, "bench", "tvp"), TVP)
        self.assertIn("<run>\n<--help>\n", self.run_script("bench", "--help").stdout)

    def test_bench_passes_on_what_is_not_its_own(self):
        write_program(os.path.join(self.build, "bench", "tvp"), TVP)
        given = ("--no-install", "loop", "--set", "a=b c")
        result = self.run_script("bench", *given)
        self.assertEqual(4, result.returncode, result.stderr)
        self.assertEqual(f"tvp in {self.folder}\n<run>\n<-o>\n<{self.checkout}/results>\n<loop>\n"
                         "<--set>\n<a=b c>\n", result.stdout)
        self.assertIn("<-o>\n<results>\n",
                      self.run_script("bench", *given, cwd=self.checkout).stdout)

    def test_test_counts_and_keeps_the_status_of_meson(self):
        result = self.run_script("test", "--no-install")
        self.assertNotEqual(0, result.returncode)
        self.assertEqual("2 passed, 2 failed, 1 skipped", result.stdout.splitlines()[-1])
        result = self.run_script("test", "--no-install", "--suite", "e2e")
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        self.assertEqual("1 passed, 0 failed", result.stdout.splitlines()[-1])

    def outside_check(self, run_ns, **environment):
        trial = os.path.join(self.folder, "a trial")
        write_program(trial, FAKE_TRIAL)
        return self.run_script("outside-check", "--runs", "2", "--strategies", "serial",
                               TVP_TRIAL=trial, RUN_NS=str(run_ns), **environment)

    def test_outside_check_without_hyperfine_is_skipped(self):
        result = self.outside_check(1, PATH=self.path_without("hyperfine"))
        self.assertEqual((77, True), (result.returncode, "hyperfine" in result.stdout))

    @unittest.skipUnless(HYPERFINE, "hyperfine is not installed")
    def test_outside_check_reports_a_disagreement(self):
        less = "disagreement: loop serial: outside is less"
        for run_ns, status in ((10_000_000_000, 1), (1, 0)):
            result = self.outside_check(run_ns)
            self.assertEqual((status, status == 1), (result.returncode, less in result.stdout))


if __name__ == "__main__":
    unittest.main()
