"""ReportLab features that interpret text are not used for users' text: markup, colour names, the font finder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.calling import LAYOUT
from tests.security.attacks import lay

BUILD = """
import sys
from pathlib import Path
from brochure.api import build
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject
from brochure.pdf import engine
import reportlab.lib.colors
import reportlab.pdfgen.textobject

def refuse(*_, **__):
    raise AssertionError("a colour was parsed")

reportlab.lib.colors.toColor = reportlab.pdfgen.textobject.toColor = refuse
reportlab.pdfgen.canvas.toColor = refuse
for condition in (PRESS, SCREEN):
    built = build(DiskProject(Path(sys.argv[1])), condition)
    assert built.pdf, built.findings
print(*[name for name in sys.modules if name.startswith("reportlab")])
"""

HOSTILE = (
    "<para><font color='[[[open(chr(47)) for x in (1,)]]]'>words</font></para>"
    " <img src='http://127.0.0.1/x.png'/> red rgb(1,2,3) CMYKColor(0,0,0,1)"
)

PARSERS = ("platypus", "fontfinder", "rparsexml", "pdfimages", "graphics", "svglib")
"""Parts of ReportLab that read markup, fonts, pictures or addresses."""


def test_no_text_reaches_a_parser_of_reportlab(tmp_path: Path) -> None:
    words = json.dumps(HOSTILE)
    copy = f"a: {{words: {words}, title: {words}, who: {words}, about: {words}}}"
    layout = LAYOUT + "title: a.title\norganisation: a.who\nsubject: a.about\n"
    lay(tmp_path, {"brochure.yaml": layout.encode(), "content/en.yaml": copy.encode()})
    done = subprocess.run(
        [sys.executable, "-c", BUILD, tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "reportlab.pdfgen.canvas" in loaded
    assert [one for one in loaded if any(part in one for part in PARSERS)] == []
