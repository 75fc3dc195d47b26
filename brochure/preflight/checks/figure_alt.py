"""Every figure of a tagged file says what it shows.

What: Figure elements of the structure tree without alternate text.
Why: a screen reader says "graphic", and the listener wonders what was missed.
Fix: write alternate text where the file was made.
Source: ISO 14289-1 (PDF/UA-1), 7.3; ISO 32000-1, 14.9.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found

SEVERITY = Severity.WARNING
MAX_FIGURES = 100_000
"""Elements that are looked at, so that a tree that bites its own tail comes to an end."""


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Figures without words."""
    del limits
    root = subject.reader.root_object.get("/StructTreeRoot")
    if root is None:
        return
    pages = {page.indirect_reference: page.page_number + 1 for page in subject.reader.pages}
    for element in _elements(root.get_object()):
        worded = str(element.get("/Alt", element.get("/ActualText", ""))).strip()
        if element.get("/S") == "/Figure" and not worded:
            page = pages.get(element.raw_get("/Pg")) if "/Pg" in element else None
            yield found("a figure has no alternate text", page, "write what it shows")


def _elements(root: Any) -> Iterator[Any]:
    """The elements of the tree; content and references are left out."""
    waiting = [root]
    for _ in range(MAX_FIGURES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(one.get_object() for one in reversed(node))
        elif hasattr(node, "get"):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node["/K"])
