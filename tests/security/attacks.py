"""A small project with one hostile file in it, and the response of the program.

`refusals` returns the errors of `brochure build` in that folder; `measured` returns the peak memory of a process that builds many
of them. None of the files is dangerous to the machine that runs the tests if the program works.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from brochure.errors import ExitCode
from tests.cli.calling import COPY, LAYOUT, PICTURE_LAYOUT, ROOT, CommandResult, call

DRAWING_LAYOUT = PICTURE_LAYOUT.replace("image: square.jpg", "image: mark.svg")
FONT_LAYOUT = LAYOUT.replace("Source Serif 4", "Boxes")
PROFILE_LAYOUT = LAYOUT.replace("bleed:", "press: printer.icc\nbleed:")


def lay(folder: Path, files: Mapping[str, bytes], layout: str = LAYOUT) -> Path:
    """Write the project into a folder: a layout, its copy, and the files of the attack."""
    for name, data in {
        "brochure.yaml": layout.encode(),
        "content/en.yaml": COPY.encode(),
        **files,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def built(folder: Path, *words: str) -> CommandResult:
    """Run `brochure build` inside the project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return call("build", *words)


def refused(folder: Path, *words: str) -> str:
    """Return the first error of a build."""
    return refusals(folder, *words)[0]


def refusals(folder: Path, *words: str) -> list[str]:
    """Return the errors of a build; nothing is written, and none is an internal error."""
    result = built(folder, *words)
    assert result.status in (ExitCode.INVALID_INPUT, ExitCode.USAGE), result.err
    assert not (folder / "out").exists()
    assert "internal error" not in result.err
    return result.lines


MEASURED = """
import json, os, sys
from brochure.errors import ExitCode
from tests.cli.calling import call
lines = {}
for folder in sorted(os.listdir(sys.argv[1])):
    os.chdir(os.path.join(sys.argv[1], folder))
    said = call("build")
    lines[folder] = (said.status, said.err)
with open("/proc/self/status", encoding="ascii") as facts:
    peak = next(line.split()[1] for line in facts if line.startswith("VmHWM"))
print(json.dumps({"lines": lines, "peak": int(peak) * 1024}))
"""


def measured(folder: Path) -> tuple[dict[str, tuple[int, str]], int]:
    """Build each project in a folder, all in one process. Return the status and output of each, and the peak memory in bytes."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not say how much memory a process took")
    words = [sys.executable, "-c", MEASURED, str(folder)]
    setting = {**os.environ, "BROCHURE_CACHE": "off", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=setting, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(done.stdout)
    return {name: tuple(one) for name, one in result["lines"].items()}, result["peak"]
