"""Imports: which package costs what when a command begins, by `python -X importtime`, and the budget for it.

Takes a command; gives milliseconds by package and how many modules were loaded. The number is the same on every machine, so a
test holds the budget of modules; the milliseconds are only shown.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.processes import BROCHURE, ENVIRONMENT
from bench.tables import Goal, Section, table

LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")

BUDGET = {"--help": 180, "build": 700}
"""The most modules that a command may load, the standard library's own included."""

HEAD = """\
## What a command loads

Milliseconds that `python -X importtime` counts by package, and the modules loaded. `--help` must load none of the stages, and
no command a library that only another one needs; [tests/cli/test_loading.py](../tests/cli/test_loading.py) holds that.
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a command loads: milliseconds and modules by package."""

    milliseconds: dict[str, float]
    modules: dict[str, int]

    @property
    def count(self) -> int:
        """All modules."""
        return sum(self.modules.values())


def section(sample: Path, work: Path) -> Section:
    """The table, and whether the budget holds."""
    print("imports …")
    loaded = {
        "--help": by_package([BROCHURE, "--help"]),
        "build": by_package([BROCHURE, "build", str(sample), "-o", str(work)]),
    }
    short, long = loaded.values()
    rows = [
        _row(package, short, long)
        for package, spent in sorted(long.milliseconds.items(), key=lambda one: -one[1])
        if spent >= 1.0
    ]
    times = [f"**{sum(one.milliseconds.values()):.1f}**" for one in loaded.values()]
    rows.append(("**all**", times[0], str(short.count), times[1], str(long.count)))
    rows.append(("budget", "", str(BUDGET["--help"]), "", str(BUDGET["build"])))
    names = ("package", "`--help`", "modules", "`build`", "modules")
    goals = tuple(_goal(name, one) for name, one in loaded.items())
    return Section(f"{HEAD}\n{table(names, rows)}", goals)


def _goal(name: str, one: Loaded) -> Goal:
    most = BUDGET[name]
    return Goal(f"`{name}` loads at most {most} modules", f"{one.count}", one.count <= most)


def _row(package: str, short: Loaded, long: Loaded) -> tuple[str, ...]:
    return (
        package,
        f"{short.milliseconds.get(package, 0.0):.1f}",
        str(short.modules.get(package, 0)),
        f"{long.milliseconds[package]:.1f}",
        str(long.modules[package]),
    )


def by_package(command: Sequence[str], runs: int = 3) -> Loaded:
    """What a command spends on importing each package; the best of several runs."""
    found = [_once(command) for _ in range(runs)]
    best = {
        package: min(one.milliseconds.get(package, spent) for one in found)
        for package, spent in found[0].milliseconds.items()
    }
    return Loaded(best, found[0].modules)


def _once(command: Sequence[str]) -> Loaded:
    asked = [sys.executable, "-X", "importtime", *command]
    done = subprocess.run(asked, capture_output=True, check=True, text=True, env=ENVIRONMENT)
    spent: dict[str, float] = defaultdict(float)
    modules: dict[str, int] = defaultdict(int)
    for own, module in LINE.findall(done.stderr):
        name = module.partition(".")[0]
        package = "the standard library" if name in sys.stdlib_module_names else name
        spent[package] += int(own) / 1000
        modules[package] += 1
    return Loaded(dict(spent), dict(modules))
