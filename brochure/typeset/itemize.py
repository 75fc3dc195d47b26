"""Split a paragraph into items of one script, direction, language, face and style.

Scripts follow UAX #24 (common and inherited characters join their neighbours), embedding levels UAX
#9. Characters that no declared family has a glyph for are returned as well.
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
from brochure.fonts.features import has_feature, shape_plain
from brochure.typeset.auto_isolates import resolve_levels
from brochure.typeset.casing import to_capitals, to_small_capitals
from brochure.typeset.script_rules import ANY, is_for, letters_for_language
from brochure.typeset.style import Case, Fallback, Position, TextRun, TypeStyle

LATIN_TEXT = re.compile(
    r"[\x00-\u024f\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2190-\u21ff\u2200-\u22ff]*"
)
FULL_WIDTH = re.compile(
    "[\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30a0\u30fb"
    "\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff65\uffe0-\uffee]"
)
"""Characters as wide as an ideograph, and their half-width forms, that Unicode counts as common or
Latin."""

CJK_SCRIPTS = ("Hani", "Hang", "Hira", "Kana", "Bopo")

COMMON = ("Zyyy", "Zinh", "Zzzz")

SUPERIOR_SCALE, SUPERIOR_RISE = 0.6, 0.34
INFERIOR_SCALE, INFERIOR_RISE = 0.6, -0.14
"""Scale and baseline shift of synthesized superscripts and subscripts, in ems of the running
size."""

INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\n\t\r\ufeff"
)
"""Characters that need no glyph: they only affect their neighbours."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """Text that is shaped in one call. Compared by identity.

    `start` and `end` are offsets in the paragraph's text. `shown` is the text to shape if it
    differs from what was written (to_capitals), and `origins` maps each of its characters to an offset
    in the paragraph; otherwise they are None and empty.
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
    """A character that neither the style's family nor a fallback covers; `hint_family` is a family that does."""

    char: str
    index: int
    family: str
    hint_family: str | None
    span: Span | None


def itemize(
    runs: Sequence[TextRun], base: int, font_catalog: FontCatalog
) -> tuple[tuple[Item, ...], tuple[Missing, ...]]:
    """Split the runs of a paragraph into items.

    Args:
        runs: The text of the paragraph with its styles.
        base: Embedding level of the paragraph: 0 left to right, 1 right to left.
        font_catalog: The project's fonts.

    Returns:
        Items that cover the text in logical order, and the characters without a glyph.
    """
    text = "".join(run.text for run in runs)
    scripts = _resolve_scripts(
        text, letters_for_language(runs[0].style.language) if runs else "Latn"
    )
    bidi = resolve_levels(text, base)
    items: list[Item] = []
    missing: list[Missing] = []
    at = 0
    for run in runs:
        context = _RunContext(run, at, text, scripts, bidi, font_catalog)
        for start, end, face, scale in _split_by_face(context, missing):
            items.extend(_apply_case(context, start, end, face, scale))
        at += len(run.text)
    return tuple(items), tuple(missing)


@dataclass(frozen=True, slots=True)
class _RunContext:
    """A run with the paragraph it belongs to."""

    run: TextRun
    start: int
    text: str
    scripts: Sequence[str]
    levels: Sequence[int]
    font_catalog: FontCatalog


def _resolve_scripts(text: str, own: str) -> Sequence[str]:
    """Return the script of each character; common characters take the script before them, else the next one.

    Characters shared by a few scripts (a danda) take that script only if it is one of these, else the
    paragraph's `own`. Full-width characters, and the punctuation of Chinese, Japanese and Korean,
    belong to these scripts even beside Latin letters.
    """
    if LATIN_TEXT.fullmatch(text):
        return ["Latn"] * len(text)
    # Imported on demand: the import takes 7 ms and text in Latin script does not need it.
    from fontTools.unicodedata import script as script_of
    from fontTools.unicodedata import script_extension

    scripts: list[str] = []
    current = ""
    for char in text:
        if FULL_WIDTH.match(char):
            scripts.append(own if own in CJK_SCRIPTS else "Hani")
            continue
        script = script_of(char)
        if script not in COMMON:
            current = script
        elif char > "\u02ff" and not _is_mark(char):
            shared = script_extension(char)
            is_shared = current in shared or not shared.isdisjoint(COMMON)
            current = current if is_shared else own if own in shared else min(shared)
        scripts.append(current)
    first = next((script for script in scripts if script), "Latn")
    return [script or first for script in scripts]


def _split_by_face(
    context: _RunContext, missing: list[Missing]
) -> Iterator[tuple[int, int, Face, float]]:
    """Yield (start, end, face, scale) for each part of the run with one face, script and level."""
    end = context.start + len(context.run.text)
    if context.start == end:
        return
    own = context.font_catalog.face(context.run.style)
    plain = set(context.scripts[context.start : end]) == {"Latn"}
    plain = plain and not any(context.levels[context.start : end])
    if plain and all(own.program.has(char) for char in set(context.run.text) - INVISIBLE):
        yield context.start, end, own, 1.0
        return
    chosen = _choose_faces(context, own, missing)
    for _, group in groupby(
        range(context.start, end),
        key=lambda at: (
            chosen[at - context.start],
            context.scripts[at],
            context.levels[at],
        ),
    ):
        places = list(group)
        face, scale = chosen[places[0] - context.start]
        yield places[0], places[-1] + 1, face, scale


def _choose_faces(
    context: _RunContext, own: Face, missing: list[Missing]
) -> list[tuple[Face, float]]:
    """Return the face of each character; marks and invisible characters keep the face of the letter before them."""
    text, end = context.text, context.start + len(context.run.text)
    chosen: list[tuple[Face, float]] = []
    by_cluster: dict[tuple[str, str], tuple[Face, float] | None] = {}
    at = context.start
    while at < end:
        after = at + 1
        while after < end and (_is_mark(text[after]) or text[after] in INVISIBLE):
            after += 1
        cluster = text[at:after]
        if chosen and (
            text[at] in INVISIBLE or (text[at] == " " and _covers(chosen[-1][0], cluster))
        ):
            face: tuple[Face, float] | None = chosen[-1]
        else:
            key = cluster, context.scripts[at]
            if key not in by_cluster:
                by_cluster[key] = _find_face(context, own, cluster, context.scripts[at])
            face = by_cluster[key]
        if face is None:
            _note_missing(context, own, (at, after), missing)
        chosen.extend([face or (own, 1.0)] * (after - at))
        at = after
    return chosen


def _find_face(
    context: _RunContext, own: Face, cluster: str, script: str
) -> tuple[Face, float] | None:
    """Return the first face that covers a letter with all its marks: the style's own, else a fallback's.

    Digits and signs among letters of a script with its own fallback use that fallback, so that ७३%
    is set in one face.
    """
    if script != "Latn" and not cluster[0].isalpha() and not cluster[0].isspace():
        native = _find_fallback(
            context, cluster, (one for one in _fallbacks_for(context, script) if one.script != ANY)
        )
        if native:
            return native
    if _covers(own, cluster):
        return own, 1.0
    return _find_fallback(context, cluster, _fallbacks_for(context, script))


def _fallbacks_for(context: _RunContext, script: str) -> Iterator[Fallback]:
    """Return the fallbacks that apply to a script."""
    style = context.run.style
    return (one for one in style.fallbacks if is_for(one.script, script, style.language))


def _find_fallback(
    context: _RunContext, cluster: str, fallbacks: Iterable[Fallback]
) -> tuple[Face, float] | None:
    for fallback in fallbacks:
        face = context.font_catalog.face(context.run.style, fallback.family)
        if _covers(face, cluster):
            return face, fallback.scale
    return None


def _covers(face: Face, cluster: str) -> bool:
    """Return True if the face can set a letter with its marks, precomposed or decomposed."""
    if all(char in INVISIBLE or face.program.has(char) for char in cluster):
        return True
    return any(
        len(form) != len(cluster) and all(face.program.has(char) for char in form)
        for form in (unicodedata.normalize(name, cluster) for name in ("NFC", "NFD"))
    )


def _note_missing(
    context: _RunContext, own: Face, places: tuple[int, int], missing: list[Missing]
) -> None:
    """Record the characters of a cluster that the style's own face lacks."""
    for at in range(*places):
        char = context.text[at]
        if char not in INVISIBLE and not own.program.has(char):
            hint = context.font_catalog.find_family_covering(char)
            missing.append(Missing(char, at, own.family, hint, context.run.span))


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.category(char).startswith("M")


def _apply_case(
    context: _RunContext, start: int, end: int, face: Face, scale: float
) -> Iterator[Item]:
    """Yield the items of a part: one, or several if small to_capitals are synthesized."""
    style = context.run.style
    size, rise, features = _apply_position(context, start, end, face, scale)
    whole = Item(
        start,
        end,
        style,
        face,
        size,
        rise,
        context.scripts[start],
        context.levels[start],
        context.run.link,
        context.run.span,
        features=features,
    )
    text = context.text[start:end]
    if style.case is Case.UPPER:
        yield _with_shown_text(whole, *to_capitals(text, style.language))
    elif style.case is Case.SMALL_CAPS and not has_feature(face, "smcp"):
        for first, last, shown, part in to_small_capitals(text, style.language):
            piece = replace(whole, start=start + first, end=start + last, size=size * part)
            yield _with_shown_text(piece, *shown)
    elif style.case is Case.SMALL_CAPS:
        yield replace(whole, features=(*features, ("smcp", 1)))
    else:
        yield whole


def _with_shown_text(item: Item, shown: str, origins: tuple[int, ...]) -> Item:
    return replace(item, shown=shown, origins=tuple(item.start + at for at in origins))


def _apply_position(
    context: _RunContext, start: int, end: int, face: Face, scale: float
) -> tuple[float, float, tuple[tuple[str, int], ...]]:
    """Return size, baseline shift and features; superscripts use the font's feature, else are scaled and raised."""
    style = context.run.style
    size = style.size * scale
    if style.position is Position.NORMAL:
        return size, style.baseline_shift, style.features
    above = style.position is Position.SUPERSCRIPT
    feature = "sups" if above else "subs"
    if _changes_all_glyphs(face, context.text[start:end], feature):
        return size, style.baseline_shift, (*style.features, (feature, 1))
    part = SUPERIOR_SCALE if above else INFERIOR_SCALE
    rise = SUPERIOR_RISE if above else INFERIOR_RISE
    return size * part, style.baseline_shift + rise * size, style.features


def _changes_all_glyphs(face: Face, text: str, feature: str) -> bool:
    """Return True if the feature replaces the glyph of every visible character."""
    if not has_feature(face, feature):
        return False
    visible = "".join(char for char in text if not char.isspace() and char not in INVISIBLE)
    plain, changed = shape_plain(face, visible, {}), shape_plain(face, visible, {feature: True})
    return len(plain) == len(changed) and all(a != b for a, b in zip(plain, changed, strict=True))
