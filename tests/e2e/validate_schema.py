#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks result files against results/result.schema.json, and what no schema can say.

validate_schema.py FILE...         validates
validate_schema.py --self FILE...  also plants errors into copies of each FILE: all must be found

Exit status: 0 all are good, 1 some are not, 2 wrong use, 77 python3-jsonschema is not installed.
"""
import copy
import hashlib
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def unique_members(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member occurs twice")
    return members


def canonical(document):
    """Compact, sorted by key, without the checksum, and escaped as jansson does it."""
    bare = {name: value for name, value in document.items() if name != "checksum"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # Python writes \u001f, jansson \u001F; pairs of backslashes are passed over.
    return re.sub(r"\\(u[0-9a-f]{4}|.)",
                  lambda m: "\\u" + m[1][1:].upper() if len(m[1]) > 1 else m[0], text)


def lengths_wrong(document):
    """Columns of a series that differ in length."""
    for i, series in enumerate(document.get("series", [])):
        for part in ("warmup", "samples", "examined"):
            counts = {len(column) for column in series.get(part, {}).values()}
            if len(counts) > 1:
                yield f"series[{i}].{part}: columns of {sorted(counts)} entries"
        timeline = series["timeline"]
        for row in timeline["rows"] if timeline else []:
            if len(row) != len(timeline["columns"]) or row[3] < row[2]:
                yield f"series[{i}].timeline: row {row}"


def problems(document, validator):
    """Sentences; none for a good document."""
    found = [f"{error.json_path}: {error.message[:200]}"
             for error in validator.iter_errors(document)]
    if found:
        return found
    found = list(lengths_wrong(document))
    value = hashlib.sha256(canonical(document).encode()).hexdigest()
    if value != document["checksum"]["value"]:
        found.append("checksum: does not match")
    return found


# What is done to a good document, and what must then be complained about.
def plants():
    def put(*path_and_value):
        *path, last, value = path_and_value

        def apply(document):
            for step in path:
                document = document[step]
            document[last] = value
        return apply

    def drop(*path):
        def apply(document):
            for step in path[:-1]:
                document = document[step]
            del document[path[-1]]
        return apply

    yield "a string for a number", put("series", 0, "samples", "run_ns", 3, "12"), "run_ns[3]"
    yield "a negative time", put("series", 0, "samples", "run_ns", 3, -1), "run_ns[3]"
    yield "a fraction", put("series", 0, "samples", "run_ns", 3, 1.5), "run_ns[3]"
    yield "a huge number", put("series", 0, "workers", 2 ** 53), "workers"
    yield "a missing column", drop("series", 0, "samples", "open_ns"), "open_ns"
    yield "a missing member", drop("environment"), "environment"
    yield "a missing answer", drop("series", 1, "answer"), "answer"
    yield "another schema", put("schema", "tvp.result/2"), "schema"
    yield "no name of a strategy", put("series", 0, "strategy", "./magic"), "strategy"
    yield "a host name", put("machine", "hostname", "alice-pc"), "hostname"
    yield "a user name", put("environment", "user", "alice"), "user"
    yield "an address in config", put("config", "ip", "10.0.0.1"), "ip"
    yield "a serial number on top", put("serial", "X1"), "serial"
    yield "a MAC address of a CPU", put("machine", "cpu", "mac", "00:11"), "mac"
    yield "a path in argv", put("config", "argv", ["run", "/home/alice/x.so"]), "argv"
    yield "a path in arguments", put("series", 0, "arguments", "urls=/home/alice/x"), "arguments"
    yield "a path as label", put("machine", "label", "../x"), "label"
    yield "a short column", lambda d: d["series"][0]["samples"]["run_ns"].pop(), "columns of"
    yield "a span backwards", put("series", 0, "timeline", "rows", 0, 3, 0), "timeline"
    yield "another number", put("series", 0, "samples", "run_ns", 3, 12), "checksum"
    yield "another label", put("machine", "label", "mine"), "checksum"


def self_check(document, validator):
    """Number of planted errors that were not found."""
    missed = 0
    for name, apply, expected in plants():
        planted = copy.deepcopy(document)
        apply(planted)
        found = problems(planted, validator)
        if not any(expected in sentence for sentence in found):
            print(f"not found: {name}; only {found}")
            missed += 1
    return missed


def main(arguments):
    planting = arguments[:1] == ["--self"]
    files = arguments[1:] if planting else arguments
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        import jsonschema
    except ImportError:
        print("SKIP: python3-jsonschema is not installed")
        return 77
    schema = json.loads((ROOT / "results/result.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    bad = 0
    for name in files:
        try:
            text = pathlib.Path(name).read_text(encoding="utf-8")
            document = json.loads(text, object_pairs_hook=unique_members)
            found = problems(document, validator)
        except (OSError, ValueError) as error:
            found = [str(error)]
        for sentence in found[:10]:
            print(f"{name}: {sentence}")
        bad += bool(found)
        if planting and not found:
            bad += self_check(document, validator)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
