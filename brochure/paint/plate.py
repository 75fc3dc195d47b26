"""The plate: sheets painted into a PDF.

Takes sheets with their placed pages and what the document says of itself; gives the PDF's bytes. Items are painted in the
order in which they lie on the page, and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brochure.geometry import shift
from brochure.paint.conformance.pdfx import VARIANTS, apply
from brochure.paint.content import Content
from brochure.paint.document import DocumentInfo
from brochure.paint.operators import dictionary, matrix_op, nums, text_string
from brochure.paint.resources import Resources
from brochure.paint.writer import VERSION, Mark, Writer, WrittenPage
from brochure.placed import Link
from brochure.press.conditions import OutputCondition
from brochure.press.sheets import Sheet
from brochure.project import Project


def paint(
    sheets: Sequence[Sheet], info: DocumentInfo, condition: OutputCondition, project: Project
) -> bytes:
    """The PDF of the sheets, in their order."""
    standard = condition.standard
    writer = Writer(info.language, VARIANTS[standard].version if standard else VERSION)
    resources = Resources(writer, condition, project)
    for sheet in sheets:
        writer.page(_painted(sheet, resources))
    resources.finish()
    _describe(writer, info, sheets)
    apply(writer, info, condition)
    return writer.whole()


def _painted(sheet: Sheet, resources: Resources) -> WrittenPage:
    """One sheet: its content, boxes, links and bookmarks. The medium's lower left corner becomes 0, 0."""
    dx, dy = -sheet.media.x, -sheet.media.y
    content = Content(resources)
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
        [_link(link, dx, dy) for link in content.links if not resources.condition.standard],
        [Mark(mark.title, mark.level, mark.y + dy) for mark in content.bookmarks],
        _group(resources.condition) if content.see_through else {},
    )


def _group(condition: OutputCondition) -> dict[str, str]:
    """The space that see-through colours are mixed in (11.6.6): the output's own, which PDF/X-4 asks for."""
    if condition.press is None:
        return {}
    space = "/DeviceCMYK" if condition.inks else "/DeviceRGB"
    return {"Group": dictionary(Type="/Group", S="/Transparency", CS=space)}


def _link(link: Link, dx: float, dy: float) -> str:
    """A link annotation without a border (12.5.6.5)."""
    rect = link.rect.moved(dx, dy)
    return dictionary(
        Type="/Annot",
        Subtype="/Link",
        Rect=f"[{nums(rect.x, rect.y, rect.right, rect.top)}]",
        Border="[0 0 0]",
        F="4",
        A=dictionary(S="/URI", URI=text_string(link.target)),
    )


def _describe(writer: Writer, info: DocumentInfo, sheets: Iterable[Sheet]) -> None:
    """Properties, page labels, and how a viewer should open the file."""
    writer.info(**{key: text_string(text) for key, text in info.said().items() if text})
    labels = (f"{at} <</P {text_string(sheet.label)}>>" for at, sheet in enumerate(sheets))
    direction = "/L2R" if info.rightward else "/R2L"
    writer.catalog(
        PageLabels=f"<</Nums [{' '.join(labels)}]>>",
        ViewerPreferences=f"<</DisplayDocTitle true /Direction {direction}>>",
        PageLayout=f"/{info.opening.value}",
    )
