"""The import time of commands by package, measured with `python -X importtime`, and the limits of loaded modules.

The number of modules is the same on every machine, so a test checks it. The milliseconds are only reported.
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
from bench.tables import Goal, Section, format_table

LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")

MAX_MODULES = {"--help": 179, "build": 676}
"""Limit of the modules that a command loads, including the standard library."""

HEAD = """\
## Imports

Milliseconds by package, measured with `python -X importtime`, and the number of modules loaded. `--help` must not load any
stage, and a command must not load a library that only other commands use;
[tests/cli/test_loading.py](../tests/cli/test_loading.py) checks both.
"""


@dataclass(frozen=True, slots=True)
class LoadedModules:
    """Milliseconds of import, and number of modules, by package."""

    milliseconds: dict[str, float]
    modules: dict[str, int]

    @property
    def count(self) -> int:
        """Number of all modules."""
        return sum(self.modules.values())


def measure_section(sample: Path, work: Path) -> Section:
    """Measure `--help` and `build`; return the section with its goals."""
    print("imports …")
    loaded = {
        "--help": measure_packages([BROCHURE, "--help"]),
        "build": measure_packages([BROCHURE, "build", str(sample), "-o", str(work)]),
    }
    short, long = loaded.values()
    rows = [
        _format_row(package, short, long)
        for package, spent in sorted(long.milliseconds.items(), key=lambda one: -one[1])
        if spent >= 1.0
    ]
    times = [f"**{sum(one.milliseconds.values()):.1f}**" for one in loaded.values()]
    rows.append(("**total**", times[0], str(short.count), times[1], str(long.count)))
    rows.append(("limit", "", str(MAX_MODULES["--help"]), "", str(MAX_MODULES["build"])))
    columns = ("package", "`--help`", "modules", "`build`", "modules")
    goals = tuple(_compare_with_limit(name, one) for name, one in loaded.items())
    return Section(f"{HEAD}\n{format_table(columns, rows)}", goals)


def _compare_with_limit(name: str, loaded: LoadedModules) -> Goal:
    limit = MAX_MODULES[name]
    return Goal(f"`{name}` loads at most {limit} modules", f"{loaded.count}", loaded.count <= limit)


def _format_row(package: str, short: LoadedModules, long: LoadedModules) -> tuple[str, ...]:
    return (
        package,
        f"{short.milliseconds.get(package, 0.0):.1f}",
        str(short.modules.get(package, 0)),
        f"{long.milliseconds[package]:.1f}",
        str(long.modules[package]),
    )


def measure_packages(command: Sequence[str], runs: int = 3) -> LoadedModules:
    """Measure the import of each package by a command, the best of several runs after one that fills the caches."""
    _measure_once(command)
    results = [_measure_once(command) for _ in range(runs)]
    best = {
        package: min(one.milliseconds.get(package, spent) for one in results)
        for package, spent in results[0].milliseconds.items()
    }
    return LoadedModules(best, results[0].modules)


def _measure_once(command: Sequence[str]) -> LoadedModules:
    arguments = [sys.executable, "-X", "importtime", *command]
    done = subprocess.run(arguments, capture_output=True, check=True, text=True, env=ENVIRONMENT)
    spent: dict[str, float] = defaultdict(float)
    modules: dict[str, int] = defaultdict(int)
    for own, module in LINE.findall(done.stderr):
        name = module.partition(".")[0]
        package = "the standard library" if name in sys.stdlib_module_names else name
        spent[package] += int(own) / 1000
        modules[package] += 1
    return LoadedModules(dict(spent), dict(modules))
