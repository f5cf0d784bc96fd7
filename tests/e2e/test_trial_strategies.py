# SPDX-License-Identifier: GPL-3.0-or-later
"""Every workload under every strategy, and modules of a user's own: the answer is that of serial,
and what happened when is told."""

import os
import shutil

import trial_stage

# Small enough that all cells together take a few seconds.
WORKLOADS = {
    "counter": ["guard=atomic", "adds=1k"],
    "empty": [],
    "file": ["bytes=20kB"],
    "http": ["pages=size:70000,status:403,unknown-host,size:0,hang", "limit=2s"],
    "loop": ["iterations=10k"],
    "payload": ["bytes=100kB"],
    "primes": ["numbers=1000003,1000004,1018081,3,1299709"],
    "sleep": ["durations=3ms,2ms,1ms"],
}
# Says on stderr which hook is called, and lets one of them fail.
HOOKS = """\
#include "workloads/workload.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const struct param hooks_params[] = {
    {"fail", PARAM_CHOICE, "none", 0, 0, "none skip prepare reset check", "which hook fails"},
    {.name = NULL},
};

static int say(const struct env *env, const char *name, char *text)
{
    const char *fail = env->args[0].text;

    (void)!write(STDERR_FILENO, name, strlen(name));
    (void)!write(STDERR_FILENO, " ", 1);
    if (text) {
        snprintf(text, TASK_TEXT_SIZE, "as asked");
    }
    if (strcmp(fail, "skip") == 0 && strcmp(name, "prepare") == 0) {
        return -EOPNOTSUPP;
    }
    return strcmp(fail, name) == 0 ? -EIO : 0;
}

static int hooks_prepare(struct env *env, char *text) { return say(env, "prepare", text); }
static int hooks_reset(const struct env *env) { return say(env, "reset", NULL); }
static int hooks_run(const struct env *env, struct task *task) { (void)env, (void)task; return 0; }
static int hooks_check(const struct env *env, struct finding *finding, char *text)
{
    (void)finding;
    return say(env, "check", text);
}
static void hooks_cleanup(struct env *env) { (void)say(env, "cleanup", NULL); }

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT, .name = "hooks", .summary = "hooks", .params = hooks_params,
    .tasks = 2, .prepare = hooks_prepare, .reset = hooks_reset, .run = hooks_run,
    .check = hooks_check, .cleanup = hooks_cleanup,
};
"""
PARALLEL = ["pthread", "fork", "fork:channel=pipe", "thread-pool", "thread-pool:chunk=3",
            "process-pool", "process-pool:chunk=3", "process-pool:channel=pipe:chunk=2"]


class Answers(trial_stage.TrialTest):
    def test_all_strategies_agree_with_serial(self):
        for workload, sets in WORKLOADS.items():
            arguments = [workload, *(f"--set={text}" for text in sets)]
            serial = self.sample(*arguments)
            for strategy in PARALLEL:
                for workers in ("2", "auto") if workload == "sleep" else ("2",):
                    count = "1" if workload == "http" else "2"
                    found = self.samples(*arguments, "-s", strategy, "-w", workers, "-n", count)
                    for sample in found:
                        self.assertEqual(sample["answer"], serial["answer"], (workload, strategy))
                        self.assertEqual(sample.get("errors"), serial.get("errors"))
        self.assertEqual(os.listdir(self.folder), [])

    def test_tasks_may_be_handed_out_one_at_a_time(self):
        wanted = self.sample("loop", "--tasks", "40", "--set=iterations=10")["answer"]
        for strategy in ["serial", "serial+thread", *PARALLEL]:
            for sample in self.samples("loop", "--tasks", "40", "--set=iterations=10", "-s", strategy,
                                       "-w", "2", "-n", "2", "--submit-each"):
                self.assertEqual((sample["answer"], sample["failed"]), (wanted, 0), strategy)

    def test_answers_depend_on_the_arguments(self):
        answers = {self.sample("primes", f"--set=numbers={numbers}")["answer"]
                   for numbers in ("3", "5", "3,5", "5,3")}
        self.assertEqual(len(answers), 4)

    def test_pages_fail_in_words(self):
        for strategy in ("serial", "thread-pool", "fork:channel=pipe", "process-pool"):
            sample = self.sample("http", "-s", strategy, "--set=limit=2s",
                                 "--set=pages=status:403,size:10,unknown-host,hang")
            self.assertEqual(sample["failed"], 3)
            self.assertEqual(sample["errors"], [
                {"task": 0, "text": "HTTP 403"}, {"task": 2, "text": "could not resolve host"},
                {"task": 3, "text": "timed out after 2 s"}])

    def test_only_an_unguarded_counter_may_lose(self):
        for guard in ("none", "mutex", "atomic", "private"):
            for strategy in ("serial", "pthread", "fork", "thread-pool", "process-pool"):
                finding = self.sample("counter", "-s", strategy, "-w", "2", "--set=adds=20k",
                                      f"--set=guard={guard}")["finding"]
                self.assertEqual(finding["name"], "lost_updates")
                self.assertIn(finding["value"],
                              range(160000) if guard == "none" and strategy != "serial" else [0])


class Timeline(trial_stage.TrialTest):
    def test_each_task_has_a_row_within_the_sample(self):
        for strategy in ["serial", *PARALLEL]:
            workers = 1 if strategy == "serial" else 2
            sample = self.sample("sleep", "--timeline", "--tasks", "7", "-s", strategy, "-w", "2",
                                 "--set=durations=2ms,1ms")
            rows = sample["timeline"]
            self.assertEqual(sorted(row[0] for row in rows), list(range(7)))
            last = {}
            for task, worker, start, end, failed in sorted(rows, key=lambda row: row[2]):
                self.assertIn(worker, range(workers))
                self.assertLessEqual(last.get(worker, 0), start, strategy)
                self.assertGreaterEqual(end - start, 2000000 - task % 2 * 1000000)
                self.assertLessEqual(end, sample["run_ns"])
                self.assertEqual(failed, 0)
                last[worker] = end

    def test_sleeps_complete_shortest_first_unless_serial(self):
        """With steps so long that a busy machine does not change their order."""
        durations = "--set=durations=900ms,500ms,100ms"
        for strategy in ("pthread", "fork", "thread-pool", "process-pool"):
            rows = self.sample("sleep", "--timeline", "-s", strategy, "-w", "3",
                               durations)["timeline"]
            self.assertEqual([row[0] for row in rows], [2, 1, 0], strategy)
        rows = self.sample("sleep", "--timeline", "--set=durations=3ms,2ms,1ms")["timeline"]
        self.assertEqual([row[0] for row in rows], [0, 1, 2])

    def test_without_stamps_there_is_none(self):
        for strategy in ("serial", "process-pool"):
            sample = self.sample("empty", "--timeline", "--no-stamps", "-s", strategy)
            self.assertNotIn("timeline", sample)

    def test_workers_are_pinned_where_they_are_told(self):
        code = trial_stage.MODULE.replace("task->value = task->number * task->number;",
                                          "task->value = (uint64_t)sched_getcpu();")
        module = self.compile("mine", code.replace("<signal.h>", "<sched.h>\n#include <signal.h>"))
        answers = set()
        for cpu in sorted(os.sched_getaffinity(0))[:2]:
            found = {self.sample(module, "-s", strategy, "-w", "2", "--cpus", cpus)["answer"]
                     for strategy in ["serial", *PARALLEL] for cpus in (f"{cpu}", f"{cpu},{cpu}")}
            self.assertEqual(len(found), 1)
            self.assertFalse(found & answers)
            answers |= found


class OwnModule(trial_stage.TrialTest):
    def test_it_runs_wherever_it_lies(self):
        module = self.compile("mine", trial_stage.MODULE)
        serial = self.sample(module)
        self.assertEqual(serial["failed"], 0)
        for strategy in PARALLEL:
            self.assertEqual(self.sample(module, "-s", strategy)["answer"], serial["answer"])
        there = os.path.relpath(module)
        self.assertEqual(self.sample(there)["answer"], serial["answer"])

    def test_its_hooks_are_called_in_turn(self):
        module = self.compile("hooks", HOOKS)
        status, out, err = self.run_trial(module, "-n", "2", "-s", "fork")
        self.assertEqual((status, err), (0, "prepare reset check reset check cleanup "))
        self.assertEqual(len(out.splitlines()), 2)
        for fail, status, err in (
                ("skip", 77, "prepare cleanup tvp-trial: workload hooks: as asked\n"),
                ("prepare", 1, "prepare cleanup tvp-trial: workload hooks: as asked\n"),
                ("reset", 1, "prepare reset cleanup tvp-trial: reset of hooks: "
                             "Input/output error\n"),
                ("check", 1, "prepare reset check cleanup tvp-trial: check of hooks: as asked\n")):
            self.assertEqual(self.run_trial(module, "-s", "pthread", f"--set=fail={fail}"),
                             (status, "", err))

    def test_its_failures_are_told_as_json(self):
        module = self.compile("mine", trial_stage.MODULE)
        for strategy in ["serial", *PARALLEL]:
            sample = self.sample(module, "--set=bad=fail", "-s", strategy)
            self.assertEqual(sample["failed"], 1)
            self.assertEqual(sample["errors"], [{"task": 1, "text": "as \"asked\" \ufffd\n"}])

    def test_what_is_no_module_is_refused(self):
        text, empty = (os.path.join(self.folder, name) for name in ("text.so", "empty.so"))
        shutil.copy(__file__, text)
        with open(empty, "w", encoding="utf-8"):
            pass
        for path, words in ((text, "invalid ELF header"), (empty, "file too short")):
            self.assertRefused(f"no workload module: {path}: {words}", path)
        self.assertRefused(f"{self.folder}/gone.so: No such file or directory",
                           f"{self.folder}/gone.so")
        self.assertRefused("unknown workload 'mine.so'", "mine.so")

    def test_a_module_made_for_something_else_is_refused(self):
        other = self.compile("other", "int tvp_workloads = 1;\n")
        self.assertRefused(f"{other} is no workload module: it has no tvp_workload", other)
        for change, name, sentence in (
                (("WORKLOAD_CONTRACT,", "WORKLOAD_CONTRACT + 1,"), "newer",
                 "was made for contract 3, this program has 2"),
                ((".run = mine_run,", ".prepare = NULL,"), "idle", "has no run()"),
                ((".name = \"mine\",", ""), "anonymous", "has no name"),
                (("\"no\", 0", "\"maybe\", 0"), "undecided", None)):
            code = trial_stage.MODULE.replace(*change)
            code = code.replace("static int mine_run", "__attribute__((unused)) static int mine_run")
            path = self.compile(name, code)
            self.assertRefused(f"{path} {sentence}" if sentence else
                               "workload mine has a default that is no value of its own kind", path)


if __name__ == "__main__":
    trial_stage.main()
