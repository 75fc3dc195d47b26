"""Preflight reports: lines for a terminal, grouped by severity, or a self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape as escape_markup
from pathlib import Path

from brochure.cli._output import counted, escape_controls, line_of, place_of, summarize_findings
from brochure.findings import Finding, Severity

TITLES = {
    Severity.ERROR: "Errors: fix before printing",
    Severity.WARNING: "Warnings: review before printing",
    Severity.NOTE: "Notes",
}


def lines(findings: Sequence[Finding], most: int) -> Iterator[str]:
    """Yield the report for a terminal; findings of one check beyond the first `most` are only counted."""
    for severity in Severity:
        shown = [finding for finding in findings if finding.severity is severity]
        seen: dict[str, int] = {}
        for finding in shown:
            seen[finding.code] = seen.get(finding.code, 0) + 1
            if seen[finding.code] <= most:
                yield line_of(finding)
        for code, count in seen.items():
            if count > most:
                yield f"{severity.value}: {count - most} more findings of this check [{code}]"


STYLE = """
@page { size: A4; margin: 15mm }
body { font: 10pt/1.45 Georgia, serif; color: #1b1b1b; max-width: 46rem; margin: 2.5rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; font-weight: normal; margin: 0 } h2 { font-size: 1.05rem; margin: 1.8rem 0 .3rem }
p.sum { margin: .2rem 0 0; color: #555 } table { border-collapse: collapse; width: 100% }
td { border-top: 1px solid #d8d4cc; padding: .35rem .8rem .35rem 0; vertical-align: top }
td.place { width: 11rem; color: #555; overflow-wrap: anywhere; font-size: .9em }
td.code { width: 8rem; color: #555; font-size: .9em }
i { color: #555 } .error { color: #a3220f } .clean { color: #1f6b3a }
"""


def page(findings: Sequence[Finding], subject: Path, profile: str) -> str:
    """Return the report on a project folder or a PDF as an HTML page.

    The report is sent to others, so paths in it begin in the project folder or beside the PDF: a full path has the user's name.
    """
    text = page_named(findings, subject.absolute().name, profile)
    is_file = subject.suffix.lower() == ".pdf"
    folder = subject.absolute().parent if is_file else subject.absolute()
    for levels, above in enumerate((folder, *folder.parents[:MAX_LEVELS])):
        if above != Path(above.anchor):
            text = text.replace(f"{escape(above.as_posix())}/", "../" * levels)
    return text


MAX_LEVELS = 2
"""Levels above a project whose `assets` folders belong to it."""


def page_named(findings: Sequence[Finding], subject: str, profile: str) -> str:
    """Return the report as an HTML page; findings name files as they do."""
    result = summarize_findings(findings) if findings else "no findings"
    tone = "error" if any(one.severity is Severity.ERROR for one in findings) else "clean"
    parts = [
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">',
        f"<title>Preflight: {escape(subject)}</title>\n<style>{STYLE}</style>",
        f"<h1>{escape(subject)}</h1>",
        f'<p class="sum">Preflight by brochure · profile {escape(profile)} · <b class="{tone}">{result}</b></p>',
        *(_table(findings, severity) for severity in Severity),
    ]
    return "\n".join(part for part in parts if part) + "\n</html>\n"


def escape(text: str) -> str:
    """Return text for HTML; controls that reverse or hide text are visible, as on a terminal."""
    return escape_markup(escape_controls(text))


def _table(findings: Sequence[Finding], severity: Severity) -> str:
    shown = [finding for finding in findings if finding.severity is severity]
    if not shown:
        return ""
    rows = "\n".join(map(_row, shown))
    count = counted(len(shown), "finding")
    return (
        f'<h2 class="{severity.value}">{TITLES[severity]} · {count}</h2>\n<table>\n{rows}\n</table>'
    )


def _row(finding: Finding) -> str:
    hint = f"<br><i>{escape(finding.hint)}</i>" if finding.hint else ""
    also = f"<br>page {finding.page}" if finding.span and finding.page else ""
    return (
        f'<tr><td class="place">{escape(place_of(finding))}{also}</td>'
        f"<td>{escape(finding.message)}{hint}</td>"
        f'<td class="code">{escape(finding.code)}</td></tr>'
    )
