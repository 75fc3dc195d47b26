"""The plate: sheets painted into a PDF.

Takes sheets with their placed pages and what the document says of itself; gives the PDF's bytes. Items are painted in the
order in which they lie on the page, and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brochure.geometry import shift
from brochure.makeup.tree import tree
from brochure.pdf.object_streams import Parts, Version, packed
from brochure.pdf.conformance import pdfua
from brochure.pdf.pdfx import VARIANTS, apply
from brochure.pdf.canvas import Content
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.objects import Objects
from brochure.pdf.operators import dictionary, matrix_op, nums, text_string
from brochure.pdf.outline import Mark
from brochure.pdf.resources import Resources
from brochure.pdf.page_cache import StandingPages
from brochure.pdf.tags import Structure
from brochure.pdf.writer import VERSION, Writer, WrittenPage
from brochure.placed import Link
from brochure.press.conditions import OutputCondition
from brochure.press.sheets import Sheet
from brochure.project import Project


def paint(
    sheets: Sequence[Sheet], info: DocumentInfo, condition: OutputCondition, project: Project
) -> bytes:
    """The PDF of the sheets, in their order."""
    return b"".join(paint_standing(sheets, info, condition, project, StandingPages()))


def paint_standing(
    sheets: Sequence[Sheet],
    info: DocumentInfo,
    condition: OutputCondition,
    project: Project,
    standing: StandingPages,
) -> Parts:
    """The same in parts; pages that are `standing` from before are taken over."""
    writer = Writer(info.language, version_of(condition))
    resources = Resources(writer, condition, project)
    structure = _structure(writer, info, sheets) if condition.tagged else None
    for sheet in sheets:
        writer.page(written_page(sheet, resources, standing, structure))
    resources.finish()
    describe(writer, info, condition, _labels(sheets))
    if structure:
        pdfua.apply(writer, info, structure)
        return writer.whole(packed)
    apply(writer, info, condition)
    return writer.whole()


def version_of(condition: OutputCondition) -> Version:
    """The version of PDF that a file for this output is written in."""
    if condition.tagged:
        return pdfua.VERSION
    return VARIANTS[condition.standard].version if condition.standard else VERSION


def _structure(writer: Writer, info: DocumentInfo, sheets: Sequence[Sheet]) -> Structure:
    """The tags of a file in which each sheet is a page."""
    grown = tree([placed.page for sheet in sheets for placed in sheet.placed], info.language)
    return Structure(writer, grown, sheets)


def written_page(
    sheet: Sheet,
    resources: Resources,
    standing: StandingPages,
    structure: Structure | None = None,
) -> WrittenPage:
    """One sheet: its content, boxes, links and bookmarks. The medium's lower left corner becomes 0, 0."""
    dx, dy = -sheet.media.x, -sheet.media.y
    content = Content(resources, standing, structure.page() if structure else None)
    if dx or dy:
        content.ops.append(matrix_op(shift(dx, dy)))
    for placed in sheet.placed:
        content.place(placed)
    for mark in sheet.marks:
        content.add(mark)
    return WrittenPage(
        sheet.media.width,
        sheet.media.height,
        sheet.bleed.moved(dx, dy),
        sheet.trim.moved(dx, dy),
        content.ops,
        # PDF/X allows none inside the bleed, and paper cannot be clicked.
        [] if resources.condition.standard else _links(content.links, dx, dy, structure),
        [Mark(mark.title, mark.level, mark.y + dy) for mark in content.bookmarks],
        (_group(resources.condition) if content.see_through else {})
        | (structure.page_entries if structure else {}),
    )


def _group(condition: OutputCondition) -> dict[str, str]:
    """The space that see-through colours are mixed in (11.6.6): the output's own, which PDF/X-4 asks for."""
    if condition.press is None:
        return {}
    space = "/DeviceCMYK" if condition.inks else "/DeviceRGB"
    return {"Group": dictionary(Type="/Group", S="/Transparency", CS=space)}


def _links(links: Sequence[Link], dx: float, dy: float, structure: Structure | None) -> list[str]:
    """The page's link annotations; in a tagged file each with its place in the structure."""
    annotations = [_link(link, dx, dy) for link in links]
    if structure is None:
        return [dictionary(**entries) for entries in annotations]
    return [structure.link(at, entries) for at, entries in enumerate(annotations)]


def _link(link: Link, dx: float, dy: float) -> dict[str, str]:
    """A link annotation without a border (12.5.6.5)."""
    rect = link.rect.moved(dx, dy)
    return {
        "Type": "/Annot",
        "Subtype": "/Link",
        "Rect": f"[{nums(rect.x, rect.y, rect.right, rect.top)}]",
        "Border": "[0 0 0]",
        "F": "4",
        "A": dictionary(S="/URI", URI=text_string(link.target)),
    }


def _labels(sheets: Iterable[Sheet]) -> str:
    """What each page is called (12.4.2)."""
    labels = (f"{at} <</P {text_string(sheet.label)}>>" for at, sheet in enumerate(sheets))
    return f"<</Nums [{' '.join(labels)}]>>"


def describe(writer: Objects, info: DocumentInfo, condition: OutputCondition, labels: str) -> None:
    """Properties, page labels, and how a viewer should open the file."""
    writer.info(**{key: text_string(text) for key, text in info.said().items() if text})
    direction = "/L2R" if info.rightward else "/R2L"
    # At the desk both sides are printed as they are (12.2, table 150): what was fitted to the paper is not fitted again.
    printing = " /Duplex /DuplexFlipShortEdge /PrintScaling /None" if condition.at_desk else ""
    writer.catalog(
        PageLabels=labels,
        ViewerPreferences=f"<</DisplayDocTitle true /Direction {direction}{printing}>>",
        PageLayout=f"/{info.opening.value}",
    )
