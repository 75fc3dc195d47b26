"""The writer: a PDF in the making, held until its end.

Takes objects that are PDF already, pages with their boxes, and what the document says of itself; gives the file. `roll`
does the same for files that no memory holds. The file's ID is drawn from all that is in it, and no date is written: same
inputs, same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from brochure.frozen import dataclass
from brochure.geometry import Rect
from brochure.paint.assembly import Body, Data, Parts, Version, plain
from brochure.paint.operators import deflated, dictionary
from brochure.paint.outline import Entry, Mark, outline
from brochure.recent import Recent

VERSION: Version = (1, 6)


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page as it goes into the file. Boxes are those of ISO 32000-1, 14.11.2, the medium's corner at 0, 0.

    `entries` are further entries of its dictionary (table 30).
    """

    width: float
    height: float
    bleed: Rect
    trim: Rect
    operators: Sequence[str]
    annotations: Sequence[str]
    marks: Sequence[Mark]
    entries: Mapping[str, str] = field(default_factory=dict)


def page_dictionary(page: WrittenPage, parent: str, contents: str, resources: str) -> str:
    """The page's object (7.7.3.3); what it hangs on, shows and draws on are references."""
    entries = {
        "Type": "/Page",
        "Parent": parent,
        "MediaBox": _box(Rect(0, 0, page.width, page.height)),
        "BleedBox": _box(page.bleed),
        "TrimBox": _box(page.trim),
        "Contents": contents,
        "Resources": resources,
        **page.entries,
    }
    if page.annotations:
        entries["Annots"] = f"[{' '.join(page.annotations)}]"
    return dictionary(**entries)


def _box(rect: Rect) -> str:
    """A box in ten-thousandths of a point: finer than what lies on the page, so that nothing is cut by rounding."""
    edges = (round(edge, 4) for edge in (rect.x, rect.y, rect.right, rect.top))
    return f"[{' '.join(f'{edge:.4f}'.rstrip('0').rstrip('.') for edge in edges)}]"


CONTENTS: Recent[bytes, bytes] = Recent(20_000_000, len)
"""Content streams, deflated, by their operators: most pages of the next edition are those of the last."""


def contents_of(page: WrittenPage) -> tuple[bytes, bytes]:
    """A page's operators, and the same as a stream."""
    operators = "\n".join(page.operators).encode("ascii")
    stream = CONTENTS.get(operators) or deflated("", operators)
    CONTENTS.put(operators, stream)
    return operators, stream


class Writer:
    """A PDF in the making. Objects are known by keys, so that some can be named before they are there."""

    def __init__(self, language: str, version: Version = VERSION) -> None:
        self._version = version
        self._objects: list[Data] = []
        self._numbers: dict[str, int] = {}
        self._digest = hashlib.sha256()
        self._root = self.reserve("Pages")
        self._shared = self.reserve("Resources")
        self._catalog = {"Type": "/Catalog", "Pages": self._root, "Lang": f"({language})"}
        self._info: dict[str, str] = {}
        self._pages: list[str] = []
        self._marks: list[Entry] = []

    # Objects

    def refer(self, data: Data | str, key: str, made_of: str = "") -> str:
        """Puts an object into the document under a key; gives the reference to it.

        The file's ID is drawn from the data, or from what they were `made_of` where that is told and is shorter.
        """
        reference = self.reserve(key)
        self._fill(key, data, made_of)
        return reference

    def reserve(self, key: str) -> str:
        """The reference to an object that is yet to be filled, for those that name one another."""
        if key not in self._numbers:
            self._objects.append(b"null")
            self._numbers[key] = len(self._objects)
        return f"{self._numbers[key]} 0 R"

    def fill(self, key: str, data: str) -> None:
        """Fills an object that was reserved."""
        self._fill(key, data)

    def _fill(self, key: str, data: Data | str, made_of: str = "") -> None:
        whole = data.encode("ascii") if isinstance(data, str) else data
        self._objects[self._numbers[key] - 1] = whole
        parts = (whole,) if isinstance(whole, bytes) else whole
        for part in (made_of.encode("utf-8"),) if made_of else parts:
            self._digest.update(part)

    # Pages

    def page(self, page: WrittenPage) -> None:
        """Writes one page behind the others."""
        number = len(self._pages) + 1
        reference = self.page_reference(number)
        operators, stream = contents_of(page)
        contents = self.refer(stream, f"contents{number}", hashlib.sha256(operators).hexdigest())
        self.fill(f"page{number}", page_dictionary(page, self._root, contents, self._shared))
        self._pages.append(reference)
        self._marks += (Entry(mark, reference) for mark in page.marks)

    def page_reference(self, number: int) -> str:
        """The reference to a page, from 1; it may still have to be written."""
        return self.reserve(f"page{number}")

    # What pages share

    def resources(self, **entries: str) -> None:
        """What all pages draw on: entries of the resource dictionary (7.8.3)."""
        self.fill("Resources", dictionary(**entries))

    @property
    def inner(self) -> str:
        """The reference to what forms draw on: no form is named there, so that nobody who follows it goes round in circles."""
        return self.reserve("FormResources")

    def inner_resources(self, **entries: str) -> None:
        """What forms draw on, where there are forms."""
        if "FormResources" in self._numbers:
            self.fill("FormResources", dictionary(**entries))

    # The document

    def catalog(self, **entries: str) -> None:
        """Entries of the document's catalogue (7.7.2)."""
        self._catalog |= entries

    def info(self, **entries: str) -> None:
        """The document's information dictionary (14.3.3)."""
        self._info = entries

    def whole(self, assemble: Callable[[Body], Parts] = plain) -> Parts:
        """The finished file, its objects put together in one way or another."""
        kids = " ".join(self._pages)
        count = str(len(self._pages))
        self.fill("Pages", dictionary(Type="/Pages", Count=count, Kids=f"[{kids}]"))
        if self._marks:
            self._catalog["Outlines"] = outline(self._marks, self)
        root = self.refer(dictionary(**self._catalog), "Catalog")
        info = self.refer(dictionary(**self._info), "Info")
        identity = self._digest.hexdigest()[:32]
        trailer = f"/Root {root} /Info {info} /ID [<{identity}> <{identity}>]"
        return assemble(Body(self._objects, self._version, trailer))
