# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody kills tvp, its trials and their workers at random moments, and stops them and lets them
go on. Whatever happens: it ends, nobody and no scratch folder is left, every file can be read, and
no round that was in it is lost. Each trial follows from its number and the seed.

TVP_CHAOS_TRIALS (25) and TVP_CHAOS_SEED (1) choose how many and which; TVP_CHAOS_FIRST the number
of the first, to have one again."""

import collections
import os
import random
import signal
import statistics
import subprocess
import time
import unittest

from stage import Stage, wait_for

TRIALS = int(os.environ.get("TVP_CHAOS_TRIALS", "25"))
SEED = int(os.environ.get("TVP_CHAOS_SEED", "1"))
FIRST = int(os.environ.get("TVP_CHAOS_FIRST", "0"))
LIMIT_S = 60
EPOCHS = 4
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGSTOP)
# Small enough that a round is over in a few hundredths of a second.
PLANS = (("empty", "--tasks", "8", "--workers", "2"),
         ("empty", "counter", "--tasks", "4", "--workers", "1,3"),
         ("file", "--tasks", "4", "--workers", "2", "--set", "bytes=1KiB"),
         ("sleep", "--set", "durations=1ms,2ms", "--task-limit", "1s"),
         ("sleep", "--set", "durations=9ms,9ms,9ms", "--strategies", "fork,pthread,process-pool"),
         ("empty", "--sweep", "tasks=2,6", "--workers", "2", "--strategies",
          "fork,process-pool:channel=pipe"))


class Chaos(Stage):
    # 1: the program that lists strategies was killed; 77: so was every trial.
    ENDS = (0, 1, 2, 4, 77, 130, -9, -15, -2)

    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.work, "r.json")
        self.figures = collections.Counter()
        self.gone_s = []

    def run_once(self, *arguments):
        return self.start("run", "--quiet", *arguments, "--no-plots")

    def family(self, tvp):
        """Who is alive, as descriptors that no other process can come to have."""
        kinds = {"tvp": [], "trial": [], "worker": []}
        for path in self.alive():
            pid = int(path.split("/")[2])
            try:
                descriptor = os.pidfd_open(pid)
                with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                    parent = int(file.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
            kind = "tvp" if pid == tvp else "trial" if parent == tvp else "worker"
            kinds[kind].append(descriptor)
        return kinds

    def find(self, kind, process):
        """Workers live for some milliseconds only."""
        for _ in range(30):
            kinds = self.family(process.pid)
            if kinds[kind] or process.poll() is not None:
                return kinds
            self.close(kinds)
        return {name: [] for name in kinds}

    @staticmethod
    def close(kinds):
        for descriptors in kinds.values():
            for descriptor in descriptors:
                os.close(descriptor)

    def strike(self, chance, process):
        """One signal to one of them. True: it was tvp itself, and it will end."""
        kind = chance.choice(("tvp", "trial", "worker", "worker"))
        number, pause_s = chance.choice(SIGNALS), chance.uniform(0, 0.08)
        kinds = self.find(kind, process)
        try:
            if not kinds[kind]:
                return False
            victim = chance.choice(kinds[kind])
            self.send(victim, number)
            if number == signal.SIGSTOP:
                time.sleep(pause_s)
                self.send(victim, signal.SIGCONT)
            self.figures[f"{number.name[3:]} to a {kind}".replace("a tvp", "tvp")] += 1
            return kind == "tvp" and number != signal.SIGSTOP
        finally:
            self.close(kinds)

    @staticmethod
    def send(descriptor, number):
        try:
            signal.pidfd_send_signal(descriptor, number)
        except ProcessLookupError:
            pass

    def document(self):
        return self.result(self.path) if os.path.exists(self.path) else None

    @staticmethod
    def rounds(document):
        """The epochs of which there is a sample or a failure."""
        return {(series["workload"], series["tasks"], epoch) for series in document["series"]
                for epoch in [*series["samples"]["epoch"], *series["warmup"]["epoch"],
                              *(failure["epoch"] for failure in series["failures"])]
                } if document else set()

    def await_end(self, process):
        try:
            out, err = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            self.fail(f"it hangs; alive: {self.alive()}")
        end = time.monotonic()
        wait_for(lambda: not self.alive(), "nobody to be left", 20)
        self.gone_s.append(time.monotonic() - end)
        self.assertIn(process.returncode, self.ENDS, out + err)
        if process.returncode == 2:  # resumed, and there is nothing that could be gone on with
            self.assertRegex(err, r"\Atvp run: r\.json: [^\n]*run it anew\n\Z")
            self.assertEqual("interrupt", self.document()["stopped_by"])
            self.figures["refused"] += 1
        if process.returncode == 1:
            self.assertRegex(err, r"\A(tvp run: [^\n]*\n)+\Z")
        if process.returncode < 0:
            self.figures["ends without a word"] += 1
        elif process.returncode != 2:  # whoever starts to measure removes what others left
            self.assertEqual([], os.listdir(self.scratch))

    def torment(self, chance, process, strikes):
        """What had been saved before the last strike must be there after it."""
        saved = self.document()
        for _ in range(strikes):
            time.sleep(chance.uniform(0, 0.25))
            saved = self.document() or saved
            if self.strike(chance, process):
                break
        self.await_end(process)
        self.check_kept(saved, self.document())
        return process.returncode

    def check_kept(self, before, after):
        self.assertLessEqual(self.rounds(before), self.rounds(after))
        for was, now in zip(before["series"] if before else [], after["series"] if after else []):
            for part in ("warmup", "samples"):
                for name, column in was[part].items():
                    self.assertEqual(column, now[part][name][:len(column)])
                at = now[part]["at_ns"]
                self.assertEqual(sorted(set(at)), at)

    def go_on(self, chance):
        """Resumed, sometimes to be struck again, until it is complete."""
        for again in range(20):
            before = self.document()
            if before is None or before["complete"]:
                return
            self.figures["resumed"] += 1
            process = self.run_once("--resume", "r.json")
            struck = again < 2 and chance.random() < 0.4
            if self.torment(chance, process, 1 if struck else 0) == 2:
                return
            self.assertIn(process.returncode, self.ENDS if struck else (0, 4, 77))
            self.check_kept(before, self.document())
        self.assertTrue(self.document()["complete"])

    def trial(self, number):
        chance = random.Random(f"{SEED} {number}")
        plan = chance.choice(PLANS)
        process = self.run_once(*plan, "--no-placebo", "--no-repeats", "--epochs", str(EPOCHS),
                                "--json", "r.json")
        self.torment(chance, process, chance.randint(1, 4))
        self.go_on(chance)
        document = self.document()
        if document and document["complete"]:
            shown = self.tvp("show", "--quiet", "r.json")
            self.assertIn(shown.returncode, (0, 4, 77), shown.stderr)
            self.assertEqual(["r.json"], os.listdir(self.work))
            os.unlink(self.path)
        else:
            self.figures["ended before anything was saved"] += document is None

    def clear(self):
        for name in os.listdir(self.work):
            os.unlink(os.path.join(self.work, name))

    def test_chaos(self):
        begin = time.monotonic()
        for number in range(FIRST, FIRST + TRIALS):
            with self.subTest(seed=SEED, number=number):
                self.trial(number)
            self.clear()
        # What those left who were killed is removed by the next who starts.
        self.run_once("empty", "--tasks", "1", "--epochs", "1", "--json", "r.json").communicate(
            timeout=LIMIT_S)
        self.assertEqual([], os.listdir(self.scratch))
        print(f"chaos: {TRIALS} trials of seed {SEED} from {FIRST} in "
              f"{time.monotonic() - begin:.0f} s; nobody left after "
              f"{1e3 * statistics.median(self.gone_s):.0f} ms (median), "
              f"{1e3 * max(self.gone_s):.0f} ms (most), "
              f"{sum(gone > 0.2 for gone in self.gone_s)} of {len(self.gone_s)} over 200 ms")
        for name, count in sorted(self.figures.items()):
            print(f"  {name}: {count}")


if __name__ == "__main__":
    unittest.main()
