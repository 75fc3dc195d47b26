"""Files that are written while they grow, for documents too large for memory."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from brochure.pdf.engine import PDFDocument, PDFFile, PDFObjectReference, PDFPages
from brochure.pdf.objects import Array
from brochure.pdf.output import Document, Pages, Version

KIDS = 128
"""Pages in a node of the page tree; a reader searches one node to find a page."""


class StreamedFile(PDFFile):
    """A file on disk. `offset` is the number of bytes written."""

    def __init__(self, out: BinaryIO, version: Version) -> None:
        super().__init__(version)
        out.write(b"".join(self.strings))
        self.strings.clear()
        self.write = cast("Any", out.write)


class BalancedPages(Pages):
    """A page tree with nodes of `KIDS` pages each (7.7.3.2)."""

    def __init__(self) -> None:
        super().__init__()
        self._nodes: list[PDFObjectReference] = []
        self._node: _Node | None = None
        self._total = 0

    def node(self, document: Document) -> PDFObjectReference:
        """Return the node that the next page is a child of."""
        if self._node is None or len(self._node.pages) == KIDS:
            self._node = _Node(super().node(document))
            self._nodes.append(document.defer(self._node, f"Pages.{len(self._nodes)}"))
        return self._nodes[-1]

    def addPage(self, page: PDFObjectReference) -> None:
        """Add a page to the current node."""
        cast("_Node", self._node).addPage(page)
        self._total += 1

    def check_format(self, document: PDFDocument) -> None:
        """List the nodes."""
        self.Kids, self.Count = Array(self._nodes), self._total


class _Node(PDFPages):
    def __init__(self, parent: PDFObjectReference) -> None:
        super().__init__()
        self.Parent = parent
