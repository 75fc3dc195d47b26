"""Read and run the code blocks of the documentation.

The word after the fence is the language. The next word is a file name: the block is written to that file. `add` appends
the block's entries to the file's sections, and `replace` replaces these sections. A `diff` changes lines of a file.
`copy` instead of a file name marks a piece of copy; other YAML blocks are pieces of a layout. Words with `=`, such as
`picture=blocks/quote`, say how the block is drawn (`docs/example_pictures.py`).
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
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
"""File sizes and times, which differ between machines."""


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: its page and line, its language, the other words after its fence, its text, the words with a value."""

    page: Path
    line: int
    language: str
    words: tuple[str, ...]
    text: str
    options: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """Return the pages of the documentation, including the readme and the changelog."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> Iterator[Block]:
    """Yield the code blocks of a page in order."""
    source = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(source):
        language, *words = match["info"].split() or [""]
        line = source.count("\n", 0, match.start()) + 1
        plain = tuple(word for word in words if "=" not in word)
        options = dict(word.split("=", 1) for word in words if "=" in word)
        yield Block(page, line, language, plain, match["text"], options)


# Files


def put(block: Block, folder: Path) -> None:
    """Write a block to its file, or change the file, as its fence says."""
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
    """Replace the lines marked - with those marked +; with the lines of context, they must occur exactly once."""
    lines = block.text.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] in signs) for signs in ("- ", "+ "))
    assert text.count(old) == 1, f"{block}: occurs {text.count(old)} times in the file"
    return text.replace(old, new)


def _sections(text: str) -> dict[str, str]:
    """Split a text by its top-level keys; the text before the first key has an empty name."""
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


FILE_COMMANDS = ("cp", "mkdir", "rm")


def said(command: str) -> tuple[str, int]:
    """Run a command; return its standard output and standard error, and its exit status.

    FILE_COMMANDS are run by the system in the current folder; everything else must be `brochure`, which is run in this process.
    """
    if command.split(maxsplit=1)[0] in FILE_COMMANDS:
        done = subprocess.run(shlex.split(command), capture_output=True, text=True, check=False)
        return done.stdout + done.stderr, done.returncode
    assert command.startswith("brochure "), command
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
    """Yield the commands of a console block, each with the output on the page."""
    for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        yield command.strip(), shown


def alike(shown: str, printed: str) -> bool:
    """Compare the output on the page with the real one; `…` matches anything, also several lines."""
    pattern = re.escape(_masked(shown.strip())).replace("…", ".*?")
    return re.fullmatch(pattern, _masked(printed.strip()), re.S) is not None


def _masked(text: str) -> str:
    for varying, mask in VARYING:
        text = varying.sub(mask, text)
    return "\n".join(line.rstrip() for line in text.splitlines())
