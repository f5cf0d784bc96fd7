# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs in which one call fails: libfaults is loaded in front of them, and what they must keep up
all the same is checked after each: an end in time, a documented status, nobody left behind."""

import concurrent.futures
import dataclasses
import glob
import json
import os
import random
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../e2e"))
from trial_stage import session_members  # noqa: E402 (the path comes first)

LIBRARY = os.environ.get("TVP_FAULTS_LIBRARY", "build/tests/faults/libfaults.so")
# In the order of enum fault_kind in plan.h.
KINDS = ("clone", "epoll", "eventfd", "malloc", "mmap", "open", "pidfd", "pipe", "rename", "socket",
         "thread", "write")
# Of each kind, in each command; "all": every call, and of memory every chain of callers.
MOST = os.environ.get("TVP_FAULTS", "1")
LIMIT_S = 30
GONE_S = 5
# kind, lasting, at, program, seen, hits, record; then pairs of hash and number: struct fault_plan.
HEAD = struct.Struct("=IIQ32sQQQ")
CHAINS = 8192


@dataclasses.dataclass
class Fault:
    kind: str
    at: int = 0  # 0: only count
    lasting: bool = False

    def __str__(self):
        return f"{self.kind} {self.at}{' and all after it' if self.lasting else ''}"


@dataclasses.dataclass
class Outcome:
    fault: Fault
    status: int
    out: bytes
    err: str
    seen: int
    hits: int
    firsts: list  # numbers of the calls that were the first of their chain of callers
    wrong: list  # what must never be
    folder: str  # where it worked, as it left it


def read_plan(path):
    with open(path, "rb") as file:
        data = file.read()
    *_, seen, hits, _ = HEAD.unpack_from(data)
    pairs = struct.iter_unpack("=QQ", data[HEAD.size:])
    return seen, hits, sorted(number for _, number in pairs if number)


def end_session(pid):
    for member in session_members(pid):
        try:
            os.kill(member, signal.SIGKILL)
        except ProcessLookupError:
            pass


def run(arguments, program, fault, folder, environment, stdin=None):
    """Run it in folder/work, with a scratch folder beside it. The caller removes the folder."""
    plan, scratch = os.path.join(folder, "plan"), os.path.join(folder, "scratch")
    os.makedirs(scratch, exist_ok=True)
    with open(plan, "wb") as file:
        file.write(HEAD.pack(KINDS.index(fault.kind), fault.lasting, fault.at,
                             program.encode(), 0, 0, fault.at == 0).ljust(
                                 HEAD.size + 16 * CHAINS, b"\0"))
    process = subprocess.Popen(
        arguments, cwd=os.path.join(folder, "work"), start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, **environment, "TMPDIR": scratch, "LD_PRELOAD": LIBRARY,
             "TVP_FAULT_PLAN": plan, "LC_ALL": "C.UTF-8"})
    wrong = []
    try:
        out, err = process.communicate(stdin, timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        wrong.append("hangs")
        end_session(process.pid)
        out, err = process.communicate()
    until = time.monotonic() + GONE_S
    while session_members(process.pid) and time.monotonic() < until:
        time.sleep(0.005)
    if session_members(process.pid):
        wrong.append("leaves processes behind")
        end_session(process.pid)
    if process.returncode < 0:
        wrong.append(f"dies by {signal.Signals(-process.returncode).name}")
    # Who can open nothing cannot look into the folder.
    words = err.decode(errors="replace")
    # A result that could not be saved in its place lies where the words say.
    left = [name for name in os.listdir(scratch) if f"{scratch}/{name}" not in words]
    if left and not (fault.kind == "open" and fault.lasting):
        wrong.append(f"leaves {left} in the scratch folder")
    seen, hits, firsts = read_plan(plan)
    return Outcome(fault, process.returncode, out, words, seen, hits, firsts, wrong, folder)


def numbers(counted, draw):
    """Which calls are to fail, after a run in which they were counted. How many there were may
    differ from run to run, by where threads meet: so draw is of this kind in this command alone."""
    if MOST != "all":
        every = range(1, counted.seen + 1)
        return sorted(draw.sample(every, min(int(MOST), len(every))))
    # What is allocated in the same place for the same reason fails in the same way.
    return counted.firsts if counted.fault.kind == "malloc" else range(1, counted.seen + 2)


class Campaign:
    """All faults of some commands. attempt(fault) runs one and returns its outcome, in which it has
    noted what is wrong."""

    def __init__(self):
        self.seed = int(os.environ.get("TVP_SEED") or 1)
        self.pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
        self.runs = self.hits = self.survived = 0
        self.wrong = []
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def note(self, name, outcome):
        self.runs += 1
        self.hits += outcome.hits > 0
        self.survived += outcome.hits > 0 and outcome.status == 0
        for text in outcome.wrong:
            self.wrong.append(f"{name}: {outcome.fault}: {text}: {outcome.err.strip()[-300:]}")

    def fail_all(self, name, kinds, attempt):
        for counted in self.pool.map(attempt, [Fault(kind) for kind in kinds]):
            self.note(name, counted)
            draw = random.Random(f"{self.seed} {name} {counted.fault.kind}")
            faults = [Fault(counted.fault.kind, at, lasting)
                      for at in numbers(counted, draw)
                      for lasting in ((False, True) if MOST == "all" else (draw.random() < 0.3,))]
            for outcome in self.pool.map(attempt, faults):
                self.note(name, outcome)

    def finish(self, least):
        """The exit status, after figures and whatever is wrong."""
        self.pool.shutdown()
        print(f"{self.runs} runs, {self.hits} faults injected, {self.survived} survived with status "
              f"0, {len(self.wrong)} wrong (TVP_SEED={self.seed})")
        for line in self.wrong:
            print(line)
        if self.hits < least:
            print(f"only {self.hits} faults were injected, {least} are expected: are calls renamed?")
        return 1 if self.wrong or self.hits < least else 0


def files_below(folder):
    return [path for path in glob.glob(os.path.join(folder, "**"), recursive=True, include_hidden=True)
            if os.path.isfile(path)]


def make_folder(parent):
    folder = tempfile.mkdtemp(dir=parent)
    os.mkdir(os.path.join(folder, "work"))
    return folder


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
