#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: make_hostile.py FOLDER    Writes result files as a stranger might send them."""

import copy
import hashlib
import json
import os
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent
MIXED = json.loads((DATA / "mixed.json").read_text(encoding="utf-8"))
MOST = 2**53 - 1
TEXTS = ("workload", "arguments", "summary", "finding")

MARKUP = ("\"'></title></svg><script>alert(1)</script><img src=x onerror=alert(1)>"
          "&lt;|`touch owned`$(touch owned)'; !touch owned #%s%n%d\\n{{7*7}}"
          "[x](javascript:alert(1))![x](http://evil.example/x.png) http://evil.example "
          "www.evil.example @octocat *b* _i_ ~s~ <!-- --> ]]>")
FORMULA = "=cmd|' /C calc'!A0"
CONTROL = "\x1b]0;owned\x07\x1b[31mred\x1b[2J\x9b2J\x7f\r\n\t\b\x01\x1f"
UNSEEN = "\u202etxt.exe\u202c\u200b\u200d\u2066\ufeff\u061c\u00ad\U000e0041 e\u0301\u0301\u0301"
LONG = "long " * 2000
WIDE = "\u6f22\u5b57\U0001f600" * 30


def canonical(document):
    """As results/README.md has it; jansson writes control characters with capital digits."""
    text = json.dumps({name: value for name, value in document.items() if name != "checksum"},
                      sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    for code in range(0x20):
        text = text.replace(f"\\u{code:04x}", f"\\u{code:04X}")
    return text


def signed(change):
    """A file with a good checksum: the small sample after change(document)."""
    document = copy.deepcopy(MIXED)
    change(document)
    value = hashlib.sha256(canonical(document).encode()).hexdigest()
    document["checksum"] = {"algorithm": "sha256", "value": value}
    return json.dumps(document, ensure_ascii=False).encode()


def texts(text):
    """Every text that is free to say anything says this."""
    def change(document):
        document["machine"]["cpu"]["model"] = text
        for member in ("kernel", "governor", "libc"):
            document["environment"][member] = text
        document["config"]["profile"] = text
        document["config"]["argv"] = ["run", text]
        document["tool"]["version"] = text
        document["tool"]["build"]["buildtype"] = text
        for series in document["series"]:
            for member in TEXTS:
                series[member] = f"{text}{series['workload'] if member == 'workload' else ''}"
            series["failures"] = [{"epoch": 1, "text": text}] if series["failures"] else []
            series["errors"] = [{"task": 2, "text": text, "count": 1}] if series["errors"] else []
        document["series"][1]["strategy"] += ":" + text
        document["series"][8]["skipped"] = text
    return signed(change)


def numbers(value):
    def change(document):
        for series in document["series"]:
            for name, column in series["samples"].items():
                if name not in ("epoch", "failed"):
                    series["samples"][name] = [value] * len(column)
    return signed(change)


def raw(old, new):
    return json.dumps(MIXED).encode().replace(old, new, 1)


def member(path, value):
    def change(document):
        *steps, last = path
        for step in steps:
            document = document[step]
        if value is None:
            del document[last]
        else:
            document[last] = value
    return signed(change)


def many_series(document):
    document["series"] = [dict(document["series"][0], arguments=f"n={i}") for i in range(200)]


def many_samples(document):
    """Each in an epoch of its own, in no order."""
    for series in document["series"][:5]:
        columns = series["samples"]
        columns.update({name: [(values or [1])[0]] * 5_000 for name, values in columns.items()})
        columns["epoch"] = [i * 7919 % 5_000 for i in range(5_000)]


def late(document):
    """So long after the start of the run that a double cannot tell two samples apart."""
    for series in document["series"]:
        columns = series["samples"]
        columns["at_ns"] = [9 * 10**15 + 2 * min(i, 1) for i in range(len(columns["at_ns"]))]


def many_spans(document):
    line = document["series"][0]["timeline"]
    line["rows"] = [[i % 3, i % 2, i, i + 1, 0] for i in range(5_000)]


def equal_cells(document):
    document["series"] = [document["series"][0]] * 20


def overlap(document):
    for row in document["series"][0]["timeline"]["rows"]:
        row[2] = 0


def far_lanes(document):
    for row in document["series"][0]["timeline"]["rows"]:
        row[1] = 2**32 - 1
    document["series"][0].update(workers=MOST, tasks=MOST)


GOOD = json.dumps(MIXED).encode()
SAMPLES = ("series", 0, "samples")
# name, whether it is well formed and has to be shown, its bytes
CASES = (
    ("markup", True, texts(MARKUP)),
    ("formula", True, texts(FORMULA)),
    ("control", True, texts(CONTROL)),
    ("unseen", True, texts(UNSEEN)),
    ("long", True, texts(LONG)),
    ("wide", True, texts(WIDE)),
    ("no-text", True, texts("")),
    ("zeros", True, numbers(0)),
    ("ones", True, numbers(1)),
    ("most", True, numbers(MOST)),
    ("no-series", True, member(("series",), [])),
    ("many-series", True, signed(many_series)),
    ("many-samples", True, signed(many_samples)),
    ("late", True, signed(late)),
    ("many-spans", True, signed(many_spans)),
    ("equal-cells", True, signed(equal_cells)),
    ("overlap", True, signed(overlap)),
    ("far-lanes", True, signed(far_lanes)),
    ("unknown-member", True, member(("x" + CONTROL + MARKUP,), {"y": [1, "z"] * 1000})),
    ("no-machine", True, member(("machine",), None)),
    ("no-environment", True, member(("environment",), None)),
    ("no-tool", True, member(("tool",), None)),
    ("no-config", True, member(("config",), None)),
    ("no-created", True, member(("created",), None)),
    ("label-markup", False, member(("machine", "label"), MARKUP)),
    ("label-path", False, member(("machine", "label"), "../../owned")),
    ("label-control", False, member(("machine", "label"), CONTROL)),
    ("created-path", False, member(("created",), "../../../../../owned")),
    ("beyond-2-53", False, numbers(2**53)),
    ("beyond-2-63", False, raw(b'"duration_ns": ', b'"duration_ns": 9223372036854775808')),
    ("beyond-double", False, raw(b'"duration_ns": ', b'"duration_ns": 1e999, "x": ')),
    ("negative", False, numbers(-1)),
    ("fraction", False, numbers(1.5)),
    ("nan", False, raw(b'"duration_ns": ', b'"duration_ns": NaN, "x": ')),
    ("infinity", False, raw(b'"duration_ns": ', b'"duration_ns": -Infinity, "x": ')),
    ("texts-for-numbers", False, numbers("1")),
    ("no-schema", False, member(("schema",), None)),
    ("other-schema", False, member(("schema",), "tvp.result/2")),
    ("schema-markup", False, member(("schema",), MARKUP + CONTROL)),
    ("series-missing", False, member(("series",), None)),
    ("series-object", False, member(("series",), {})),
    ("workload-missing", False, member(("series", 0, "workload"), None)),
    ("workload-number", False, member(("series", 0, "workload"), 1)),
    ("column-missing", False, member((*SAMPLES, "run_ns"), None)),
    ("column-short", False, member((*SAMPLES, "run_ns"), [1])),
    ("column-name", False, member((*SAMPLES, CONTROL + MARKUP), [1])),
    ("task-too-far", False, member(("series", 0, "timeline", "rows", 0, 0), 2**32)),
    ("span-backwards", False, member(("series", 0, "timeline", "rows", 0, 3), 0)),
    ("twice", False, raw(b'{"schema"', b'{"series": [], "schema"')),
    ("wrong-checksum", False, raw(b"SIGSEGV", b"SIGSEGW")),
    ("no-checksum", False, raw(b'"checksum"', b'"checksun"')),
    ("nul", False, raw(b"SIGSEGV", b"SIG\0SEGV")),
    ("nul-escaped", False, raw(b"SIGSEGV", b"SIG\\u0000")),
    ("surrogate", False, raw(b"SIGSEGV", b"\\ud800")),
    ("surrogate-low", False, raw(b"SIGSEGV", b"\\udc00x")),
    ("surrogate-bytes", False, raw(b"SIGSEGV", b"\xed\xa0\x80")),
    ("latin-1", False, raw(b"SIGSEGV", b"\xe4\xf6\xfc")),
    ("overlong", False, raw(b"SIGSEGV", b"\xc0\xbc")),
    ("control-unescaped", False, raw(b"SIGSEGV", b"\x1b[2J")),
    ("byte-order-mark", False, b"\xef\xbb\xbf" + GOOD),
    ("utf-16", False, GOOD.decode().encode("utf-16")),
    ("cut", False, GOOD[:len(GOOD) // 2]),
    ("cut-by-one", False, GOOD[:-1]),
    ("more-behind", False, GOOD + b"x"),
    ("empty", False, b""),
    ("blanks", False, b" \n" * 1000),
    ("not-json", False, b"\x7fELF\x02\x01\x01" + bytes(range(256))),
    ("script", False, b"#!/bin/sh\ntouch owned\n"),
    ("array", False, b"[]"),
    ("text", False, b'"tvp.result/1"'),
    ("no-members", False, b"{}"),
    ("deep-arrays", False, b"[" * 100_000),
    ("deep-objects", False, b'{"a":' * 100_000),
    ("deep-member", False, raw(b'"duration_ns"', b'"x": ' + b"[" * 100_000 + b"]" * 100_000
                               + b', "duration_ns"')),
    ("huge-array", False, b'{"schema":"tvp.result/1","series":[' + b"0," * 200_000 + b"0]}"),
)
# What stands in the place of a file: all are to be refused, but for a link to a good one.
PLACES = ("fifo", "folder", "link-to-device", "link-to-nothing", "link-to-itself")


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, _, data in CASES:
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "fifo")
    (folder / "folder").mkdir()
    (folder / "link-to-device").symlink_to("/dev/zero")
    (folder / "link-to-nothing").symlink_to("nowhere")
    (folder / "link-to-itself").symlink_to("link-to-itself")


if __name__ == "__main__":
    main(sys.argv[1])
