# SPDX-License-Identifier: GPL-3.0-or-later
"""One file, one idea: files of at most 250 lines, C functions of at most 60."""

import re
import sys

import sources

FILE_LINES = 250
FUNCTION_LINES = 60
# What stands before the brace of a function: its parameters, perhaps attributes after them.
HEAD = re.compile(r"(\w+)\s*\((?:[^(){};=]|\([^(){};=]*\))*\)\s*(?:__attribute__\s*\(\(.*\)\)\s*)?$",
                  re.DOTALL)


def functions(text):
    """(name, first line, lines from the opening brace to the closing one) of each function."""
    code = sources.without_directives(sources.without_comments(text))
    depth = start = after = 0
    name = None
    for match in re.finditer(r"[{};]", code):
        offset = match.start()
        if match.group() == "{":
            if depth == 0:
                head = HEAD.search(code, after, offset)
                name = head.group(1) if head else None
                start = offset
            depth += 1
        elif match.group() == "}":
            depth -= 1
            if depth == 0 and name:
                lines = code.count("\n", start, offset) + 1
                yield name, sources.line_of(code, start), lines
        if depth == 0:
            after = offset + 1


def main():
    root = sources.root_argument()
    report = sources.Report()
    for path in sources.all_files(root):
        is_c = path.endswith((".c", ".h"))
        if not is_c and not path.endswith((".py", ".gp")) and not sources.is_script(root, path):
            continue
        text = sources.read(root, path)
        lines = text.count("\n")
        if lines > FILE_LINES:
            report.add(path, lines, f"{lines} lines, {FILE_LINES} are allowed")
        for name, line, length in functions(text) if is_c else ():
            if length > FUNCTION_LINES:
                report.add(path, line, f"{name}() has {length} lines, {FUNCTION_LINES} are allowed")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
