# SPDX-License-Identifier: GPL-3.0-or-later
"""A checker that cannot fail checks nothing: each rule is broken once in a small tree of its own,
and the checker must name the place. The same tree without the breach must pass."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
# Written so that this file passes the check itself.
TO_DO = "TO" + "DO"
X_THREE = "X" + "XX"

CLEAN = {
    ".clang-format": "BasedOnStyle: LLVM\nIndentWidth: 4\nColumnLimit: 100\n"
                     "BreakBeforeBraces: Linux\nAllowShortFunctionsOnASingleLine: None\n",
    "bench/base/clock.h": LICENCE + "#ifndef CLOCK_H\n#define CLOCK_H\n#include <stdint.h>\n"
                          "uint64_t clock_ns(void);\n#endif\n",
    "bench/base/clock.c": LICENCE + '#include "base/clock.h"\n\nuint64_t clock_ns(void)\n{\n'
                          "    return 0; /* exit(1), popen() and stdout may be spoken of */\n}\n",
    "bench/trial/batch.h": LICENCE + "#ifndef BATCH_H\n#define BATCH_H\n"
                           '#include "workloads/workload.h"\n#endif\n',
    "bench/strategies/strategy.h": LICENCE + "#ifndef STRATEGY_H\n#define STRATEGY_H\n"
                                   '#include "trial/batch.h"\n#endif\n',
    "bench/record/record.h": LICENCE + "#ifndef RECORD_H\n#define RECORD_H\n"
                             '#include "base/clock.h"\n#endif\n',
    "bench/analysis/analysis.h": LICENCE + "#ifndef ANALYSIS_H\n#define ANALYSIS_H\n"
                                 '#include "record/record.h"\n#endif\n',
    "bench/cli/main.c": LICENCE + "#include <stdio.h>\n#include <stdlib.h>\n\nint main(void)\n{\n"
                        '    puts("hello");\n    exit(0);\n}\n',
    "workloads/workload.h": LICENCE + "#ifndef WORKLOAD_H\n#define WORKLOAD_H\n#endif\n",
    "workloads/meson.build": "# Alphabetical.\nworkloads = ['file', 'sleep']\n",
    "scripts/bench": "#!/usr/bin/env bash\necho hello\n",
    "tests/unit/clock.c": LICENCE + '#include "base/clock.h"\n#include "trial/batch.h"\n',
    "tests/data/odd.json": "\t{} \n\n",
    "build-asan/broken.c": "int x ;",
    "other/meson-private/coredata.dat": "",
    "other/broken.c": "int x ;",
}


def c_function(lines):
    """A function whose body, with both braces, has that many lines."""
    return LICENCE + "int f(void)\n{\n" + "    ;\n" * (lines - 3) + "    return 0;\n}\n"


def table(*names):
    entries = "".join(f'    {{"{name}", 1}}, /* {name} */\n' for name in names)
    return (LICENCE + "/* Strategies, alphabetical. */\nstatic const struct x table[] = {\n"
            + entries + "    {NULL, 0},\n};\n")


def pointers(*names):
    return (LICENCE + "/* Alphabetical, as the help prints them. */\nconst struct x *const all[] = {\n"
            + "".join(f"    &x_{name},\n" for name in names) + "    NULL,\n};\n")


# checker, what breaks a rule (path -> text, added to the clean tree), where it must be reported
BREACHES = [
    ("layers", "bench/base/a.c", '#include "record/record.h"\n', 1),
    ("layers", "bench/base/b.c", '\n#include "workloads/workload.h"\n', 2),
    ("layers", "bench/strategies/a.c", '#include "record/record.h"\n', 1),
    ("layers", "bench/strategies/b.c", '#include "base/clock.h"\n', 1),
    ("layers", "bench/trial/a.c", '#include "analysis/analysis.h"\n', 1),
    ("layers", "bench/record/a.c", '#include "analysis/analysis.h"\n', 1),
    ("layers", "bench/record/b.c", '#include "workloads/workload.h"\n', 1),
    ("layers", "bench/analysis/a.c", '#include "trial/batch.h"\n', 1),
    ("layers", "bench/harness/a.c", '#include "strategies/strategy.h"\n', 1),
    ("layers", "bench/harness/b.c", '#include "../trial/batch.h"\n', 1),
    ("layers", "bench/output/a.c", '#include "trial/batch.h"\n', 1),
    ("layers", "bench/cli/a.c", '#include "strategies/strategy.h"\n', 1),
    ("layers", "workloads/a.c", '#include "trial/batch.h"\n', 1),
    ("layers", "workloads/b.c", '#include "nowhere.h"\n', 1),
    ("layers", "bench/record/c.c", "#include <base/clock.h>\n", 1),
    ("layers", "bench/other/a.c", "int x;\n", 1),
    ("sizes", "bench/base/a.c", c_function(61), 3),
    ("sizes", "bench/base/a.h", "int x;\n" * 251, 251),
    ("sizes", "tests/e2e/a.py", "x = 1\n" * 251, 251),
    ("sizes", "scripts/plots/a.gp", "x = 1\n" * 251, 251),
    ("sizes", "scripts/long", "#!/usr/bin/env bash\n" + "true\n" * 250, 251),
    ("text", "bench/base/a.c", "int x;\n", 1),
    ("text", "bench/base/b.c", LICENCE + "int x;", 2),
    ("text", "bench/base/c.c", LICENCE + "\tint x;\n", 2),
    ("text", "scripts/plots/a.gp", "set key off \n", 1),
    ("text", "README.md", "hello\n\n", 2),
    ("text", "bench/base/d.c", LICENCE + "int " + "x" * 96 + ";\n", 2),
    ("text", "tests/e2e/a.py", "x = 'a\u200bb'\n", 1),
    ("text", "bench/base/e.c", LICENCE + "/* a\u202eb */\n", 2),
    ("text", "bench/base/f.c", LICENCE + "int a;\u00a0/* b */\n", 2),
    ("text", "bench/base/g.c", LICENCE + "/* " + TO_DO + ": later */\n", 2),
    ("text", "tests/unit/a.c", LICENCE + "/* " + X_THREE + " later */\n", 2),
    ("text", "bench/output/a.c", LICENCE + 'void f(void)\n{\n    printf("x");\n}\n', 4),
    ("text", "bench/harness/a.c", LICENCE + 'void f(void)\n{\n    perror("x");\n}\n', 4),
    ("text", "workloads/a.c", LICENCE + 'void f(void)\n{\n    fputs("x", stderr);\n}\n', 4),
    ("text", "bench/analysis/a.c", LICENCE + 'void f(FILE *f)\n{\n    fputs("x", f);\n}\n', 4),
    ("text", "bench/cli/a.c", LICENCE + "void f(void)\n{\n    exit(1);\n}\n", 4),
    ("text", "bench/base/h.c", LICENCE + "void f(void)\n{\n    alarm(1);\n}\n", 4),
    ("format", "bench/base/a.c", LICENCE + "int f( void ) { return 0; }\n", 2),
    ("headers", "bench/base/a.h", LICENCE + "uint64_t f(void);\n", 1),
    ("headers", "bench/base/b.h", LICENCE + "struct twice {\n    int x;\n};\n", 1),
    ("tables", "bench/cli/table.c", table("fork", "serial", "pthread"), 6),
    ("tables", "bench/cli/table.c", table("fork", "fork"), 5),
    ("tables", "bench/strategies/all.c", pointers("serial", "fork"), 5),
    ("tables", "bench/cli/lost.c", LICENCE + "/* Alphabetical. */\nint x;\nint y;\nint z;\n", 2),
    ("tables", "workloads/meson.build",
     "# Alphabetical.\nworkloads = [\n  'sleep', # a comment, ['x']\n  'file',\n]\n", 4),
] + [
    ("text", "tests/unit/a.c", LICENCE + f"void f(void)\n{{\n    {call};\n}}\n", 4)
    for call in ("atof(x)", "atoi(x)", "gettimeofday(x, 0)", "longjmp(x, 1)", "popen(x, y)",
                 "pthread_cancel(x)", "setjmp(x)", 'sprintf(x, "y")', 'strcat(x, "y")',
                 "strcpy(x, y)", 'system("x")', "usleep(1)", "vsprintf(x, y, z)")
]

# Close to a breach, but none.
FINE = [
    ("layers", "tests/unit/a.c", '#include "strategies/strategy.h"\n#include "commit.h"\n'),
    ("layers", "bench/cli/a.c", '/* #include "trial/batch.h" */\n#include <record.h>\n'),
    ("sizes", "bench/base/a.c", c_function(60)),
    ("sizes", "bench/base/b.c", "int x;\n" * 250),
    ("sizes", "bench/base/c.c", LICENCE + "struct x y = {\n" + "    1,\n" * 80 + "};\n"),
    ("text", "bench/base/a.c", LICENCE + "/* " + TO_DO + "(#12): later */\n"),
    ("text", "bench/base/b.c", LICENCE + 'void f(FILE *file)\n{\n    fputs("x", file);\n'
                               '    strcpy(x, "y");\n    x->system(1);\n    _exit(1);\n}\n'),
    ("text", "workloads/httpd.c", LICENCE + 'void f(void)\n{\n    printf("x");\n}\n'),
    ("text", "tests/unit/a.c", LICENCE + 'void f(void)\n{\n    alarm(9);\n    puts("x");\n}\n'),
    ("tables", "bench/cli/table.c", table("fork", "pthread", "serial")),
    ("tables", "bench/strategies/all.c", pointers("fork", "process_pool", "pthread")),
    ("tables", "bench/cli/other.c", LICENCE + 'const char *all[] = {"b", "a"};\n'),
]


def write_tree(root, *changes):
    for path, text in [*CLEAN.items(), *changes]:
        place = os.path.join(root, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            file.write(text)


def run_checker(name, root):
    return subprocess.run([sys.executable, os.path.join(HERE, f"check_{name}.py"), root],
                          capture_output=True, text=True, timeout=60, check=False)


class Checkers(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="tvp style ")
        self.addCleanup(shutil.rmtree, self.root)

    def check(self, name):
        result = run_checker(name, self.root)
        if result.returncode == 77:
            self.skipTest(result.stdout.strip())
        self.assertEqual("", result.stderr)
        return result

    def expect_clean(self, name):
        result = self.check(name)
        self.assertEqual((0, ""), (result.returncode, result.stdout))


@unittest.skipUnless(shutil.which("gcc") and shutil.which("readelf"), "no gcc or no readelf")
class Globals(unittest.TestCase):
    """check_globals.py reads built modules, not sources."""

    def check_module(self, declarations):
        root = tempfile.mkdtemp(prefix="tvp style ")
        self.addCleanup(shutil.rmtree, root)
        module = os.path.join(root, "module.so")
        code = declarations + "\nextern const int *const tvp_workload;\n" \
                              "static const int number = 1;\n" \
                              "const int *const tvp_workload = &number;\n"
        subprocess.run(["gcc", "-fPIC", "-shared", "-O0", "-x", "c", "-", "-o", module],
                       input=code, text=True, timeout=60, check=True)
        return run_checker("globals", module)

    def test_globals_accepts_constants(self):
        result = self.check_module("static const char *const words[] = {\"a\", \"b\"};"
                                   "const char *word(int n);"
                                   "__attribute__((visibility(\"hidden\"))) const char *word(int n)"
                                   "{ return words[n]; }")
        self.assertEqual((0, ""), (result.returncode, result.stdout + result.stderr))

    def test_globals_reports_each_kind_of_variable(self):
        for declaration in ("static int x;", "static int x = 1;", "static __thread int x;",
                            "static const char *x = \"a\";", "int x;"):
            result = self.check_module(declaration + "__attribute__((visibility(\"hidden\")))"
                                                     "void *f(void) { return (void *)&x; }")
            self.assertEqual(1, result.returncode, declaration)
            self.assertIn("x", result.stdout)

    def test_globals_reports_a_second_exported_name(self):
        result = self.check_module("int helper(void) { return 1; }")
        self.assertEqual(1, result.returncode)
        self.assertIn("helper", result.stdout)


def add_test(title, body):
    assert not hasattr(Checkers, title), title
    setattr(Checkers, title, body)


def breach_test(name, path, text, line):
    def body(self):
        write_tree(self.root, (path, text))
        result = self.check(name)
        self.assertEqual(1, result.returncode)
        self.assertIn(f"{path}:{line}: ", result.stdout)
        places = {":".join(found.split(":")[:2]) for found in result.stdout.splitlines()
                  if found.startswith(("bench", "tests", "workloads", "scripts", "README"))}
        self.assertEqual({f"{path}:{line}"}, places, "nothing else is wrong in this tree")

    return body


def fine_test(name, path, text):
    def body(self):
        write_tree(self.root, (path, text))
        self.expect_clean(name)

    return body


def clean_test(name):
    def body(self):
        write_tree(self.root)
        self.expect_clean(name)

    return body


for index, breach in enumerate(BREACHES):
    add_test(f"test_{breach[0]}_reports_breach_{index:02}", breach_test(*breach))
for index, fine in enumerate(FINE):
    add_test(f"test_{fine[0]}_accepts_{index:02}", fine_test(*fine))
for checker in ("format", "headers", "layers", "sizes", "tables", "text"):
    add_test(f"test_{checker}_passes_a_clean_tree", clean_test(checker))

if __name__ == "__main__":
    unittest.main()
