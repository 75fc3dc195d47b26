"""One PDF of many brochures, for mail-merge: shared objects are written once.

Brochures are written as they arrive. Fonts, images, spot colours, forms and equal pages are written once, for all brochures;
only the offsets of written objects stay in memory. Each brochure has an outline entry, and page labels with its number:
`17-3`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from brochure.errors import BrochureError
from brochure.imposition.sheets import Sheet
from brochure.pdf import pdfx
from brochure.pdf.document import SheetWriter, describe, pdf_version
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.output import Document
from brochure.pdf.page_cache import PageCache
from brochure.pdf.page_labels import DECIMAL
from brochure.pdf.streaming import BalancedPages, StreamedFile
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project

MAX_CODES = 60_000
"""Limit of codes in one font of a file; a code has two bytes."""

MAX_BYTES = 9_999_999_999
"""Largest offset in a cross-reference table: ten digits (ISO 32000-1, 7.5.4)."""


class MergedDocument:
    """A PDF of many brochures that is being written."""

    def __init__(
        self,
        out: BinaryIO,
        info: DocumentInfo,
        condition: OutputCondition,
        project: Project,
        cache: PageCache,
    ) -> None:
        self._info, self._condition = info, condition
        version = pdf_version(condition)
        file, tree = StreamedFile(out, version), BalancedPages()
        self._document = Document(version, info.language, file=file, pages=tree)
        self._document.begin_streaming()
        self._writer = SheetWriter(self._document, condition, project, cache)
        self.pages = 0

    @property
    def size(self) -> int:
        """The number of bytes written."""
        return int(self._document.file.offset)

    def add(self, number: int, title: str, sheets: Sequence[Sheet]) -> None:
        """Append a brochure.

        Raises:
            BrochureError: the file would have more glyphs or bytes than a PDF can have.
        """
        self._writer.canvas.addPageLabel(self.pages, DECIMAL, 1, f"{number}-")
        for at, sheet in enumerate(sheets):
            if not at:
                self._writer.add_entry(title, 0, fit="Fit")
            self._writer.add(sheet, outline=False)
        self.pages += len(sheets)
        self._document.flush()
        if self._writer.resources.max_codes > MAX_CODES:
            raise BrochureError(
                f"record {number}: the records so far show more than {MAX_CODES:,} different glyphs of one font, more"
                " than one file can hold: build them in parts, with --rows"
            )
        if self.size > MAX_BYTES:
            raise BrochureError(
                f"record {number}: the file would be larger than 10 GB: build it in parts, with --rows"
            )

    def close(self) -> None:
        """Write the end of the file."""
        describe(self._writer.canvas, self._info, self._condition)
        pdfx.declare(self._document, self._info, self._condition)
        self._writer.canvas.finish()
