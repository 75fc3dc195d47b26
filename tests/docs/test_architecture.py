"""The map of the house in docs/architecture.md, held against the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.docs.prose import ROOT, blocks

PAGE = ROOT / "docs" / "architecture.md"
PACKAGE = ROOT / "brochure"
LATE = {"cli", "system"}
"""Rooms that may import our own modules inside functions."""


def layers() -> list[list[str]]:
    """The rooms by line, from the roof down."""
    (block,) = (block for block in blocks(PAGE) if block.words == ("layers",))
    return [[room.strip() for room in line.split("|")] for line in block.text.splitlines()]


def modules() -> list[Path]:
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if path.parent != PACKAGE or path.name != "__init__.py"
    )


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The rooms that a module imports from, its own left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module == "brochure":
            names = [alias.name for alias in node.names if not alias.name.startswith("__")]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("brochure."):
            names = [(node.module or "").split(".")[1]]
        elif isinstance(node, ast.Import):
            names = [
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("brochure.")
            ]
        yield from (name for name in names if name != room_of(path))


def test_the_map_has_every_room() -> None:
    drawn = {room for line in layers() for room in line}
    assert drawn == {room_of(path) for path in modules()}


def test_imports_go_down_only() -> None:
    level = {room: at for at, line in enumerate(layers()) for room in line}
    wrong = [
        f"{path.relative_to(ROOT)} imports from {room}"
        for path in modules()
        for room in imported(path)
        if level[room] <= level[room_of(path)]
    ]
    assert wrong == []


def test_the_tree_has_every_room() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## The tree")[2].partition("\n## ")[0]
    missing = [
        room
        for line in layers()
        for room in line
        if f"`{room}`" not in text and f"`{room}.py`" not in text
    ]
    assert missing == []


def test_own_modules_are_imported_at_the_head() -> None:
    """Inside a function only where a room is made for it."""
    late = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in modules()
        if room_of(path) not in LATE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.ImportFrom) and (inner.module or "").startswith("brochure")
    ]
    assert late == []
