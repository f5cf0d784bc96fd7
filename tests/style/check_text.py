# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that can be seen in the text alone: white space, licence line, invisible characters, notes
without an issue, calls that this project does without, and who prints."""

import re
import sys
import unicodedata

import sources

COLUMNS = 100
TEXT = (".c", ".cpp", ".h", ".in", ".py", ".gp", ".md", ".json", ".build", ".txt", ".clang-format")
LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
# Put together, so that this file passes its own check.
NOTE = re.compile(r"\b(" + "|".join(("TO" "DO", "FIX" "ME", "X" "XX")) + r")\b(?!\s*\(?#\d)")

# call -> what to do instead
BANNED = {
    "atof": "use base/units.h or strtod",
    "atoi": "use base/units.h or strtoull",
    "gettimeofday": "use clock_ns()",
    "longjmp": "return an error",
    "popen": "start programs with an argument vector",
    "pthread_cancel": "ask the thread to end",
    "setjmp": "return an error",
    "sprintf": "use snprintf",
    "strcat": "use snprintf",
    "strcpy": "use snprintf or memcpy, unless what is copied is a literal",
    "system": "start programs with an argument vector",
    "usleep": "use clock_sleep_until()",
    "vsprintf": "use vsnprintf",
}
# The same, but tests may: they end themselves by an alarm, and a test's child by exit().
BANNED_IN_PRODUCT = {
    "alarm": "wait with a limit instead",
    "exit": "return; a child ends in _exit()",
}
PURE = "bench/analysis/"
BANNED_IN_PURE = dict.fromkeys(
    ("clock_ns", "fdopen", "fopen", "fprintf", "fputc", "fputs", "fread", "fwrite", "getenv",
     "getline", "open", "putc", "read", "time", "write"),
    "analysis is a pure function of the result file")
MAY_EXIT = ("bench/cli/main.c",)
PRINTERS = ("bench/cli/", "bench/manual/main.c", "bench/peers/lone.c", "bench/trial/",
            "workloads/httpd.c")
PRINTING = re.compile(r"(?<![\w.>])(printf|vprintf|puts|putchar|perror)\s*\(|\b(stdout|stderr)\b")


# What a reader can see to fit.
LITERAL_COPY = re.compile(r"strcpy\s*\([^;\"]*,\s*\"[^\"]*\"\s*\)")


def calls(names):
    return re.compile(r"(?<![\w.>])(" + "|".join(sorted(names)) + r")\s*\(")


def check_lines(path, text, report):
    if text and not text.endswith("\n"):
        report.add(path, text.count("\n") + 1, "no newline at the end of the file")
    if text.endswith("\n\n"):
        report.add(path, text.count("\n"), "blank line at the end of the file")
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            report.add(path, number, "tab")
        if line != line.rstrip():
            report.add(path, number, "blanks at the end of the line")
        if path.endswith((".c", ".h")) and len(line) > COLUMNS:
            report.add(path, number, f"{len(line)} columns, {COLUMNS} are allowed")
        for character in line:
            category = unicodedata.category(character)
            odd_blank = category == "Zs" and character != " "
            if character != "\t" and (odd_blank or category in ("Cc", "Cf", "Co", "Zl", "Zp")):
                report.add(path, number, f"invisible character U+{ord(character):04X}")
        note = NOTE.search(line)
        if note:
            report.add(path, number, f"{note.group(1)} without an issue number")


def check_calls(path, code, banned, report):
    for match in calls(banned).finditer(code):
        name = match.group(1)
        if LITERAL_COPY.match(code, match.start()):
            continue
        report.add(path, sources.line_of(code, match.start()), f"{name}(): {banned[name]}")


def check_c(path, text, report):
    if not text.startswith(LICENCE):
        report.add(path, 1, "the first line must be: " + LICENCE.strip())
    code = sources.without_comments(text)
    check_calls(path, code, BANNED, report)
    if path.startswith("tests/"):
        return
    if path.startswith(PURE):
        check_calls(path, code, BANNED_IN_PURE, report)
    if path not in MAY_EXIT:
        check_calls(path, code, BANNED_IN_PRODUCT, report)
    if not path.startswith(PRINTERS):
        for match in PRINTING.finditer(code):
            word = match.group(1) or match.group(2)
            report.add(path, sources.line_of(code, match.start()),
                       f"{word}: only bench/cli/ and programs of their own print")


def main():
    root = sources.root_argument()
    report = sources.Report()
    for path in sources.all_files(root):
        if not path.endswith(TEXT) and not sources.is_script(root, path):
            continue
        try:
            text = sources.read(root, path)
        except UnicodeDecodeError as error:
            report.add(path, 1, f"not UTF-8: {error}")
            continue
        check_lines(path, text, report)
        if path.endswith((".c", ".h")):
            check_c(path, text, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
