"""Write the reference page of the preflight, `docs/reference/checks.md`, from the checks, the relays and the profiles."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import yaml

from brochure.preflight import CHECKS, DEFAULT, PROFILES, RELAYS, Check, PreflightProfile, Relay

HEAD = """\
# The checks: what preflight looks at

For each check: what it looks at, why, how to fix what it finds, and the standard or rule that it applies. Its name is the code
of its findings and its key in a profile. [Preflight](../preflight.md) shows how to run the checks and how to write a profile.
"""
RELAYED = """\
## Findings of other stages

These are found while a project is read and laid out, not by preflight. A profile can switch them off or change their severity
like those of a check.
"""
EXAMPLES: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "examples" / "checks.yaml").read_text(encoding="utf-8")
)
"""Layouts with a fault that can be seen on the page, by the name of the check."""
READS = {
    "Layout": "the layout",
    "ProjectFiles": "an edition of a project",
    "PageObjects": "the pages of a project or of a PDF",
    "RenderContext": "the rendered pages of a project",
    "FileDate": "the date of a press PDF, finished or to be built",
    "Pdf": "a finished PDF",
    "SeparatedPdf": "the separations of a finished PDF",
    "PdfObjects": "the objects that the pages of a finished PDF use",
}


def checks_page() -> list[str]:
    """Return the parts of the page."""
    contents = " · ".join(f"[{name}](#{name})" for name in (*CHECKS, *RELAYS))
    sections = [part for one in CHECKS.values() for part in _describe_check(one)]
    relays = [part for one in RELAYS.values() for part in _describe_relay(one)]
    return [HEAD, contents, *sections, RELAYED, *relays, *_describe_profiles()]


def _describe_check(check: Check) -> Iterator[str]:
    summary, _, rest = inspect.cleandoc(check.function.__doc__ or "").partition("\n")
    yield f"## {check.name}"
    yield summary
    source = [f"Source: {check.source}."] if check.source else []
    yield "\n".join(map(_format_point, [*rest.strip().splitlines(), *source]))
    yield from _show_example(check.name)
    yield f"Reads {READS[check.reads.__name__]}. Highest severity: {check.severity.value}."
    limits = [
        f"| `{name.replace('_', '-')}` | {limit.default:g} | {limit.description} |"
        for name, limit in check.limits.items()
    ]
    if limits:
        yield "\n".join(["| limit | default | meaning |", "|---|---|---|", *limits])


def _describe_relay(relay: Relay) -> Iterator[str]:
    yield f"### {relay.name}"
    yield relay.summary
    points = (f"What: {relay.what}", f"Why: {relay.why}", f"Fix: {relay.fix}")
    yield "\n".join(map(_format_point, points))
    codes = ", ".join(f"`{code}`" for code in sorted(relay.codes))
    yield from _show_example(relay.name)
    yield f"Findings: {codes}. Highest severity: {relay.severity.value}."


def _show_example(name: str) -> Iterator[str]:
    """Show a layout with the fault and a picture of its page, if the fault can be seen."""
    if example := EXAMPLES.get(name):
        yield f"```yaml picture=checks/{name} check={name}\n{example.strip()}\n```"
        yield f"![A page with the finding {name}](../pictures/checks/{name}.webp)"


def _format_point(line: str) -> str:
    """Format `What: …` as an item of a list."""
    word, _, text = line.partition(": ")
    return f"- **{word}:** {text}"


def _describe_profiles() -> Iterator[str]:
    yield "## The profiles"
    for profile in PROFILES.values():
        default = " This is the default profile." if profile.name == DEFAULT else ""
        yield f"**{profile.name}**: {profile.about}.{default}"
        if profile.rules:
            yield "\n".join(_list_differences(profile))


def _list_differences(profile: PreflightProfile) -> Iterator[str]:
    """List what a profile changes, check by check, and the checks that it switches off."""
    for name, rule in profile.rules.items():
        severity = [f"severity {rule.severity.value}"] if rule.severity else []
        limits = [f"`{key.replace('_', '-')}` {value:g}" for key, value in rule.limits.items()]
        if severity or limits:
            yield f"- [{name}](#{name}): {', '.join([*severity, *limits])}"
    off = [f"[{name}](#{name})" for name, rule in profile.rules.items() if rule.off]
    if off:
        yield f"- off: {', '.join(off)}"
