"""ReportLab as used by this program: the names that it must have, and isolation from the environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import reportlab.pdfgen.canvas

from brochure.pdf import engine

METHODS = {
    "Canvas": "addLiteral addOutlineEntry addPageLabel beginForm beginPath bookmarkPage clipPath doForm drawPath endForm"
    " getCurrentPageContent getpdfdata hasForm init_graphics_state linkURL restoreState saveState setAuthor setBleedBox"
    " setCreator setDash setFillAlpha setFillColor setFillGray setFillOverprint setLineCap setLineWidth setOverprintMask"
    " setPageSize setProducer setStrokeAlpha setStrokeColor setStrokeGray setStrokeOverprint setSubject setTitle setTrimBox"
    " setViewerPreference showPage transform",
    "PDFDocument": "GetPDFData Reference addColor addForm addPage format getXObjectName hasForm refAnnotation thisPageName"
    " updateSignature",
    "PDFCatalog": "__NoDefault__ __Defaults__ __Refs__ setPageLayout",
    "PDFPage": "__NoDefault__",
    "PDFPages": "__NoDefault__ __Defaults__ __Refs__ addPage check_format",
    "PDFOutlines": "prepare format",
    "PDFFile": "add",
    "PDFPathObject": "close curveTo lineTo moveTo",
    "CMYKColor": "",
    "CMYKColorSep": "",
    "Color": "",
    "PDFFormXObject": "",
    "PDFInfo": "",
    "PDFString": "format",
    "PDFText": "format",
    "ViewerPreferencesPDFDictionary": "format",
}
PRIVATE = ("_doc", "_extgstate", "_addAnnotation")


@pytest.mark.parametrize("name", METHODS)
def test_reportlab_has_the_used_names(name: str) -> None:
    kind = getattr(engine, name)
    missing = [one for one in METHODS[name].split() if not hasattr(kind, one)]
    assert missing == [], f"reportlab {reportlab.__version__} lacks names of {name}"


def test_a_canvas_has_the_used_private_names() -> None:
    canvas = reportlab.pdfgen.canvas.Canvas("nowhere.pdf")
    assert [one for one in PRIVATE if not hasattr(canvas, one)] == []


def test_only_the_engine_uses_private_names() -> None:
    package = Path(engine.__file__).parent
    users = [
        path.name
        for path in sorted(package.parent.rglob("*.py"))
        if re.search(rf"\.({'|'.join(PRIVATE)})\b", path.read_text(encoding="utf-8"))
    ]
    assert users == ["engine.py"]


TRAP = "import pathlib; pathlib.Path({mark!r}).write_text('ran')"
BUILD = """
import sys
from pathlib import Path
from brochure.pdf.engine import Canvas
from brochure.pdf.output import Document
from brochure.geometry import Rect
canvas = Canvas(Document((1, 6), "en"))
canvas.addLiteral("0 0 10 10 re f")
canvas.showPage()
Path(sys.argv[1]).write_bytes(b"".join(canvas.finish()))
"""


@pytest.mark.parametrize("place", ["home", "path"])
def test_home_folder_and_environment_have_no_effect(place: str, tmp_path: Path) -> None:
    """Modules that ReportLab would import and variables that it would read have no effect."""
    plain, trapped, mark = tmp_path / "plain.pdf", tmp_path / "trapped.pdf", tmp_path / "mark"
    home = tmp_path / "home"
    home.mkdir()
    run_build(plain, {"HOME": str(home)})
    for name in ("reportlab_mods", "reportlab_settings"):
        file = f".{name}" if place == "home" else f"{name}.py"
        (home / file).write_text(TRAP.format(mark=str(mark)), encoding="utf-8")
    more = {
        "RL_useA85": "1",
        "RL_pageCompression": "0",
        "RL_xmlParser": "none",
        "SOURCE_DATE_EPOCH": "soon",
    }
    if place == "path":
        more["PYTHONPATH"] = os.pathsep.join([str(home), os.environ.get("PYTHONPATH", "")])
    run_build(trapped, {"HOME": str(home), **more})
    assert not mark.exists()
    assert trapped.read_bytes() == plain.read_bytes()


def run_build(out: Path, more: dict[str, str]) -> None:
    root = Path(engine.__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", BUILD, out], check=True, cwd=root, env={**os.environ, **more}
    )


def test_the_environment_is_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import brochure.pdf.engine, os; print(os.environ['RL_useA85'])"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(engine.__file__).parents[2],
        env={**os.environ, "RL_useA85": "1"},
    )
    assert done.stdout == "1\n"
