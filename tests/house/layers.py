"""The rooms of the house, from the roof down, and what every module imports.

Takes the package's source; gives `LAYERS`, the one place where the order is written, and the modules with their imports.
Rooms on one line do not see each other; a room may import from lower lines only.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "brochure"

LAYERS = (
    ("cli",),
    ("mailmerge",),
    (
        "batch",
        "translation",
        "templates",
        "preflight",
        "impose",
        "proof",
    ),
    ("api",),
    ("pdf",),
    ("imposition",),
    ("layout",),
    (
        "structure",
        "blocks",
        "prepress",
    ),
    ("model",),
    ("l10n",),
    ("styles",),
    ("spec",),
    ("typeset",),
    (
        "fonts",
        "color",
        "images",
    ),
    ("project",),
    ("system",),
    ("errors",),
    (
        "geometry",
        "findings",
        "locales",
    ),
    ("fast_dataclass",),
)
LATE = frozenset({"cli", "system"})
"""Rooms that may import our own modules inside functions: commands, so that `--help` loads none; kinds, by name."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import as it stands: the module's whole name, the line, whether inside a function, whether for types alone."""

    name: str
    line: int
    inside: bool = False
    for_types: bool = False


@dataclass(frozen=True)
class Module:
    """A module of the package."""

    path: Path
    source: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room that it belongs to; empty for the package's own `__init__`."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py").replace("__init__", "")

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    def imports(self) -> Iterator[Import]:
        """Every import, at whatever depth."""
        yield from _imports(self.tree, Import("", 0))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every module of the package, in alphabetical order."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        found.append(Module(path, source, ast.parse(source)))
    return tuple(found)


def level(room: str) -> int:
    """The line of `LAYERS` that a room stands on, counted from the roof."""
    return next((at for at, rooms in enumerate(LAYERS) if room in rooms), len(LAYERS))


def room_of(name: str) -> str:
    """The room that an imported name leads to; empty for another's module or the package's own face."""
    parts = name.split(".")
    return (
        parts[1]
        if parts[0] == "brochure" and len(parts) > 1 and not parts[1].startswith("__")
        else ""
    )


def _imports(node: ast.AST, at: Import) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        inside = at.inside or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
        typed = at.for_types or (
            isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        )
        for name in _named(child):
            yield Import(name, getattr(child, "lineno", 0), inside, typed)
        yield from _imports(child, Import("", 0, inside, typed))


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        yield from (f"{module}.{alias.name}" for alias in node.names)
