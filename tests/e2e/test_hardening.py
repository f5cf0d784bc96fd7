# SPDX-License-Identifier: GPL-3.0-or-later
"""What is built for release has the defences that meson.build asks for. Only registered there."""

import glob
import os
import shutil
import subprocess
import unittest

from stage import TRIAL, TVP

MODULES = glob.glob(os.path.join(os.path.dirname(TVP), "../workloads/*.so"))


def readelf(path, *options):
    return subprocess.run(["readelf", "-W", *options, path], capture_output=True, text=True,
                          check=True, timeout=20, env={**os.environ, "LC_ALL": "C"}).stdout


@unittest.skipUnless(shutil.which("readelf"), "there is no readelf")
class Hardening(unittest.TestCase):
    def test_nothing_of_a_program_stays_writable_that_need_not(self):
        self.assertTrue(MODULES)
        for path in (TVP, TRIAL, *MODULES):
            with self.subTest(path):
                self.assertRegex(readelf(path, "-h"), r"Type: +DYN ")
                segments = readelf(path, "-l")
                self.assertIn("GNU_RELRO", segments)
                self.assertRegex(segments, r"GNU_STACK .* RW +0x")
                self.assertNotRegex(segments, r" RWE ")
                self.assertRegex(readelf(path, "-d"), r"BIND_NOW|FLAGS_1.*NOW")
        for path in (TVP, TRIAL):
            self.assertRegex(readelf(path, "-d"), r"FLAGS_1.*PIE")

    def test_overruns_are_noticed(self):
        symbols = readelf(TVP, "--dyn-syms")
        self.assertIn(" __stack_chk_fail@", symbols)
        self.assertIn(" __snprintf_chk@", symbols)


if __name__ == "__main__":
    unittest.main()
