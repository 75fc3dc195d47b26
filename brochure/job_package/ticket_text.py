"""The job ticket as text, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from brochure.api import LOCK_FILE
from brochure.job_package.sources import REQUIREMENTS_FILE, BuildCommand, FontFile

LABEL_WIDTH = 20
LATE_BINDING = "RGB with ICC profiles; to be converted to the profile of the press condition"
DRAFT = "DRAFT: not for printing"


def write_ticket(ticket: Mapping[str, Any], sources: SourcesNote | None = None) -> str:
    """Return the ticket as text; `sources` says how to build from the sources, if they are in the package."""
    lines = [f"Job ticket: {ticket['title']}"]
    lines += [DRAFT] if ticket["draft"] else []
    lines += ["", *_rows(_list_facts(ticket)), "", "Inks", *_list_inks(ticket)]
    lines += ["", "Fonts", *_list_fonts(ticket), "", "Files (SHA-256)", *_list_files(ticket)]
    if sources:
        lines += ["", "Sources", *sources]
    return "\n".join(lines) + "\n"


SourcesNote = tuple[str, ...]
"""Lines that say what the sources are and how to build from them."""


def describe_sources(command: BuildCommand, fonts: tuple[FontFile, ...]) -> SourcesNote:
    """Return what the text says about the sources."""
    left_out = [
        f"{font.families} ({font.name}): {font.licence.usage}" for font in fonts if not font.path
    ]
    environment = "".join(f"{name}={value} " for name, value in command.environment.items())
    return (
        f"  The folder sources has all files of this edition. {LOCK_FILE} has the versions of all programs;",
        f"  'pip install -r {REQUIREMENTS_FILE}' installs them. These commands, in that folder, build the same PDFs:",
        *(f"    {environment}{' '.join(command.words(target))}" for target in ("press", "screen")),
        *(
            ["  Fonts that are left out, because their licence bits do not permit to pass them on:"]
            * bool(left_out)
        ),
        *(f"    {line}" for line in left_out),
    )


def _rows(facts: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{label + ':':{LABEL_WIDTH}}{text}" for label, text in facts if text]


def _list_facts(ticket: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the ticket says, each with a label; empty if it is not known."""
    trim, press, paper = ticket["trim"], ticket["press"], ticket["paper"]
    flat = ticket["flat"]
    edge = f", bound at the {ticket['binding_edge']}" if ticket["binding_edge"] else ""
    yield "Brochure", ticket["brochure"]
    yield "Edition", " / ".join(part for part in (ticket["office"], ticket["language"]) if part)
    yield "Date", ticket["date"][:10]
    yield "Contact", ticket["contact"] or ""
    yield "Quantity", f"{ticket['quantity']:,}" if ticket["quantity"] else ""
    yield "Trim size", f"{trim['width']:g} x {trim['height']:g} mm"
    yield "Flat size", f"{flat['width']:g} x {flat['height']:g} mm" if flat else ""
    yield "Bleed", f"{ticket['bleed']:g} mm"
    yield "Pages", str(ticket["pages"])
    yield "Binding", ticket["binding"] + edge
    yield "Spine", f"{ticket['spine']:g} mm" if ticket["spine"] is not None else ""
    yield "Paper", _describe_stock(paper["stock"], paper["caliper"])
    yield "Cover paper", _describe_stock(paper["cover_stock"], paper["cover_caliper"])
    yield "Finishing", ticket["finishing"] or ""
    yield "Press condition", f"{press['identifier']} ({press['about']})"
    yield "Profile", press["profile"]
    yield "PDF standard", press["standard"]
    yield "Pictures", LATE_BINDING if press["pictures"] == "rgb" else ""
    yield "Total ink limit", f"{press['total_ink_limit']} %"
    yield "Lowest resolution", _describe_resolution(ticket["lowest_resolution"])
    yield "Preflight", _describe_preflight(ticket["preflight"])
    yield "Imposition", _describe_imposition(ticket["imposition"])
    yield "Note", ticket["note"] or ""
    yield "Made with", ticket["creator"]


def _describe_stock(stock: str | None, caliper: float | None) -> str:
    if caliper is None:
        return ""
    return f"{stock} ({caliper:g} mm a leaf)" if stock else f"{caliper:g} mm a leaf"


def _describe_resolution(lowest: Mapping[str, Any] | None) -> str:
    if lowest is None:
        return "no images"
    return f"{lowest['ppi']} ppi ({lowest['image']}, page {lowest['page']})"


def _describe_preflight(preflight: Mapping[str, Any]) -> str:
    counts = ", ".join(
        f"{count} {noun if count != 1 else noun[:-1]}"
        for noun, count in preflight.items()
        if noun != "profile"
    )
    return f"profile {preflight['profile']}: {counts}"


def _describe_imposition(imposition: Mapping[str, Any] | None) -> str:
    if imposition is None:
        return ""
    paper = imposition["paper"]
    on = f" on {paper['width']:g} x {paper['height']:g} mm" if paper else ""
    pages, up = imposition["signature_pages"], imposition["up"]
    on += f", {up} pages on each side" if up else ""
    signatures = f", signatures of {pages} pages" if pages else ""
    return f"{imposition['scheme']}{on}{signatures}"


def _list_inks(ticket: Mapping[str, Any]) -> Iterator[str]:
    for ink in ticket["inks"]:
        more = f" (spot, alternate {ink['alternate']})" if ink["kind"] == "spot" else ""
        yield f"  {ink['name']}{more}"


def _list_fonts(ticket: Mapping[str, Any]) -> Iterator[str]:
    for font in ticket["fonts"]:
        bits = "none" if font["fs_type"] is None else str(font["fs_type"])
        yield f"  {font['family']} ({font['file']}); fsType {bits}, {font['usage']}"
        if font["licence"] or font["licence_url"]:
            yield f"    {font['licence_url'] or font['licence']}"


def _list_files(ticket: Mapping[str, Any]) -> Iterator[str]:
    for file in ticket["files"]:
        if file["name"].endswith(".png"):
            continue  # thumbnails; all files are in the JSON
        yield f"  {file['sha256']}  {file['name']}"
