"""`brochure review import proof.pdf`: data stored in the project, and hostile PDFs."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from brochure.api import build
from brochure.prepress.output_conditions import SCREEN
from brochure.project import DiskProject
from brochure.review.comments import read_threads
from brochure.review.pdf_annotations import MAX_ANNOTATIONS
from tests.cli.calling import call
from tests.review.marked_up import MarkedUp
from tests.translation.projects import COPY, FRENCH, LAYOUT, translated


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "trial/content").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    folder = Path("trial")
    (folder / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "content/en.yaml").write_text(COPY, encoding="utf-8")
    (folder / "content/fr.po").write_text(translated(FRENCH), encoding="utf-8")
    return folder


def french(folder: Path) -> MarkedUp:
    """The French proof, with a replaced title and a mark in the text."""
    marked = MarkedUp(build(DiskProject(folder), SCREEN, "fr").pdf)
    marked.acrobat_replacement(1, "Les gens", "Le public")
    return marked


def saved(marked: MarkedUp) -> Path:
    path = Path("ana.pdf")
    path.write_bytes(marked.save())
    return path


def test_import(trial: Path) -> None:
    marked = french(trial)
    title = marked.acrobat(1, "Highlight", "Les gens", "Too short?")
    result = call("review", "import", saved(marked), trial)
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines() == [
        "ana.pdf  edition fr, reviewed by Dara Sok, 2026-11-29; 1 comment, 1 proposal (1 entered as fuzzy)",
        "trial/content/fr.po  updated",
    ]
    catalogue = (trial / "content/fr.po").read_text(encoding="utf-8")
    entry = '\nmsgctxt "head"\nmsgid "People"\nmsgstr "Le public"'
    assert catalogue.partition(entry)[0].splitlines()[-1].startswith("#, fuzzy")
    (thread,) = read_threads(DiskProject(trial))
    assert thread.name == "head"
    assert {one.text or one.proposal for one in thread.comments} == {"Too short?", "Le public"}
    assert {one.source for one in thread.comments} == {"ana.pdf"}
    before = {path: path.read_bytes() for path in trial.rglob("*") if path.is_file()}
    again = call("review", "import", saved(marked), trial)
    assert again.out.endswith("nothing new\n")
    assert {path: path.read_bytes() for path in trial.rglob("*") if path.is_file()} == before
    marked.reply(1, title, "", State="Completed", StateModel="Review")
    third = call("review", "import", saved(marked), trial)
    assert "1 comment resolved" in third.out
    (thread,) = read_threads(DiskProject(trial))
    assert [one.resolved for one in thread.comments if one.text == "Too short?"] == [True]


def test_import_as_json(trial: Path) -> None:
    marked = french(trial)
    found = call("review", "import", saved(marked), trial, "--json").data
    assert found == {
        "path": "ana.pdf",
        "reviewer": "Dara Sok",
        "date": "2026-11-29T10:15:00Z",
        "edition": "fr",
        "comments": 0,
        "proposals": 1,
        "entered": ["head"],
        "verdicts": [],
        "catalogues": ["trial/content/fr.po"],
        "findings": [],
        "resolved": [],
    }


def test_a_pdf_without_its_edition(trial: Path) -> None:
    marked = french(trial)
    for page in marked.writer.pages:
        del page["/PieceInfo"]
    result = call("review", "import", saved(marked), trial, "--lang", "fr")
    assert (result.status, result.err) == (0, "")
    assert "edition fr, " in result.out


def test_a_proof_that_is_out_of_date(trial: Path) -> None:
    marked = french(trial)
    copy = (trial / "content/fr.po").read_text(encoding="utf-8")
    (trial / "content/fr.po").write_text(copy.replace("Les gens", "Les autres"), encoding="utf-8")
    result = call("review", "import", saved(marked), trial)
    assert result.status == 1
    assert "page 1 has changed since this proof was made: 1 comment" in result.out + result.err
    assert "Les autres" in (trial / "content/fr.po").read_text(encoding="utf-8")


def test_options_of_pdfs_do_not_apply_to_review_files(trial: Path) -> None:
    Path("a.brochure-review.json").write_text("{}", encoding="utf-8")
    result = call("review", "import", "a.brochure-review.json", trial, "--lang", "fr")
    assert result.status == 64
    assert "apply to PDFs only" in result.err


def test_a_pdf_without_comments(trial: Path) -> None:
    result = call("review", "import", saved(MarkedUp(build(DiskProject(trial), SCREEN).pdf)), trial)
    assert result.status == 0
    assert "has no comments" in result.out + result.err


def test_an_edition_that_the_project_does_not_have(trial: Path) -> None:
    marked = french(trial)
    for page in marked.writer.pages:
        private = page["/PieceInfo"]["/Brochure"]["/Private"]  # type: ignore[index]
        private[NameObject("/Edition")] = pypdf.generic.TextStringObject("../../secret/fr")
    result = call("review", "import", saved(marked), trial)
    assert result.status == 2
    assert "which the brochure does not have" in result.err
    assert not (trial / "comments").exists()


# Hostile files


def refused(marked: MarkedUp, trial: Path) -> str:
    """The message with which a file is refused; nothing is written."""
    result = call("review", "import", saved(marked), trial)
    assert result.status == 2
    assert "Traceback" not in result.err
    assert not (trial / "comments").exists()
    return result.err


def test_too_many_comments(trial: Path) -> None:
    marked = french(trial)
    page = marked.writer.pages[0]
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Text")})
    page[NameObject("/Annots")] = ArrayObject([note] * (MAX_ANNOTATIONS + 1))
    assert "more than 5,000 comments" in refused(marked, trial)


def test_too_many_marked_lines(trial: Path) -> None:
    marked = french(trial)
    quad = [0, 0, 600, 0, 0, 800, 600, 800]
    for _ in range(102):
        marked.add(1, "Highlight", (0, 0, 10, 10), QuadPoints=quad * 250)
    assert "marks more than 20,000 lines" in refused(marked, trial)


@pytest.mark.soak
def test_rich_text_that_unpacks_to_gigabytes(trial: Path) -> None:
    marked = french(trial)
    bomb = DecodedStreamObject()
    packer = zlib.compressobj(9)
    zeros = bytes(10_000_000)
    packed = b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()
    bomb._data = packed
    stream = pypdf.generic.EncodedStreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    reference = marked.writer._add_object(stream)
    marked.add(1, "Text", (0, 0, 10, 10), RC=reference)
    result = call("review", "import", saved(marked), trial)
    assert "Traceback" not in result.err
    assert result.status in (0, 2)


@pytest.mark.parametrize(
    "entries",
    [
        {"QuadPoints": ["/a", "b", 1, 2, 3, 4, 5, 6], "Contents": "kept"},
        {"QuadPoints": [1e30, -1e30, 1e30, 1e30, 0, 0, 0, 0], "Contents": "kept"},
        {"QuadPoints": 5, "Contents": "kept", "T": 7, "M": ["x"], "IRT": "/x", "Popup": 3},
        {"Rect": [], "Contents": "kept", "RC": 3, "CL": ["/a"], "State": 4},
        {"Rect": [5, 5, 1, 1], "Contents": "kept", "CreationDate": "D:99999999999999+99'99'"},
    ],
)
def test_values_of_wrong_types(entries: dict[str, object], trial: Path) -> None:
    marked = french(trial)
    marked.add(1, "Highlight", (10, 10, 20, 20), **entries)
    result = call("review", "import", saved(marked), trial)
    assert (result.status, result.err) == (0, "")
    texts = [one.text for thread in read_threads(DiskProject(trial)) for one in thread.comments]
    assert "kept" in texts


def test_text_stays_text(trial: Path) -> None:
    """Scripts, terminal sequences and YAML syntax are stored as plain characters, or removed."""
    marked = french(trial)
    text = "<script>alert(1)</script> \x1b[2J\u202e {{7*7}} - a: !!python/object\n---\n%TAG"
    marked.add(1, "Text", (10, 10, 20, 20), Contents=text, T="x\ny: z", JS="app.alert(1)")
    result = call("review", "import", saved(marked), trial)
    assert (result.status, result.err) == (0, "")
    (comment,) = [
        one
        for thread in read_threads(DiskProject(trial))
        for one in thread.comments
        if one.author != "Dara Sok"
    ]
    assert comment.author == "x y: z"
    assert comment.text == "<script>alert(1)</script> [2J {{7*7}} - a: !!python/object\n---\n%TAG"
    status = call("review", "status", trial)
    assert "\x1b" not in status.out


def test_a_damaged_file(trial: Path) -> None:
    Path("ana.pdf").write_bytes(french(trial).save()[:3000])
    result = call("review", "import", "ana.pdf", trial)
    assert result.status == 2
    assert "damaged" in result.err


def test_a_file_with_a_password(trial: Path) -> None:
    marked = french(trial)
    marked.writer.encrypt("secret", algorithm="RC4-128")
    assert "password" in refused(marked, trial)


def test_a_page_tree_in_a_loop(trial: Path) -> None:
    marked = french(trial)
    out = io.BytesIO(marked.save())
    data = out.getvalue()
    reader = pypdf.PdfReader(io.BytesIO(data))
    pages = reader.trailer["/Root"]["/Pages"].indirect_reference  # type: ignore[index]
    number = pages.idnum
    looped = data.replace(b"/Kids [ ", b"/Kids [ %d 0 R " % number, 1)
    Path("ana.pdf").write_bytes(looped)
    result = call("review", "import", "ana.pdf", trial)
    assert result.status in (0, 1, 2)
    assert "Traceback" not in result.err
