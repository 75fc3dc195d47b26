"""The audit of what the program stands on: `make audit`, and the last step of CI.

Asks pip-audit about every line of requirements.lock, and prints what came of it. A known hole ends with status 1. Where the
advisories cannot be reached, or tell nothing of a package, that is said in capitals and the status is 0: a machine without
a network is no hole, but nobody may take silence for an all-clear. What needs no network is tested in test_dependencies.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Audited:
    """What the advisories said: holes by package, the packages that nothing was said of, and how many there were."""

    holes: tuple[str, ...]
    unknown: tuple[str, ...]
    count: int


def main(auditor: str) -> int:
    """The status: 1 where there is a known hole, else 0; prints what was found and what could not be."""
    words = [
        auditor,
        "--require-hashes",
        "--disable-pip",
        "-r",
        str(LOCK),
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE)
        said = audited(json.loads(done.stdout))
    except (OSError, ValueError, KeyError, TypeError, subprocess.SubprocessError) as failure:
        sys.stdout.write(f"{NOT_AUDITED}: pip-audit gave no answer ({type(failure).__name__})\n")
        return 0
    sys.stdout.write("".join(f"{line}\n" for line in told(said)))
    return 1 if said.holes else 0


NOT_AUDITED = "THE DEPENDENCIES WERE NOT AUDITED"


def audited(answer: Any) -> Audited:
    """What pip-audit's JSON says."""
    packages = answer["dependencies"]
    holes = tuple(
        f"{one['name']} {one['version']}: {hole['id']} (mended in {', '.join(hole['fix_versions']) or 'no version yet'})"
        for one in packages
        for hole in one.get("vulns", ())
    )
    unknown = tuple(one["name"] for one in packages if "skip_reason" in one)
    return Audited(holes, unknown, len(packages))


def told(said: Audited) -> list[str]:
    """The lines that are printed."""
    lines = [f"known hole: {hole}" for hole in said.holes]
    if said.count == len(said.unknown):
        return [
            *lines,
            f"{NOT_AUDITED}: the advisories could not be reached from here; run it where they can",
        ]
    if said.unknown:
        lines.append(f"{NOT_AUDITED} IN PART: nothing is known of {', '.join(said.unknown)}")
    asked = said.count - len(said.unknown)
    return [*lines, f"{asked} packages audited, {len(said.holes)} known holes"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
