"""Seeded defects: each is one mistake of practice, and the check that must find it.

`SEEDS` maps a description of the mistake to the defect, in the project or in a finished file of the clean brochure.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PIL import Image

from brochure.findings import Finding
from brochure.preflight import DEFAULT, PROFILES
from brochure.preflight.profile import CheckRule
from tests.preflight import files as f
from tests.preflight.brochures import (
    LAYOUT,
    Change,
    finished,
    found,
    found_in,
    photograph,
)
from tests.preflight.pdfx_seeds import PDFX_SEEDS, findings_of

SHEETFED = PROFILES[DEFAULT]
UNRENDERED = replace(SHEETFED, rules={"ink-rendered": CheckRule(off=True)})
STORY = "{at: margins, content: [{text: story}, {rule: 100%, thickness: 0.5 pt}]}"
MARK = "{at: margins, content: {text: mark, style: mark}}"


@dataclass(frozen=True)
class Seed:
    """A defect: the check that must find it, and a function that returns the findings."""

    check: str
    findings: Callable[[], tuple[Finding, ...]]


def project(check: str, *layout: tuple[str, str], **more: object) -> Seed:
    """A defect in the project."""
    change = replace(Change(layout), **more)  # type: ignore[arg-type]
    return Seed(check, lambda: found(change))


def pdf(check: str, edit: f.Edit, output: str = "press", standard: str = "") -> Seed:
    """A defect in a finished file; it is rendered only for checks that need it."""
    profile = SHEETFED if check == "ink-rendered" else UNRENDERED
    return Seed(check, lambda: found_in(f.edited(finished(output, standard), edit), profile))


def with_limit(check: str, edit: f.Edit, **limits: float) -> Seed:
    """A defect in a finished file, checked with a profile that is stricter in one limit."""
    profile = replace(SHEETFED, rules={**UNRENDERED.rules, check: CheckRule(limits=limits)})
    return Seed(check, lambda: found_in(f.edited(finished(), edit), profile))


def small(width: int, height: int) -> dict[str, bytes]:
    """Another picture in place of that on the cover."""
    return {"assets/photos/field.jpg": photograph(width, height)}


def located(picture: bytes) -> bytes:
    """A JPEG with a position in its EXIF data."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 30.0, 12.0), 3: "E", 4: (8.0, 41.0, 3.0)})
    body = exif.tobytes()
    return picture[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + picture[2:]


def nothing(_: object) -> None:
    """The unchanged file."""


FIELD = "words: {at: margins, content: {text: back, style: light}}"
APPROVED = json.dumps({"pictures": {"assets/photos/field.jpg": "0"}}).encode()
SWATCH = "  night: cmyk 80 60 30 40\n"

SEEDS: dict[str, Seed] = {
    # In the project
    "a picture from a web page": project("picture-resolution", files=small(400, 552)),
    "an enlarged picture": project("picture-enlarged", files=small(600, 828)),
    "an ink that the job does not have": project(
        "plates",
        ("press: coated-fogra39", "press: {inks: [cyan, magenta, yellow, black]}"),
    ),
    "text in 94 % black": project("text-screened", ("ink: cmyk 0 0 0 100", "ink: cmyk 0 0 0 94")),
    "a swatch with too much ink": project("ink-total", (SWATCH, "  night: cmyk 90 90 80 90\n")),
    "text of 4 points": project(
        "text-small",
        ("colour: ink}", "colour: ink}\n  tiny: {based-on: body, size: 4 pt}"),
        ("{text: story}", "{text: story, style: tiny}"),
    ),
    "small text in four inks": project(
        "text-inks",
        ("colour: ink}", "colour: ink}\n  rich: {based-on: body, size: 7 pt, colour: night}"),
        ("{text: story}", "{text: story, style: rich}"),
    ),
    "small reversed text": project(
        "text-reversed",
        ("colour: paper}", "colour: paper}\n  low: {based-on: light, size: 5.2 pt}"),
        ("{text: back, style: light}", "{text: back, style: low}"),
    ),
    "a hairline": project("hairline", ("thickness: 0.5 pt", "thickness: 0.1 pt")),
    "white text that overprints": project(
        "white-overprint",
        (SWATCH, SWATCH + "  void: cmyk 0 0 0 0 overprint\n"),
        ("colour: paper}", "colour: void}"),
    ),
    "one spot ink under two names": project(
        "spot-names",
        (SWATCH, SWATCH + '  stamp: spot "Pantone 7421C" as cmyk 18 100 45 67\n'),
    ),
    "an unused spot ink": project(
        "spot-unused", (SWATCH, SWATCH + '  gold: spot "PANTONE 871 C" as cmyk 20 25 60 25\n')
    ),
    "a varnish that shows on the screen": project(
        "finishing-on-screen",
        (SWATCH, SWATCH + '  gloss: spot "Spot UV" as grey 10 overprint\n'),
        ("colour: paper}", "colour: gloss}"),
    ),
    "a picture that ends at the trim": project(
        "bleed", ("picture: {at: bleed,", "picture: {at: page,")
    ),
    "a field that ends at the trim": project(
        "bleed",
        (
            f"  - background: night\n    frames:\n      {FIELD}",
            f"  - frames:\n      ground: {{at: page, background: night}}\n      {FIELD}",
        ),
    ),
    "text at the edge of the paper": project(
        "safety",
        (STORY, STORY.replace("at: margins", 'at: "x 1 mm, y 30 mm, width 60 mm, height 40 mm"')),
        ("binding: saddle-stitch", "binding: none"),
    ),
    "a picture close to the edge": project(
        "safety",
        (
            "{at: bleed, content: {image",
            '{at: "x 20 mm, y 1 mm, width 60 mm, height 40 mm", content: {image',
        ),
    ),
    "text in the fold": project(
        "gutter",
        (MARK, MARK.replace("at: margins", 'at: "x 2 mm, y 30 mm, width 60 mm, height 40 mm"')),
    ),
    "five pages in a saddle stitch": project(
        "page-count",
        (
            "  - background: night",
            f"  - frames: {{words: {MARK}}}\n  - background: night",
        ),
    ),
    "copy that does not fit": project("overflow", copy={"story": "Far too long. " * 200}),
    "a justified line with wide spaces": project(
        "line-loose",
        ("colour: ink}\n  light", "colour: ink, align: justify}\n  light"),
        copy={"story": "Responsibilities " * 30},
    ),
    "an untranslated message": project(
        "translation-missing",
        language="fr",
        files={
            "content/fr.po": b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: fr\\n"\n'
        },
    ),
    "pale text on paper": project(
        "contrast",
        (SWATCH, SWATCH + "  mist: cmyk 0 0 0 25\n"),
        ("size: 9 pt, leading: 12 pt, colour: ink", "size: 9 pt, leading: 12 pt, colour: mist"),
    ),
    "white words on a pale picture": project(
        "contrast-on-picture",
        ("content: {text: cover", "valign: bottom, content: {text: cover"),
    ),
    "a picture without alternative text": project("alt-text", copy={"alt": ""}),
    "an unused picture": project(
        "picture-unused", files={"assets/photos/old.jpg": photograph(20, 20)}
    ),
    "a picture changed since it was approved": project(
        "picture-changed", files={"approved.json": APPROVED}
    ),
    "a picture with its location": project(
        "picture-personal-data", files={"assets/photos/field.jpg": located(photograph(1320, 1820))}
    ),
    "placeholder text": project("placeholder", copy={"story": "Lorem ipsum dolor sit amet"}),
    "a note to oneself": project("placeholder", copy={"back": "Address: TBC"}),
    "a blank page": project("page-empty", (STORY, "{at: margins}")),
    "transparent text for X-1a": project(
        "transparency",
        ("press: coated-fogra39", "press: {condition: coated-fogra39, standard: x-1a}"),
        (SWATCH, SWATCH + "  veil: night at 50%\n"),
        ("colour: paper}", "colour: veil}"),
    ),
    "a layout without a date": project("default-date", ("date: 2026-11-24\n", "")),
    "a character that no font has": project(
        "glyph-missing", copy={"story": "Here \U00013000 stands."}
    ),
    # In finished files
    "a field in RGB": pdf("colour-space", f.drawn("1 0 0 rg 100 100 50 50 re f")),
    "a picture with 400 % of ink": pdf(
        "ink-total",
        f.drawn("36 0 0 36 100 100 cm /X Do", XObject={"/X": f.cmyk_picture(150, 150, 255)}),
    ),
    "two fields that overprint": pdf(
        "ink-rendered",
        f.drawn(
            "/X gs 1 0 1 0 k 100 100 50 50 re f 0 1 0 1 k 100 100 50 50 re f",
            ExtGState={"/X": f.state(OP=True, op=True, OPM=1.0)},
        ),
    ),
    "a font that is not embedded": pdf(
        "font-embedded", f.drawn("BT /X 12 Tf 100 100 Td (Hello) Tj ET", Font={"/X": f.helvetica()})
    ),
    "a font that is not subset": with_limit("font-subset", f.whole_font, size=1),
    "a box instead of a character": pdf(
        "glyph-missing", f.drawn("BT /F1 12 Tf 100 100 Td <0000> Tj ET")
    ),
    "a stretched picture": pdf(
        "picture-stretched",
        f.drawn("72 0 0 36 100 100 cm /X Do", XObject={"/X": f.cmyk_picture(300, 300, 20)}),
    ),
    "a white field that overprints": pdf(
        "white-overprint",
        f.drawn("/X gs 0 0 0 0 k 100 100 50 50 re f", ExtGState={"/X": f.state(OP=True, op=True)}),
    ),
    "text in the registration colour": pdf(
        "registration-ink",
        f.drawn("/X cs 1 scn 100 100 50 50 re f", ColorSpace={"/X": f.separation("All")}),
    ),
    "a spot ink only in the resources": pdf(
        "spot-unused", f.drawn("", ColorSpace={"/X": f.separation("Varnish")})
    ),
    "a spot ink in two spellings": pdf(  # beside PANTONE 7421 C of the third page
        "spot-names",
        f.drawn("", ColorSpace={"/X": f.separation("Pantone 7421C")}),
    ),
    "a line without width": pdf("hairline", f.drawn("0 w 100 100 m 150 100 l S")),
    "black text that knocks out": pdf(
        "black-knockout",
        f.drawn(
            "/X gs 0.2 0 0 0 k 90 90 90 40 re f 0 g BT /F1 9 Tf 100 100 Td <0001> Tj ET",
            ExtGState={"/X": f.state(OP=False, op=False)},
        ),
    ),
    "a transparent field in X-1a": pdf(
        "transparency",
        f.drawn("/X gs 0 0 0 1 k 100 100 50 50 re f", ExtGState={"/X": f.state(ca=0.5)}),
        standard="x-1a",
    ),
    "a page of another size": pdf("page-size", f.smaller_page),
    "a page without a TrimBox": pdf("boxes", f.without("/TrimBox", of="/Page")),
    "a BleedBox within the TrimBox": pdf(
        "boxes", f.having("/BleedBox", f.box(30, 30, 200, 200), of="/Page")
    ),
    "an array as the rotation of a page": pdf(
        "object-types", f.having("/Rotate", f.array(), of="/Page")
    ),
    "an operator without its operands": pdf("content-damaged", f.drawn("/X 1 m 5 5 l S")),
    "no output intent": pdf("output-intent", f.without("/OutputIntents")),
    "an output intent without a profile": pdf("output-intent", f.intent_without_profile),
    "no metadata": pdf("metadata", f.without("/Metadata")),
    "a file with the default date": pdf(
        "default-date", f.having("/CreationDate", f.text("D:20000101000000Z"), of="/Info")
    ),
    "two different titles": pdf("metadata", f.having("/Title", f.text("Untitled-1"), of="/Info")),
    "a file that is not PDF/X": pdf("pdfx", f.silent_metadata),
    "an encrypted file": pdf("locked", f.encrypted),
    "a script": pdf("actions", f.scripted),
    "a comment on the page": pdf("annotations", f.commented),
    "an attached file": pdf("attachments", f.attached),
    "a layer": pdf("layers", f.layered),
    "a file of four pages for a job of six": with_limit("page-multiple", nothing, of=6),
    "a figure without alternative text": pdf("figure-alt", f.mute_figures, output="screen"),
}
SEEDS |= {
    name: Seed(defect.check, partial(findings_of, defect)) for name, defect in PDFX_SEEDS.items()
}
assert LAYOUT.count(SWATCH) == 1
