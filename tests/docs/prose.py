"""The code blocks of the documentation, and what it takes to run them.

Takes a page of Markdown; gives its `Block`s, each knowing its line. The word after the fence says the language, what follows
says what to do with it: a file's name writes the block to that file, `add` puts its entries at the end of the file's
sections, `replace` puts them in the place of these sections; a `diff` changes lines of a file. `copy` means words rather
than a layout.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from brochure import cli

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^(?P<fence>```+)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S)
SECTION = re.compile(r"^([\w-]+):", re.M)
VARYING = (
    (re.compile(r"\b\d+(?:\.\d+)? (?:kB|MB)\b"), "N kB"),
    (re.compile(r"\b\d+\.\d+ s\b"), "N s"),
)
"""What may differ from one machine to the next: the size of a file and how long it took."""


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: the page and line where it stands, its language, what else its fence says, its text."""

    page: Path
    line: int
    language: str
    words: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """Every page of the documentation, the readme and the list of changes with it."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> Iterator[Block]:
    """The code blocks of a page, from its head down."""
    source = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(source):
        language, *words = match["info"].split() or [""]
        line = source.count("\n", 0, match.start()) + 1
        yield Block(page, line, language, tuple(words), match["text"])


# Files


def put(block: Block, folder: Path) -> None:
    """Does with a block what its fence says: writes its file, or adds to it, or replaces sections of it."""
    name, *verb = block.words
    path = folder / name
    if block.language == "diff":
        path.write_text(_changed(path.read_text(encoding="utf-8"), block), encoding="utf-8")
        return
    if not verb:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        return
    merge = {"add": _added, "replace": _replaced}[verb[0]]
    before = _sections(path.read_text(encoding="utf-8"))
    path.write_text("".join(merge(before, _sections(block.text)).values()), encoding="utf-8")


def _changed(text: str, block: Block) -> str:
    """The text with the lines marked - replaced by those marked +; they must stand in it once."""
    lines = block.text.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
    assert text.count(old) == 1, f"{block}: stands in the file {text.count(old)} times"
    return text.replace(old, new)


def _sections(text: str) -> dict[str, str]:
    """The text by its outermost keys, in order; what stands before the first one under the empty name."""
    starts = [(match.start(), match[1]) for match in SECTION.finditer(text)]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    found = {"": text[: starts[0][0] if starts else len(text)]}
    return found | {name: text[start:end] for (start, name), end in zip(starts, ends, strict=True)}


def _added(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    return old | {
        name: old[name].rstrip("\n") + "\n" + text.partition("\n")[2] + "\n"
        if name in old
        else text
        for name, text in new.items()
        if name
    }


def _replaced(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    return old | {name: text.rstrip("\n") + "\n\n" for name, text in new.items() if name}


# Commands


def said(command: str) -> tuple[str, int]:
    """What the program prints for a command, on both its outputs, and its exit status."""
    out = io.StringIO()
    status = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", shlex.split(command))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                cli.main()
            except SystemExit as stop:
                status = int(stop.code or 0)
    return out.getvalue(), status


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output that the page shows."""
    for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        yield command.strip(), shown


def alike(shown: str, printed: str) -> bool:
    """Whether what the page shows is what was printed; `…` stands for anything, on a line or for lines."""
    pattern = re.escape(_masked(shown.strip())).replace("…", ".*?")
    return re.fullmatch(pattern, _masked(printed.strip()), re.S) is not None


def _masked(text: str) -> str:
    for varying, mask in VARYING:
        text = varying.sub(mask, text)
    return "\n".join(line.rstrip() for line in text.splitlines())
