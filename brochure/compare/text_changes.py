"""Changes of text: words, line breaks, positions and styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from brochure.compare.changes import Change, ChangeKind, Mark
from brochure.compare.contents import Contents, TextFlow, TextLine, TypeLook
from brochure.compare.page_alignment import PagePair
from brochure.compare.text_pairs import letters_of, match_flows, shift_across
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect

TOLERANCE, TOLERANCE_ACROSS = 0.05, 0.3
"""Distances up or down, and to the sides, below which nothing has moved, in points. Hanging punctuation moves lines a little."""
MM = 72 / 25.4


def compare_text(before: Contents, after: Contents, pairs: Sequence[PagePair]) -> Iterator[Change]:
    """Yield the changes of text between two brochures."""
    counterparts: dict[int, int] = {
        pair.before: pair.after for pair in pairs if pair.before and pair.after
    }
    matched = list(match_flows(before, after, pairs))
    moves: list[_Move] = []
    restyled: list[tuple[TextFlow, TextFlow]] = []
    for old, new in matched:
        if old is None or new is None:
            yield _added_or_removed(old, new)
            continue
        restyled.append((old, new))
        if letters_of(old.text) != letters_of(new.text) or (old.key and old.text != new.text):
            yield _changed_words(old, new)
        elif _is_rebroken(old, new, counterparts):
            yield _rebroken(old, new, counterparts)
        else:
            moves += _find_moves(old, new)
            continue
        moves += _find_moves(old, new, first_line_only=True)
    yield from _report_moves(moves)
    yield from compare_looks(restyled)


# Words and lines


def name_text(flow: TextFlow) -> str:
    """Return the name of a text in reports: its key, or its beginning."""
    text = " ".join(flow.text.split())
    return flow.key or (f"'{text[:MAX_NAME].rstrip()}…'" if len(text) > MAX_NAME else f"'{text}'")


MAX_NAME = 32


def _marks(flow: TextFlow | None, *, is_after: bool) -> tuple[Mark, ...]:
    """Return a mark for each block of lines of a text."""
    return tuple(_line_marks(flow.lines, is_after=is_after)) if flow else ()


def _line_marks(lines: Sequence[TextLine], *, is_after: bool) -> Iterator[Mark]:
    """Yield the bounding boxes of consecutive lines in one column."""
    box: Rect | None = None
    page = 0
    for line in lines:
        follows = box is not None and line.page == page and line.rect.top <= box.top
        if box is not None and follows and _overlap(box, line.rect):
            box = box.union(line.rect)
            continue
        if box is not None:
            yield Mark(is_after, page, box)
        box, page = line.rect, line.page
    if box is not None:
        yield Mark(is_after, page, box)


def _overlap(first: Rect, second: Rect) -> bool:
    return first.x < second.right and second.x < first.right


def _added_or_removed(old: TextFlow | None, new: TextFlow | None) -> Change:
    flow = new or old
    assert flow
    return Change(
        ChangeKind.WORDS,
        name_text(flow),
        "added" if new else "removed",
        old.text if old else "",
        new.text if new else "",
        (*_marks(old, is_after=False), *_marks(new, is_after=True)),
        flow.language,
        flow.left_to_right,
        flow.key,
    )


def _changed_words(old: TextFlow, new: TextFlow) -> Change:
    marks = (*_marks(old, is_after=False), *_marks(new, is_after=True))
    return Change(
        ChangeKind.WORDS,
        name_text(new),
        "changed",
        old.text,
        new.text,
        marks,
        new.language,
        new.left_to_right,
        new.key,
    )


Counterparts = Mapping[int, int]


def _line_texts(
    flow: TextFlow, counterparts: Counterparts | None = None
) -> list[tuple[object, str]]:
    """Return each line with its page; pages of the brochure before are given as those after."""
    return [
        (
            line.page
            if counterparts is None
            else counterparts.get(line.page, ("before", line.page)),
            line.text,
        )
        for line in flow.lines
    ]


def _is_rebroken(old: TextFlow, new: TextFlow, counterparts: Counterparts) -> bool:
    return _line_texts(old, counterparts) != _line_texts(new)


def _rebroken(old: TextFlow, new: TextFlow, counterparts: Counterparts) -> Change:
    first, second = _line_texts(old, counterparts), _line_texts(new)
    if [text for _, text in first] == [text for _, text in second]:
        moved = sum(a != b for (a, _), (b, _) in zip(first, second, strict=True))
        message = f"{_count(moved, 'line')} on another page"
    elif len(first) == len(second):
        message = f"re-broken, {_count(len(second), 'line')}"
    else:
        message = f"re-broken, {len(first)} → {_count(len(second), 'line')}"
    differ = [
        at
        for at in range(max(len(first), len(second)))
        if first[at : at + 1] != second[at : at + 1]
    ]
    marks = (
        *_line_marks([old.lines[at] for at in differ if at < len(first)], is_after=False),
        *_line_marks([new.lines[at] for at in differ if at < len(second)], is_after=True),
    )
    return Change(
        ChangeKind.LINES,
        name_text(new),
        message,
        _format_lines(old.lines, differ),
        _format_lines(new.lines, differ),
        marks,
        new.language,
        new.left_to_right,
        new.key,
    )


def _format_lines(lines: Sequence[TextLine], chosen: Sequence[int]) -> str:
    """Return the first of the chosen lines, one a line, with their hyphens."""
    shown = [lines[at] for at in chosen if at < len(lines)]
    texts = [line.text + "-" * line.hyphenated for line in shown[:MAX_LINES]]
    return "\n".join([*texts, *(["…"] if len(shown) > MAX_LINES else [])])


MAX_LINES = 6
"""Lines that are quoted of one text."""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


# Positions


Distance = tuple[float, float]
"""How far something moved to the right and up, in points."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A text, or lines of it, at another place; the distance is None if lines moved by different distances."""

    old: TextFlow
    new: TextFlow
    before: int
    after: int
    distance: Distance | None


def _find_moves(old: TextFlow, new: TextFlow, *, first_line_only: bool = False) -> Iterator[_Move]:
    """Yield how a text moved on each of its pages."""
    if first_line_only:
        a, b = old.lines[0], new.lines[0]
        dy = b.baseline - a.baseline
        if abs(dy) > TOLERANCE:
            yield _Move(old, new, a.page, b.page, (0.0, dy))
        return
    pages: dict[tuple[int, int], list[Distance]] = {}
    for a, b in zip(old.lines, new.lines, strict=True):
        distance = shift_across(a.rect, b.rect), b.baseline - a.baseline
        pages.setdefault((a.page, b.page), []).append(distance)
    for (before, after), distances in pages.items():
        if any(abs(dx) > TOLERANCE_ACROSS or abs(dy) > TOLERANCE for dx, dy in distances):
            is_together = len(set(map(_round_distance, distances))) == 1
            yield _Move(old, new, before, after, distances[0] if is_together else None)


def _round_distance(distance: Distance | None) -> Distance | None:
    """Return a distance in tenths of a point; texts that move by the same one move together."""
    return distance and (round(distance[0], 1), round(distance[1], 1))


def _report_moves(moves: Iterable[_Move]) -> Iterator[Change]:
    """Yield one change for all texts that moved together."""
    groups: dict[object, list[_Move]] = {}
    for move in moves:
        key = move.before, move.after, _round_distance(move.distance)
        groups.setdefault(key, []).append(move)
    for group in groups.values():
        first = group[0]
        names = list(dict.fromkeys(name_text(move.new) for move in group))
        message = (
            describe_move(first.distance) if first.distance else "its lines are spaced differently"
        )
        marks: list[Mark] = []
        for move in group:
            marks += _line_marks(
                [one for one in move.old.lines if one.page == move.before], is_after=False
            )
            marks += _line_marks(
                [one for one in move.new.lines if one.page == move.after], is_after=True
            )
        yield Change(
            ChangeKind.MOVED, list_names(names), message, marks=tuple(marks), key=first.new.key
        )


MAX_NAMES = 3


def list_names(names: Sequence[str]) -> str:
    """Return the first names, and the number of those that follow."""
    more = len(names) - MAX_NAMES
    return ", ".join(names[:MAX_NAMES]) + (f" and {more} more" if more > 0 else "")


def describe_move(distance: Distance) -> str:
    """Return a distance in words: `moved 4.6 mm down`."""
    dx, dy = distance
    parts = [
        f"{abs(value) / MM:.3g} mm {word}"
        for value, word in ((dx, "right" if dx > 0 else "left"), (dy, "up" if dy > 0 else "down"))
        if abs(value) > TOLERANCE
    ]
    return "moved " + " and ".join(parts)


# Styles


def compare_looks(pairs: Iterable[tuple[TextFlow, TextFlow]]) -> Iterator[Change]:
    """Yield changed styles and inks of text, one change for all texts that changed alike."""
    groups: dict[tuple[ChangeKind, str, str, str], list[tuple[TextFlow, TextFlow]]] = {}
    for old, new in pairs:
        for kind, style, before, after in sorted(set(_look_changes(old, new)), key=str):
            groups.setdefault((kind, style, before, after), []).append((old, new))
    for (kind, style, before, after), flows in groups.items():
        marks: list[Mark] = []
        for old, new in flows:
            marks += [*_marks(old, is_after=False), *_marks(new, is_after=True)]
        names = list_names(list(dict.fromkeys(name_text(new) for _, new in flows)))
        subject = f"style {style}" if style else names
        of = f" ({names})" if style else ""
        yield Change(kind, subject, f"{before} → {after}{of}", before, after, tuple(marks))


def _look_changes(old: TextFlow, new: TextFlow) -> Iterator[tuple[ChangeKind, str, str, str]]:
    """Yield kind, style, value before and value after of each changed property of a text."""
    first, second = _looks_by_style(old), _looks_by_style(new)
    if first.keys() != second.keys():
        before, after = (", ".join(sorted(one)) for one in (first, second))
        if before and after and len(first) == len(second):
            yield ChangeKind.STYLES, "", f"style {before}", f"style {after}"
    for style in first.keys() & second.keys():
        gone, came = first[style] - second[style], second[style] - first[style]
        if len(gone) == len(came) == 1:
            yield from _compare_look(style, next(iter(gone)), next(iter(came)))
        elif gone and came:
            pairs = zip(sorted(gone), sorted(came), strict=False)
            for one, other in pairs:
                yield from _compare_look(style, one, other)


def _looks_by_style(flow: TextFlow) -> dict[str, set[TypeLook]]:
    found: dict[str, set[TypeLook]] = {}
    for line in flow.lines:
        found.setdefault(line.style, set()).update(line.looks)
    return found


OPTICAL_SIZE = re.compile(r"-opsz[0-9.]+")


def _font_name(look: TypeLook) -> str:
    """Return the name of a font without its optical size, which follows the size of type."""
    return OPTICAL_SIZE.sub("", look.font)


def _compare_look(
    style: str, old: TypeLook, new: TypeLook
) -> Iterator[tuple[ChangeKind, str, str, str]]:
    if _font_name(old) != _font_name(new):
        yield ChangeKind.STYLES, style, old.font, new.font
    if old.size != new.size:
        yield ChangeKind.STYLES, style, f"{old.size:g} pt", f"{new.size:g} pt"
    if old.colour != new.colour:
        yield ChangeKind.INKS, style, old.colour, new.colour
