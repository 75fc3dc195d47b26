"""Calling the program as the console script does, in this process.

Takes the words of a command line; gives what went to standard output and standard error, and the exit status. A traceback
anywhere fails the test.
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
"""The code at the end of a printed finding."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed and how it ended."""

    out: str
    err: str
    status: int

    @property
    def lines(self) -> list[str]:
        """What it said on standard error, by lines, each without the code of its finding."""
        return [CODE.sub("", line) for line in self.err.splitlines()]

    @property
    def codes(self) -> list[str]:
        """The codes at the ends of the lines on standard error."""
        return [match[1] for line in self.err.splitlines() if (match := CODE.search(line))]

    @property
    def data(self) -> Any:
        """The JSON document on standard output, which must be all that is there."""
        assert self.err == ""
        return json.loads(self.out)


def call(*words: str | Path) -> Said:
    """Runs `brochure` with these words."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", ["brochure", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
    said = Said(out.getvalue(), err.getvalue(), int(stop.value.code or 0))
    assert "Traceback" not in said.out + said.err
    assert "\x1b" not in said.out + said.err, "colours, although nobody's terminal asked for them"
    return said


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder: files with their bytes, folders with None."""
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
PICTURE_LAYOUT = LAYOUT.replace("{text: a.words}", "{image: square.jpg, alt: a.alt}")


def project(folder: Path, layout: str = LAYOUT, copy: str = COPY) -> Path:
    """A small project in a folder."""
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(layout, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    return folder
