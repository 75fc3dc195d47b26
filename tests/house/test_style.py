"""How code is written, and what may be in a committed file."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.modules import ROOT, modules

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "tools", "stuff"}


def test_dataclasses_are_the_fast_ones() -> None:
    slow = [
        str(module)
        for module in modules()
        for one in module.imports
        if one.name == "dataclasses.dataclass" and module.package != "fast_dataclass"
    ]
    assert slow == [], (
        "import dataclass from brochure.fast_dataclass: it defines classes in a third of the time"
    )


def test_module_names_say_what_they_hold() -> None:
    named = [module for module in modules() if module.path.stem.strip("_") in FORBIDDEN_NAMES]
    assert named == []


def test_values_are_frozen() -> None:
    """Dataclasses are frozen; MUTABLE lists the exceptions."""
    wrong = []
    for module in modules():
        for node in module.nodes:
            if not isinstance(node, ast.ClassDef):
                continue
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            if any(mark.startswith("dataclass") and "frozen=True" not in mark for mark in marks):
                wrong.append(f"{module}:{node.lineno} {node.name}")
    assert [one for one in wrong if one.split()[-1] not in MUTABLE] == []


MUTABLE = {"ReadContext"}
"""Classes that collect findings while a file is read."""


# What is committed


def committed() -> list[Path]:
    """Return the files that git tracks."""
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
"""`make lock` has options that name the index, to leave it out of the lock files."""


def test_no_build_products_are_committed() -> None:
    made = {".pyc", ".whl", ".part", ".log", ".swp", ".orig", ".rej"}
    wrong = [
        path.name for path in committed() if path.suffix in made or "__pycache__" in path.parts
    ]
    assert wrong == []


def test_widths_of_type_are_added_up_exactly() -> None:
    """`sum` of floats differs in the last digit between Python 3.11 and later versions; `math.fsum` is the same in all."""
    wrong = [
        f"{path.name}:{number}"
        for path in (*(ROOT / "brochure" / "typeset").glob("*.py"), ROOT / "brochure/pdf/text.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"(?<!f)\bsum\(", line) and "map(len" not in line and "get_glyph" not in line
    ]
    assert wrong == []
