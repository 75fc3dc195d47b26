"""Itemising: a paragraph's text cut into items of one script, direction, language, face and style.

Takes the runs of a paragraph; gives `Item`s that tile its text in logical order, and the characters for which no declared
family has a glyph. Scripts after UAX #24 (common and inherited characters join their neighbours), levels after UAX #9.
Stands before shaping, which is asked for one item at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.fonts.catalog import FontCatalog
from brochure.fonts.face import Face
from brochure.fonts.features import has_feature, plain_glyphs
from brochure.typeset.auto_isolates import resolve_levels
from brochure.typeset.casing import capitals, small_capitals
from brochure.typeset.script_rules import ANY, is_for, letters_for_language
from brochure.typeset.style import Case, Fallback, Position, TextRun, TypeStyle

LATIN = re.compile(
    r"[\x00-\u024f\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2190-\u21ff\u2200-\u22ff]*"
)
COMMON = ("Zyyy", "Zinh", "Zzzz")

SUPERIOR_SCALE, SUPERIOR_RISE = 0.6, 0.34
INFERIOR_SCALE, INFERIOR_RISE = 0.6, -0.14
"""What superiors and inferiors are made with where the face has none of its own: in ems of the running size."""

INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\n\t\r\ufeff"
)
"""Characters that need no glyph: they act on their neighbours."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A stretch of the paragraph's text that is shaped as one. Compared by identity.

    `shown` is what is shaped (capitals in place of what was written), `origins` says for each of its characters which
    character of the paragraph it stands for; both None where the text is shown as it is.
    """

    start: int
    end: int
    style: TypeStyle
    face: Face
    size: float
    rise: float
    script: str
    level: int
    link: str | None = None
    span: Span | None = None
    shown: str | None = None
    origins: tuple[int, ...] = ()
    features: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A character for which neither the style's family nor a fallback has a glyph, and a family that has."""

    char: str
    index: int
    family: str
    hint_family: str | None
    span: Span | None


def itemize(
    runs: Sequence[TextRun], base: int, font_catalog: FontCatalog
) -> tuple[tuple[Item, ...], tuple[Missing, ...]]:
    """The items of a paragraph whose own level is `base`: 0 left to right, 1 right to left."""
    text = "".join(run.text for run in runs)
    scripts = _scripts(text, letters_for_language(runs[0].style.language) if runs else "Latn")
    bidi = resolve_levels(text, base)
    items: list[Item] = []
    missing: list[Missing] = []
    at = 0
    for run in runs:
        stretch = _Stretch(run, at, text, scripts, bidi, font_catalog)
        for start, end, face, scale in _faces(stretch, missing):
            items.extend(_cased(stretch, start, end, face, scale))
        at += len(run.text)
    return tuple(items), tuple(missing)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A run in its paragraph."""

    run: TextRun
    start: int
    text: str
    scripts: Sequence[str]
    levels: Sequence[int]
    font_catalog: FontCatalog


def _scripts(text: str, own: str) -> Sequence[str]:
    """The script of each character; those that belong to no script take the one before them, or the next.

    Marks that a few scripts share (a danda, a corner bracket) take it only if it is one of these, else the paragraph's `own`.
    """
    if LATIN.fullmatch(text):
        return ["Latn"] * len(text)
    # Imported here: it costs 7 ms, which a text in Latin letters alone need not pay.
    from fontTools.unicodedata import script as script_of
    from fontTools.unicodedata import script_extension

    found: list[str] = []
    held = ""
    for char in text:
        script = script_of(char)
        if script not in COMMON:
            held = script
        elif char > "\u02ff" and not _is_mark(char):
            shared = script_extension(char)
            fitting = held in shared or not shared.isdisjoint(COMMON)
            held = held if fitting else own if own in shared else min(shared)
        found.append(held)
    first = next((script for script in found if script), "Latn")
    return [script or first for script in found]


def _faces(stretch: _Stretch, missing: list[Missing]) -> Iterator[tuple[int, int, Face, float]]:
    """The run's stretches of one face, script and level, each with the scale of its fallback."""
    end = stretch.start + len(stretch.run.text)
    if stretch.start == end:
        return
    own = stretch.font_catalog.face(stretch.run.style)
    plain = set(stretch.scripts[stretch.start : end]) == {"Latn"}
    plain = plain and not any(stretch.levels[stretch.start : end])
    if plain and all(own.program.has(char) for char in set(stretch.run.text) - INVISIBLE):
        yield stretch.start, end, own, 1.0
        return
    chosen = _chosen(stretch, own, missing)
    for _, group in groupby(
        range(stretch.start, end),
        key=lambda at: (
            chosen[at - stretch.start],
            stretch.scripts[at],
            stretch.levels[at],
        ),
    ):
        places = list(group)
        face, scale = chosen[places[0] - stretch.start]
        yield places[0], places[-1] + 1, face, scale


def _chosen(stretch: _Stretch, own: Face, missing: list[Missing]) -> list[tuple[Face, float]]:
    """The face of each character of the run: marks and what acts on its neighbours stay with the letter before them."""
    text, end = stretch.text, stretch.start + len(stretch.run.text)
    chosen: list[tuple[Face, float]] = []
    known: dict[tuple[str, str], tuple[Face, float] | None] = {}
    at = stretch.start
    while at < end:
        after = at + 1
        while after < end and (_is_mark(text[after]) or text[after] in INVISIBLE):
            after += 1
        cluster = text[at:after]
        if chosen and (
            text[at] in INVISIBLE or (text[at] == " " and _covers(chosen[-1][0], cluster))
        ):
            found: tuple[Face, float] | None = chosen[-1]
        else:
            key = cluster, stretch.scripts[at]
            if key not in known:
                known[key] = _covering(stretch, own, cluster, stretch.scripts[at])
            found = known[key]
        if found is None:
            _note_missing(stretch, own, (at, after), missing)
        chosen.extend([found or (own, 1.0)] * (after - at))
        at = after
    return chosen


def _covering(stretch: _Stretch, own: Face, cluster: str, script: str) -> tuple[Face, float] | None:
    """The first face that has a letter with all its marks: the style's own, else that of a fallback for the script.

    A figure or sign among letters of a script with a fallback of its own is set in that one, so that ७३% is of one face.
    """
    if script != "Latn" and not cluster[0].isalpha() and not cluster[0].isspace():
        native = _fallback(
            stretch, cluster, (one for one in _for(stretch, script) if one.script != ANY)
        )
        if native:
            return native
    if _covers(own, cluster):
        return own, 1.0
    return _fallback(stretch, cluster, _for(stretch, script))


def _for(stretch: _Stretch, script: str) -> Iterator[Fallback]:
    """The fallbacks that may set a script."""
    style = stretch.run.style
    return (one for one in style.fallbacks if is_for(one.script, script, style.language))


def _fallback(
    stretch: _Stretch, cluster: str, fallbacks: Iterable[Fallback]
) -> tuple[Face, float] | None:
    for fallback in fallbacks:
        face = stretch.font_catalog.face(stretch.run.style, fallback.family)
        if _covers(face, cluster):
            return face, fallback.scale
    return None


def _covers(face: Face, cluster: str) -> bool:
    """Whether the face can set a letter with its marks, be it as one glyph or as several."""
    if all(char in INVISIBLE or face.program.has(char) for char in cluster):
        return True
    return any(
        len(form) != len(cluster) and all(face.program.has(char) for char in form)
        for form in (unicodedata.normalize(way, cluster) for way in ("NFC", "NFD"))
    )


def _note_missing(
    stretch: _Stretch, own: Face, places: tuple[int, int], missing: list[Missing]
) -> None:
    """Says which characters nothing declared has a glyph for; of a letter with marks, those that its own face lacks."""
    for at in range(*places):
        char = stretch.text[at]
        if char not in INVISIBLE and not own.program.has(char):
            hint = stretch.font_catalog.covering(char)
            missing.append(Missing(char, at, own.family, hint, stretch.run.span))


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.category(char).startswith("M")


def _cased(stretch: _Stretch, start: int, end: int, face: Face, scale: float) -> Iterator[Item]:
    """The stretch as items: one, or several where small capitals are made of scaled ones."""
    style = stretch.run.style
    size, rise, features = _positioned(stretch, start, end, face, scale)
    whole = Item(
        start,
        end,
        style,
        face,
        size,
        rise,
        stretch.scripts[start],
        stretch.levels[start],
        stretch.run.link,
        stretch.run.span,
        features=features,
    )
    text = stretch.text[start:end]
    if style.case is Case.UPPER:
        yield _shown(whole, *capitals(text, style.language))
    elif style.case is Case.SMALL_CAPS and not has_feature(face, "smcp"):
        for first, last, shown, part in small_capitals(text, style.language):
            piece = replace(whole, start=start + first, end=start + last, size=size * part)
            yield _shown(piece, *shown)
    elif style.case is Case.SMALL_CAPS:
        yield replace(whole, features=(*features, ("smcp", 1)))
    else:
        yield whole


def _shown(item: Item, shown: str, origins: tuple[int, ...]) -> Item:
    return replace(item, shown=shown, origins=tuple(item.start + at for at in origins))


def _positioned(
    stretch: _Stretch, start: int, end: int, face: Face, scale: float
) -> tuple[float, float, tuple[tuple[str, int], ...]]:
    """Size, rise and features of the stretch: superiors by the font's own where it has them, else scaled and raised."""
    style = stretch.run.style
    size = style.size * scale
    if style.position is Position.NORMAL:
        return size, style.baseline_shift, style.features
    above = style.position is Position.SUPERSCRIPT
    feature = "sups" if above else "subs"
    if _all_change(face, stretch.text[start:end], feature):
        return size, style.baseline_shift, (*style.features, (feature, 1))
    part = SUPERIOR_SCALE if above else INFERIOR_SCALE
    rise = SUPERIOR_RISE if above else INFERIOR_RISE
    return size * part, style.baseline_shift + rise * size, style.features


def _all_change(face: Face, text: str, feature: str) -> bool:
    """Whether the feature gives every visible character of the text another glyph."""
    if not has_feature(face, feature):
        return False
    visible = "".join(char for char in text if not char.isspace() and char not in INVISIBLE)
    plain, changed = plain_glyphs(face, visible, {}), plain_glyphs(face, visible, {feature: True})
    return len(plain) == len(changed) and all(a != b for a, b in zip(plain, changed, strict=True))
