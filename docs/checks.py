"""The reference page of preflight, written from the checks and the profiles themselves.

Takes each check's docstring, limits and weight; gives `docs/reference/checks.md`. Stands beside `reference`, which writes all
pages.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields
from typing import get_type_hints

from brochure.preflight import DEFAULT, PROFILES, Check, PreflightProfile, check, names

HEAD = """\
# The checks: what preflight looks at

What each check looks at, why, what to do, and by whose word. Its name is the code of its findings and what a profile calls
it. How to call preflight and how to write a profile is told in [preflight](../preflight.md).
"""
READS = {
    "Layout": "the layout",
    "Edition": "a project's edition",
    "PageObjects": "pages, of a project or of a PDF",
    "RenderContext": "the pages of a project, with what is seen on them",
    "LayoutFindings": "what was found while the brochure was made up",
    "FileDate": "the date of a press PDF, finished or to be built",
    "Pdf": "a finished PDF",
}


def checks_page() -> list[str]:
    """The parts of the page."""
    known = [check(name) for name in names()]
    contents = " · ".join(f"[{one.name}](#{one.name})" for one in known)
    return [HEAD, contents, *(part for one in known for part in _section(one)), *_profiles()]


def _section(one: Check) -> Iterator[str]:
    first, _, rest = inspect.cleandoc(one.module.__doc__ or "").partition("\n")
    yield f"## {one.name}"
    yield first
    yield "\n".join(_points(rest))
    yield f"Reads {READS[one.reads.__name__]}. Weighs at most: {one.severity.value}."
    limits = list(_limits(one))
    if limits:
        yield "\n".join(["| limit | usual | what it is |", "|---|---|---|", *limits])


def _points(rest: str) -> Iterator[str]:
    """The lines `What: …`, `Why: …` as a list; a line that begins with no such word goes on from the last."""
    for line in rest.strip().splitlines():
        word, colon, said = line.partition(": ")
        if colon and word in ("What", "Why", "Fix", "Source"):
            yield f"- **{word}:** {said}"
        else:
            yield f"  {line}"


def _limits(one: Check) -> Iterator[str]:
    hints = get_type_hints(one.limits, include_extras=True)
    for limit in fields(one.limits):
        (said,) = hints[limit.name].__metadata__
        yield f"| `{limit.name.replace('_', '-')}` | {limit.default:g} | {said} |"


def _profiles() -> Iterator[str]:
    yield "## The profiles"
    for profile in PROFILES.values():
        usual = (
            " It is the usual one, and all checks are as above." if profile.name == DEFAULT else ""
        )
        yield f"**{profile.name}**: {profile.about}.{usual}"
        if profile.rules:
            yield "\n".join(_differences(profile))


def _differences(profile: PreflightProfile) -> Iterator[str]:
    """What a profile has otherwise, check by check; those that it leaves out stand together."""
    for name, rule in profile.rules.items():
        weight = [f"weighs {rule.severity.value}"] if rule.severity else []
        limits = [f"`{key.replace('_', '-')}` {value:g}" for key, value in rule.limits.items()]
        if weight or limits:
            yield f"- [{name}](#{name}): {', '.join([*weight, *limits])}"
    out = [f"[{name}](#{name})" for name, rule in profile.rules.items() if rule.off]
    if out:
        yield f"- left out: {', '.join(out)}"
