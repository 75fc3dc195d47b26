"""Run the command line as the console script does, in this process.

`call` returns the standard output, the standard error and the exit status of a command. A traceback in the output fails the test.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from brochure import cli

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "layouts" / "proven-model"
COMMANDS = ("build", "check", "fonts", "new", "schema")


CODE = re.compile(r" \[([a-z]+(?:-[a-z0-9]+)*)\]$")
"""The code of a finding, at the end of its line."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The output of a command and its exit status."""

    out: str
    err: str
    status: int

    @property
    def lines(self) -> list[str]:
        """The lines on standard error without the codes of findings."""
        return [CODE.sub("", line) for line in self.err.splitlines()]

    @property
    def codes(self) -> list[str]:
        """The codes of findings on standard error."""
        return [match[1] for line in self.err.splitlines() if (match := CODE.search(line))]

    @property
    def data(self) -> Any:
        """The JSON document on standard output; there must be nothing else."""
        assert self.err == ""
        return json.loads(self.out)


def call(*words: str | Path) -> CommandResult:
    """Run `brochure` with these arguments."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", ["brochure", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
    result = CommandResult(out.getvalue(), err.getvalue(), int(stop.value.code or 0))
    assert "Traceback" not in result.out + result.err
    assert "\x1b" not in result.out + result.err, "colours, although the output is not a terminal"
    return result


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return everything in a folder: files with their bytes, folders with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


LAYOUT = """\
brochure: trial
size: A6
binding: none
bleed: 3 mm
paragraph-styles:
  body: {font: Source Serif 4, size: 9 pt, leading: 12 pt}
pages:
  - frames:
      words: {at: margins, content: {text: a.words}}
"""
COPY = "a:\n  words: A word or two.\n  alt: A square.\n"
PICTURE_LAYOUT = (
    LAYOUT.replace("{text: a.words}", "{image: square.jpg, alt: a.alt}") + "preflight: off\n"
)
"""A layout without preflight checks, whose picture is too small for the press."""


def project(folder: Path, layout: str = LAYOUT, copy: str = COPY) -> Path:
    """Write a small project into a folder."""
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(layout, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    return folder
