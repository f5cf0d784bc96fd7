# SPDX-License-Identifier: GPL-3.0-or-later
"""However tvp or tvp-trial ends, and whatever tasks do to get away, soon no process and no scratch
folder is left: Stage.tearDown() looks for both, processes by a mark in their environment."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import time
import unittest

from stage import TRIAL, Stage, wait_for
from trial_stage import ROOT

# What is to be gone within 0.2 s is given more on a busy machine, but far less than it would last.
SOON_S = 20
ALL = ("serial", "pthread", "fork", "fork:channel=pipe", "thread-pool", "process-pool",
       "process-pool:channel=pipe")

# Task 0 leaves a daemon behind that lives for ten minutes, in a session of its own, or goes there.
MODULE = """\
#include "workloads/workload.h"

#include <unistd.h>

static const struct param stray_params[] = {
    {"how", PARAM_CHOICE, "daemon", 0, 0, "daemon leave", "what task 0 does"},
    {"work", PARAM_DURATION, "1ms", 0, 0, NULL, "how long each takes"},
    {.name = NULL},
};

static int stray_run(const struct env *env, struct task *task)
{
    if (task->number == 0 && env->args[0].number == 1) {
        (void)setsid();
    } else if (task->number == 0 && fork() == 0) {
        (void)setsid();
        if (fork() == 0) {
            sleep(600);
        }
        _exit(0);
    }
    usleep((useconds_t)(env->args[1].number / 1000));
    task->value = task->number;
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "stray",
    .summary = "leaves a daemon behind",
    .params = stray_params,
    .tasks = 4,
    .needs_scratch = true,
    .run = stray_run,
};
"""


def command_of(path):
    """The words of a process, by the path of its environment."""
    try:
        with open(os.path.join(os.path.dirname(path), "cmdline"), "rb") as file:
            return file.read().split(b"\0")
    except OSError:
        return [b""]


class Orphans(Stage):
    def compile(self):
        compiler = shutil.which(os.environ.get("CC", "cc").split()[0]) or shutil.which("gcc")
        if not compiler:
            self.skipTest("there is no C compiler")
        source = os.path.join(self.work, "stray.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write(MODULE)
        subprocess.run([compiler, "-std=gnu17", "-O2", "-fPIC", "-shared", "-I" + ROOT, source,
                        "-o", os.path.join(self.work, "stray.so")], check=True, timeout=60)
        return "./stray.so"

    def trial(self, *arguments):
        return subprocess.Popen([os.path.abspath(TRIAL), *arguments], cwd=self.work,
                                env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def assertGone(self, folders=()):
        wait_for(lambda: not self.alive() and sorted(os.listdir(self.scratch)) == sorted(folders),
                 f"the end of {self.alive()} and {os.listdir(self.scratch)}", SOON_S)

    def test_what_tasks_leave_behind_ends_with_their_trial(self):
        module = self.compile()
        for strategy in ALL:
            for how in ("daemon", "leave"):
                with self.subTest(strategy=strategy, how=how):
                    before = time.monotonic()
                    process = self.trial(module, "-s", strategy, f"--set=how={how}", "-n", "3")
                    self.assertEqual("", process.communicate(timeout=60)[1])
                    self.assertEqual(0, process.returncode)
                    self.assertLess(time.monotonic() - before, SOON_S)
                    self.assertGone()

    def test_a_trial_by_hand_tidies_up_after_a_signal(self):
        module = self.compile()
        for strategy in ALL:
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
                with self.subTest(strategy=strategy, number=number):
                    process = self.trial(module, "-s", strategy, "--set=work=1s", "-n", "1000")
                    wait_for(lambda: os.listdir(self.scratch), "the scratch folder")
                    wait_for(lambda: len(self.alive()) > 1, "the daemon")
                    process.send_signal(number)
                    process.communicate(timeout=60)
                    self.assertEqual(-number, process.returncode)
                    self.assertGone()

    def test_a_trial_by_hand_tidies_up_at_its_limit(self):
        module = self.compile()
        for strategy in ALL:
            process = self.trial(module, "-s", strategy, "--set=work=1s", "-n", "1000", "--limit",
                                 "400ms")
            _, err = process.communicate(timeout=60)
            self.assertEqual((124, "tvp-trial: stopped at its --limit\n"),
                             (process.returncode, err))
            self.assertGone()

    def test_who_ignores_a_hangup_goes_on(self):
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self.addCleanup(signal.signal, signal.SIGHUP, before)
        process = self.trial("file", "-n", "20", "--set=bytes=1MiB")
        wait_for(lambda: os.listdir(self.scratch), "the scratch folder")
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)
        self.assertEqual(0, process.returncode)

    def begin_run(self):
        process = self.start("run", self.compile(), "--set=work=300ms", "--no-plots", "--epochs",
                             "100", "--no-placebo", "-s", "fork,pthread,process-pool")
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        # tvp, its janitor, trials and daemons.
        wait_for(lambda: len(self.alive()) > 7, "daemons")
        return process

    def trials(self):
        return [path for path in self.alive() if b"--on-command" in command_of(path)]

    def test_after_any_end_of_tvp_nothing_is_left(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT,
                       signal.SIGKILL):
            with self.subTest(number):
                process = self.begin_run()
                process.send_signal(number)
                process.communicate(timeout=60)
                self.assertIn(process.returncode, (130, -number))
                self.assertGone()

    def test_when_all_are_killed_at_once_only_the_janitor_is_left_to_tidy_up(self):
        process = self.begin_run()
        pids = [int(re.search(r"\d+", path)[0]) for path in self.trials()]
        for pid in (process.pid, *pids):
            os.kill(pid, signal.SIGKILL)
        process.communicate(timeout=60)
        self.assertGone()

    def test_a_killed_trial_is_told_and_its_daemons_end(self):
        process = self.start("run", self.compile(), "--set=work=100ms", "--no-plots", "--epochs",
                             "2", "--no-placebo", "--no-repeats", "-s", "fork,pthread", "--tasks",
                             "4")
        wait_for(lambda: len(self.alive()) > 4, "daemons")
        killed = []
        while process.poll() is None:
            for path in self.trials()[:1] if len(killed) < 2 else ():
                time.sleep(0.2)
                pid = int(re.search(r"\d+", path)[0])
                try:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                except ProcessLookupError:
                    pass
            time.sleep(0.05)
        out, err = process.communicate(timeout=60)
        self.assertIn(process.returncode, (0, 4), out + err)
        texts = [failure["text"] for series in self.result()["series"]
                 for failure in series["failures"]]
        self.assertLessEqual(set(texts), {"the trial was killed by SIGKILL"})
        self.assertGone()

    def test_folders_of_the_dead_are_removed_by_the_next(self):
        folders = [os.path.join(self.scratch, name)
                   for name in ("tvp-run-abcdef", "tvp-trial-ABC123", "tvp-run-living", "tvp-mine")]
        for folder in folders:
            os.mkdir(folder, 0o700)
            with open(os.path.join(folder, "file"), "w", encoding="utf-8"):
                pass
        lock = os.open(folders[2], os.O_RDONLY)
        self.addCleanup(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        self.fake_run("nap", "--epochs", "1")
        self.assertGone(["tvp-run-living", "tvp-mine"])
        for folder in folders[2:]:
            shutil.rmtree(folder)
        os.makedirs(os.path.join(folders[1], "deep"), 0o700)
        os.chmod(folders[1], 0o700)
        process = self.trial("file", "--set=bytes=1kB")
        process.communicate(timeout=60)
        self.assertGone()


if __name__ == "__main__":
    unittest.main(verbosity=2)
