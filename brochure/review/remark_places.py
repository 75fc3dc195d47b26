"""Find the message and the words that each remark in a proof is about.

A page of the proof whose digest is that of a current page has the same words at the same places. On other pages the words under
a remark are those that the proof itself has there; the message is the one that has these words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect, bounding_box
from brochure.pdf.page_stamp import KEY_LIST
from brochure.pdf_input.limits import read_limited
from brochure.review.page_words import MarkedWords, PageWords, Polygon
from brochure.review.pdf_annotations import AnnotatedPage, AnnotatedPdf
from brochure.review.proof_pages import CurrentPages
from brochure.review.proof_text import Place, ProofPageText, ProofWords, read_proof_text
from brochure.review.remarks import Action, Remark
from brochure.review.text_match import find_around, find_message, fold, has_same_letters


@dataclass(frozen=True, slots=True)
class LocatedRemark:
    """A remark with its place in the current edition.

    `page` is the number of the page, or that of the proof's page if no current one shows it (`is_known` is False). `is_current`:
    the page has not changed since. `at` is in points from the lower left corner of the trim; None if the pages differ in size.
    """

    remark: Remark
    page: int
    key: str
    words: str
    at: tuple[float, float] | None
    is_current: bool
    is_known: bool
    is_all: bool = False


def locate_remarks(
    data: bytes, label: str, pdf: AnnotatedPdf, remarks: Sequence[Remark], current: CurrentPages
) -> tuple[LocatedRemark, ...]:
    """Return the places of remarks, all of which are on pages of one edition."""
    on_pages: dict[int, list[Remark]] = {}
    for remark in remarks:
        on_pages.setdefault(remark.anchor.page, []).append(remark)
    stamps = {at: pdf.pages[at].stamp for at in on_pages}
    numbers = {at: current.find_by_stamp(stamp) for at, stamp in stamps.items() if stamp}
    others = [at for at in on_pages if numbers.get(at) is None]
    wanted = {at: [_make_place(remark) for remark in on_pages[at]] for at in others}
    texts: Mapping[int, ProofPageText] = {}
    if wanted:
        texts = read_limited(data, label, read_proof_text, data, label, wanted)
    located = {
        id(remark): place
        for at, each in on_pages.items()
        for remark, place in zip(
            each,
            _locate_page(each, pdf.pages[at], at, texts.get(at), numbers.get(at), current),
            strict=True,
        )
    }
    return tuple(located[id(remark)] for remark in remarks)


def _make_place(remark: Remark) -> Place:
    anchor = remark.anchor
    if anchor.quads:
        return Place(tuple(bounding_box(quad) for quad in anchor.quads), is_mark=True)
    return Place((_aim(remark),), is_mark=remark.action is Action.MARK)


def _aim(remark: Remark) -> Rect:
    """Return the area that a remark without marked words is about."""
    point = remark.anchor.point
    return Rect(*point, 0.0, 0.0) if point else remark.anchor.rect


def _locate_page(
    remarks: Sequence[Remark],
    page: AnnotatedPage,
    index: int,
    text: ProofPageText | None,
    number: int | None,
    current: CurrentPages,
) -> Iterable[LocatedRemark]:
    """Yield the places of the remarks on one page of the proof."""
    if text is None and number is not None:
        words = current.words[number]
        for remark in remarks:
            found = _find_words(remark, page, words)
            yield LocatedRemark(
                *(remark, number, found.key, found.words, _find_point(remark, page)),
                is_current=True,
                is_known=True,
                is_all=found.is_all,
            )
        return
    text = text or ProofPageText("", tuple(ProofWords() for _ in remarks))
    is_list = page.stamp is not None and page.stamp.digest == KEY_LIST
    number = None if is_list else current.find_by_text(text.text, page.stamp)
    for remark, words_there in zip(remarks, text.words, strict=True):
        yield (
            _locate_in_list(remark, words_there, current, index)
            if is_list
            else _locate_elsewhere(remark, page, words_there, number, current, index)
        )


def _locate_in_list(
    remark: Remark, proof: ProofWords, current: CurrentPages, index: int
) -> LocatedRemark:
    """Return the place of a remark on a row of the key list: the message of the row."""
    near = fold(proof.before[-MAX_KEY:]), fold(proof.words), fold(proof.after[:MAX_KEY])
    known = sorted(current.stories, key=len, reverse=True)
    inside = [key for key in known if fold(key) in near[1]]
    around = [key for key in known if fold(key) in "".join(near)]
    key = next(iter((*inside, *around)), "")
    pages = (number for number, keys in current.keys.items() if key in keys)
    number = next(pages, 1)
    return LocatedRemark(
        *(remark, number, key, "" if inside else proof.words, None), is_current=True, is_known=True
    )


MAX_KEY = 40
"""Characters before and after the place of a remark on the key list in which the message's key is searched."""


def _locate_elsewhere(
    remark: Remark,
    page: AnnotatedPage,
    proof: ProofWords,
    number: int | None,
    current: CurrentPages,
    index: int,
) -> LocatedRemark:
    """Return the place of a remark on a page that has changed, or that another program has written."""
    has_size = number is not None and _has_size(page, current, number)
    found = _find_words(remark, page, current.words[number]) if number and has_size else NOTHING
    if not _is_confirmed(found, proof, current):
        preferred = current.keys.get(number or 0, ())
        texts = proof.words, proof.before, proof.after
        found = MarkedWords(find_message(*texts, current.stories, preferred), proof.words)
    stated = page.stamp.page if page.stamp else index + 1
    return LocatedRemark(
        *(remark, number or stated, found.key, found.words),
        _find_point(remark, page) if has_size else None,
        is_current=page.stamp is None and number is not None,
        is_known=number is not None,
        is_all=found.is_all,
    )


NOTHING = MarkedWords("", "")


def _is_confirmed(found: MarkedWords, proof: ProofWords, current: CurrentPages) -> bool:
    """Return whether the words at a place of the current page are those of the proof there."""
    if proof.words:
        return has_same_letters(found.words, proof.words)
    own = {found.key: current.stories.get(found.key, "")}
    return bool(found.key) and bool(find_around(proof.before, proof.after, own))


def _find_words(remark: Remark, page: AnnotatedPage, words: PageWords) -> MarkedWords:
    """Return the words of a current page that a remark is about, or the message nearest to it."""
    move = partial(_move, page=page)
    if remark.anchor.quads:
        areas = [tuple(map(move, quad)) for quad in remark.anchor.quads]
        found = words.find_marked(areas)
        return found or MarkedWords(words.find_nearest(bounding_box(areas[0])), "")
    aim = _aim(remark).translate(-page.trim.x, -page.trim.y)
    if remark.action is Action.INSERT:
        return words.find_gap(aim) or MarkedWords(words.find_nearest(aim), "")
    marked = words.find_marked([_corners(aim)]) if remark.action is Action.MARK else None
    return marked or MarkedWords(words.find_nearest(aim), "")


def _corners(rect: Rect) -> Polygon:
    return (
        (rect.x, rect.y),
        (rect.right, rect.y),
        (rect.right, rect.top),
        (rect.x, rect.top),
    )


def _move(point: tuple[float, float], page: AnnotatedPage) -> tuple[float, float]:
    return point[0] - page.trim.x, point[1] - page.trim.y


def _find_point(remark: Remark, page: AnnotatedPage) -> tuple[float, float]:
    """Return the middle of a remark, or of the first line that it marks, from the lower left corner of the trim."""
    quads = remark.anchor.quads
    middle = bounding_box(quads[0]).centre if quads else _aim(remark).centre
    x, y = _move((middle.x, middle.y), page)
    return round(x, 1), round(y, 1)


def _has_size(page: AnnotatedPage, current: CurrentPages, number: int) -> bool:
    """Return whether a page of the proof has the size of the current page."""
    now = current.pages[number]
    across, up = page.trim.width - now.width, page.trim.height - now.height
    return abs(across) < SAME_SIZE and abs(up) < SAME_SIZE


SAME_SIZE = 1.0
