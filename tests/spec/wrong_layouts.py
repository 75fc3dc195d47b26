"""The wrong layouts in `wrong/`, each with comments that state the expected findings.

`wrong_layouts` reads them. A line with errors has a comment above it for each finding, in the order of columns:

    # error: 14 unknown style 'boddy' (did you mean 'body'?)

with the column (from 1) and the whole message; `# warning:` in the same way. The first line states whether the JSON Schema
detects an error in the file: `# schema: refuses`, or `# schema: cannot see`.
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
    """A wrong layout: its bytes, its expected findings (line, column, level, message), whether the schema detects one."""

    name: str
    source: bytes
    expected: tuple[tuple[int, int, str, str], ...]
    schema_sees: bool


def wrong_layouts() -> list[WrongLayout]:
    """Return every wrong layout, in alphabetical order."""
    return [_parsed(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _parsed(path: Path) -> WrongLayout:
    source = path.read_bytes()
    lines = source.decode().split("\n")
    sees = SCHEMA.fullmatch(lines[0])
    assert sees, f"{path.name}: the first line says nothing about the schema"
    expected: list[tuple[int, int, str, str]] = []
    waiting: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines, start=1):
        result = SAID.fullmatch(line)
        if result:
            waiting.append((int(result[2]), result[1], result[3]))
        else:
            expected += [(number, column, level, text) for column, level, text in waiting]
            waiting = []
    return WrongLayout(path.name, source, tuple(expected), sees[1] == "refuses")


def as_expected(finding: Finding) -> tuple[int, int, str, str]:
    """Return a finding in the notation of the comments."""
    assert finding.span
    hint = f" ({finding.hint})" if finding.hint else ""
    level = finding.severity.value
    return finding.span.line, finding.span.column, level, f"{finding.message}{hint}"
