"""Imports: which package costs what when a command begins, by `python -X importtime`."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict

from bench.processes import ENVIRONMENT

LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


def by_package(command: list[str], runs: int = 3) -> dict[str, float]:
    """Milliseconds that a command spends on importing each package, dearest first; the best of several runs."""
    best: dict[str, float] = {}
    for _ in range(runs):
        for package, spent in _once(command).items():
            best[package] = min(spent, best.get(package, spent))
    return dict(sorted(best.items(), key=lambda entry: -entry[1]))


def _once(command: list[str]) -> dict[str, float]:
    asked = [sys.executable, "-X", "importtime", *command]
    done = subprocess.run(asked, capture_output=True, check=True, text=True, env=ENVIRONMENT)
    spent: dict[str, float] = defaultdict(float)
    for own, module in LINE.findall(done.stderr):
        package = module.partition(".")[0]
        spent["the standard library" if package in sys.stdlib_module_names else package] += (
            int(own) / 1000
        )
    return spent
