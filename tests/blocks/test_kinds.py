"""Rules for block kinds: each has its own module, a valid example in its docstring, fields that are used, and a test file."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest

from brochure import blocks
from brochure.blocks import KINDS
from brochure.findings import Severity
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.fields import model_fields
from brochure.spec.read import read
from brochure.system import plugins

NAMES = KINDS.names()
FOLDER = Path(__file__).parent

NOT_SET = {("column-break", "note")}
"""A kind needs a first key; this one is only a note for the designer."""

FACT = re.compile(r"\bvalue: ([a-z_]+)")

LAYOUT = """
brochure: test
size: A5
binding: none
swatches: {{ember: cmyk 0 72 92 6, sand: cmyk 3 6 13 0, ink: cmyk 0 0 0 100, stone: cmyk 0 0 0 65}}
variables: {{{facts}}}
pages:
  - frames:
      matter:
        at: page
        content:
{blocks}
"""


def module(name: str) -> ModuleType:
    """Return the module of a kind."""
    return plugins.kind(blocks, name)


def doc(name: str) -> str:
    """Return the docstring of the module."""
    return inspect.getdoc(module(name)) or ""


def example(name: str) -> str:
    """Return the example in the docstring."""
    return textwrap.dedent(doc(name).split("Example:\n", 1)[1])


def test_kinds_are_found() -> None:
    assert {"text", "image", "table", "qr", "contact", "box"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_docstring_starts_with_the_name(name: str) -> None:
    first = doc(name).split("\n", 1)[0]
    called = first.split(": ", 1)[0]
    # The spoken name: "Before and after" for before-after.
    assert [word for word in called.casefold().split() if word != "and"] == name.split("-"), first
    assert called[0].isupper(), first
    assert first.endswith("."), first
    assert re.search(r"\n\nExample:\n    - ", doc(name)), "an example ends the docstring"


@pytest.mark.parametrize("name", NAMES)
def test_example_is_valid(name: str) -> None:
    # Examples use variables of a brochure; here each is 1.
    facts = ", ".join(f"{fact}: 1" for fact in sorted(set(FACT.findall(example(name)))))
    text = LAYOUT.format(facts=facts, blocks=textwrap.indent(example(name), " " * 10))
    layout, findings = read(text.encode(), "example.yaml", KINDS)
    assert [str(one) for one in findings if one.severity is Severity.ERROR] == []
    assert layout is not None
    content = layout.pages[0].frames["matter"].content
    assert {type(block) for block in content} == {KINDS.model(name)}


@pytest.mark.parametrize("name", NAMES)
def test_galley_takes_a_block_and_a_context(name: str) -> None:
    galley = module(name).galley
    hints = get_type_hints(galley)
    assert list(inspect.signature(galley).parameters) == ["block", "context"]
    assert hints == {"block": KINDS.model(name), "context": BlockContext, "return": Galley}
    assert inspect.getdoc(galley)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_documented_and_used(name: str) -> None:
    source = sources(module(name))
    for one in model_fields(KINDS.model(name)):
        assert len(one.doc) > 5, one.key
        assert not one.doc.endswith("."), one.doc
        if (name, one.key) not in NOT_SET:
            assert re.search(rf"\.{one.name}\b", source), f"nothing reads '{one.key}'"


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_has_a_test_file(name: str) -> None:
    assert (FOLDER / f"test_{name.replace('-', '_')}.py").is_file()


def sources(start: ModuleType) -> str:
    """Return the code of a module and of the modules in `brochure.blocks` that it imports, without docstrings."""
    seen: dict[str, str] = {}
    pending = [start.__name__]
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen[name], imported = read_module(name)
        pending += imported
    return "\n".join(seen.values())


@cache
def read_module(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the code of a module, and the modules in `brochure.blocks` that it imports."""
    path = Path(blocks.__file__).parents[2] / name.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_name(f"{path.name}.py")
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = (
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("brochure.blocks.")
    )
    return ast.unparse(tree), tuple(imported)
