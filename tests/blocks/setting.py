"""An in-memory brochure with one frame, to inspect the items that a block places.

The frame is `WIDTH` by `HEIGHT` points with its upper left corner at (`LEFT`, `TOP`). Unexpected findings fail the test.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from brochure.api import lay_out
from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.model.display_list import Bookmark, GlyphRun, Item, Link, Page, Path, Picture, bounds
from brochure.project import MemoryProject

LEFT, TOP = 50.0, 450.0
WIDTH, HEIGHT = 200.0, 400.0

LAYOUT = """
brochure: test
size: 300 x 500 pt
bleed: 0 mm
binding: none
source-language: {language}
swatches: {{ink: cmyk 0 0 0 100, ember: cmyk 0 72 92 6, sand: cmyk 3 6 13 0{swatches}}}
grid: {{margins: {{top: 50 pt, bottom: 50 pt, inner: 50 pt, outer: 50 pt}}, baseline: 12 pt}}
paragraph-styles:
  body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt, space-after: 0 pt}}
{styles}
{extra}
variables: {{rescued: 1775, ratio: 12.5, tiny: 3.25, share: 73, code: "007", home: "https://www.ijm.ca/give?a=1"}}
pages:
  - frames:
      matter:
        at: "x 50 pt, y 50 pt, width {width} pt, height {height} pt"
{frame}
        content:
{blocks}
"""


PlacedLine = tuple[str, Any, Any]
"""Text, left edge and baseline; the numbers are compared with `pytest.approx`, which has no static type."""


@dataclass(frozen=True)
class Scene:
    """The setting of the blocks: size and keys of the frame, further swatches and layout keys, files and language."""

    width: float = WIDTH
    height: float = HEIGHT
    frame: str = ""
    styles: str = ""
    swatches: str = ""
    extra: str = ""
    language: str = "en"
    files: Mapping[str, bytes] = field(default_factory=dict)


SCENE = Scene()


@dataclass(frozen=True)
class SetPage:
    """Page 1 as placed, and its findings."""

    edition: Edition
    page: Page
    findings: tuple[Finding, ...]
    font_catalog: FontCatalog

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in drawing order."""
        return self.page.items

    @property
    def runs(self) -> list[GlyphRun]:
        """The glyph runs."""
        return [item for item in self.items if isinstance(item, GlyphRun)]

    @property
    def paths(self) -> list[Path]:
        """The paths."""
        return [item for item in self.items if isinstance(item, Path)]

    @property
    def pictures(self) -> list[Picture]:
        """The pictures."""
        return [item for item in self.items if isinstance(item, Picture)]

    @property
    def links(self) -> list[Link]:
        """The links."""
        return [item for item in self.items if isinstance(item, Link)]

    @property
    def bookmarks(self) -> list[Bookmark]:
        """The bookmarks."""
        return [item for item in self.items if isinstance(item, Bookmark)]

    @property
    def lines(self) -> list[PlacedLine]:
        """The lines of text: text, left edge and baseline; adjacent runs on one baseline form a line."""
        return list(_lines(self.runs))

    def line(self, text: str) -> tuple[float, float]:
        """Return the left edge and baseline of the line with this text."""
        return next((x, y) for words, x, y in self.lines if words == text)

    def run(self, text: str) -> GlyphRun:
        """Return the glyph run with this text."""
        return next(run for run in self.runs if run.glyphs.text == text)

    def cap_height(self, style: str) -> float:
        """Return the cap height of a style in points, the space above the first baseline."""
        type_style = self.edition.styles.paragraphs[style].type
        return self.font_catalog.face(type_style).cap_height * type_style.size

    def box(self, at: int = 0) -> tuple[float, float, float, float]:
        """Return the bounding box of a path: x, y, width, height."""
        rect = bounds(self.paths[at].outlines)
        return rect.x, rect.y, rect.width, rect.height


def placed(
    blocks: str, copy: str = "", scene: Scene = SCENE, expect: tuple[str, ...] = ()
) -> SetPage:
    """Place blocks in the frame; `expect` lists the codes of expected findings."""
    project = MemoryProject({**_written(blocks, copy, scene), **scene.files})
    made = lay_out(project)
    expect_only(made.findings, expect)
    return SetPage(made.edition, made.pages[0], made.findings, FontCatalog(project))


def expect_only(findings: tuple[Finding, ...], codes: tuple[str, ...] = ()) -> None:
    """Check that the findings have exactly the expected codes."""
    listing = "\n".join(str(finding) for finding in findings)
    assert sorted(finding.code for finding in findings) == sorted(codes), listing


def _written(blocks: str, copy: str, scene: Scene) -> dict[str, bytes]:
    layout = LAYOUT.format(
        language=scene.language,
        swatches="".join(
            f", {one}" for one in textwrap.dedent(scene.swatches).strip().splitlines()
        ),
        styles=textwrap.indent(textwrap.dedent(scene.styles).strip("\n"), "  "),
        extra=textwrap.dedent(scene.extra).strip("\n"),
        width=scene.width,
        height=scene.height,
        frame=textwrap.indent(textwrap.dedent(scene.frame).strip("\n"), " " * 8),
        blocks=textwrap.indent(textwrap.dedent(blocks).strip("\n"), " " * 10),
    )
    words = textwrap.dedent(copy) or "nothing: nothing\n"
    return {"brochure.yaml": layout.encode(), f"content/{scene.language}.yaml": words.encode()}


def _lines(runs: list[GlyphRun]) -> Iterator[PlacedLine]:
    text, left, y, end = "", 0.0, 0.0, 0.0
    for run in sorted(runs, key=lambda run: (-round(run.y, 2), run.x)):
        if text and abs(run.y - y) < 0.01 and abs(run.x - end) < 0.5:
            text += run.glyphs.text
        else:
            if text:
                yield text, left, y
            text, left, y = run.glyphs.text, run.x, run.y
        end = run.x + run.glyphs.width
    if text:
        yield text, left, y


def jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    """Return a small JPEG with a dark upper left corner; `orientation` is EXIF tag 274."""
    from PIL import Image

    image = Image.new("RGB", (width, height), (200, 180, 150))
    image.putpixel((0, 0), (10, 10, 10))
    exif = Image.Exif()
    exif[274] = orientation
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()
