# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of tvp-trial share: how it is run, in a session of its own so that whatever it
leaves behind can be found, and modules that a test compiles for itself."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

TRIAL = os.path.abspath(os.environ.get("TVP_TRIAL", "build/bench/tvp-trial"))
ROOT = os.environ.get("TVP_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT_S = 60
# A user that nobody is, nor another test now: only our own processes count, and nothing is his.
STRANGER = 50000 + os.getpid() % 15000

# What a user may write after reading the README: tasks of all kinds, good and bad.
MODULE = """\
#include "workloads/workload.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static const struct param mine_params[] = {
    {"bad", PARAM_CHOICE, "no", 0, 0, "no fail crash exit hang", "what task 1 does"},
    {.name = NULL},
};

static int mine_run(const struct env *env, struct task *task)
{
    const uint64_t bad = task->number == 1 ? env->args[0].number : 0;

    if (bad == 1) {
        return task_fail(task, -EIO, "as \\"asked\\" \\xff\\n");
    } else if (bad == 2) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    } else if (bad == 3) {
        _exit(3);
    } else if (bad == 4) {
        pause();
    }
    task->value = task->number * task->number;
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "mine",
    .summary = "squares the number of the task",
    .params = mine_params,
    .tasks = 4,
    .run = mine_run,
};
"""


def preexec(action):
    """For subprocess: action in the child, which must not leave a core."""
    import resource

    def prepare():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if action:
            action()

    return prepare


def become_stranger():
    """For preexec_fn, of root."""
    os.setgroups([])
    os.setgid(STRANGER)
    os.setuid(STRANGER)


def needs_stranger(test):
    """Skips the test unless root runs it and can become a stranger, who can run the programs."""
    if os.geteuid() != 0:
        test.skipTest("only root can become another user")
    try:
        status = subprocess.run([TRIAL, "empty"], preexec_fn=become_stranger, timeout=LIMIT_S,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, check=False).returncode
    except (PermissionError, subprocess.SubprocessError):
        status = 1
    if status:
        test.skipTest("there are no other users here, or the build folder is not open to them")


def session_members(session):
    """Processes of a session that are not zombies."""
    members = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            members.append(int(name))
    return members


class TrialTest(unittest.TestCase):
    def setUp(self):
        signal.signal(signal.SIGALRM, lambda number, frame: self.fail(f"longer than {LIMIT_S} s"))
        signal.alarm(LIMIT_S)
        self.addCleanup(signal.alarm, 0)
        self.folder = tempfile.mkdtemp(prefix="tvp-test-")
        self.addCleanup(shutil.rmtree, self.folder, True)

    def start(self, *arguments, action=None, **options):
        """tvp-trial, with $TMPDIR in the folder of this test."""
        environment = dict(os.environ, TMPDIR=self.folder)
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                   "stderr": subprocess.PIPE, **options}
        process = subprocess.Popen([TRIAL, *arguments], env=environment, text=True,
                                   start_new_session=True, preexec_fn=preexec(action), **options)
        self.addCleanup(self.end, process)
        return process

    def end(self, process):
        for pid in session_members(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()

    def run_trial(self, *arguments, action=None, **options):
        """(status, stdout, stderr) after it has ended and nothing of it is left."""
        process = self.start(*arguments, action=action, **options)
        out, err = process.communicate(timeout=LIMIT_S)
        self.assertNothingLeft(process)
        return process.returncode, out, err

    def assertNothingLeft(self, process):
        until = time.monotonic() + 10
        while session_members(process.pid) and time.monotonic() < until:
            time.sleep(0.01)
        self.assertEqual(session_members(process.pid), [])

    def samples(self, *arguments, **options):
        """The JSON objects of a run that goes well."""
        status, out, err = self.run_trial(*arguments, **options)
        self.assertEqual((status, err), (0, ""), arguments)
        return [json.loads(line) for line in out.splitlines()]

    def sample(self, *arguments, **options):
        found = self.samples(*arguments, **options)
        self.assertEqual(len(found), 1)
        return found[0]

    def assertRefused(self, sentence, *arguments, status=2, **options):
        """It says this one sentence on stderr and nothing on stdout."""
        found = self.run_trial(*arguments, **options)
        self.assertEqual(found, (status, "", f"tvp-trial: {sentence}\n"))

    def compile(self, name, code):
        """The path of a module of this test's own."""
        compiler = shutil.which(os.environ.get("CC", "cc").split()[0]) or shutil.which("gcc")
        if not compiler:
            self.skipTest("there is no C compiler")
        source, module = (os.path.join(self.folder, name + end) for end in (".c", ".so"))
        with open(source, "w", encoding="utf-8") as file:
            file.write(code)
        subprocess.run([compiler, "-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror",
                        "-Wno-missing-field-initializers", "-O2", "-fPIC", "-shared",
                        "-I" + ROOT, source, "-o", module], check=True, timeout=LIMIT_S)
        os.remove(source)
        return module


def main():
    if not os.access(TRIAL, os.X_OK):
        print(f"{TRIAL} is not built: set TVP_TRIAL", file=sys.stderr)
        sys.exit(1)
    unittest.main(module="__main__", verbosity=2)
