"""Font encodings: character codes for the glyphs of a face, each with the text it represents.

A glyph that represents different texts has a code for each, and a cluster of glyphs has one code, so that text extraction is
exact. `PageFont` is the view that one page has of a font; it records the codes that the page uses.
"""

from __future__ import annotations

import unicodedata
import zlib
from functools import cached_property

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.fonts.face import Face
from brochure.fonts.subset import is_cff
from brochure.pdf.font_subset import Cluster, Part, has_cids

Shows = int | Cluster
"""What a code shows: a glyph id, or a cluster."""

MAX_EXTRA_CODES = 4096
"""Codes above a font's last glyph id, for those that are not equal to a glyph id."""

MAX_CODE = 0xFFFF


@dataclass(frozen=True, slots=True)
class Code:
    """A glyph's code in a content stream: the font's resource name, hexadecimal digits, width in thousandths of an em."""

    resource: str
    digits: str
    width: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code represents: a glyph or cluster, its width in thousandths of an em, and its text."""

    shows: Shows
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One Type 0 font: its resource name, and its entries by code in the order of first use."""

    resource: str
    entries: dict[int, Entry]


class FontEncoding:
    """The codes of one face; each pair of glyph (or cluster) and text has its own.

    In a TrueType font any code can show any glyph, by the CIDToGIDMap. If possible, a pair's code depends on the pair only and
    not on earlier pairs, so that an unchanged page can be reused in another file. In a CFF font a code is a glyph id: a
    second text for the same glyph goes into a second layer, another Type 0 font with the same program; a glyph with another
    advance gets a further glyph id.
    """

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.resource = f"F{number}"
        self.joins = not is_cff(face)
        self.codes: dict[tuple[Shows, str], Code] = {}
        self.layers: list[Layer] = [Layer(self.resource, {})]
        self.clusters: dict[Cluster, None] = {}
        self.wider: dict[tuple[int, int], int] = {}
        self.displaced: set[tuple[Shows, str]] = set()
        self._used_glyphs: set[int] = set()

    def code(self, glyph: int, text: str) -> Code:
        """Return the code of a glyph that represents a text."""
        found = self.codes.get((glyph, text))
        if found is None:
            width = self.face.font.get_glyph_h_advance(glyph)
            if glyph in self.wider.values():
                return self.widened(glyph, text, width)
            found = self.codes[glyph, text] = self._assign(glyph, glyph, width, text)
        return found

    def joined(self, parts: tuple[Part, ...], text: str, advance: int | None = None) -> Code:
        """Return the code of several glyphs that represent a text together; requires `joins`.

        The advance is the sum of the glyphs' own, or `advance` in font units.
        """
        cluster = Cluster(parts, self.total_advance(parts) if advance is None else advance)
        found = self.codes.get((cluster, text))
        if found is None:
            self.clusters[cluster] = None
            found = self.codes[cluster, text] = self._assign(cluster, 0, cluster.advance, text)
        return found

    def total_advance(self, parts: tuple[Part, ...]) -> int:
        """Return the sum of the glyphs' advances, in font units."""
        return sum(self.face.font.get_glyph_h_advance(part[0]) for part in parts)

    @cached_property
    def widens(self) -> bool:
        """True if the font cannot join glyphs, but can have copies of them with wider advances."""
        return not self.joins and has_cids(self.face)

    def widened(self, glyph: int, text: str, advance: int) -> Code:
        """Return the code of a glyph with another advance, in font units; requires `widens`."""
        cluster = Cluster(((glyph, 0, 0),), advance)
        found = self.codes.get((cluster, text))
        if found is None:
            if (glyph, advance) not in self.wider:
                self.wider[glyph, advance] = self._free_glyph()
            number = self.wider[glyph, advance]
            layer = self._layer_without(number)
            layer.entries[number] = Entry(cluster, advance * 1000 / self.face.upem, text)
            width = layer.entries[number].width
            found = self.codes[cluster, text] = Code(layer.resource, f"{number:04X}", width)
        return found

    def adopt(self, pair: tuple[Shows, str], other: FontEncoding, code: Code) -> bool:
        """Give a pair its code in another encoding of the face; return True if that is its code here too."""
        found = self.codes.get(pair)
        if found is None:
            entries, number = self.layers[0].entries, int(code.digits, 16)
            if self.resource != other.resource or number in entries or len(entries) >= MAX_CODE - 1:
                return False
            entries[number] = other.layers[0].entries[number]
            if isinstance(pair[0], Cluster):
                self.clusters[pair[0]] = None
            self.codes[pair] = code
            return True
        return found is code or found == code

    def _free_glyph(self) -> int:
        """Return a glyph id that is not used; the last ones of such fonts are vertical forms."""
        used = self._used_glyphs.union(self.wider.values())
        return next(
            at for at in range(self.face.program.hb.glyph_count - 1, 0, -1) if at not in used
        )

    def _assign(self, shows: Shows, glyph: int, width: int, text: str) -> Code:
        if self.joins:
            layer, number = self.layers[0], self._number(shows, text)
        else:
            layer, number = self._layer_without(glyph), glyph
            self._used_glyphs.add(glyph)
        layer.entries[number] = Entry(shows, width * 1000 / self.face.upem, text)
        return Code(layer.resource, f"{number:04X}", layer.entries[number].width)

    def _number(self, shows: Shows, text: str) -> int:
        """Return the glyph id if the text is its own character, else a hash of the pair; the next free number if taken."""
        used = self.layers[0].entries
        if len(used) >= MAX_CODE - 1:
            raise InputError([_font_full(self.face)])
        if isinstance(shows, int) and shows and self._is_own_character(shows, text):
            number = shows
        else:
            base = min(self.face.program.hb.glyph_count, MAX_CODE - MAX_EXTRA_CODES)
            number = base + zlib.crc32(repr((shows, text)).encode("utf-8")) % MAX_EXTRA_CODES
        if number in used or not number:
            self.displaced.add((shows, text))
        while number in used or not number:
            number = (number + 1) % MAX_CODE
        return number

    def _is_own_character(self, glyph: int, text: str) -> bool:
        """Return True if the text is the single character that the font's cmap maps to this glyph, in its NFKC form."""
        if len(text) != 1 or unicodedata.category(text) == "Cf":
            return False
        plain = unicodedata.normalize("NFKC", text) == text
        return plain and self.face.font.get_nominal_glyph(ord(text)) == glyph

    def _layer_without(self, glyph: int) -> Layer:
        """Return the first layer in which the glyph's code is free."""
        for layer in self.layers:
            if glyph not in layer.entries:
                return layer
        self.layers.append(Layer(f"{self.resource}x{len(self.layers)}", {}))
        return self.layers[-1]


def _font_full(face: Face) -> Finding:
    message = f"{face.name}: more than {MAX_CODE - 1:,} different pairs of glyph and text, the limit for one font in a PDF"
    return Finding("font-full", message, None, "split the file into several")


class PageFont:
    """One page's view of a font: the same codes, and a record of those that the page uses, in order."""

    def __init__(self, font: FontEncoding) -> None:
        self.font = font
        self.face = font.face
        self.joins = font.joins
        self.codes: dict[tuple[Shows, str], Code] = {}

    @property
    def widens(self) -> bool:
        """See `FontEncoding.widens`."""
        return self.font.widens

    def code(self, glyph: int, text: str) -> Code:
        """Return the code of a glyph that represents a text."""
        return self._recorded(glyph, text) or self._record(glyph, text, self.font.code(glyph, text))

    def joined(self, parts: tuple[Part, ...], text: str, advance: int | None = None) -> Code:
        """Return the code of several glyphs that represent a text together."""
        cluster = Cluster(parts, self.font.total_advance(parts) if advance is None else advance)
        return self._recorded(cluster, text) or self._record(
            cluster, text, self.font.joined(parts, text, cluster.advance)
        )

    def widened(self, glyph: int, text: str, advance: int) -> Code:
        """Return the code of a glyph with another advance, in font units."""
        cluster = Cluster(((glyph, 0, 0),), advance)
        return self._recorded(cluster, text) or self._record(
            cluster, text, self.font.widened(glyph, text, advance)
        )

    def holds(self, font: FontEncoding) -> bool:
        """Return True if another file's font of the same face assigns the same codes in this order."""
        if self._is_undisplaced:
            return all(font.adopt(pair, self.font, code) for pair, code in self.codes.items())
        return all(
            _code_in(font, shows, text) == code for (shows, text), code in self.codes.items()
        )

    @cached_property
    def _is_undisplaced(self) -> bool:
        """True if every code is the one that its pair gets whenever it is free."""
        return self.joins and self.font.displaced.isdisjoint(self.codes)

    def _recorded(self, shows: Shows, text: str) -> Code | None:
        return self.codes.get((shows, text))

    def _record(self, shows: Shows, text: str, code: Code) -> Code:
        self.codes[shows, text] = code
        return code


def _code_in(font: FontEncoding, shows: Shows, text: str) -> Code:
    existing = font.codes.get((shows, text))
    if existing:
        return existing
    if isinstance(shows, int):
        return font.code(shows, text)
    if font.joins:
        return font.joined(shows.parts, text, shows.advance)
    return font.widened(shows.parts[0][0], text, shows.advance)
