"""Codes: how the content streams of a PDF show a face's glyphs, and what each stands for.

Takes the glyphs and clusters that pages meet, with their texts; gives codes for the content stream, each with its entry. A
glyph that stands for different texts in different places gets a code for each, and a cluster of glyphs gets one code, so
that every reader gets the text back exactly. `PageFont` is what one page sees of a font: it remembers what it asked for.
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
"""What a code shows: a glyph by its number, or a cluster."""

ROOM = 4096
"""How many numbers there are behind a font's last glyph for codes that are not simply a glyph's own."""

LAST = 0xFFFF


@dataclass(frozen=True, slots=True)
class Code:
    """How a content stream shows a glyph: the font's resource name, the code in hexadecimal, thousandths of an em."""

    resource: str
    digits: str
    width: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code stands for: a glyph or a cluster of them, its width in thousandths of an em, its text."""

    shows: Shows
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One Type 0 font in the making: its resource name, and its codes in the order in which they were met."""

    resource: str
    entries: dict[int, Entry]


class FontEncoding:
    """The codes of one face: each pair of glyph (or cluster of glyphs) and text has its own.

    In a TrueType font any code may show any glyph, by the CIDToGIDMap. A pair's code hangs on the pair alone, as far as can
    be, and not on what was met before: so a page whose text did not change can be taken over into another file. In a CFF
    font a code is its glyph: a second text of the same glyph goes into a second layer, a Type 0 font of its own around the
    same program; with another room behind it, a glyph is there again under a number of its own.
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
        self._taken: set[int] = set()

    def code(self, glyph: int, text: str) -> Code:
        """The code of a glyph that stands for a text."""
        found = self.codes.get((glyph, text))
        if found is None:
            width = self.face.font.get_glyph_h_advance(glyph)
            if glyph in self.wider.values():
                return self.widened(glyph, text, width)
            found = self.codes[glyph, text] = self._new(glyph, glyph, width, text)
        return found

    def joined(self, parts: tuple[Part, ...], text: str, advance: int | None = None) -> Code:
        """The code of several glyphs that stand for a text together; only where the font `joins`.

        The pen moves as far as over its glyphs, or by `advance` in the font's units.
        """
        cluster = Cluster(parts, self.reach(parts) if advance is None else advance)
        found = self.codes.get((cluster, text))
        if found is None:
            self.clusters[cluster] = None
            found = self.codes[cluster, text] = self._new(cluster, 0, cluster.advance, text)
        return found

    def reach(self, parts: tuple[Part, ...]) -> int:
        """How far the pen moves over glyphs, in the font's units."""
        return sum(self.face.font.get_glyph_h_advance(part[0]) for part in parts)

    @cached_property
    def widens(self) -> bool:
        """Whether a glyph of a font that does not join may be there again with more room behind it."""
        return not self.joins and has_cids(self.face)

    def widened(self, glyph: int, text: str, advance: int) -> Code:
        """The code of a glyph with another room behind it, in the font's units; only where the font `widens`."""
        cluster = Cluster(((glyph, 0, 0),), advance)
        found = self.codes.get((cluster, text))
        if found is None:
            if (glyph, advance) not in self.wider:
                self.wider[glyph, advance] = self._free()
            number = self.wider[glyph, advance]
            layer = self._layer_without(number)
            layer.entries[number] = Entry(cluster, advance * 1000 / self.face.upem, text)
            width = layer.entries[number].width
            found = self.codes[cluster, text] = Code(layer.resource, f"{number:04X}", width)
        return found

    def adopt(self, pair: tuple[Shows, str], other: FontEncoding, code: Code) -> bool:
        """Give a pair the code that it has in another encoding of the face; whether this is the code it would get here."""
        found = self.codes.get(pair)
        if found is None:
            entries, number = self.layers[0].entries, int(code.digits, 16)
            if self.resource != other.resource or number in entries or len(entries) >= LAST - 1:
                return False
            entries[number] = other.layers[0].entries[number]
            if isinstance(pair[0], Cluster):
                self.clusters[pair[0]] = None
            self.codes[pair] = code
            return True
        return found is code or found == code

    def _free(self) -> int:
        """A number that no glyph in use has; the last ones of such fonts are forms for vertical lines."""
        taken = self._taken.union(self.wider.values())
        return next(
            at for at in range(self.face.program.hb.glyph_count - 1, 0, -1) if at not in taken
        )

    def _new(self, shows: Shows, glyph: int, width: int, text: str) -> Code:
        if self.joins:
            layer, number = self.layers[0], self._number(shows, text)
        else:
            layer, number = self._layer_without(glyph), glyph
            self._taken.add(glyph)
        layer.entries[number] = Entry(shows, width * 1000 / self.face.upem, text)
        return Code(layer.resource, f"{number:04X}", layer.entries[number].width)

    def _number(self, shows: Shows, text: str) -> int:
        """The glyph's own number where it says its own character, else one drawn from the pair; the next where that is taken."""
        taken = self.layers[0].entries
        if len(taken) >= LAST - 1:
            raise InputError([_full(self.face)])
        if isinstance(shows, int) and shows and self._says_itself(shows, text):
            number = shows
        else:
            base = min(self.face.program.hb.glyph_count, LAST - ROOM)
            number = base + zlib.crc32(repr((shows, text)).encode("utf-8")) % ROOM
        if number in taken or not number:
            self.displaced.add((shows, text))
        while number in taken or not number:
            number = (number + 1) % LAST
        return number

    def _says_itself(self, glyph: int, text: str) -> bool:
        """Whether the text is the one character that a font has this glyph for first of all, and no look-alike of it."""
        if len(text) != 1 or unicodedata.category(text) == "Cf":
            return False
        plain = unicodedata.normalize("NFKC", text) == text
        return plain and self.face.font.get_nominal_glyph(ord(text)) == glyph

    def _layer_without(self, glyph: int) -> Layer:
        """The first layer in which the glyph's code is still free."""
        for layer in self.layers:
            if glyph not in layer.entries:
                return layer
        self.layers.append(Layer(f"{self.resource}x{len(self.layers)}", {}))
        return self.layers[-1]


def _full(face: Face) -> Finding:
    message = f"{face.name} shows more than {LAST - 1:,} different glyphs and texts, more than a font in a PDF can hold"
    return Finding("font-full", message, None, "make several files of it")


class PageFont:
    """What one page sees of a font: the same codes, with those that it asked for, in their order."""

    def __init__(self, font: FontEncoding) -> None:
        self.font = font
        self.face = font.face
        self.joins = font.joins
        self.codes: dict[tuple[Shows, str], Code] = {}

    @property
    def widens(self) -> bool:
        """As the font does."""
        return self.font.widens

    def code(self, glyph: int, text: str) -> Code:
        """The code of a glyph that stands for a text."""
        return self._known(glyph, text) or self._asked(glyph, text, self.font.code(glyph, text))

    def joined(self, parts: tuple[Part, ...], text: str, advance: int | None = None) -> Code:
        """The code of several glyphs that stand for a text together."""
        cluster = Cluster(parts, self.font.reach(parts) if advance is None else advance)
        return self._known(cluster, text) or self._asked(
            cluster, text, self.font.joined(parts, text, cluster.advance)
        )

    def widened(self, glyph: int, text: str, advance: int) -> Code:
        """The code of a glyph with another room behind it."""
        cluster = Cluster(((glyph, 0, 0),), advance)
        return self._known(cluster, text) or self._asked(
            cluster, text, self.font.widened(glyph, text, advance)
        )

    def holds(self, font: FontEncoding) -> bool:
        """Whether another file's font of the same face gives the same codes, when it is asked for them in this order."""
        if self._is_undisplaced:
            return all(font.adopt(pair, self.font, code) for pair, code in self.codes.items())
        return all(
            _asked_again(font, shows, text) == code for (shows, text), code in self.codes.items()
        )

    @cached_property
    def _is_undisplaced(self) -> bool:
        """Whether each of the codes is the one that its pair has wherever it is free."""
        return self.joins and self.font.displaced.isdisjoint(self.codes)

    def _known(self, shows: Shows, text: str) -> Code | None:
        return self.codes.get((shows, text))

    def _asked(self, shows: Shows, text: str, code: Code) -> Code:
        self.codes[shows, text] = code
        return code


def _asked_again(font: FontEncoding, shows: Shows, text: str) -> Code:
    known = font.codes.get((shows, text))
    if known:
        return known
    if isinstance(shows, int):
        return font.code(shows, text)
    if font.joins:
        return font.joined(shows.parts, text, shows.advance)
    return font.widened(shows.parts[0][0], text, shows.advance)
