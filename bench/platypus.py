"""The sample's words and pictures set by ReportLab's own platypus: `python -m bench.platypus SAMPLE OUT.pdf`.

As equal as it can be made: as many A5 pages with bleed, the same pictures out to the edge, the same family, justified. It
breaks lines greedily, hyphenates nothing and has neither grid nor tags; streams are written plain, as ours are.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml
from reportlab import rl_config
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

from brochure.project import MemoryProject

WIDE, HIGH, BLEED = 148 * mm, 210 * mm, 3 * mm


def build(sample: Path, out: Path) -> None:
    """The PDF: a page for each group of messages, a picture behind every other page."""
    rl_config.useA85 = 0
    fonts = [name for name in MemoryProject().font_files() if "SourceSerif4" in name]
    upright = next(name for name in fonts if "Italic" not in name)
    pdfmetrics.registerFont(TTFont("Serif", upright))
    copy = yaml.load((sample / "content" / "en.yaml").read_bytes(), yaml.CSafeLoader)
    assets = next(
        path for path in (sample / "assets", sample.parents[1] / "assets") if path.is_dir()
    )
    pictures = sorted((assets / "photos").glob("*.jpg"))
    head = ParagraphStyle("head", fontName="Serif", fontSize=24, leading=28, spaceAfter=13)
    body = ParagraphStyle("body", parent=head, fontSize=9.5, leading=13, alignment=4, spaceAfter=0)
    story: list[Any] = []
    for group in list(copy.values())[:12]:
        first, *others = _texts(group)
        story += [
            Paragraph(escape(first), head),
            *(Paragraph(escape(t), body) for t in others),
            PageBreak(),
        ]
    document = BaseDocTemplate(str(out), pagesize=(WIDE + 2 * BLEED, HIGH + 2 * BLEED), invariant=1)
    frame = Frame(19 * mm, 18 * mm, WIDE - 30 * mm, HIGH - 33 * mm)

    def picture(canvas: Any, page: Any) -> None:
        if page.page % 2 and pictures:
            chosen = pictures[page.page // 2 % len(pictures)]
            canvas.drawImage(str(chosen), 0, 0, WIDE + 2 * BLEED, HIGH + 2 * BLEED)

    document.addPageTemplates(PageTemplate(frames=[frame], onPage=picture))
    document.build(story)


def _texts(group: Any) -> list[str]:
    """The texts of a nest of messages."""
    if isinstance(group, dict):
        return [text for value in group.values() for text in _texts(value)]
    return [str(group)]


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
