"""Check the dependencies for known vulnerabilities: `make audit`, and the last step of continuous integration.

Runs pip-audit on every line of requirements.lock and prints the result. A known vulnerability is exit status 1. If the advisories
cannot be reached, or have no data on a package, that is printed in capitals and the status is 0: a machine without a network is
not vulnerable, but the output must not look like a clean result. Tests without a network are in test_dependencies.py.
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
    """The result of the audit: vulnerabilities by package, packages without data, and the number of packages."""

    vulnerabilities: tuple[str, ...]
    unknown: tuple[str, ...]
    count: int


def main(auditor: str) -> int:
    """Print the result; return 1 if there is a known vulnerability, otherwise 0."""
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
        result = audited(json.loads(done.stdout))
    except (OSError, ValueError, KeyError, TypeError, subprocess.SubprocessError) as failure:
        sys.stdout.write(f"{NOT_AUDITED}: pip-audit gave no answer ({type(failure).__name__})\n")
        return 0
    sys.stdout.write("".join(f"{line}\n" for line in told(result)))
    return 1 if result.vulnerabilities else 0


NOT_AUDITED = "THE DEPENDENCIES WERE NOT AUDITED"


def audited(answer: Any) -> Audited:
    """Parse the JSON of pip-audit."""
    packages = answer["dependencies"]
    vulnerabilities = tuple(
        f"{one['name']} {one['version']}: {known['id']} (fixed in {', '.join(known['fix_versions']) or 'no version yet'})"
        for one in packages
        for known in one.get("vulns", ())
    )
    unknown = tuple(one["name"] for one in packages if "skip_reason" in one)
    return Audited(vulnerabilities, unknown, len(packages))


def told(result: Audited) -> list[str]:
    """Return the lines to print."""
    lines = [f"known vulnerability: {vulnerability}" for vulnerability in result.vulnerabilities]
    if result.count == len(result.unknown):
        return [
            *lines,
            f"{NOT_AUDITED}: the advisories could not be reached from here; run it where they can",
        ]
    if result.unknown:
        lines.append(f"{NOT_AUDITED} IN PART: nothing is known of {', '.join(result.unknown)}")
    asked = result.count - len(result.unknown)
    return [
        *lines,
        f"{asked} packages audited, {len(result.vulnerabilities)} known vulnerabilities",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
