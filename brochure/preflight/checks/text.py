"""Checks of text: sizes that print badly, and leftover placeholder text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.lazy_pattern import compile_lazily
from brochure.preflight.check import check
from brochure.preflight.model import PageObjects, TextObject, make_finding

SIZE_TOLERANCE = 0.01
"""Points by which a size may fall short."""


@check(
    "text-small",
    source="GWG 2015, small text; the size is common practice for offset on coated paper",
    severity=Severity.WARNING,
)
def text_small(
    objects: PageObjects, *, size: Annotated[float, "minimum size, in points"] = 5
) -> Iterator[Finding]:
    """Text is large enough to be printed and read.

    What: the effective size of all text, after scaling, against `size`.
    Why: strokes thinner than the halftone dots break up, and small type is hard to read.
    Fix: set it larger, or shorten the text.
    """
    for text in objects.select(TextObject):
        if not text.is_blank and text.size < size - SIZE_TOLERANCE:
            message = f"'{text.excerpt}' is set in {text.size:.1f} pt"
            yield make_finding(message, text.location, f"use {size:g} pt or more")


@check(
    "text-reversed",
    source="common practice: the minimum size for reversed type; GWG 2015, small text, has the same rule for coloured text",
    severity=Severity.WARNING,
)
def text_reversed(
    objects: PageObjects, *, size: Annotated[float, "minimum size, in points"] = 5.5
) -> Iterator[Finding]:
    """Reversed (white) text is large enough.

    What: paper-white text smaller than `size` on a printed background.
    Why: ink spreads into the letters, and misregistration of each plate narrows them further.
    Fix: set it larger or bolder, or put it on a background of one ink.
    """
    for text in objects.select(TextObject):
        if text.colour.is_paper_white and text.size < size - SIZE_TOLERANCE:
            message = f"the white text '{text.excerpt}' is set in {text.size:.1f} pt"
            yield make_finding(message, text.location, f"use {size:g} pt or more, or a bold font")


@check(
    "text-inks",
    source="GWG 2015, small text; two inks are allowed, since yellow beside magenta is hardly visible",
    severity=Severity.WARNING,
)
def text_inks(
    objects: PageObjects,
    *,
    size: Annotated[float, "text of this size or larger is not checked, in points"] = 9,
    inks: Annotated[float, "maximum number of inks for smaller text"] = 2,
    trace: Annotated[float, "coverage below which an ink is not counted, in per cent"] = 10,
) -> Iterator[Finding]:
    """Small text is printed in few inks.

    What: text smaller than `size` in more than `inks` inks, each counted from `trace` per cent.
    Why: plates never register exactly; thin strokes in several inks show coloured edges.
    Fix: set it in black only, in one spot ink, or larger.
    """
    for text in objects.select(TextObject):
        count = text.colour.count_inks(trace / 100)
        if text.size < size - SIZE_TOLERANCE and count > inks:
            message = f"'{text.excerpt}' in {text.size:.1f} pt is printed in {count} inks"
            hint = f"use at most {inks:g} below {size:g} pt"
            yield make_finding(message, text.location, hint)


@check("text-screened", source="common practice: solid ink for text", severity=Severity.WARNING)
def text_screened(
    objects: PageObjects,
    *,
    size: Annotated[float, "text of this size or larger is not checked, in points"] = 14,
    solid: Annotated[float, "coverage from which an ink is meant to be solid, in per cent"] = 80,
) -> Iterator[Finding]:
    """Dark text is printed in solid ink.

    What: text smaller than `size` in one ink of at least `solid` per cent, but less than 100.
    Why: such an ink is screened into dots, which makes edges ragged; and only solid black overprints its background.
    Fix: set the swatch to 100 %, or to a tint that is clearly lighter.
    """
    for text in objects.select(TextObject):
        amounts = [amount for _, amount in text.colour.inks if amount > TRACE]
        is_nearly_solid = len(amounts) == 1 and solid / 100 <= amounts[0] < 1 - TRACE
        if is_nearly_solid and text.size < size - SIZE_TOLERANCE and not text.is_blank:
            (name,) = (name for name, amount in text.colour.inks if amount > TRACE)
            message = f"'{text.excerpt}' is printed in {amounts[0]:.0%} {name}, which is screened"
            yield make_finding(message, text.location, "use 100 %, or a clearly lighter tint")


TRACE = 0.002
"""Coverage that is rounding."""


@check(
    "text-stroked",
    source="GWG 2022, D0017 and R0018 to R0019 for the outlines of letters; ISO 32000-1, 9.3.6",
    severity=Severity.WARNING,
)
def text_stroked(
    objects: PageObjects,
    *,
    width: Annotated[float, "minimum width of outlines in one ink, in points"] = 0.25,
    several: Annotated[float, "minimum width in two or more inks, in points"] = 0.5,
) -> Iterator[Finding]:
    """Outlined letters have outlines that are thick enough to print.

    What: the effective width of the strokes of text that is outlined, or outlined and filled.
    Why: thin outlines break up; and text that is outlined in its own colour, to look bold, fills up at small sizes.
    Fix: use a bold font, or an outline of 0.25 pt or more; in several inks twice that.
    """
    for text in objects.select(TextObject):
        if text.stroke is None or text.text.isspace() or text.stroke.is_paper_white:
            continue
        minimum = several if text.stroke.count_inks(0.1) > 1 else width
        if text.stroke_width < minimum - 0.005:
            message = f"'{text.excerpt}' has outlines of {text.stroke_width:.2f} pt"
            yield make_finding(message, text.location, f"use {minimum:g} pt or more")


PLACEHOLDER = compile_lazily(
    r"\{[a-z][a-z0-9_.-]*\}|\blorem ipsum\b|\bdolor sit amet\b|\b(TODO|TBC|TBD|FIXME|XXXX+)\b",
    re.IGNORECASE,
)
CAPITALS_ONLY = compile_lazily(r"TODO|TBC|TBD|FIXME|XXXX+", re.IGNORECASE)
"""Words that are placeholders in capitals only: `todo` is a Spanish word, XXX a number."""


@check("placeholder", severity=Severity.ERROR, by_page=True)
def placeholder(objects: PageObjects) -> Iterator[Finding]:
    """No placeholder text is left.

    What: a `{variable}` without a value, "lorem ipsum", and notes such as TODO, TBC or XXXX.
    Why: placeholder text is easily overlooked in proofs.
    Fix: write the final text.
    """
    for text in objects.select(TextObject):
        for match in PLACEHOLDER.finditer(text.text):
            if not CAPITALS_ONLY.fullmatch(match[0]) or match[0].isupper():
                message = f"the text contains the placeholder '{match[0]}'"
                yield make_finding(message, text.location, "replace it with the final text")
