# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header compiles alone, and may be included twice: nobody has to know what else to include
first."""

import concurrent.futures
import os
import shlex
import shutil
import subprocess
import sys
import textwrap

import sources

LIBRARIES = ("jansson", "gsl", "hwloc", "libcurl", "libmicrohttpd", "cmocka")
FLAGS = ("-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wstrict-prototypes", "-Werror",
         "-fsyntax-only", "-Ibench", "-I.")
SKIP = 77


def library_flags():
    """The include paths of what is installed; none are needed for libraries in /usr/include."""
    flags = []
    for library in LIBRARIES if shutil.which("pkg-config") else ():
        result = subprocess.run(["pkg-config", "--cflags", library], capture_output=True,
                                text=True, timeout=20, check=False)
        if result.returncode == 0:
            flags += shlex.split(result.stdout)
    return flags


def compile_header(root, compiler, flags, path):
    code = f'#include "{path}"\n' * 2
    return subprocess.run([*compiler, *FLAGS, *flags, "-x", "c", "-"], input=code, cwd=root,
                          capture_output=True, text=True, timeout=60, check=False)


def main():
    root = sources.root_argument()
    compiler = shlex.split(os.environ.get("CC", "gcc"))
    if not shutil.which(compiler[0]):
        print(f"{compiler[0]} is not here")
        return SKIP
    paths = sources.files(root, ".h")
    flags = library_flags()
    report = sources.Report()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda path: compile_header(root, compiler, flags, path), paths)
        for path, result in zip(paths, results):
            if result.returncode:
                report.add(path, 1, "does not compile alone:\n"
                           + textwrap.indent(result.stderr.rstrip(), "    "))
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
