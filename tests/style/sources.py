# SPDX-License-Identifier: GPL-3.0-or-later
"""What all style checks share: which files there are, C without its comments, and how to report."""

import os
import re
import sys

# Made by a build or by a run, or data whose very point may be to break the rules.
SKIPPED = re.compile(r"^(\.git|build[^/]*|report|tests/data|results/[^/]+)$")
SKIPPED_NAMES = {"__pycache__"}


class Report:
    """Collects what is wrong; finish() prints it and gives the exit status."""

    def __init__(self):
        self.lines = []

    def add(self, path, line, text):
        self.lines.append(f"{path}:{line}: {text}")

    def finish(self):
        for line in self.lines:
            print(line)
        return 1 if self.lines else 0


def root_argument():
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        print(f"usage: {os.path.basename(sys.argv[0])} ROOT", file=sys.stderr)
        sys.exit(2)
    return sys.argv[1]


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", newline="") as file:
        return file.read()


def all_files(root):
    """Every file of the project, as sorted paths relative to root."""
    found = []
    for folder, folders, names in os.walk(root):
        here = os.path.relpath(folder, root)
        here = "" if here == "." else here + "/"
        if "meson-private" in folders:  # a build folder, whatever its name
            folders[:] = []
            continue
        folders[:] = sorted(
            name for name in folders
            if name not in SKIPPED_NAMES and not SKIPPED.match(here + name)
        )
        found += [here + name for name in names if not os.path.islink(os.path.join(folder, name))]
    return sorted(found)


def files(root, *suffixes):
    return [path for path in all_files(root) if path.endswith(suffixes)]


def is_script(root, path):
    """A file without a suffix that begins with #!."""
    if "." in os.path.basename(path):
        return False
    with open(os.path.join(root, path), "rb") as file:
        return file.read(2) == b"#!"


TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z)|//(?:\\\n|[^\n])*)"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""",
    re.DOTALL,
)
# A macro may hold half a block; the brackets of a file balance only without them.
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)


def blank(text):
    """As many lines and columns, with nothing on them."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(text, strings=False):
    """C with its comments blanked out, and its strings, too, unless strings are wanted; places
    stay where they are."""

    def replace(match):
        if match.group("string") and strings:
            return match.group()
        if match.group("string"):
            return match.group()[0] + blank(match.group()[1:-1]) + match.group()[-1]
        return blank(match.group())

    return TOKEN.sub(replace, text)


def without_directives(code):
    return DIRECTIVE.sub(lambda match: blank(match.group()), code)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
