"""The translation status as one HTML file that a coordinator can open and mail: no script, and nothing is loaded."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Mapping, Sequence

from brochure.findings import Finding
from brochure.l10n.project_editions import EditionName
from brochure.system.files import own_file
from brochure.translation.status import EditionStatus

MAX_FINDINGS = 200
"""Maximum number of findings of an edition that are listed."""

NUMBERS = ("words left", "fuzzy", "missing", "outdated", "broken", "too long", "other")


def format_page(
    brochure: str,
    found: Sequence[EditionStatus],
    dates: Mapping[EditionName, str],
    notes: Sequence[str],
    today: str,
) -> str:
    """Return the page.

    Args:
        brochure: The brochure's name.
        found: The editions in the order in which they are listed.
        dates: The oldest change that an edition has not translated.
        notes: Sentences below the table.
        today: The date of the page, YYYY-MM-DD.
    """
    style = own_file("translation/status.css").decode()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = html.escape(f"Translation status: {brochure}")
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>",
        f'<h1>{title}</h1>\n<p class="when"><time datetime="{today}">{today}</time></p>',
        *_figures(found),
        *_table(found, dates),
        *(f"<p>{html.escape(note)}</p>" for note in notes),
        *_problems(found),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _figures(found: Sequence[EditionStatus]) -> Iterator[str]:
    ready = sum(one.ready for one in found)
    figures = {
        "editions": f"{len(found)}",
        "ready to print": f"{ready}",
        "not ready": f"{len(found) - ready}",
        "words to translate": f"{sum(one.words for one in found):,}",
    }
    yield '<dl class="figures">'
    yield from (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in figures.items())
    yield "</dl>"


def _table(found: Sequence[EditionStatus], dates: Mapping[EditionName, str]) -> Iterator[str]:
    yield '<div class="scroll" role="region" aria-label="Editions" tabindex="0"><table>'
    yield "<caption>Editions, those with the most problems first</caption>"
    heads = "".join(f'<th scope="col" class="n">{name}</th>' for name in NUMBERS)
    yield (
        '<thead><tr><th scope="col">edition</th><th scope="col">translated</th>'
        f'{heads}<th scope="col">oldest change</th><th scope="col">to print</th></tr></thead><tbody>'
    )
    for one in found:
        yield _row(one, dates.get(one.name, ""))
    yield "</tbody></table></div>"


def _row(one: EditionStatus, date: str) -> str:
    name = html.escape(_title(one.name))
    share = one.translated / one.messages if one.messages else 0.0
    counts = (
        one.words,
        len(one.fuzzy),
        len(one.missing),
        len(one.outdated),
        len(one.broken),
        len(one.overset),
        one.others,
    )
    cells = "".join(f'<td class="n">{count:,}</td>' for count in counts)
    verdict = (
        '<span class="good">ready</span>' if one.ready else '<span class="bad">not ready</span>'
    )
    label = name if one.ready else f'<a href="#{_anchor(one.name)}">{name}</a>'
    # The number says the same as the bar, which is therefore hidden from screen readers.
    bar = (
        '<svg class="track" width="100%" height="8" aria-hidden="true">'
        f'<rect width="{share:.1%}" height="8"/></svg>'
    )
    return (
        f'<tr><th scope="row">{label}</th>'
        f'<td class="bar">{one.translated} of {one.messages}{bar}</td>{cells}'
        f"<td>{date}</td><td>{verdict}</td></tr>"
    )


def _title(name: EditionName) -> str:
    return " ".join(part for part in (name.office, name.language) if part)


def _anchor(name: EditionName) -> str:
    return html.escape(f"edition-{name}")


def _problems(found: Sequence[EditionStatus]) -> Iterator[str]:
    wrong = [one for one in found if not one.ready]
    if wrong:
        yield "<h2>Problems</h2>"
    for one in wrong:
        head = html.escape(f"{_title(one.name)}: {', '.join(one.reasons)}")
        yield f'<details id="{_anchor(one.name)}"><summary>{head}</summary><ul>'
        yield from (f"<li>{_item(finding)}</li>" for finding in one.findings[:MAX_FINDINGS])
        left = len(one.findings) - MAX_FINDINGS
        if left > 0:
            yield f"<li>and {left} more: see ‘brochure text status’</li>"
        yield "</ul></details>"


def _item(finding: Finding) -> str:
    hint = f" ({finding.hint})" if finding.hint else ""
    place = (
        f" <code>{html.escape(f'{finding.span.file}:{finding.span.line}')}</code>"
        if finding.span
        else ""
    )
    return html.escape(f"{finding.severity.value}: {finding.message}{hint}") + place
