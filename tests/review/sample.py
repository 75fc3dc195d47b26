"""Proofs of the sample brochure with small pictures, built once."""

from __future__ import annotations

from functools import lru_cache

from brochure.api import build_edition, open_job
from brochure.build_values import Job
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from brochure.review.comments import Comment
from brochure.review.pdf_comments import PdfReview, read_pdf_review
from tests.readback.sample import ROOT, SmallPictures


@lru_cache(maxsize=1)
def job() -> Job:
    """The sample."""
    return open_job(SmallPictures(ROOT))


@lru_cache(maxsize=16)
def proof(language: str | None = None, office: str | None = None) -> bytes:
    """The screen PDF of an edition of the sample."""
    return build_edition(job(), SCREEN, language, office).pdf


def review(pdf: bytes, *, of: Job | None = None, language: str | None = None) -> PdfReview:
    """The comments of a PDF."""
    return read_pdf_review(of or job(), pdf, "proof.pdf", language)


def only_comment(pdf: bytes) -> Comment:
    """The comment of a PDF that has one, of the current pages."""
    found = review(pdf)
    assert found.findings == ()
    (comment,) = found.comments
    return comment


def files_of_sample() -> dict[str, bytes]:
    """The files of the sample, to be changed."""
    sample = SmallPictures(ROOT)
    names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
    return {name: sample.read(name) for name in names} | {
        f"assets/{path.relative_to(ROOT.parent.parent / 'assets').as_posix()}": path.read_bytes()
        for path in (ROOT.parent.parent / "assets").rglob("*")
        if path.is_file()
    }


def changed_job(name: str, old: str, new: str) -> Job:
    """The sample with other words in one of its files."""
    files = files_of_sample()
    text = files[name].decode()
    assert old in text
    return open_job(MemoryProject({**files, name: text.replace(old, new).encode()}))
