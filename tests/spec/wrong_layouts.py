"""The wrong layouts in `wrong/`, each with what must be said beside the line it is said about.

Takes a file; gives its `WrongLayout`. Over a bad line stands, once for every finding on it, in the order of columns:

    # error: 14 unknown style 'boddy' (did you mean 'body'?)

with the column (from 1) and the whole message; `# warning:` in the same way. The first line says whether the JSON Schema
can see that the file is wrong: `# schema: refuses`, or `# schema: cannot see`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from brochure.findings import Finding

FOLDER = Path(__file__).parent / "wrong"
SAID = re.compile(r"\s*# (error|warning): (\d+) (.*)")
SCHEMA = re.compile(r"# schema: (refuses|cannot see)")


@dataclass(frozen=True, slots=True)
class WrongLayout:
    """A wrong layout: its bytes, what must be said about it (line, column, level, message), what the schema sees."""

    name: str
    source: bytes
    expected: tuple[tuple[int, int, str, str], ...]
    schema_sees: bool


def wrong_layouts() -> list[WrongLayout]:
    """Every wrong layout, in alphabetical order."""
    return [_parsed(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _parsed(path: Path) -> WrongLayout:
    source = path.read_bytes()
    lines = source.decode().split("\n")
    sees = SCHEMA.fullmatch(lines[0])
    assert sees, f"{path.name}: the first line says nothing about the schema"
    expected: list[tuple[int, int, str, str]] = []
    waiting: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines, start=1):
        said = SAID.fullmatch(line)
        if said:
            waiting.append((int(said[2]), said[1], said[3]))
        else:
            expected += [(number, column, level, text) for column, level, text in waiting]
            waiting = []
    return WrongLayout(path.name, source, tuple(expected), sees[1] == "refuses")


def as_expected(finding: Finding) -> tuple[int, int, str, str]:
    """A finding as the notation has it."""
    assert finding.span
    hint = f" ({finding.hint})" if finding.hint else ""
    level = finding.severity.value
    return finding.span.line, finding.span.column, level, f"{finding.message}{hint}"
