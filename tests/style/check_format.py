# SPDX-License-Identifier: GPL-3.0-or-later
"""C as clang-format 14 writes it. Other versions write it a little differently, so without that
one this check is skipped."""

import os
import re
import shutil
import subprocess
import sys

import sources

VERSION = "14"
SKIP = 77


def find_formatter():
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if program:
            answer = subprocess.run([program, "--version"], capture_output=True, text=True,
                                    timeout=20, check=True).stdout
            if re.search(rf"version {VERSION}\.", answer):
                return program
    return None


def main():
    root = sources.root_argument()
    formatter = find_formatter()
    if not formatter:
        print(f"clang-format {VERSION} is not here")
        return SKIP
    if not os.path.isfile(os.path.join(root, ".clang-format")):
        print(".clang-format:1: missing")
        return 1
    paths = sources.files(root, ".c", ".h")
    if not paths:
        return 0
    result = subprocess.run([formatter, "--dry-run", "-Werror", "--style=file", *paths], cwd=root,
                            capture_output=True, text=True, timeout=60, check=False)
    report = sources.Report()
    for path, line in dict.fromkeys(re.findall(r"^(.+?):(\d+):\d+: error", result.stderr, re.M)):
        report.add(path, line, "clang-format -i writes this differently")
    if result.returncode and not report.lines:
        print(result.stderr)
        return 1
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
