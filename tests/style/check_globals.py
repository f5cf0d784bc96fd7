# SPDX-License-Identifier: GPL-3.0-or-later
"""No workload keeps writable globals: threads would share them and processes copy them, and one
workload would silently mean two things. Reads the symbol tables of the built modules."""

import re
import shutil
import subprocess
import sys

SKIP = 77
EXPORTED = {"tvp_workload"}
# Written by the program, as opposed to .data.rel.ro, which is read-only once loaded.
WRITABLE = re.compile(r"^\.(data|bss|ldata|lbss|tdata|tbss)(\.(?!rel\.ro)|$)")
# What compilers put there themselves, sanitizers included.
BOOKKEEPING = re.compile(r"^(completed\.\d+|__dso_handle|_edata|_end|__bss_start|__TMC_END__"
                         r"|__unnamed_\d+|__(asan|odr_asan|ubsan|tsan)[_.].*)$")
# Coverage links a library of globals into every module: such a build says nothing.
COVERAGE = re.compile(r"^(__gcov_|llvm_gcov_|__llvm_profile_)")
# __dso_handle and completed.0 with their alignment, for a module without names.
BOOKKEEPING_BYTES = 16
SECTION = re.compile(r"^\s*\[\s*(\d+)\]\s+(\S+)\s+\S+\s+[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)\s")
SYMBOL = re.compile(r"^\s*\d+:\s+[0-9a-f]+\s+(0x[0-9a-f]+|\d+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)"
                    r"(?:\s+\[[^\]]*\])?\s+(\S+)$")


def readelf(option, path):
    result = subprocess.run(["readelf", option, "-W", path], capture_output=True, text=True,
                            timeout=20, check=False)
    if result.returncode or not result.stdout.strip():
        raise ValueError(result.stderr.strip() or "readelf printed nothing")
    return result.stdout.splitlines()


def sections_of(path):
    """index -> (name, size)"""
    found = (SECTION.match(line) for line in readelf("-S", path))
    return {match[1]: (match[2], int(match[3], 16)) for match in found if match}


def symbols_of(path):
    """(table, size, type, binding, visibility, section index, name) of each symbol."""
    table = ""
    for line in readelf("-s", path):
        if line.startswith("Symbol table"):
            table = line.split("'")[1]
        match = SYMBOL.match(line)
        if match:
            yield (table, int(match[1], 0), *match.groups()[1:])


def faults(path, symbols):
    """What is wrong with the module, a sentence each."""
    sections = sections_of(path)
    exported = set()
    for table, size, kind, binding, _, section, name in symbols:
        place = sections.get(section, ("", 0))[0]
        if table == ".dynsym" and section != "UND" and binding != "LOCAL":
            exported.add(name.split("@")[0])
        if (table == ".symtab" and kind in ("OBJECT", "TLS", "COMMON") and WRITABLE.match(place)
                and not BOOKKEEPING.match(name)):
            yield f"{name} is a writable global of {size} bytes in {place}"
    if not any(table == ".symtab" for table, *_ in symbols):
        for name, size in sections.values():
            if WRITABLE.match(name) and size > BOOKKEEPING_BYTES:
                yield f"{size} bytes of writable globals in {name}"
    exported = {name for name in exported if not BOOKKEEPING.match(name)}
    if exported != EXPORTED:
        yield f"exports {', '.join(sorted(exported)) or 'nothing'} instead of just tvp_workload"


def main():
    paths = sys.argv[1:]
    if not paths:
        print("usage: check_globals.py MODULE...", file=sys.stderr)
        return 2
    if not shutil.which("readelf"):
        print("readelf is not here")
        return SKIP
    lines = []
    for path in paths:
        try:
            symbols = list(symbols_of(path))
            if any(COVERAGE.match(symbol[-1]) for symbol in symbols):
                print(f"{path} is built for coverage")
                return SKIP
            lines += [f"{path}: {fault}" for fault in faults(path, symbols)]
        except ValueError as error:
            lines.append(f"{path}: {error}")
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
