"""The modules of the package with their imports, for the tests on how the code is written.

The layers themselves are an import-linter contract in pyproject.toml; `make check` runs `lint-imports`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "brochure"

LATE = frozenset({"__main__", "cli", "system", "api", "preflight"})
"""Packages that may import our own modules inside functions: the main program, which reports a lack of memory; commands, so that
`--help` loads none; plugins by name; the preflight, so that a press build loads no reader of finished PDFs, and a screen build
no checks."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import: the full name, the line, whether it is inside a function, whether it is for type checkers only."""

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
    def package(self) -> str:
        """The package under `brochure` that it belongs to; empty for `brochure/__init__.py`."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py").replace("__init__", "")

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Every import, at any depth."""
        return tuple(_imports(self.tree, Import("", 0)))

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return tuple(ast.walk(self.tree))


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package in alphabetical order."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        found.append(Module(path, source, ast.parse(source)))
    return tuple(found)


STATEMENTS = (ast.stmt, ast.ExceptHandler, ast.match_case)
"""Nodes that may contain an import; expressions cannot."""


def _imports(node: ast.AST, at: Import) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, STATEMENTS):
            continue
        inside = at.inside or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
        typed = at.for_types or (isinstance(child, ast.If) and _is_for_types(child.test))
        for name in _named(child):
            yield Import(name, getattr(child, "lineno", 0), inside, typed)
        yield from _imports(child, Import("", 0, inside, typed))


def _is_for_types(test: ast.expr) -> bool:
    names = (getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(test))
    return "TYPE_CHECKING" in names


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        yield from (f"{module}.{alias.name}" for alias in node.names)
