"""The text and images of the sample set by Platypus, ReportLab's layout engine: `python -m bench.platypus SAMPLE OUT.pdf`.

The PDF is as similar to the sample as Platypus allows: the same number of A5 pages with bleed, the same images on full pages, the
same font, justified text. Platypus breaks lines greedily, without hyphenation, a baseline grid or tags.
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

WIDTH, HEIGHT, BLEED = 148 * mm, 210 * mm, 3 * mm


def build(sample: Path, out: Path) -> None:
    """Write the PDF: a page for each group of messages, an image behind every second page."""
    rl_config.useA85 = 0
    fonts = [name for name in MemoryProject().font_files() if "SourceSerif4" in name]
    upright = next(name for name in fonts if "Italic" not in name)
    pdfmetrics.registerFont(TTFont("Serif", upright))
    copy = yaml.load((sample / "content" / "en.yaml").read_bytes(), yaml.CSafeLoader)
    assets = next(
        path for path in (sample / "assets", sample.parents[1] / "assets") if path.is_dir()
    )
    images = sorted((assets / "photos").glob("*.jpg"))
    heading = ParagraphStyle("heading", fontName="Serif", fontSize=24, leading=28, spaceAfter=13)
    body = ParagraphStyle(
        "body", parent=heading, fontSize=9.5, leading=13, alignment=4, spaceAfter=0
    )
    story: list[Any] = []
    for group in list(copy.values())[:12]:
        first, *rest = _list_texts(group)
        story += [
            Paragraph(escape(first), heading),
            *(Paragraph(escape(t), body) for t in rest),
            PageBreak(),
        ]
    document = BaseDocTemplate(
        str(out), pagesize=(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED), invariant=1
    )
    frame = Frame(19 * mm, 18 * mm, WIDTH - 30 * mm, HEIGHT - 33 * mm)

    def draw_image(canvas: Any, page: Any) -> None:
        if page.page % 2 and images:
            image = images[page.page // 2 % len(images)]
            canvas.drawImage(str(image), 0, 0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED)

    document.addPageTemplates(PageTemplate(frames=[frame], onPage=draw_image))
    document.build(story)


def _list_texts(group: Any) -> list[str]:
    """Return the texts of a message, or of nested groups of messages."""
    if isinstance(group, dict):
        return [text for value in group.values() for text in _list_texts(value)]
    return [str(group)]


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
