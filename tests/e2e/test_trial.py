# SPDX-License-Identifier: GPL-3.0-or-later
"""tvp-trial as a program: what it says, to whom, and with which status."""

import json
import os
import subprocess

import trial_stage

MEMBERS = {"start_ns", "open_ns", "run_ns", "close_ns", "user_ns", "system_ns", "minor_faults",
           "major_faults", "switches_voluntary", "switches_forced", "cpu_before", "cpu_after",
           "answer", "failed"}
STRATEGIES = ["serial", "pthread", "fork", "thread-pool", "process-pool",
              "serial+thread"]
WORKLOADS = ["command", "counter", "crash", "empty", "file", "http", "loop", "malloc", "mutex",
             "openclose", "pagefault", "payload", "pingpong", "primes", "sleep", "stream"]


class Help(trial_stage.TrialTest):
    def test_help_goes_to_stdout(self):
        for option in ("--help", "-h"):
            status, out, err = self.run_trial(option)
            self.assertEqual((status, err), (0, ""))
            self.assertTrue(out.startswith("Usage: tvp-trial WORKLOAD"))
            for line in out.splitlines():
                self.assertLessEqual(len(line), 80)
            for word in ("--strategy NAME", "--task-limit TIME", "--on-command"):
                self.assertIn(word, out)

    def test_version_goes_to_stdout(self):
        status, out, err = self.run_trial("--version")
        self.assertEqual((status, err), (0, ""))
        self.assertRegex(out, r"\Atvp-trial \d+\.\d+\.\d+\n\Z")

    def test_the_list_names_all_strategies_and_workloads(self):
        status, out, err = self.run_trial("--list")
        self.assertEqual((status, err), (0, ""))
        found = json.loads(out)
        self.assertEqual([strategy["name"] for strategy in found["strategies"]], STRATEGIES)
        self.assertEqual([workload["name"] for workload in found["workloads"]], WORKLOADS)
        for workload in found["workloads"]:
            self.assertNotIn("broken", workload)
            self.assertTrue(workload["summary"])
        processes = [strategy["name"] for strategy in found["strategies"] if strategy["processes"]]
        self.assertEqual(processes, ["fork", "process-pool"])
        for strategy in found["strategies"]:
            self.assertEqual(strategy["isolates"], strategy["processes"])
            self.assertEqual(strategy["shares_memory"], not strategy["processes"])


class WrongUse(trial_stage.TrialTest):
    """One sentence on stderr, status 2."""

    def test_options(self):
        self.assertRefused("which workload? see tvp-trial --help")
        self.assertRefused("one workload at a time", "empty", "sleep")
        self.assertRefused("unknown option --stratgy; did you mean --strategy?", "empty",
                           "--stratgy", "fork")
        self.assertRefused("unknown option --xyzzyxyzzy", "empty", "--xyzzyxyzzy")
        self.assertRefused("unknown option -z", "empty", "-z")
        self.assertRefused("--workers needs a value: N", "empty", "--workers")
        self.assertRefused("--timeline takes no value", "empty", "--timeline=yes")

    def test_numbers(self):
        for option, values in {
                "workers": ["-1", "two", "", "1000001", "1.5"],
                "tasks": ["0", "-3", "16777217", "many"],
                "samples": ["0", "x"],
        }.items():
            for value in values:
                self.assertRefused(f"--{option}: '{value}' is no N", "empty", f"--{option}={value}")
        for option in ("limit", "task-limit"):
            for value in ("5", "5 s", "soon"):
                self.assertRefused(f"--{option}: '{value}' is no TIME", "empty",
                                   f"--{option}={value}")
        for value in ("", "a", "0,", "0;1", "-1", "70000"):
            self.assertRefused(f"--cpus: '{value}' is no LIST", "empty", f"--cpus={value}")
        cpu = max(os.sched_getaffinity(0)) + 1
        for cpu in (cpu, 1024, 65535):
            self.assertRefused(f"--cpus: CPU {cpu} is not among those that may be used here",
                               "empty", "--cpus", str(cpu))

    def test_who_cannot_all_be_held(self):
        for strategy, workers, words in (("serial", "8", "1 worker"),
                                         ("fork", "2", "2 workers"),
                                         ("thread-pool", "7", "7 workers")):
            self.assertRefused(f"--hold: 8 tasks cannot all be held by {words}: they wait for each "
                               "other", "empty", "--on-command", "--hold", "--tasks", "8", "-s",
                               strategy, "-w", workers)

    def test_strategies(self):
        self.assertRefused("unknown strategy 'thread-pol'; did you mean 'thread-pool'?", "empty",
                           "-s", "thread-pol")
        self.assertRefused("unknown strategy 'quantum-annealer'", "empty", "-s", "quantum-annealer")
        self.assertRefused("unknown strategy ''", "empty", "-s", "")
        self.assertRefused("strategy fork: no argument 'chunk'; there is channel", "empty", "-s",
                           "fork:chunk=3")
        self.assertRefused("strategy serial: no argument 'chunk'; there are none", "empty", "-s",
                           "serial:chunk=3")
        self.assertRefused("strategy fork: channel: 'tube' is none of: shm pipe", "empty", "-s",
                           "fork:channel=tube")
        self.assertRefused("strategy thread-pool: '' is not of the form NAME=VALUE", "empty", "-s",
                           "thread-pool:")
        self.assertRefused("strategy process-pool: chunk: 0 is out of range (1 to 16777216)",
                           "empty", "-s", "process-pool:chunk=0")

    def test_workloads(self):
        self.assertRefused("unknown workload 'primse'; did you mean 'primes'?", "primse")
        self.assertRefused("unknown workload 'blockchain'", "blockchain")
        self.assertRefused("workload primes: no argument 'number'; there is numbers", "primes",
                           "--set", "number=3")
        self.assertRefused("workload empty: no argument 'a'; there are none", "empty", "--set=a=b")
        self.assertRefused("workload loop: 'iterations' is not of the form NAME=VALUE", "loop",
                           "--set", "iterations")
        self.assertRefused("workload loop: iterations: 'much' is no number", "loop", "--set",
                           "iterations=much")
        self.assertRefused("workload sleep: durations: empty entry in '1s,'", "sleep", "--set",
                           "durations=1s,")
        self.assertRefused("workload counter: guard: 'luck' is none of: none mutex atomic private",
                           "counter", "--set", "guard=luck")


class Output(trial_stage.TrialTest):
    def test_a_sample_is_one_line_of_json(self):
        for count in (1, 3):
            found = self.samples("empty", "-n", str(count), "--strategy", "thread-pool", "-w", "2")
            self.assertEqual(len(found), count)
            for sample in found:
                self.assertEqual(set(sample), MEMBERS)
                self.assertEqual(sample["failed"], 0)
                self.assertRegex(sample["answer"], r"\A[0-9a-f]{16}\Z")
                for member in MEMBERS - {"answer"}:
                    self.assertIsInstance(sample[member], int)
                    self.assertGreaterEqual(sample[member], 0)
            self.assertEqual(len({sample["answer"] for sample in found}), 1)

    def test_on_command_a_sample_follows_each_line(self):
        process = self.start("sleep", "--on-command", "--strategy", "fork:channel=pipe", "-w", "2",
                             "--set", "durations=2ms,1ms", stdin=subprocess.PIPE)
        ready = json.loads(process.stdout.readline())
        self.assertEqual(ready, {"workload": "sleep", "arguments": "durations=2ms,1ms",
                                 "strategy": "fork:channel=pipe", "workers": 2, "tasks": 2,
                                 "summary": "2 tasks, durations=2ms,1ms", "calibrated": False})
        answers = set()
        for line, members in (("sample", set()), ("timeline", {"timeline"}), ("sample", set())):
            process.stdin.write(line + "\n")
            process.stdin.flush()
            sample = json.loads(process.stdout.readline())
            self.assertEqual(set(sample), MEMBERS | members)
            answers.add(sample["answer"])
        self.assertEqual(len(answers), 1)
        out, err = process.communicate(timeout=trial_stage.LIMIT_S)
        self.assertEqual((process.returncode, out, err), (0, "", ""))
        self.assertNothingLeft(process)

    def test_workers_are_chosen_by_what_tasks_do(self):
        """A task each where they wait, a core each where they compute, one where it is serial."""
        cores = len(os.sched_getaffinity(0))
        cpu = str(min(os.sched_getaffinity(0)))
        for arguments, workers in (
                (["sleep", "-s", "fork", "--set=durations=1ms,2ms,3ms,4ms,5ms"], 5),
                (["sleep", "-s", "serial"], 1),
                (["sleep", "-s", "serial", "-w", "3"], 1),
                (["loop", "-s", "thread-pool"], cores),
                (["loop", "-s", "thread-pool", "-w", "auto"], cores),
                (["loop", "-s", "thread-pool", "--cpus", f"{cpu},{cpu},{cpu}"], 3),
                (["loop", "-s", "pthread", "-w", "7"], 7),
                (["loop", "-s", "process-pool", "-w", "0"], 0)):
            ready, = self.samples(*arguments, "--on-command")
            self.assertEqual(ready["workers"], workers, arguments)

    def test_who_cannot_be_told_ends_with_an_error(self):
        for arguments in (["empty", "-n", "100000"], ["empty", "--on-command"], ["--list"],
                          ["--help"], ["--version"]):
            for ignored in (False, True):
                read_end, write_end = os.pipe()
                os.close(read_end)
                process = self.start(*arguments, stdout=write_end, stdin=subprocess.PIPE,
                                     restore_signals=not ignored)
                os.close(write_end)
                process.communicate(timeout=trial_stage.LIMIT_S)
                self.assertNotEqual(process.returncode, 0, (arguments, ignored))
                self.assertNothingLeft(process)
            with open("/dev/full", "w", encoding="utf-8") as full:
                status, _, _ = self.run_trial(*arguments, stdout=full)
                self.assertEqual(status, 1, arguments)


if __name__ == "__main__":
    trial_stage.main()
