# SPDX-License-Identifier: GPL-3.0-or-later
"""A table under a comment that calls it alphabetical is so: strategies, workloads, commands, in C
and in meson.build. The comment is the contract; this check holds the table to it."""

import re
import sys

import sources

WORD = re.compile(r"\balphabetical\b", re.IGNORECASE)
C_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
MESON_COMMENT = re.compile(r"(?:^[ \t]*#[^\n]*\n?)+", re.MULTILINE)
# A table begins on the line after its comment, or on the next but one.
NEAR_LINES = 2
STRING = re.compile(r'"([^"\n]*)"|' r"'([^'\n]*)'")
NAME = re.compile(r"&?\s*([A-Za-z_]\w*)")


def entries(text, start, opening):
    """(offset, text) of each entry between the bracket at start and its partner."""
    pairs = {"{": "}", "[": "]", "(": ")"}
    stack = [pairs[opening]]
    begin = start + 1
    for match in re.finditer(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[][{}(),]""", text[begin:]):
        token, offset = match.group(), start + 1 + match.start()
        if token in pairs:
            stack.append(pairs[token])
        elif token == stack[-1]:
            stack.pop()
        if not stack or (token == "," and len(stack) == 1):
            yield begin, text[begin:offset]
            begin = offset + 1
        if not stack:
            return


def key_of(entry):
    """What an entry is sorted by: its first string, or its first name. None ends a table."""
    string = STRING.search(entry)
    if string:
        return next(group for group in string.groups() if group is not None)
    name = NAME.search(re.sub(r"^[\s{(]*(?:\.\w+\s*=|\[\w+\]\s*=)?", "", entry))
    return name.group(1) if name and name.group(1) != "NULL" else None


def check_table(path, text, after, report):
    opening = {"c": "{", "d": "["}[path[-1]]  # .c, meson.build
    near = "\n".join(text[after:].split("\n")[: NEAR_LINES + 1])
    place = near.find(opening)
    line = sources.line_of(text, after)
    if place < 0:
        report.add(path, line, "says alphabetical, but no table follows")
        return
    last = None
    for offset, entry in entries(text, after + place, opening):
        key = key_of(entry)
        if key is None:
            continue
        if last is not None and key <= last:
            offset += len(entry) - len(entry.lstrip())
            report.add(path, sources.line_of(text, offset),
                       f"{key} after {last}, in a table that says it is alphabetical")
        last = key


def main():
    root = sources.root_argument()
    report = sources.Report()
    for path in sources.all_files(root):
        is_meson = path.endswith("meson.build")
        if not is_meson and not path.endswith(".c"):
            continue
        text = sources.read(root, path)
        for match in (MESON_COMMENT if is_meson else C_COMMENT).finditer(text):
            if not WORD.search(match.group()):
                continue
            blanked = text[: match.end()] + (
                re.sub(r"#[^\n]*", lambda found: sources.blank(found.group()), text[match.end():])
                if is_meson else sources.without_comments(text[match.end():], strings=True))
            check_table(path, blanked, match.end(), report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
