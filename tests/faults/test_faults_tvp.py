# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of tvp while the n-th call fails: it ends with a documented status and one sentence,
never calls a sound file damaged or a right command line wrong, and leaves whole files or none.
TVP_FAULTS=all lets every call fail, and of memory every chain of callers."""

import difflib
import hashlib
import json
import os
import shutil
import sys
import tempfile

import injector
from validate_schema import canonical

TVP = os.environ.get("TVP", "build/bench/tvp")
TRIAL = os.environ.get("TVP_TRIAL", "build/bench/tvp-trial")
FAKE_TRIAL = os.environ.get("TVP_FAKE_TRIAL", "build/tests/unit/fake-trial")
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../data")
MEASURE = ("--no-plots", "--no-repeats", "--no-placebo", "--epochs", "1", "--workers", "2")
# Arguments, and the statuses that a fault may lead to beside those for success.
COMMANDS = {
    "check FILE": (("check", "mixed.json"), (1,)),
    "compare": (("compare", "mixed.json", "sample.json"), (3,)),
    "compare --json": (("compare", "mixed.json", "mixed.json", "--json"), (3,)),
    "history": (("history", "runs"), (1, 3)),
    "list": (("list",), (1,)),
    "list --json": (("list", "--json"), (1,)),
    "merge": (("merge", "mixed.json", "sample.json", "-o", "runs"), (1,)),
    "plot": (("plot", "mixed.json", "-o", "out", "--format", "svg"), (1,)),
    "report": (("report", "mixed.json"), (1,)),
    "run": (("run", "nap", "--trial", FAKE_TRIAL, *MEASURE), (1, 4, 77)),
    "run --json": (("run", "nap", "--trial", FAKE_TRIAL, "--json", "old.json", *MEASURE), (1, 4, 77)),
    "run, real": (("run", "empty", "--tasks", "4", "--strategies", "fork,thread-pool", *MEASURE),
                  (1, 4, 77)),
    "show": (("show", "sample.json"), (1,)),
    "show --private": (("show", "mixed.json", "--private"), (1,)),
} | {f"export {name}": (("export", name, "mixed.json"), (1,)) for name in
     ("chrome-trace", "csv", "google-benchmark", "hyperfine", "markdown", "openmetrics", "pyperf")}
JSON = {"compare --json", "list --json", "export google-benchmark", "export hyperfine",
        "export pyperf"}
KINDS = ("clone", "malloc", "mmap", "open", "pidfd", "pipe", "rename", "thread", "write")


def is_whole(path):
    with open(path, encoding="utf-8") as file:
        try:
            document = json.load(file)
        except ValueError:
            return False
    value = hashlib.sha256(canonical(document).encode()).hexdigest()
    return document.get("checksum", {}).get("value") == value


class Command:
    def __init__(self, name, parent):
        self.name, self.parent = name, parent
        self.arguments, self.failures = COMMANDS[name]
        self.good = None

    def attempt(self, fault, program="tvp"):
        folder = injector.make_folder(self.parent)
        work = os.path.join(folder, "work")
        for name in ("mixed.json", "sample.json"):
            shutil.copy(os.path.join(DATA, name), work)
        shutil.copy(os.path.join(DATA, "sample.json"), os.path.join(work, "old.json"))
        os.makedirs(os.path.join(work, "runs/a/b"))
        shutil.copy(os.path.join(DATA, "sample.json"), os.path.join(work, "runs/a/b/result.json"))
        fake = os.path.join(folder, "fake")
        os.mkdir(fake)
        with open(os.path.join(fake, "script.json"), "w", encoding="utf-8") as file:
            file.write("{}")
        outcome = injector.run([TVP, *self.arguments], program, fault, folder,
                               {"TVP_FAKE": fake, "NO_COLOR": "1"})
        self.check_words(outcome)
        self.check_files(outcome, work)
        shutil.rmtree(folder)
        return outcome

    def check_words(self, outcome):
        status, wrong = outcome.status, outcome.wrong
        if outcome.fault.at == 0:
            self.good = outcome
        if status not in (self.good.status, *self.failures):
            wrong.append(f"status {status}")
        if status in (1, 3) and status != self.good.status and \
                not outcome.err.startswith(f"tvp {self.arguments[0]}: "):
            wrong.append("says nothing of why it failed")
        if "run" in self.name:
            return
        if status == self.good.status and outcome.out != self.good.out:
            wrong.append("prints something else and calls it a success:\n    " + "\n    ".join(
                line for line in difflib.unified_diff(
                    self.good.out.decode(errors="replace").splitlines(),
                    outcome.out.decode(errors="replace").splitlines(), lineterm="", n=0))[:600])
        if status == 0 and self.name in JSON and not injector.is_json(outcome.out.decode()):
            wrong.append("prints what is no JSON")

    def check_files(self, outcome, work):
        """Sources as they were, results whole, and nothing half-made beside them."""
        for path in injector.files_below(work):
            name = os.path.relpath(path, work)
            if name.endswith(".json") and not is_whole(path):
                outcome.wrong.append(f"leaves a broken {name}")
            elif name.endswith(".html"):
                with open(path, encoding="utf-8") as file:
                    if not file.read().endswith("</html>\n"):
                        outcome.wrong.append(f"leaves a broken {name}")
            elif name.endswith(".svg"):
                with open(path, encoding="utf-8") as file:
                    if not file.read().rstrip().endswith("</svg>"):
                        outcome.wrong.append(f"leaves a broken {name}")
            elif not name.endswith((".json", ".tsv")):
                outcome.wrong.append(f"leaves {name}")


def main():
    campaign = injector.Campaign()
    parent = tempfile.mkdtemp(prefix="tvp-faults-")
    for name in COMMANDS:
        command = Command(name, parent)
        command.attempt(injector.Fault("write"))
        campaign.fail_all(name, KINDS, command.attempt)
    # Every trial of a run meets the fault.
    command = Command("run, real", parent)
    command.attempt(injector.Fault("write"))
    campaign.fail_all("run, trials of it", ("clone", "epoll", "eventfd", "malloc", "mmap", "thread"),
                      lambda fault: command.attempt(fault, "tvp-trial"))
    shutil.rmtree(parent)
    return campaign.finish(least=70)


if __name__ == "__main__":
    sys.exit(main())
