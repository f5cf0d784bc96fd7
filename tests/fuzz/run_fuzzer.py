# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: run_fuzzer.py FUZZER NAME SECONDS [FOLDER | --fixed]

Lets a target of libFuzzer make up inputs for so long, beginning with corpus/NAME and, for targets that
read result files, with those of strangers. FOLDER keeps what it finds new ways with, for a long run
in pieces; with --fixed it makes up the same number of the same inputs each time, and SECONDS is the
most that it may take. What breaks something is left in the working directory."""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../data/hostile"))
import make_hostile  # noqa: E402 (the path comes first)

READ_RESULTS = ("result", "stream")
LARGEST = 65536  # bytes; larger ones are slow and no more telling
# With --fixed: what takes five seconds on two cores with the sanitizers.
RUNS = {"intake": 8000, "options": 100000, "result": 4500, "stream": 5000, "sweep": 50000,
        "units": 400000}


def seed(name, folder):
    if name in READ_RESULTS:
        for case, _, data in make_hostile.CASES:
            if len(data) < LARGEST:
                with open(os.path.join(folder, case), "wb") as file:
                    file.write(data)


def copy_corpus(name, folder):
    """A list of its files in their order, as -seed_inputs=@ takes it: libFuzzer reads a folder in the
    order that the file system gives."""
    for path in glob.glob(os.path.join(HERE, "corpus", name, "*")):
        shutil.copy(path, os.path.join(folder, "seed-" + os.path.basename(path)))
    paths = sorted(glob.glob(os.path.join(folder, "*")))
    with open(os.path.join(folder, "list"), "w", encoding="utf-8") as file:
        file.write(",".join(paths))
    return "-seed_inputs=@" + file.name


def main(fuzzer, name, seconds, found=None):
    with tempfile.TemporaryDirectory(prefix="tvp-fuzz-") as parent:
        folders = [os.path.join(parent, part) for part in ("found", "strangers")]
        for folder in folders:
            os.mkdir(folder)
        seed(name, folders[1])
        if found == "--fixed":
            # Nor is it to look at the clock for what others may have found.
            inputs = [f"-runs={RUNS[name]}", "-reload=0", copy_corpus(name, folders[1]), folders[0]]
        else:
            inputs = [found or folders[0], os.path.join(HERE, "corpus", name), folders[1]]
        begin = time.monotonic()
        result = subprocess.run(
            [fuzzer, "-seed=1", f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048",
             "-print_final_stats=1", "-verbosity=1", f"-artifact_prefix=fuzz-{name}-",
             f"-dict={os.path.join(HERE, name)}.dict", *inputs],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=int(seconds) + 120, check=False)
    if result.returncode:
        print(result.stderr[-8000:])
    executed = re.search(r"stat::number_of_executed_units: *(\d+)", result.stderr)
    print(f"{name}: {executed.group(1) if executed else 'an unknown number of'} executions in "
          f"{time.monotonic() - begin:.1f} s, status {result.returncode}")
    # Without a number it has not run at all.
    return result.returncode or (0 if executed else 1)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        print(__doc__.split("\n")[0], file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
