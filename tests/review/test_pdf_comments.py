"""Comments in marked-up proofs: their messages, words, authors and dates."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import NameObject, NumberObject, RectangleObject

from brochure.api import build_edition, lay_out_edition, resolve_edition
from brochure.errors import InputError
from brochure.prepress.output_conditions import SCREEN
from brochure.review.review_file import Proposal
from tests.programs import run
from tests.review.marked_up import (
    MarkedUp,
    acrobat_quads,
    apple_quads,
    around,
    boxes_of,
    standard_quads,
    words_of,
)
from tests.review.sample import changed_job, job, only_comment, proof, review

SIDE_BY_SIDE = "done side by side with local authorities, case"
"""Words in the first message of page 3, on two lines."""


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Squiggly", "StrikeOut"])
def test_marked_words(kind: str) -> None:
    marked = MarkedUp(proof())
    boxes = boxes_of(proof(), 3, SIDE_BY_SIDE)
    assert len(boxes) == 2
    orders = {"Acrobat": acrobat_quads, "ISO 32000": standard_quads, "Preview": apple_quads}
    for name, order in orders.items():
        marked.add(
            3,
            kind,
            around(boxes),
            QuadPoints=order(boxes),
            Contents=f"Which ones? ({name})",
            T="Ana",
            M="D:20261129101500-05'00'",
        )
    found = review(marked.save())
    assert found.findings == ()
    for name, comment in zip(orders, found.comments, strict=True):
        assert (comment.key, comment.page, comment.edition) == ("model.lead", 3, "en")
        assert comment.words == SIDE_BY_SIDE, name
        text = f"Which ones? ({name})"
        assert comment.text == (f"delete: {text}" if kind == "StrikeOut" else text)
        assert (comment.author, comment.date) == ("Ana", "2026-11-29T15:15:00Z")
        assert comment.source == "proof.pdf"


def test_every_word_of_a_page_is_found_at_its_place() -> None:
    """A highlight on each word that poppler finds, in two columns and several styles."""
    marked = MarkedUp(proof())
    words = words_of(proof(), 3)
    for word in words:
        marked.add(3, "Highlight", word.box, QuadPoints=acrobat_quads([word.box]), Contents="?")
    found = review(marked.save()).comments
    assert [one.words for one in found] == [word.text for word in words]
    assert len(found) > 100
    assert {one.key for one in found if not one.key.startswith("model.")} == {""}  # the folio
    assert [one.words for one in found if not one.key] == ["3"]


def test_copied_words_are_not_a_comment_of_their_own() -> None:
    """Acrobat can copy the words into the comment."""
    marked = MarkedUp(proof())
    marked.acrobat(3, "Highlight", SIDE_BY_SIDE, SIDE_BY_SIDE)
    assert only_comment(marked.save()).text == "highlighted"


def test_replacement_is_one_comment_with_both_words() -> None:
    marked = MarkedUp(proof())
    marked.acrobat_replacement(3, "local authorities,", "the local police,")
    comment = only_comment(marked.save())
    assert comment.words == "local authorities,"
    assert comment.text == "replace with: the local police,"
    assert comment.author == "Dara Sok"


def test_replacement_whose_strike_out_comes_first() -> None:
    """PDF-XChange: the strike-out has the new words, and the caret belongs to it."""
    marked = MarkedUp(proof())
    strike = marked.acrobat(
        3, "StrikeOut", "local authorities,", "the police,", IT="/StrikeOutTextEdit"
    )
    marked.add(3, "Caret", (10, 10, 18, 18), IRT=strike, RT="/Group", T="Dara Sok")
    comment = only_comment(marked.save())
    assert (comment.words, comment.text) == ("local authorities,", "replace with: the police,")


@pytest.mark.parametrize("language", ["fr"])
def test_replacement_of_a_whole_message_is_a_proposal(language: str) -> None:
    pdf = proof(language)
    marked = MarkedUp(pdf)
    marked.acrobat_replacement(3, "Secourir", "Porter secours")
    (entry,) = review(marked.save()).entries
    assert (entry.comment.key, entry.comment.edition) == ("model.rescue", "fr")
    assert entry.proposal == Proposal(
        "model.rescue", "Rescue", "Secourir", "Porter secours", "2026-11-29T10:15:00Z"
    )


def test_insertion_names_the_words_on_both_sides() -> None:
    (box,) = boxes_of(proof(), 3, "side by side")[:1]
    (after,) = boxes_of(proof(), 3, "by side")[:1]
    x = after[0] - 1.5
    marked = MarkedUp(proof())
    marked.add(3, "Caret", (x - 4, box[1] - 3, x + 4, box[1] + 6), Contents="close", T="Ana")
    comment = only_comment(marked.save())
    assert (comment.key, comment.words) == ("model.lead", "side ‸ by")
    assert comment.text == "insert: close"


def test_notes_belong_to_the_nearest_message() -> None:
    (box,) = boxes_of(proof(), 3, "Rescue")
    marked = MarkedUp(proof())
    marked.add(3, "Text", (box[0] - 22, box[1], box[0] - 2, box[1] + 20), Contents="Bigger?")
    marked.add(
        3, "FreeText", (200, 20, 300, 40), CL=[box[0] + 3, box[1] + 4, 200, 30], Contents="Colour"
    )
    marked.add(3, "Stamp", (box[0], box[1], box[2], box[3]), Name="/SBNotApproved")
    marked.add(3, "Ink", (box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3), InkList=[[1, 2, 3, 4]])
    marked.add(
        3,
        "Line",
        (0, 0, 300, 300),
        L=[box[0], box[1] + 3, 5, 5],
        LE=["/OpenArrow", "/None"],
        Contents="Here",
    )
    found = review(marked.save()).comments
    assert {one.key for one in found} == {"model.rescue"}
    assert [one.text for one in found] == [
        "Bigger?",
        "Colour",
        "stamped: Not Approved",
        "marked by hand",
        "Here",
    ]
    assert found[3].words == "Rescue"
    assert found[0].at == (round(box[0] - 12, 1), round(box[1] + 10, 1))


def test_a_note_far_from_all_words_is_a_comment_on_the_page() -> None:
    marked = MarkedUp(proof())
    marked.add(5, "Text", (200, 400, 220, 420), Contents="Another picture, please")
    comment = only_comment(marked.save())
    assert (comment.key, comment.page) == ("", 5)


def test_links_and_form_fields_are_not_comments() -> None:
    marked = MarkedUp(proof())
    for kind in ("Link", "Widget", "Popup", "Watermark", "PrinterMark"):
        marked.add(3, kind, (10, 10, 50, 50), Contents="not a comment")
    found = review(marked.save())
    assert found.comments == ()
    assert [one.code for one in found.findings] == ["review-empty"]


def test_answers_follow_and_states_resolve() -> None:
    marked = MarkedUp(proof())
    first = marked.acrobat(3, "Highlight", "local authorities,", "Which?")
    answer = marked.reply(3, first, "The district's.")
    marked.reply(3, answer, "Thank you.", "Dara Sok", CreationDate="D:20261201080000Z")
    marked.reply(3, first, "", State="Accepted", StateModel="Review", CreationDate="D:20261202Z")
    marked.reply(3, first, "", State="Marked", StateModel="Marked", CreationDate="D:20261202Z")
    open_ones = review(marked.save()).comments
    assert [(one.author, one.text) for one in open_ones] == [
        ("Dara Sok", "Which?"),
        ("Rosa", "The district's."),
        ("Dara Sok", "Thank you."),
        ("Rosa", "set to: Accepted"),
    ]
    assert {(one.key, one.words, one.resolved) for one in open_ones} == {
        ("model.lead", "local authorities,", False)
    }
    marked.reply(3, first, "", State="Completed", StateModel="Review", CreationDate="D:20261203Z")
    assert all(one.resolved for one in review(marked.save()).comments)


def test_answers_in_a_loop_are_kept() -> None:
    marked = MarkedUp(proof())
    one = marked.acrobat(3, "Highlight", "local authorities,", "One")
    other = marked.reply(3, one, "Other")
    one.get_object()[NameObject("/IRT")] = other
    texts = [comment.text for comment in review(marked.save()).comments]
    assert sorted(texts) == ["One", "Other"]


# Pages in other files, and proofs that are out of date


def _lead_marked(language: str | None = None) -> MarkedUp:
    marked = MarkedUp(proof(language))
    marked.acrobat(3, "Highlight", "local authorities,", "Which?")
    return marked


def _annotations(file: Any, kind: str) -> list[Any]:
    found = [one.get_object() for one in file.pages[2]["/Annots"].get_object()]
    return [one for one in found if one["/Subtype"] == kind]


def _object(data: bytes, number: int) -> bytes:
    """The syntax of an object in a file that pypdf has written."""
    start = data.index(b"\n%d 0 obj\n" % number) + 1
    return data[start : data.index(b"\nendobj", start) + len(b"\nendobj\n")]


def _replace_object(data: bytes, number: int, body: bytes) -> bytes:
    """An incremental update (ISO 32000-1, 7.5.6) with another object of this number."""
    last = int(data[data.rindex(b"startxref") :].split()[1])
    trailer = data[data.rindex(b"trailer") : data.rindex(b"startxref")]
    entries = trailer[trailer.index(b"<<") + 2 : trailer.rindex(b">>")]
    at = len(data)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s/Prev %d>>\n" % (number, at, entries, last)
    return data + body + table + b"startxref\n%d\n%%%%EOF\n" % (at + len(body))


def _replaced_in_place(data: bytes, kind: str, old: bytes, new: bytes) -> bytes:
    """The file with another text in its first annotation of a kind, saved incrementally."""
    note = _annotations(pypdf.PdfReader(io.BytesIO(data)), kind)[0]
    number = note.indirect_reference.idnum
    body = _object(data, number)
    assert old in body
    return _replace_object(data, number, body.replace(old, new))


def _save(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_extracted_page_is_found_by_its_stamp() -> None:
    reader = pypdf.PdfReader(io.BytesIO(_lead_marked().save()))
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    writer.add_page(reader.pages[2])
    comment = only_comment(_save(writer))
    assert (comment.key, comment.page, comment.words) == ("model.lead", 3, "local authorities,")


def test_editions_merged_into_one_file_are_distinguished() -> None:
    french = MarkedUp(proof("fr"))
    french.acrobat(3, "Highlight", "Secourir", "Bien")
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(french.save()))
    writer.append(io.BytesIO(_lead_marked().save()))
    found = review(_save(writer)).comments
    assert {(one.edition, one.key, one.words) for one in found} == {
        ("fr", "model.rescue", "Secourir"),
        ("en", "model.lead", "local authorities,"),
    }


@pytest.mark.parametrize("program", ["qpdf", "incremental"])
def test_a_file_that_was_saved_again(program: str, tmp_path: Path) -> None:
    data = _lead_marked().save()
    if program == "qpdf":
        (tmp_path / "in.pdf").write_bytes(data)
        run(
            "qpdf",
            "--object-streams=disable",
            "--linearize",
            tmp_path / "in.pdf",
            tmp_path / "out.pdf",
        )
        data = (tmp_path / "out.pdf").read_bytes()
    else:
        data = _replaced_in_place(data, "/Highlight", b"/Contents (Which", b"/Contents (What")
    comment = only_comment(data)
    assert (comment.key, comment.words) == ("model.lead", "local authorities,")
    assert comment.text == ("What?" if program == "incremental" else "Which?")


def test_rotated_and_cropped_pages_keep_their_places() -> None:
    marked = _lead_marked()
    page = marked.writer.pages[2]
    page[NameObject("/Rotate")] = NumberObject(90)
    page[NameObject("/CropBox")] = RectangleObject((30, 60, 300, 560))
    page[NameObject("/MediaBox")] = RectangleObject((30, 60, 300, 560))
    page[NameObject("/TrimBox")] = RectangleObject((30, 60, 300, 560))
    comment = only_comment(marked.save())
    assert (comment.key, comment.words) == ("model.lead", "local authorities,")


def test_a_page_that_lost_its_stamp_is_found_by_its_words() -> None:
    marked = _lead_marked()
    for page in marked.writer.pages:
        del page["/PieceInfo"]
    writer = pypdf.PdfWriter()
    writer.add_page(pypdf.PdfReader(io.BytesIO(marked.save())).pages[2])
    comment = only_comment(_save(writer))
    assert (comment.key, comment.page, comment.words) == ("model.lead", 3, "local authorities,")


def test_a_page_printed_on_other_paper_is_found_by_its_words() -> None:
    """Scaled onto A4 by a print dialogue, before it was marked."""
    reader = pypdf.PdfReader(io.BytesIO(proof()))
    writer = pypdf.PdfWriter()
    paper = writer.add_blank_page(595, 842)
    place = pypdf.Transformation().scale(1.4).translate(3, 4)
    paper.merge_transformed_page(reader.pages[2], place)
    marked = MarkedUp(_save(writer))
    marked.acrobat(1, "Highlight", "local authorities,", "Which?")
    (box,) = boxes_of(marked.pdf, 1, "Rescue")
    marked.add(1, "Text", box, Contents="Bigger?")
    mark, note = review(marked.save()).comments
    assert (mark.key, mark.page, mark.words, mark.at) == (
        "model.lead",
        3,
        "local authorities,",
        None,
    )
    assert (note.key, note.text) == ("model.rescue", "Bigger?")


def test_an_outdated_proof_is_noticed() -> None:
    """The words of a changed page are those of the proof, those of other pages are unaffected."""
    marked = _lead_marked()
    marked.acrobat(3, "Highlight", "held by violence,", "By whom?")
    now = changed_job(
        "content/en.yaml", "Four kinds of work, done", "Four kinds of good work, all done"
    )
    found = review(marked.save(), of=now)
    assert [(one.key, one.words) for one in found.comments] == [
        ("model.lead", "local authorities,"),
        ("model.rescue-text", "held by violence,"),
    ]
    (warning,) = found.findings
    assert (warning.code, warning.page) == ("proof-outdated", 3)
    assert "2 comments" in warning.message


def test_an_outdated_page_that_moved() -> None:
    """Words that were replaced since are found by their message."""
    marked = _lead_marked()
    now = changed_job("content/en.yaml", "local authorities", "the authorities of the district")
    found = review(marked.save(), of=now)
    assert [(one.key, one.words) for one in found.comments] == [
        ("model.lead", "local authorities,")
    ]


def test_a_proof_of_another_brochure_is_refused() -> None:
    now = changed_job("brochure.yaml", "brochure: proven-model", "brochure: other")
    with pytest.raises(InputError, match="a proof of the brochure 'proven-model', not of 'other'"):
        review(_lead_marked().save(), of=now)


def test_a_page_of_no_edition_is_reported() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    marked = MarkedUp(_save(writer))
    marked.add(1, "Text", (10, 10, 30, 30), Contents="Lost")
    found = review(marked.save())
    assert [(one.key, one.text) for one in found.comments] == [("", "Lost")]
    assert [one.code for one in found.findings] == ["proof-page-unknown"]


# Annotations of other programs

PREVIEW = {
    "QuadPoints": acrobat_quads,
    "T": "Ana Silva",
    "M": "D:20261129101500Z00'00'",
    "Contents": "Which ones?",
    "C": [1, 0.9, 0.3],
    "AAPL:Hash": "00ff",
    "AAPL:AKExtras": {"AAPL:AKPDFAnnotationDictionary": {"Subtype": "/Highlight"}},
}
PDF_XCHANGE = {
    "QuadPoints": acrobat_quads,
    "T": "Ana Silva",
    "M": "D:20261129121500+02'00'",
    "CreationDate": "D:20261129121500+02'00'",
    "NM": "b5a3c1e2-7d6e-4f00-9a41-1c2d3e4f5a6b",
    "Subj": "Highlight",
    "RC": '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/" xfa:APIVersion="PDF-XChange:9"'
    ' xfa:spec="2.0.2"><p>Which ones?</p></body>',
    "CA": 0.5,
}
OKULAR = {
    "QuadPoints": acrobat_quads,
    "T": b"\xfe\xff" + "Ana Silva".encode("utf-16-be"),
    "M": "D:20261129101500+00'00'",
    "CreationDate": "D:20261129101500+00'00'",
    "NM": "okular-{f6f8a9a4-0b5a-4d0b-9b3d-1d8a2f1f7a31}",
    "Contents": b"\xfe\xff" + "Which ones?".encode("utf-16-be"),
    "Border": [0, 0, 1],
    "AP": {},
}
BROWSER = {
    "QuadPoints": apple_quads,
    "T": "Ana Silva",
    "M": "D:20261129101500",
    "Contents": "Which ones?",
    "RC": "",
}


def test_highlights_of_programs() -> None:
    boxes = boxes_of(proof(), 3, SIDE_BY_SIDE)
    marked = MarkedUp(proof())
    programs: tuple[dict[str, Any], ...] = (PREVIEW, PDF_XCHANGE, OKULAR, BROWSER)
    for program in programs:
        entries = {**program, "QuadPoints": program["QuadPoints"](boxes)}
        marked.add(3, "Highlight", around(boxes), **entries)
    found = review(marked.save())
    assert found.findings == ()
    for _, comment in zip(programs, found.comments, strict=True):
        assert (comment.key, comment.words) == ("model.lead", SIDE_BY_SIDE)
        assert (comment.text, comment.author) == ("Which ones?", "Ana Silva")
        assert comment.date == "2026-11-29T10:15:00Z"


def test_a_comment_in_a_pop_up_window_belongs_to_its_mark() -> None:
    """Some programs write the text into the pop-up window."""
    boxes = boxes_of(proof(), 3, SIDE_BY_SIDE)
    marked = MarkedUp(proof())
    note = marked.add(3, "Underline", around(boxes), QuadPoints=acrobat_quads(boxes))
    popup = marked.add(3, "Popup", (1, 1, 2, 2), Parent=note, Contents="Here it is")
    note.get_object()[NameObject("/Popup")] = popup  # type: ignore[index]
    assert only_comment(marked.save()).text == "Here it is"


def test_strings_in_any_encoding() -> None:
    strings = [
        b"\xfe\xff" + "é ខ្មែរ".encode("utf-16-be"),
        b"\xff\xfe" + "é ខ្មែរ".encode("utf-16-le"),
        b"\xef\xbb\xbf" + "é ខ្មែរ".encode(),
        b"\xfe\xff\x00\x1b\x00k\x00m\x00\x1b" + "é ខ្មែរ".encode("utf-16-be"),
    ]
    marked = MarkedUp(proof())
    for raw in strings:
        marked.acrobat(3, "Highlight", "local authorities,", Contents=raw, T=raw)
    found = [(one.text, one.author) for one in review(marked.save()).comments]
    assert found == [("é ខ្មែរ", "é ខ្មែរ")] * len(strings)


def test_rich_text_is_read_if_there_is_no_plain_text() -> None:
    marked = MarkedUp(proof())
    rich = (
        '<body xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; <b>two</b><br/>three</p>'
        "<p>four</p></body>"
    )
    marked.acrobat(3, "Highlight", "local authorities,", RC=rich)
    assert only_comment(marked.save()).text == "One & two\nthree\nfour"


@pytest.mark.parametrize(
    "rich",
    [
        '<!DOCTYPE b [<!ENTITY a "aaaa">]><body>&a;</body>',
        "<body><p>not closed</body>",
        "<p>" * 5000,
    ],
)
def test_rich_text_that_is_not_plain_xml_is_not_read(rich: str) -> None:
    marked = MarkedUp(proof())
    marked.acrobat(3, "Highlight", "local authorities,", RC=rich)
    assert only_comment(marked.save()).text == "highlighted"


def test_control_characters_are_removed() -> None:
    marked = MarkedUp(proof())
    text = "one\r\ntwo\rthree\x07 \x1b[31mred\u202e evil\u2066"
    marked.acrobat(
        3, "Highlight", "local authorities,", Contents=b"\xfe\xff" + text.encode("utf-16-be")
    )
    assert only_comment(marked.save()).text == "one\ntwo\nthree [31mred evil"


def test_dates() -> None:
    dates = {
        "D:20261129171500+07'00'": "2026-11-29T10:15:00Z",
        "D:20261129171500-03'30": "2026-11-29T20:45:00Z",
        "D:20261129101500Z": "2026-11-29T10:15:00Z",
        "D:20261129": "2026-11-29T00:00:00Z",
        "2026-11-29T10:15:00Z": "2026-11-29T10:15:00Z",
        "yesterday": "",
        "D:20261399": "",
    }
    marked = MarkedUp(proof())
    for written in dates:
        note = {"CreationDate": written, "M": ""}
        marked.acrobat(3, "Highlight", "local authorities,", written, **note)
    found = {one.text: one.date for one in review(marked.save()).comments}
    assert found == dates


# Scripts


@pytest.mark.parametrize("language", ["km", "th", "hi", "ta"])
def test_marked_words_of_other_scripts_are_whole_clusters(language: str) -> None:
    """The words are those of the message, and no cluster is divided."""
    pdf = proof(language)
    longest = sorted(words_of(pdf, 3), key=lambda word: -len(word.text))[:12]
    marked = MarkedUp(pdf)
    for word in longest:
        marked.add(
            3, "Highlight", word.box, QuadPoints=acrobat_quads([word.box]), Contents="comment"
        )
    found = review(marked.save()).comments
    assert [one.words for one in found] == [word.text for word in longest]
    assert all(one.key.startswith("model.") for one in found)


def test_marked_words_from_right_to_left_are_in_reading_order() -> None:
    pdf = proof("ar")
    edition = lay_out_edition(job(), resolve_edition(job(), "ar", None)).edition
    text = edition.stories["model.lead"].text
    marked = MarkedUp(pdf)
    lead = (30, 480, 400, 560)
    marked.add(3, "Highlight", lead, QuadPoints=acrobat_quads([lead]), Contents="?")
    (comment,) = review(marked.save()).comments
    assert comment.key == "model.lead"
    assert " ".join(text.split()) in comment.words or comment.words in " ".join(text.split())


def test_the_comment_of_the_last_save_counts() -> None:
    """A comment that was deleted is still in the file, but its page no longer has it."""
    data = _lead_marked().save()
    pages = [page.indirect_reference for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    third = pages[2]
    assert third is not None
    body = _object(data, third.idnum)
    annots = body[body.index(b"/Annots") :].split(b"\n")[0]
    gone = _replace_object(data, third.idnum, body.replace(annots, b"/Annots []"))
    assert len(review(data).comments) == 1
    assert review(gone).comments == ()


# Numbered proofs


def test_comments_on_a_numbered_proof() -> None:
    """The strips at its sides move the page; comments on the key list belong to the message of their row."""
    pdf = build_edition(job(), SCREEN.numbered()).pdf
    marked = MarkedUp(pdf)
    marked.acrobat(3, "Highlight", "local authorities,", "Which?")
    marked.acrobat(13, "Highlight", "model.rescue-text", "Rename it")
    (row,) = [word.box for word in words_of(pdf, 13) if word.text == "model.restrain-text"]
    marked.add(13, "Text", (row[0] - 30, row[1], row[0] - 22, row[3]), Contents="Here")
    first, second, third = review(marked.save()).comments
    assert (first.key, first.words, first.page) == ("model.lead", "local authorities,", 3)
    assert (second.key, second.page, second.text) == ("model.rescue-text", 3, "Rename it")
    assert (third.key, third.page) == ("model.restrain-text", 3)
