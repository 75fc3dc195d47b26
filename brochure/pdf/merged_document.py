"""The volume: many brochures in one PDF, what they share written once.

Takes brochures one after the other, each as sheets with a title; writes them as they come. Fonts, pictures, spot colours and
pages that look alike stand in the file once, whoever they belong to; of what is written nothing is kept but where it
stands. Each brochure has an entry in the outline, and its pages are labelled with its number: `17-3`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import BinaryIO

from brochure.errors import BrochureError
from brochure.geometry import Rect
from brochure.pdf.pdfx import apply
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.operators import deflated, dictionary, nums, text_string
from brochure.pdf.document import describe, version_of, written_page
from brochure.pdf.resources import Drawn, Resources
from brochure.pdf.roll import MOST_BYTES, Roll
from brochure.pdf.page_cache import StandingPages
from brochure.press.conditions import OutputCondition
from brochure.press.sheets import Sheet
from brochure.project import Project

MOST_CODES = 60_000
"""How many glyphs, each with its text, one font of a file may show: its codes have two bytes."""

LEAF = 512
"""How many labels stand in one leaf of their tree."""


class Volume:
    """A PDF of many brochures in the making, open for writing."""

    def __init__(
        self,
        out: BinaryIO,
        info: DocumentInfo,
        condition: OutputCondition,
        project: Project,
        standing: StandingPages,
    ) -> None:
        self._info, self._condition, self._standing = info, condition, standing
        self._roll = Roll(out, info.language, version_of(condition))
        self._resources = _Shared(self._roll, condition, project)
        self._outline = _Outline(self._roll)
        self._labels = _Labels(self._roll)

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._roll.size

    @property
    def pages(self) -> int:
        """How many pages were written."""
        return self._roll.pages

    def add(self, number: int, title: str, sheets: Sequence[Sheet]) -> None:
        """Writes one brochure behind the others."""
        self._labels.add(self._roll.pages, f"{number}-")
        first = ""
        for sheet in sheets:
            written = written_page(sheet, self._resources, self._standing)
            reference = self._roll.page(written, self._resources.named_apart())
            first = first or reference
        self._outline.add(title, first)
        if self._resources.most_codes > MOST_CODES:
            raise BrochureError(
                f"record {number}: the records so far show more than {MOST_CODES:,} different glyphs of one font, more"
                " than one file can hold: build them in parts, with --only"
            )
        if self._roll.size > MOST_BYTES:
            raise BrochureError(
                f"record {number}: the file would be larger than 10 GB: build it in parts, with --only"
            )

    def close(self) -> None:
        """Writes what was left for the end."""
        self._resources.finish()
        describe(self._roll, self._info, self._condition, self._labels.finish())
        self._roll.catalog(Outlines=self._outline.finish())
        apply(self._roll, self._info, self._condition)
        self._roll.close()


class _Shared(Resources):
    """What the brochures share. Forms are known by what is drawn, since pages come and go."""

    def __init__(self, roll: Roll, condition: OutputCondition, project: Project) -> None:
        super().__init__(roll, condition, project)
        self._alike: dict[bytes, tuple[str, str]] = {}
        self._met: dict[str, str] = {}

    @property
    def most_codes(self) -> int:
        """How many codes the font has that has most."""
        return max((len(font.codes) for font in self._fonts.values()), default=0)

    def form(self, key: tuple[int, Rect], draw: Callable[[], Drawn]) -> str:
        """The name of a form; the same operators through the same window are one object."""
        window = key[1]
        box = nums(window.x, window.y, window.right, window.top)
        drawn = draw()
        data = "\n".join(drawn.ops).encode("ascii")
        digest = hashlib.blake2b(box.encode("ascii") + data, digest_size=16).digest()
        if digest not in self._alike:
            entries = f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources {self.writer.inner}"
            number = f"P{len(self._alike) + 1}"
            self._alike[digest] = number, self.writer.refer(deflated(entries, data), number)
        number, reference = self._alike[digest]
        if drawn.see_through:
            self.see_through.add(number)
        self._met[number] = reference
        return number

    def named_apart(self) -> dict[str, str]:
        """What the page in hand names beyond what all share: its forms, with the pictures that stand beside them."""
        met, self._met = self._met, {}
        return {**dict(self._images.values()), **met} if met else {}


class _Outline:
    """An entry for each brochure (12.3.3). One is written when the next is known, which it names."""

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._root = roll.reserve()
        self._first = self._last = self._before = ""
        self._held: dict[str, str] = {}
        self._count = 0

    def add(self, title: str, page: str) -> None:
        """The next brochure, which begins with a page."""
        here = self._roll.reserve()
        self._write(Next=here)
        self._before, self._last = self._last, here
        self._first = self._first or here
        self._count += 1
        destination = f"[{page} /Fit]"
        self._held = {"Title": text_string(title), "Parent": self._root, "Dest": destination}

    def _write(self, **following: str) -> None:
        if self._held:
            before = {"Prev": self._before} if self._before else {}
            self._roll.fill(self._last, dictionary(**self._held, **before, **following))

    def finish(self) -> str:
        """Writes what is left; gives the reference to the outline."""
        self._write()
        # Closed: nobody wants ten thousand lines unfolded.
        entries = {"First": self._first, "Last": self._last, "Count": str(self._count)}
        self._roll.fill(self._root, dictionary(Type="/Outlines", **entries))
        return self._root


class _Labels:
    """What pages are called (12.4.2): a tree of ranges, a range a brochure."""

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._rows: list[tuple[int, str]] = []
        self._leaves: list[str] = []

    def add(self, page: int, prefix: str) -> None:
        """From this page on they are called so, and numbered from 1."""
        self._rows.append((page, f"{page} <</S /D /P {text_string(prefix)}>>"))
        if len(self._rows) == LEAF:
            self._end_leaf()

    def _end_leaf(self) -> None:
        first, last = self._rows[0][0], self._rows[-1][0]
        rows = " ".join(row for _, row in self._rows)
        leaf = dictionary(Limits=f"[{first} {last}]", Nums=f"[{rows}]")
        self._leaves.append(self._roll.refer(leaf, ""))
        self._rows = []

    def finish(self) -> str:
        """Writes what is left; gives the tree's root."""
        if self._rows:
            self._end_leaf()
        return f"<</Kids [{' '.join(self._leaves)}]>>"
