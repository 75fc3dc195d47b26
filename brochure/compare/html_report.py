"""The visual comparison as one HTML file: before, after, overlay and slider, with all changes beside the pages.

The file is sent by mail and opened anywhere. It loads nothing: a Content-Security-Policy allows only its own style and script,
by their digests, and pictures that it contains. All text from the brochures is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape as escape_markup
from pathlib import Path

from brochure.approval.approval_file import edition_id
from brochure.approval.page_status import group_by_reasons
from brochure.compare.changes import Change, ChangeKind, Comparison
from brochure.compare.contents import PageContents
from brochure.compare.edition_status import EditionStatus
from brochure.compare.page_alignment import PagePair
from brochure.compare.page_pictures import PagePicture, render_pages
from brochure.compare.sides import Side
from brochure.compare.words import compare_words
from brochure.system.files import own_file
from brochure.system.output_files import write_atomically

MAX_PAGES = 150
"""Pairs of pages that are shown with pictures; the changes of all are listed."""
MAX_WHOLE = 0.98
"""Marks that cover more of the page than this are not drawn."""

TITLES = {
    ChangeKind.PAGES: "Page",
    ChangeKind.WORDS: "Words",
    ChangeKind.LINES: "Line breaks",
    ChangeKind.MOVED: "Moved",
    ChangeKind.PICTURES: "Pictures",
    ChangeKind.INKS: "Inks and colours",
    ChangeKind.STYLES: "Styles",
    ChangeKind.SHAPES: "Areas, lines and drawings",
    ChangeKind.LINKS: "Links",
    ChangeKind.OTHER: "Other",
}
MODES = {
    "side": "Side by side",
    "before": "Before",
    "after": "After",
    "overlay": "Overlay",
    "slider": "Slider",
}

Pictures = Mapping[int, PagePicture]


def write_report(
    path: Path, found: Comparison, sides: tuple[Side, Side], to_see: Sequence[EditionStatus] = ()
) -> None:
    """Write the report; BrochureError if the pages cannot be rendered, OutputError if the file cannot be written."""
    shown = [pair for pair in found.pairs if not pair.is_identical][:MAX_PAGES]
    before = [pair.before for pair in shown if pair.before]
    after = [pair.after for pair in shown if pair.after]
    pictures = tuple(
        _render(side, numbers) for side, numbers in zip(sides, (before, after), strict=True)
    )
    write_atomically(path, format_report(found, (pictures[0], pictures[1]), to_see).encode())


def _render(side: Side, numbers: Sequence[int]) -> Pictures:
    data = side.pdf() if numbers else b""
    return render_pages(data, side.contents.name, numbers) if data else {}


def format_report(
    found: Comparison, pictures: tuple[Pictures, Pictures], to_see: Sequence[EditionStatus] = ()
) -> str:
    """Return the report as HTML."""
    style, script = (own_file(f"compare/report.{kind}").decode() for kind in ("css", "js"))
    title = f"{found.before.name} → {found.after.name}"
    pairs = [pair for pair in found.pairs if not pair.is_identical]
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Comparison: {escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
        *_header(found),
        *_bar(found, pairs),
        "<main>",
        *(part for pair in pairs for part in _section(found, pair, pictures)),
        *_again(to_see),
        f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _policy(style: str, script: str) -> str:
    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


FORMATTING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def escape(text: str) -> str:
    """Return text for HTML; control characters and those that change the direction of text are shown by their code."""
    shown = "".join(
        f"\\u{ord(char):04x}"
        if char in FORMATTING or (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t")
        else char
        for char in text
    )
    return escape_markup(shown)


# Head


def _header(found: Comparison) -> Iterator[str]:
    yield "<header>\n<h1>Comparison</h1>\n<dl class=sides>"
    for word, contents in (("before", found.before), ("after", found.after)):
        pages = f"{len(contents.pages)} pages" if len(contents.pages) != 1 else "1 page"
        yield f"<dt>{word}</dt><dd><bdi>{escape(contents.name)}</bdi>, {pages}</dd>"
    yield f"</dl>\n<p class=verdict>{_verdict(found)}</p>"
    kinds = [kind for kind in ChangeKind if found.select(kind)]
    if kinds:
        yield "<ul class=legend>"
        for kind in kinds:
            count = len(found.select(kind))
            yield f"<li class={kind.value}><i class=swatch></i> <span>{TITLES[kind]} {count}</span></li>"
        yield "</ul>"
    yield "</header>"


def _verdict(found: Comparison) -> str:
    if found.is_identical:
        return "The two are identical."
    same = sum(pair.is_identical for pair in found.pairs)
    differ = len(found.pairs) - same
    pages = "1 page differs" if differ == 1 else f"{differ} pages differ"
    return f"{pages}, {same} identical."


def _bar(found: Comparison, pairs: Sequence[PagePair]) -> Iterator[str]:
    if not pairs:
        return
    yield '<nav class=bar aria-label="View and pages">\n<fieldset aria-label="View">'
    for at, (mode, word) in enumerate(MODES.items()):
        checked = " checked" if at == 0 else ""
        yield (
            f'<label title="key {at + 1}"><input type=radio name=mode id=mode-{mode}{checked}> {word}</label>'
        )
    yield "</fieldset>"
    yield '<label class=check title="key m"><input type=checkbox id=marks checked> marks</label>'
    yield '<ol aria-label="Pages that differ">'
    for pair in pairs:
        yield f'<li><a href="#{_anchor(pair)}">{_page_label(found, pair)}</a></li>'
    yield "</ol>"
    same = [pair.after for pair in found.pairs if pair.is_identical and pair.after]
    if same:
        yield f"<span class=same>identical: {_ranges(same)}</span>"
    yield "</nav>"


def _ranges(numbers: Iterable[int]) -> str:
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts)


def _anchor(pair: PagePair) -> str:
    return f"after-{pair.after}" if pair.after else f"before-{pair.before}"


def _page_label(found: Comparison, pair: PagePair) -> str:
    number = pair.after or pair.before
    word = "" if pair.before and pair.after else "+" if pair.after else "−"
    return f"{word}{number}"


# Pairs of pages


def _section(
    found: Comparison, pair: PagePair, pictures: tuple[Pictures, Pictures]
) -> Iterator[str]:
    changes = [
        (at, change)
        for at, change in enumerate(found.changes)
        if (pair.before and pair.before in change.pages_before)
        or (pair.after and pair.after in change.pages_after)
    ]
    yield f'<section class=pair id="{_anchor(pair)}" aria-label="{_title(pair)}">'
    yield f"<h2 tabindex=-1>{_title(pair)} <small>{_former(pair)}</small></h2>"
    single = "" if pair.before and pair.after else " single"
    yield f'<div class="view"><div class="stage{single}">'
    if pair.before:
        page = found.before.pages[pair.before - 1]
        yield _figure("before", page, pictures[0].get(pair.before), changes)
    if pair.after:
        page = found.after.pages[pair.after - 1]
        yield _figure("after", page, pictures[1].get(pair.after), changes)
    yield "</div>"
    if not single:
        yield '<input class=split type=range min=0 max=100 value=50 aria-label="Slider: share of the page before">'
    yield "</div>\n<div class=changes>"
    yield from _change_list(changes)
    yield "</div>\n</section>"


def _title(pair: PagePair) -> str:
    return f"Page {pair.after or pair.before}"


def _former(pair: PagePair) -> str:
    if pair.before is None:
        return "added"
    if pair.after is None:
        return "removed"
    return f"was page {pair.before}" if pair.before != pair.after else ""


def _figure(
    side: str,
    page: PageContents,
    picture: PagePicture | None,
    changes: Sequence[tuple[int, Change]],
) -> str:
    if picture is None:
        body = "<div class=missing>This page has no picture.</div>"
    else:
        data = base64.b64encode(picture.data).decode()
        body = (
            f'<div class=tint><img src="data:image/webp;base64,{data}" width={picture.width} height={picture.height} '
            f'alt="Page {page.number} {side}"></div>'
        )
    marks = "".join(_marks(side, page, changes))
    view = page.view
    svg = f'<svg viewBox="0 0 {view.width:.2f} {view.height:.2f}" aria-hidden=true>{marks}</svg>'
    caption = f"{side}: page {page.number}"
    return f"<figure class={side}><div class=sheet>{body}{svg}</div><figcaption>{caption}</figcaption></figure>"


def _marks(side: str, page: PageContents, changes: Sequence[tuple[int, Change]]) -> Iterator[str]:
    view = page.view
    for at, change in changes:
        for mark in change.marks:
            rect = mark.rect
            is_whole = rect.width * rect.height > MAX_WHOLE * page.width * page.height
            if mark.page != page.number or mark.is_after != (side == "after") or is_whole:
                continue
            x, y = rect.x - view.x - 1.5, view.top - rect.top - 1.5
            yield (
                f'<rect class={change.kind.value} data-change={at} x="{x:.1f}" y="{y:.1f}" '
                f'width="{rect.width + 3:.1f}" height="{rect.height + 3:.1f}"/>'
            )


# Changes


def _change_list(changes: Sequence[tuple[int, Change]]) -> Iterator[str]:
    for kind, title in TITLES.items():
        here = [(at, change) for at, change in changes if change.kind is kind]
        if not here:
            continue
        yield f"<h3>{title}</h3>\n<ul>"
        for at, change in here:
            yield f"<li class={kind.value}><button type=button data-change={at}><span>{_describe(change)}</span></button></li>"
        yield "</ul>"


def _describe(change: Change) -> str:
    head = f"<b><bdi>{escape(change.subject)}</bdi></b>"
    if change.kind is ChangeKind.WORDS:
        word = f" {change.message}" if not (change.before and change.after) else ""
        return f"{head if change.key else ''}{word}{_text(change, _word_pieces(change))}"
    if change.kind is ChangeKind.LINES:
        return f"{head} {escape(change.message)}{_text(change, escape(change.after))}"
    return f"{head} <bdi>{escape(change.message)}</bdi>"


def _text(change: Change, markup: str) -> str:
    direction = "ltr" if change.left_to_right else "rtl"
    language = f' lang="{escape(change.language)}"' if change.language else ""
    return f"<span class=text dir={direction}{language}>{markup}</span>"


ELEMENTS = {"removed": "del", "added": "ins"}


def _word_pieces(change: Change) -> str:
    parts = []
    for piece in compare_words(change.before, change.after):
        element = ELEMENTS.get(piece.side)
        text = escape(piece.text)
        parts.append(f"<{element}>{text}</{element}>" if element else text)
    return "".join(parts)


# Approved pages


def _again(to_see: Sequence[EditionStatus]) -> Iterator[str]:
    groups = group_by_reasons((edition_id(one.name), one.pages) for one in to_see)
    if not groups:
        return
    yield "<section class=again>\n<h2>Approved pages that must be looked at again</h2>\n<table>"
    yield "<tr><th scope=col>pages</th><th scope=col>editions</th><th scope=col>because</th></tr>"
    for pages, editions, reasons in groups:
        cells = (_ranges(pages), ", ".join(editions), "; ".join(reasons))
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>\n</section>"
