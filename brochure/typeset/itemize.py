"""Split a paragraph into items of one script, direction, language, face and style.

Scripts are those of `script_runs`, embedding levels those of UAX #9. Characters that no declared
family has a glyph for are returned as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from brochure.fast_dataclass import dataclass
from brochure.findings import Origin, Span
from brochure.fonts.catalog import FontCatalog
from brochure.fonts.face import Face
from brochure.fonts.shaping import has_feature, shape_plain
from brochure.typeset.auto_isolates import resolve_levels
from brochure.typeset.bidi import is_unidirectional
from brochure.typeset.casing import has_small_capital, to_capitals, to_small_capitals
from brochure.typeset.script_rules import ANY, is_for
from brochure.typeset.script_runs import is_latin, is_mark, resolve_scripts
from brochure.typeset.style import Case, Fallback, InlineObject, Position, TextRun, TypeStyle
from brochure.typeset.substitutes import INVISIBLE, SUBSTITUTED, can_show, covers, substitute

SUPERIOR_SCALE, SUPERIOR_RISE = 0.6, 0.34
INFERIOR_SCALE, INFERIOR_RISE = 0.6, -0.14
"""Scale and baseline shift of synthesized superscripts and subscripts, in ems of the running
size."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """Text that is shaped in one call. Compared by identity.

    `start` and `end` are offsets in the paragraph's text. `shown` is the text to shape if it
    differs from what was written (to_capitals), and `origins` maps each of its characters to an offset
    in the paragraph; otherwise they are None and empty. An `inline` object is an item of its own.
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
    origin: Origin | None = None
    shown: str | None = None
    origins: tuple[int, ...] = ()
    features: tuple[tuple[str, int], ...] = ()
    inline: InlineObject | None = None


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character for which neither the style's family nor a fallback has a glyph.

    `available_in` is an installed family that has the character; `index` is its offset in the
    `paragraph`; `key` and `span` belong to its message, if any.
    """

    char: str
    index: int
    family: str
    available_in: str | None
    span: Span | None
    paragraph: str = ""
    key: str = ""


def itemize(
    runs: Sequence[TextRun], base: int, font_catalog: FontCatalog
) -> tuple[tuple[Item, ...], tuple[MissingGlyph, ...]]:
    """Split the runs of a paragraph into items.

    Args:
        runs: The text of the paragraph with its styles.
        base: Embedding level of the paragraph: 0 left to right, 1 right to left.
        font_catalog: The project's fonts.

    Returns:
        Items that cover the text in logical order, and the characters without a glyph.
    """
    text = "".join(run.text for run in runs)
    if base == 0 and is_latin(text) and is_unidirectional(text):
        plain = list(_plain_items(runs, font_catalog))
        if None not in plain:
            return tuple(item for item in plain if item), ()
    scripts = resolve_scripts(text, runs[0].style.language if runs else "en")
    bidi = resolve_levels(text, base)
    items: list[Item] = []
    missing: list[MissingGlyph] = []
    at = 0
    for run in runs:
        context = _RunContext(run, at, text, scripts, bidi, font_catalog)
        if run.inline:
            items.append(_inline_item(context, run.inline))
            at += len(run.text)
            continue
        for start, end, face, scale in _split_by_face(context, missing):
            items.extend(_apply_case(context, start, end, face, scale))
        at += len(run.text)
    return tuple(items), tuple(missing)


def _plain_items(runs: Sequence[TextRun], font_catalog: FontCatalog) -> Iterator[Item | None]:
    """Yield the item of each run of Latin letters that is one item as it is; None for other runs."""
    end = 0
    for run in runs:
        start, end, style = end, end + len(run.text), run.style
        face = font_catalog.face(style)
        is_plain = style.case is Case.AS_WRITTEN and style.position is Position.NORMAL
        if start == end:
            continue
        if run.inline or not is_plain or not face.program.has_all(set(run.text) - INVISIBLE):
            yield None
            return
        yield Item(
            start,
            end,
            style,
            face,
            style.size,
            style.baseline_shift,
            "Latn",
            0,
            run.link,
            run.origin,
            features=style.features,
        )


@dataclass(frozen=True, slots=True)
class _RunContext:
    """A run with the paragraph it belongs to."""

    run: TextRun
    start: int
    text: str
    scripts: Sequence[str]
    levels: Sequence[int]
    font_catalog: FontCatalog


def _inline_item(context: _RunContext, inline: InlineObject) -> Item:
    run, start = context.run, context.start
    end = start + len(run.text)
    face = context.font_catalog.face(run.style)
    size, rise, _ = _apply_position(context, start, end, face, 1.0)
    script, level = context.scripts[start], context.levels[start]
    return Item(
        start, end, run.style, face, size, rise, script, level, run.link, run.origin, inline=inline
    )


def _split_by_face(
    context: _RunContext, missing: list[MissingGlyph]
) -> Iterator[tuple[int, int, Face, float]]:
    """Yield (start, end, face, scale) for each part of the run with one face, script and level."""
    end = context.start + len(context.run.text)
    if context.start == end:
        return
    own = context.font_catalog.face(context.run.style)
    plain = set(context.scripts[context.start : end]) == {"Latn"}
    plain = plain and not any(context.levels[context.start : end])
    if plain and own.program.has_all(set(context.run.text) - INVISIBLE):
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
    context: _RunContext, own: Face, missing: list[MissingGlyph]
) -> list[tuple[Face, float]]:
    """Return the face of each character; marks and invisible characters keep the face of the letter before them."""
    text, end = context.text, context.start + len(context.run.text)
    chosen: list[tuple[Face, float]] = []
    by_cluster: dict[tuple[str, str], tuple[Face, float] | None] = {}
    at = context.start
    while at < end:
        after = at + 1
        while after < end and (is_mark(text[after]) or text[after] in INVISIBLE):
            after += 1
        cluster = text[at:after]
        if chosen and (
            text[at] in INVISIBLE or (text[at] == " " and covers(chosen[-1][0], cluster))
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

    Digits and signs among letters that are set in the fallback of their script use that fallback, so that ७३%
    is set in one face.
    """
    is_sign = not cluster[0].isalpha() and not cluster[0].isspace()
    if script != "Latn" and is_sign and not _has_letters(context, own, script):
        native = _find_fallback(
            context, cluster, (one for one in _fallbacks_for(context, script) if one.script != ANY)
        )
        if native:
            return native
    if covers(own, cluster):
        return own, 1.0
    return _find_fallback(context, cluster, _fallbacks_for(context, script))


def _has_letters(context: _RunContext, own: Face, script: str) -> bool:
    """Return True if the paragraph has letters of a script, and the style's own face has all of them."""
    pairs = zip(context.text, context.scripts, strict=True)
    letters = {char for char, one in pairs if one == script and char.isalpha()}
    return bool(letters) and all(own.program.has(char) for char in letters)


def _fallbacks_for(context: _RunContext, script: str) -> Iterator[Fallback]:
    """Return the fallbacks that apply to a script."""
    style = context.run.style
    return (one for one in style.fallbacks if is_for(one.script, script, style.language))


def _find_fallback(
    context: _RunContext, cluster: str, fallbacks: Iterable[Fallback]
) -> tuple[Face, float] | None:
    for fallback in fallbacks:
        face = context.font_catalog.face(context.run.style, fallback.family)
        if covers(face, cluster):
            return face, fallback.scale
    return None


def _note_missing(
    context: _RunContext, own: Face, places: tuple[int, int], missing: list[MissingGlyph]
) -> None:
    """Record the characters of a cluster that the style's own face lacks."""
    span = context.run.origin.span if context.run.origin else None
    for at in range(*places):
        char = context.text[at]
        if char not in INVISIBLE and not can_show(own, char):
            hint = context.font_catalog.find_family_covering(char)
            missing.append(MissingGlyph(char, at, own.family, hint, span))


def _apply_case(
    context: _RunContext, start: int, end: int, face: Face, scale: float
) -> Iterator[Item]:
    """Yield the items of a part: one, or several if small capitals are synthesized."""
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
        context.run.origin,
        features=features,
    )
    text = context.text[start:end]
    if style.case is Case.UPPER:
        yield _with_shown_text(whole, *to_capitals(text, style.language))
    elif style.case is Case.SMALL_CAPS:
        yield from _set_small_capitals(whole, text)
    else:
        yield _with_substitutes(whole, text)


def _set_small_capitals(whole: Item, text: str) -> Iterator[Item]:
    """Yield items with the font's small capitals, and with scaled capitals for letters that have none."""
    at = 0
    for is_synthesized, group in groupby(_find_letters(whole.face, text), key=itemgetter(1)):
        part = "".join(cluster for cluster, _ in group)
        start, at = whole.start + at, at + len(part)
        if not is_synthesized:
            item = replace(
                whole,
                start=start,
                end=whole.start + at,
                features=(*whole.features, ("smcp", 1)),
            )
            yield _with_substitutes(item, part)
            continue
        for first, last, shown, scale in to_small_capitals(part, whole.style.language):
            piece = replace(whole, start=start + first, end=start + last, size=whole.size * scale)
            yield _with_shown_text(piece, *shown)


def _changes(face: Face, char: str) -> bool:
    """Return True if the font has a small capital for a character."""
    return shape_plain(face, char, {}) != shape_plain(face, char, {"smcp": True})


def _find_letters(face: Face, text: str) -> Iterator[tuple[str, bool]]:
    """Yield each letter with its marks, and whether its small capital must be synthesized.

    Other characters are what the font has; if it has no small capitals at all, they are part of a synthesized word.
    """
    has_smcp = has_feature(face, "smcp")
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and is_mark(text[end]):
            end += 1
        lacks = not has_smcp or (has_small_capital(text[at]) and not _changes(face, text[at]))
        yield text[at:end], lacks
        at = end


def _with_shown_text(item: Item, shown: str, origins: tuple[int, ...]) -> Item:
    """Return the item with the text to show; `origins` are offsets in the item's own text."""
    shown, origins = substitute(item.face, shown, origins)
    return replace(item, shown=shown, origins=tuple(item.start + at for at in origins))


def _with_substitutes(item: Item, text: str) -> Item:
    """Return the item, with a text to show if its face lacks some of its characters."""
    if SUBSTITUTED.isdisjoint(text):
        return item
    shown, origins = substitute(item.face, text, tuple(range(len(text))))
    return item if shown == text else _with_shown_text(item, shown, origins)


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
