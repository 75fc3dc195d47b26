"""The lock of a project: the versions of the programs that built it, so that others can build the same bytes."""

from __future__ import annotations

import json
import platform
import re
import zlib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from brochure import __version__
from brochure.findings import Finding, Severity, Span

PROGRAM = "brochure"
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def installed_versions() -> dict[str, Any]:
    """Return the versions of this program, of Python and zlib, and of the packages that the program requires."""
    return {
        PROGRAM: __version__,
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "packages": _required_packages(),
    }


def _required_packages() -> dict[str, str]:
    """Return the installed versions of the program's distribution and of all that it requires, by name."""
    found: dict[str, str] = {}
    waiting = [PROGRAM]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            here = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = here.version
        needed = (one for one in here.requires or () if "extra ==" not in one)
        waiting += [match.group() for one in needed if (match := REQUIREMENT.match(one))]
    return dict(sorted(found.items()))


SHOWN = 3
"""Differences that a finding names."""


def check_lock(data: bytes, label: str) -> Iterator[Finding]:
    """Yield a warning if the versions in a lock are not those that are installed."""
    try:
        locked = _flatten(json.loads(data))
    except (ValueError, AttributeError, TypeError, RecursionError):
        message = "the lock of versions cannot be read; expected the file that 'brochure package --sources' wrote"
        yield Finding("versions-differ", message, Span(label), "", Severity.WARNING)
        return
    installed = _flatten(installed_versions())
    differences = [
        f"{name} {version} (installed: {installed.get(name, 'none')})"
        for name, version in locked.items()
        if installed.get(name) != version
    ]
    if not differences:
        return
    more = f" and {len(differences) - SHOWN} more" if len(differences) > SHOWN else ""
    shown = ", ".join(differences[:SHOWN])
    message = f"PDFs may differ from those of the package, which was built with {shown}{more}"
    hint = "install the versions in requirements.txt: pip install -r requirements.txt"
    yield Finding("versions-differ", message, Span(label), hint, Severity.WARNING)


def _flatten(lock: Mapping[str, Any]) -> dict[str, str]:
    """Return all versions by name."""
    own = {name: str(lock.get(name, "")) for name in (PROGRAM, "python", "zlib")}
    packages = {name: str(version) for name, version in lock.get("packages", {}).items()}
    return {**packages, **{name: version for name, version in own.items() if version}}
