"""What we take from inside ReportLab is still there; a new version that moves it fails here first, and by name."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
import reportlab
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

import brochure
from brochure.paint.writer import PRIVATE

PINNED = "5.1.0"


def holders() -> dict[str, object]:
    canvas = Canvas(io.BytesIO(), invariant=1)
    return {
        "canvas": canvas,
        "document": canvas._doc,
        "outlines": canvas._doc.Outlines,
        "pdfdoc": pdfdoc,
        "page": pdfdoc.PDFPage(),
        "pdfmetrics": pdfmetrics,
    }


@pytest.mark.parametrize(
    ("holder", "name"), [(holder, name) for holder, names in PRIVATE.items() for name in names]
)
def test_reportlab_still_has(holder: str, name: str) -> None:
    assert hasattr(holders()[holder], name), f"ReportLab {reportlab.Version} lost {holder}.{name}"


def test_reportlab_is_the_version_that_was_looked_into() -> None:
    assert reportlab.Version == PINNED


def test_only_the_writer_knows_reportlab() -> None:
    house = Path(brochure.__file__).parent
    users = [
        path.relative_to(house).as_posix()
        for path in sorted(house.rglob("*.py"))
        if "reportlab" in imported(path)
    ]
    assert users == ["paint/writer.py"]


def test_the_list_of_private_names_is_whole() -> None:
    # Every name with an underscore that the writer takes from something that is not itself.
    source = (Path(brochure.__file__).parent / "paint" / "writer.py").read_text(encoding="utf-8")
    used = {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    }
    assert used == {name for names in PRIVATE.values() for name in names if name.startswith("_")}


def imported(path: Path) -> set[str]:
    """The outermost packages that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found
