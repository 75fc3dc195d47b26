"""The preflight report as one HTML file: a section for each subject, with pictures of the pages that have findings.

The file is sent by mail and opened anywhere. It loads nothing: a Content-Security-Policy allows only its own style, by its
digest, and pictures that it contains. All text from the checked files is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape as escape_markup
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.cli._output import counted, escape_controls, place_of, summarize_findings
from brochure.cli._page_outlines import PictureBudget, draw_page, find_pictures, find_shown
from brochure.cli._report import is_pdf
from brochure.findings import Severity
from brochure.system.files import own_file

if TYPE_CHECKING:
    from brochure.cli._checked import Checked
    from brochure.findings import Finding

TITLES = {
    Severity.ERROR: "Errors: fix before printing",
    Severity.WARNING: "Warnings: review before printing",
    Severity.NOTE: "Notes",
}
MAX_PICTURES = 60
MAX_PICTURE_BYTES = 12_000_000
"""Pages that are shown with pictures, and the size of all pictures; a report has at most 17 MB."""


def format_report(results: Sequence[Checked], profile: str, title: str = "") -> str:
    """Return the report on projects and PDFs as an HTML page."""
    several = len(results) > 1 or bool(title)
    heading = title or (f"{len(results)} files" if several else _name(results[0].path))
    style = own_file("cli/report.css").decode()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    budget = PictureBudget(MAX_PICTURES, MAX_PICTURE_BYTES)
    parts = [
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Preflight: {escape(heading)}</title>\n<style>{style}</style>",
        f"<header>\n<h1>{escape(heading)}</h1>",
        f'<p class="sum">Preflight by brochure · profile {escape(profile)} · {_summarize(results)}</p>',
        *(_contents(results) if several else ()),
        "</header>\n<main>",
        *(_section(at, one, budget, several=several) for at, one in enumerate(results, start=1)),
        "</main>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part)


def format_findings(findings: Sequence[Finding], subject: str, profile: str) -> str:
    """Return the report on an edition by its name, without pictures."""
    # Imported here: it imports the checks, which a package does not need.
    from brochure.cli._checked import Checked

    status = int(any(one.severity is Severity.ERROR for one in findings))
    return format_report([Checked(Path(subject), tuple(findings), status)], profile)


def _name(path: Path) -> str:
    return path.absolute().name


def _summarize(results: Sequence[Checked]) -> str:
    findings = [finding for one in results for finding in one.findings]
    failed = sum(bool(one.failure) for one in results)
    if failed == len(results) == 1:
        return '<b class="error">not checked</b>'
    parts = [summarize_findings(findings) if findings else "no findings"]
    parts += [f"{counted(failed, 'file')} not checked"] if failed else []
    tone = "error" if any(one.status for one in results) else "clean"
    return f'<b class="{tone}">{", ".join(parts)}</b>'


def _contents(results: Sequence[Checked]) -> Iterator[str]:
    """Yield the list of subjects, each with its result."""
    yield '<nav aria-label="Files">\n<ul>'
    for at, one in enumerate(results, start=1):
        yield f'<li><a href="#f{at}">{escape(_name(one.path))}</a> · {_summarize((one,))}</li>'
    yield "</ul>\n</nav>"


def _section(at: int, result: Checked, budget: PictureBudget, *, several: bool) -> str:
    """Return the section of one subject.

    The report is sent to others, so paths in it begin in the project folder or beside the PDF: a full path has the user's name.
    """
    level = 3 if several else 2
    pictures = find_pictures(result, budget)
    shown = find_shown(result.findings, pictures)
    numbers = {finding: number for number, finding in enumerate(_in_order(result), start=1)}
    parts = [f'<section id="f{at}">']
    if several:
        parts.append(f"<h2>{escape(_name(result.path))}</h2>")
        parts.append(f'<p class="sum">{_summarize((result,))}</p>')
    if result.failure:
        parts.append(f'<p class="error">{escape(result.failure)}</p>')
    for severity in Severity:
        listed = [one for one in numbers if one.severity is severity]
        if listed:
            count = counted(len(listed), "finding")
            parts.append(
                f'<h{level} class="{severity.value}">{TITLES[severity]} · {count}</h{level}>'
            )
            rows = "\n".join(_row(one, at, numbers[one], shown) for one in listed)
            parts.append(f"<table>\n{rows}\n</table>")
    if pictures:
        parts.append(f"<h{level}>Pages with findings</h{level}>")
        parts += [draw_page(at, page, picture, numbers) for page, picture in pictures.items()]
    missing = len({one.page for one in result.findings if one.page} - pictures.keys())
    if missing and result.pdf:
        parts.append(f'<p class="sum">{counted(missing, "page")} with findings not shown</p>')
    return _shorten_paths("\n".join([*parts, "</section>"]), result.path)


def _in_order(result: Checked) -> list[Finding]:
    """Return the findings as they are listed: errors first."""
    return [one for severity in Severity for one in result.findings if one.severity is severity]


def _shorten_paths(text: str, subject: Path) -> str:
    folder = subject.absolute().parent if is_pdf(subject) else subject.absolute()
    for levels, above in enumerate((folder, *folder.parents[:MAX_LEVELS])):
        if above != Path(above.anchor):
            text = text.replace(f"{escape(above.as_posix())}/", "../" * levels)
    return text


MAX_LEVELS = 2
"""Levels above a project whose `assets` folders belong to it."""


def escape(text: str) -> str:
    """Return text for HTML; controls that reverse or hide text are visible, as on a terminal."""
    return escape_markup(escape_controls(text))


def _row(finding: Finding, at: int, number: int, shown: frozenset[Finding]) -> str:
    hint = f"<br><i>{escape(finding.hint)}</i>" if finding.hint else ""
    also = f"<br>page {finding.page}" if finding.span and finding.page else ""
    place = f"{escape(place_of(finding))}{also}"
    if finding in shown:
        place = f'<a href="#f{at}m{number}">{place}</a>'
    return (
        f'<tr><td class="number {finding.severity.value}" id="f{at}n{number}">{number}</td>'
        f'<td class="place">{place}</td>'
        f"<td>{escape(finding.message)}{hint}</td>"
        f'<td class="code">{escape(finding.code)}</td></tr>'
    )
