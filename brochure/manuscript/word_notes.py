"""What is beside the text of a Word document: footnotes and endnotes, comments, headers and footers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from brochure.manuscript.losses import Losses
from brochure.manuscript.model import Pieces
from brochure.manuscript.spaces import tidy
from brochure.manuscript.word_elements import words_of
from brochure.manuscript.word_package import W, WordPackage
from brochure.manuscript.word_runs import RunReader, WordContext
from brochure.manuscript.word_styles import child, value


def read_notes(context: WordContext, marked: Iterable[str]) -> Mapping[str, tuple[Pieces, ...]]:
    """Return the notes that are marked in the text, as paragraphs by the name of their mark."""
    wanted = set(marked)
    found: dict[str, tuple[Pieces, ...]] = {}
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = context.package.related_root(kind)
        for node in () if root is None else root.findall(f"{W}{tag}"):
            name = f"{tag[0]}{value(node, 'id')}"
            if name in wanted and name not in found:
                paragraphs = tuple(_read_note(context, node))
                if paragraphs:
                    found[name] = paragraphs
    return found


def _read_note(context: WordContext, node: Any) -> Iterator[Pieces]:
    for paragraph in node.iter(f"{W}p"):
        style = context.styles.paragraph_style(child(paragraph, "pPr"))
        reader = RunReader(context, style, 0)
        reader.read(paragraph)
        pieces = tidy(
            [piece for piece in reader.pieces if not piece.note],
            lambda kind, message, words, reader=reader: reader.lose(kind, message, words),  # type: ignore[misc]
        )
        if pieces:
            yield pieces


def read_comments(package: WordPackage, losses: Losses) -> Mapping[str, str]:
    """Return the words of the comments that are not resolved, by identifier; their authors are not taken."""
    root = package.related_root("comments")
    if root is None:
        return {}
    resolved = _resolved_paragraphs(package)
    found: dict[str, str] = {}
    for node in root.findall(f"{W}comment"):
        text = " ".join("".join(words_of(one)) for one in node.iter(f"{W}p"))
        last = next(iter(reversed([*node.iter(f"{W}p")])), None)
        if last is not None and str(last.get(PARAGRAPH_ID) or "") in resolved:
            losses.add("comment", "a resolved comment is not taken", 1, text)
            continue
        found[value(node, "id")] = " ".join(text.split())
    if found:
        losses.add("comment", "the names of those who wrote comments are not taken", 1)
    return found


W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
PARAGRAPH_ID = f"{W14}paraId"


def _resolved_paragraphs(package: WordPackage) -> frozenset[str]:
    root = package.related_root("commentsExtended")
    nodes = () if root is None else root.findall(f"{W15}commentEx")
    return frozenset(str(one.get(f"{W15}paraId")) for one in nodes if one.get(f"{W15}done") == "1")


def report_headers(package: WordPackage, losses: Losses) -> None:
    """Record headers and footers with text, which are not taken."""
    for kind in ("header", "footer"):
        for part in package.related(kind):
            words = " ".join("".join(words_of(package.root(part))).split())
            if words:
                hint = "put it into a master of the layout, e.g. as a folio"
                losses.add("header", f"a {kind} is not taken", 1, words, hint)
