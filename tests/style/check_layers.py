# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom: the table of rooms in CONTRIBUTING.md. Data goes one way, from the trial
up to the command line, and no room looks into one above it or beside it."""

import os
import re
import sys

import sources

CONTRACT = "workloads/workload.h"
BASE = {"bench/base"}
RECORD = BASE | {"bench/record"}
ANALYSIS = RECORD | {"bench/analysis"}
TRIAL = BASE | {"bench/strategies", "bench/trial", CONTRACT}

# A room is a folder; what it may include are rooms or single headers.
MAY_INCLUDE = {
    "bench/base": BASE,
    "bench/strategies": TRIAL,
    "bench/trial": TRIAL,
    "bench/peers": TRIAL | {"bench/peers"},
    "workloads": BASE | {"workloads"},
    "bench/record": RECORD,
    "bench/analysis": ANALYSIS,
    "bench/harness": ANALYSIS | {"bench/harness"},
    "bench/output": ANALYSIS | {"bench/output"},
    "bench/cli": ANALYSIS | {"bench/harness", "bench/output", "bench/cli"},
    "bench/manual": ANALYSIS | TRIAL | {"bench/harness", "bench/output", "bench/cli",
                                        "bench/manual"},
}
# A strategy that could read the clock would measure itself.
MUST_NOT_INCLUDE = {"bench/strategies": {"bench/base/clock.h"}}
# Made by the build, so not to be found among the sources.
GENERATED = {"build_config.h", "commit.h"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.MULTILINE)


def resolve(root, path, name):
    """The file that an include means, as the compiler finds it with -Ibench -I. from the root."""
    for folder in (os.path.dirname(path), "bench", "."):
        candidate = os.path.normpath(os.path.join(folder, name))
        if os.path.isfile(os.path.join(root, candidate)):
            return candidate
    return None


def room_of(path):
    return next((room for room in MAY_INCLUDE if path.startswith(room + "/")), None)


def check_file(root, path, report):
    text = sources.read(root, path)
    code = sources.without_comments(text, strings=True)
    room = room_of(path)
    for match in INCLUDE.finditer(code):
        line = sources.line_of(code, match.start())
        kind, name = match.groups()
        target = resolve(root, path, name)
        if kind == "<":
            if target and target.endswith(name) and "/" in name:
                report.add(path, line, f'"{name}" is of this project: use quotes')
            continue
        if os.path.basename(name) in GENERATED:
            continue
        if not target:
            report.add(path, line, f'"{name}" is no header of this project')
        elif room and (not MAY_INCLUDE[room] & {target, room_of(target)}
                       or target in MUST_NOT_INCLUDE.get(room, ())):
            report.add(path, line, f"{room} must not include {target}")


def main():
    root = sources.root_argument()
    report = sources.Report()
    for path in sources.files(root, ".c", ".h"):
        if room_of(path) or path.startswith("tests/"):
            check_file(root, path, report)
        else:
            report.add(path, 1, "this folder is in no layer: see tests/style/check_layers.py")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
