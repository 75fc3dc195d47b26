"""The style sheet of the house: lengths, names, docstrings, and what may be written in a committed file."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.layers import ROOT, modules

MAX_FUNCTION = 40
MAX_FILE = 400
ONE_BRANCH_A_RULE = {("brochure/typeset/bidi.py", "_resolve_explicit")}
"""Functions as long as what they follow: rules X1 to X8 of UAX 9 in their order, which would be harder to check in pieces."""

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "tools", "stuff"}


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function's body without its docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = function.body[1] if documented and len(function.body) > 1 else first
    return (function.end_lineno or 0) - start.lineno + 1


def test_functions_are_short() -> None:
    long = [
        f"{module}:{function.lineno} {function.name}: {body_length(function)} lines"
        for module in modules()
        for function in module.functions()
        if body_length(function) > MAX_FUNCTION
        if (str(module), function.name) not in ONE_BRANCH_A_RULE
    ]
    assert long == []


def test_dataclasses_are_the_quick_ones() -> None:
    slow = [
        str(module)
        for module in modules()
        for one in module.imports()
        if one.name == "dataclasses.dataclass" and module.room != "fast_dataclass"
    ]
    assert slow == [], "import dataclass from brochure.fast_dataclass: it costs a third"


def test_files_are_short() -> None:
    long = [
        f"{module}: {length} lines"
        for module in modules()
        if (length := len(module.source.splitlines())) > MAX_FILE
    ]
    assert long == []


def test_half_of_all_functions_are_very_short() -> None:
    """The house's own figure: a median near 8 lines."""
    lengths = sorted(
        body_length(function) for module in modules() for function in module.functions()
    )
    assert lengths[len(lengths) // 2] <= 8


def test_no_room_is_for_anything() -> None:
    named = [module for module in modules() if module.path.stem.strip("_") in FORBIDDEN_NAMES]
    assert named == []


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?:](?=\s|$)", text))


def test_values_are_frozen() -> None:
    """A dataclass that can change says why in its docstring: it gathers, keeps or counts."""
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ClassDef):
                continue
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            if any(mark.startswith("dataclass") and "frozen=True" not in mark for mark in marks):
                wrong.append(f"{module}:{node.lineno} {node.name}")
    assert [one for one in wrong if one.split()[-1] not in GATHERERS] == []


GATHERERS = {"ReadContext"}
"""What gathers findings while it goes along; everything else is a value."""


# What is committed


def committed() -> list[Path]:
    """The text files that git knows, but for the licences and lists that are not ours."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    if done.returncode:
        pytest.skip("not in a git checkout")
    names = [name for name in done.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


MACHINE = re.compile(
    r"(?<![\w/.-])/(?:work|home/\w+|root|Users/\w+|tmp/\w+|mnt)/"
    r"|pypi\.(?:org|python\.org)|files\.pythonhosted\.org|registry\.npmjs\.org|index-url|trusted-host",
)


def test_nothing_committed_names_this_machine_or_a_registry() -> None:
    wrong = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [
            f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1} {match[0]}"
            for match in MACHINE.finditer(text)
            if path != Path(__file__)
        ]
    assert [one for one in wrong if not one.startswith(ALLOWED)] == []


ALLOWED = ("Makefile:",)
"""The lock is written without an index; the options that say so name it."""


def test_nothing_that_was_made_is_committed() -> None:
    made = {".pyc", ".whl", ".part", ".log", ".swp", ".orig", ".rej"}
    wrong = [
        path.name for path in committed() if path.suffix in made or "__pycache__" in path.parts
    ]
    assert wrong == []
