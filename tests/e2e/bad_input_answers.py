# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of bad_input.py that is about answers from many results: advise and history."""

ANSWERS = {
    "advise": (
        (2, r"how long is a task\?",),
        (2, r"how many tasks are there\?", "good.json", "--task", "1ms"),
        (2, r"--task: '1' is no TIME", "good.json", "--task", "1", "--tasks", "5"),
        (2, r"--tasks: '0' is no N", "good.json", "--task", "1ms", "--tasks", "0"),
        (2, r"--parent: 'x' is no SIZE", "--task", "1ms", "--tasks", "5", "--parent", "x"),
        (2, r"--payload: 'x' is no SIZE", "--task", "1ms", "--tasks", "5", "--payload", "x"),
        (2, r"--workers: 'x' is no N", "--task", "1ms", "--tasks", "5", "--workers", "x"),
        (2, r"--color is auto, always or never, not 'blue'", "good.json", "--task", "1ms",
         "--tasks", "5", "--color", "blue"),
        (1, r"missing\.json: [^\n]*No such file", "missing.json", "--task", "1ms", "--tasks", "5"),
    ),
    "history": (
        (2, r"which folder\?",),
        (2, r"--base: '' is no STRATEGY", "good.json", "--base", ""),
        (2, r"--metric: 'wall' is no NAME", "good.json", "--metric", "wall"),
        (2, r"--row: 'x' is no KEYS", "good.json", "--row", "x"),
        (2, r"--threshold: '5' is no PERCENT", "good.json", "--threshold", "5"),
        (2, r"--base is for ratios, --absolute for times", "good.json", "--base", "fork",
         "--absolute"),
        (3, r"has no frok", "good.json", "good.json", "--base", "frok"),
        (3, r"empty: holds no result\.json", "empty"),
    ),
}
