"""The report of an import, one HTML file: each page as InDesign has it and as it is now, and what was not taken.

It loads nothing: a Content-Security-Policy allows only its own style, by its digest, and pictures that it contains. All text
from the InDesign file is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from brochure.api import build
from brochure.compare.html_report import escape
from brochure.compare.page_pictures import PagePicture, render_pages
from brochure.errors import BrochureError
from brochure.findings import Finding
from brochure.idml.document import Document, DocumentPage
from brochure.idml.losses import LOSSES
from brochure.idml.page_sketch import sketch_page
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from brochure.system.files import own_file

REPORT_FILE = "import-report.html"
MAX_PAGES = 150
"""Pages that are shown with pictures; the findings of all are listed."""


def render_project(files: Mapping[str, bytes]) -> Mapping[int, PagePicture]:
    """Return pictures of the pages of a project; none if it has errors."""
    try:
        built = build(MemoryProject(dict(files)), SCREEN, draft=True)
        if not built.parts:
            return {}
        numbers = range(1, min(built.pages, MAX_PAGES) + 1)
        return render_pages(built.pdf, "the imported project", numbers)
    except BrochureError:
        return {}


def format_report(
    document: Document, findings: Sequence[Finding], pictures: Mapping[int, PagePicture]
) -> str:
    """Return the report as HTML."""
    style = own_file("idml/report.css").decode()
    title = f"Import of {document.package.name}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
        f"<header>\n<h1>{escape(title)}</h1>",
        *_summary(document, findings),
        "</header>\n<main>",
        *(
            part
            for page in document.pages[:MAX_PAGES]
            for part in _page(document, page, pictures.get(page.number), findings)
        ),
        *_by_kind(findings),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _summary(document: Document, findings: Sequence[Finding]) -> Iterator[str]:
    count = len(document.pages)
    pages = "1 page" if count == 1 else f"{count} pages"
    if not findings:
        yield f"<p>{pages}. Everything was taken as it is.</p>"
        return
    yield f"<p>{pages}. What was not taken, or was taken differently:</p>\n<table>"
    yield "<thead><tr><th scope=col>kind</th><th scope=col>count</th></tr></thead><tbody>"
    for kind, heading in LOSSES.items():
        found = _select(findings, kind)
        if found:
            total = sum(one.count for one in found)
            yield (
                f'<tr><th scope=row><a href="#kind-{kind}">{escape(heading)}</a></th>'
                f"<td class=count>{total}</td></tr>"
            )
    yield "</tbody></table>"


def _page(
    document: Document,
    page: DocumentPage,
    picture: PagePicture | None,
    findings: Sequence[Finding],
) -> Iterator[str]:
    name = page.name if page.name == str(page.number) else f"{page.number} ({page.name})"
    yield f'<section><h2 id="page-{page.number}">Page {escape(name)}</h2>\n<div class=pair>'
    yield f"<figure>{sketch_page(document, page)}<figcaption>InDesign: outlines</figcaption></figure>"
    if picture:
        data = base64.b64encode(picture.data).decode()
        yield (
            f'<figure><img class=sheet alt="Page {page.number} as brochure sets it" width={picture.width}'
            f' height={picture.height} src="data:image/webp;base64,{data}">'
            "<figcaption>brochure</figcaption></figure>"
        )
    else:
        yield "<figure><p>The page could not be built; see the findings.</p></figure>"
    yield "</div>"
    here = [finding for finding in findings if finding.page == page.number]
    if here:
        yield "<h3>On this page</h3>"
        yield from _list(here)
    yield "</section>"


def _by_kind(findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield "<h2>What was not taken, by kind</h2>"
    for kind, heading in LOSSES.items():
        found = _select(findings, kind)
        if found:
            yield f'<h3 id="kind-{kind}">{escape(heading)}</h3>'
            yield from _list(found)


def _select(findings: Sequence[Finding], kind: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == f"idml-{kind}"]


def _list(findings: Iterable[Finding]) -> Iterator[str]:
    yield "<ul class=findings>"
    for one in findings:
        page = f"page {one.page}, " if one.page else ""
        place = f" <span class=place>{escape(page + str(one.span or ''))}</span>"
        hint = f" <span class=hint>({escape(one.hint)})</span>" if one.hint else ""
        yield f"<li>{escape(one.message)}{hint}{place}</li>"
    yield "</ul>"
