# SPDX-License-Identifier: GPL-3.0-or-later
"""How tvp-trial ends when something goes wrong: crashes, limits of time, a parent that is gone.
However it ends, nothing of it stays behind."""

import json
import os
import signal
import subprocess
import sys
import time

import trial_stage

PROCESSES = ["fork", "fork:channel=pipe", "process-pool", "process-pool:chunk=3",
             "process-pool:channel=pipe"]
THREADS = ["serial", "pthread", "thread-pool"]
HANGING = ["http", "--set=pages=hang,hang", "--set=limit=20s"]


class Crash(trial_stage.TrialTest):
    def test_a_crash_costs_a_process_its_task(self):
        module = self.compile("mine", trial_stage.MODULE)
        for strategy in PROCESSES:
            for bad, text in (("crash", "killed by SIGSEGV"), ("exit", "exited with status 3")):
                sample = self.sample(module, "-s", strategy, "-w", "2", f"--set=bad={bad}",
                                     "--timeline")
                self.assertEqual(sample["failed"], 1)
                self.assertEqual(sample["errors"], [{"task": 1, "text": text}])
                failed = [row[0] for row in sample["timeline"] if row[4]]
                self.assertEqual((failed, len(sample["timeline"])), ([1], 4))

    def test_a_crash_costs_threads_the_trial(self):
        module = self.compile("mine", trial_stage.MODULE)
        for strategy in THREADS:
            status, out, _ = self.run_trial(module, "-s", strategy, "--set=bad=crash")
            self.assertEqual((status, out), (-signal.SIGSEGV, ""), strategy)


class Limits(trial_stage.TrialTest):
    def test_a_hanging_task_is_stopped_where_it_can_be(self):
        module = self.compile("mine", trial_stage.MODULE)
        for strategy in PROCESSES:
            sample = self.sample(module, "-s", strategy, "-w", "2", "--set=bad=hang",
                                 "--task-limit", "1s")
            self.assertEqual(sample["errors"], [{"task": 1, "text": "timed out after 1.00 s"}])

    def test_an_overlong_task_is_told_where_it_cannot(self):
        for strategy in THREADS:
            sample = self.sample("sleep", "-s", strategy, "--set=durations=60ms",
                                 "--task-limit=50ms", "--no-stamps")
            (error,) = sample["errors"]
            self.assertRegex(error["text"], r"\Atook [\d.]+ m?s, limit 50\.0 ms: could not be stopped")

    def test_the_limit_of_a_trial_ends_it(self):
        for strategy in THREADS + PROCESSES:
            status, out, err = self.run_trial(*HANGING, "-s", strategy, "--limit", "300ms")
            self.assertEqual((status, out, err), (124, "", "tvp-trial: stopped at its --limit\n"))

    def test_a_blocked_signal_does_not_lift_the_limit(self):
        """A mask outlives exec: whoever starts the trial may have blocked SIGALRM."""
        status, _, _ = self.run_trial(
            *HANGING, "--limit", "300ms",
            action=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]))
        self.assertEqual(status, 124)

    def test_ignored_children_are_waited_for_all_the_same(self):
        """SIG_IGN outlives exec as well, and would lose how workers ended."""
        module = self.compile("mine", trial_stage.MODULE)
        for strategy in PROCESSES:
            sample = self.sample(module, "-s", strategy, "--set=bad=crash",
                                 action=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
            self.assertEqual(sample["errors"], [{"task": 1, "text": "killed by SIGSEGV"}])


class Leftovers(trial_stage.TrialTest):
    def test_the_scratch_folder_is_gone(self):
        own = os.path.join(self.folder, "own")
        os.mkdir(own)
        for strategy in ("serial", "process-pool"):
            self.sample("file", "-s", strategy, "--set=bytes=10kB")
            self.sample("file", "-s", strategy, "--set=bytes=10kB", "--scratch", own)
            self.assertEqual((os.listdir(self.folder), os.listdir(own)), (["own"], []))
        status, out, err = self.run_trial("file", "--scratch", f"{own}/no")
        self.assertEqual((status, out), (1, ""))
        self.assertRegex(err, rf"\Atvp-trial: scratch folder {own}/no/tvp-trial-\w+: No such file")

    def test_a_killed_trial_leaves_no_process(self):
        for strategy in PROCESSES:
            process = self.start(*HANGING, "-s", strategy, "-w", "2")
            until = time.monotonic() + 20
            # The trial, its server, and two workers.
            while len(trial_stage.session_members(process.pid)) < 4 and time.monotonic() < until:
                time.sleep(0.01)
            self.assertEqual(len(trial_stage.session_members(process.pid)), 4, strategy)
            process.kill()
            process.communicate(timeout=trial_stage.LIMIT_S)
            self.assertNothingLeft(process)

    def test_a_trial_does_not_outlive_who_commands_it(self):
        """Even in the middle of a sample that never ends."""
        commander = (
            "import json, subprocess, sys, time\n"
            "trial = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
            "trial.stdout.readline()\n"
            "trial.stdin.write(b'sample\\n')\n"
            "trial.stdin.flush()\n"
            "print(json.dumps(trial.pid), flush=True)\n"
            "time.sleep(60)\n")
        for strategy in ("thread-pool", "process-pool"):
            process = subprocess.Popen(
                [sys.executable, "-c", commander, trial_stage.TRIAL, "sleep", "--on-command",
                 "--limit=0", "-s", strategy, "--set=durations=60s,60s"],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                text=True, start_new_session=True)
            self.addCleanup(self.end, process)
            trial = json.loads(process.stdout.readline())
            self.assertIn(trial, trial_stage.session_members(process.pid))
            process.kill()
            process.wait()
            self.assertNothingLeft(process)


if __name__ == "__main__":
    trial_stage.main()
