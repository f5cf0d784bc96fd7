# SPDX-License-Identifier: GPL-3.0-or-later
"""The engines of other people, and the limits, behind our contract: the same values as serial, each
task once, and nothing of them in the program that is measured."""

import json
import os
import re
import resource
import subprocess
import tempfile
import unittest

TRIAL = os.environ["TVP_TRIAL"]
PEERS = os.environ["TVP_TRIAL_PEERS"]
LONE = os.environ["TVP_LONE"]
LIMITS = {"bare-fork", "bare-loop", "bare-pthread"}
LIMIT_S = 60
LEAVES = """\
#include "workloads/workload.h"
#include <unistd.h>

static int run(const struct env *env, struct task *task)
{
    (void)env, (void)task;
    (void)setsid();
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT, .name = "leaves", .summary = "leaves", .tasks = 6, .run = run};
"""


def run(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=LIMIT_S,
                          check=False)


def strategies(program):
    listed = json.loads(run(program, "--list").stdout)["strategies"]
    return {one["name"]: [option["name"] for option in one["options"]] for one in listed}


class Peers(unittest.TestCase):
    def test_the_measured_program_has_none_of_them(self):
        own, with_peers = strategies(TRIAL), strategies(PEERS)
        self.assertFalse(LIMITS & set(own))
        self.assertEqual(own, {name: with_peers[name] for name in own})
        self.assertTrue(LIMITS <= set(with_peers))
        libraries = re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "-d", TRIAL).stdout)
        self.assertIn("libc.so.6", libraries)
        for library in ("gomp", "tbb", "glib", "libuv", "stdc++"):
            self.assertNotIn(library, " ".join(libraries))

    def peers(self):
        """The strategies that are not ours, with chunks that leave a rest where they have any."""
        own = strategies(TRIAL)
        for name, options in strategies(PEERS).items():
            if name not in own:
                yield from [name] + [f"{name}:chunk={n}" for n in (7, 64, 5000) if "chunk" in options]
                yield from [f"{name}:schedule={how}" for how in ("guided", "static")
                            if "schedule" in options]

    def test_every_peer_gives_the_values_of_serial(self):
        for workload, sets in (("primes", []), ("loop", ["--set", "iterations=100", "--tasks", "500"]),
                               ("empty", ["--tasks", "1"])):
            def samples(strategy, workers):
                done = run(PEERS, workload, *sets, "-s", strategy, "-w", str(workers), "--samples", "3",
                           "--timeline")
                self.assertEqual(0, done.returncode, f"{strategy}: {done.stderr}")
                return [json.loads(line) for line in done.stdout.splitlines()]

            wanted = samples("serial", 1)[0]
            for strategy in self.peers():
                for workers in (1, 3):
                    with self.subTest(workload=workload, strategy=strategy, workers=workers):
                        for sample in samples(strategy, workers):
                            self.assertEqual(wanted["answer"], sample["answer"])
                            tasks = [row[0] for row in sample["timeline"]]
                            self.assertEqual(list(range(len(wanted["timeline"]))), sorted(tasks))
                            self.assertTrue(all(0 <= row[1] < workers for row in sample["timeline"]))

    def test_peers_do_work_at_the_same_time(self):
        for strategy in self.peers():
            if strategy in ("bare-loop",) or "chunk" in strategy:
                continue
            with self.subTest(strategy=strategy):
                done = run(PEERS, "sleep", "--set", "durations=1s,1s", "-s", strategy, "-w", "2",
                           "--timeline")
                self.assertEqual(0, done.returncode, done.stderr)
                first, second = json.loads(done.stdout)["timeline"]
                self.assertLess(max(first[2], second[2]), min(first[3], second[3]))

    def test_peers_that_take_tasks_one_at_a_time_do(self):
        common = ["loop", "--set", "iterations=100", "--tasks", "500", "-w", "2", "--submit-each",
                  "--samples", "3"]
        wanted = json.loads(run(PEERS, *common).stdout.splitlines()[0])["answer"]
        here = strategies(PEERS)
        for strategy in ({"glib", "libuv"} & set(here)):
            done = run(PEERS, *common, "-s", strategy)
            self.assertEqual(0, done.returncode, f"{strategy}: {done.stderr}")
            for line in done.stdout.splitlines():
                self.assertEqual(wanted, json.loads(line)["answer"])
            done = run(PEERS, *common, "-s", strategy + ":chunk=7")
            self.assertEqual(1, done.returncode)
            self.assertIn("Invalid argument", done.stderr)
        for strategy in LIMITS | ({"omp", "tbb"} & set(here)):
            done = run(PEERS, *common, "-s", strategy)
            self.assertEqual(1, done.returncode)
            self.assertRegex(done.stderr, "busy|Invalid argument")

    def test_fewer_threads_than_asked_for_are_told(self):
        """Address space for some of the stacks."""
        room = (600 << 20, 600 << 20)
        for strategy in {"glib"} & set(strategies(PEERS)):
            done = subprocess.run([PEERS, "empty", "-s", strategy, "-w", "200"], capture_output=True,
                                  text=True, timeout=LIMIT_S, check=False,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, room))
            self.assertEqual(1, done.returncode, done.stdout)
            self.assertRegex(done.stderr, r"Resource temporarily unavailable; reached [1-9]\d* workers")

    def test_what_a_peer_cannot_do_it_says(self):
        done = run(PEERS, "empty", "-s", "bare-pthread", "-w", "1", "--cpus", "0")
        self.assertEqual(1, done.returncode)
        self.assertIn("not supported", done.stderr)
        for strategy in ("tbb", "omp:schedule=static", "omp:schedule=guided"):
            if strategy.split(":")[0] in strategies(PEERS):
                done = run(PEERS, "pingpong", "-s", strategy, "-w", "2")
                self.assertEqual(1, done.returncode)
                self.assertIn("not supported", done.stderr)

    def test_a_bare_fork_waits_for_who_left_its_group(self):
        with tempfile.TemporaryDirectory(prefix="tvp-peers-") as folder:
            module, source = (os.path.join(folder, "leaves." + end) for end in ("so", "c"))
            with open(source, "w", encoding="utf-8") as file:
                file.write(LEAVES)
            subprocess.run([os.environ.get("CC", "cc").split()[0], "-D_GNU_SOURCE", "-shared", "-fPIC",
                            "-I" + os.environ["TVP_ROOT"], source, "-o", module], check=True,
                           timeout=LIMIT_S)
            done = run(PEERS, module, "-s", "bare-fork", "-w", "2", "--limit", "20s")
            self.assertEqual((0, ""), (done.returncode, done.stderr))

    def test_a_lone_submit_is_timed_beside_bare_wakes(self):
        done = run(LONE, "4")
        self.assertEqual(0, done.returncode, done.stderr)
        rounds = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(4, len(rounds))
        for one in rounds:
            self.assertEqual({"thread-pool", "process-pool", "thread", "process"}, set(one))
            self.assertTrue(all(0 < value < 10**10 for value in one.values()), one)
        for rounds in ("0", "100001", str(2**32 + 1), "x"):
            self.assertEqual(2, run(LONE, rounds).returncode)


if __name__ == "__main__":
    unittest.main(verbosity=2)
