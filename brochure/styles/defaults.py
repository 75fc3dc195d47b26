"""The built-in styles, used for whatever a layout does not define.

`BODY` is the root of every style sheet. `BUILT_IN` has one style for each role that blocks use,
written as in a layout, which may redefine any of them by name.
"""

from __future__ import annotations

from brochure.findings import Span
from brochure.spec import styles as written
from brochure.spec.values import Length
from brochure.typeset.style import (
    Align,
    Case,
    Hyphenation,
    ParagraphStyle,
    TypeStyle,
)

HERE = Span("(built-in styles)")

BODY = ParagraphStyle(
    type=TypeStyle(family="Source Serif 4", size=9.5, features=(("kern", 1), ("liga", 1))),
    leading=13.0,
    hyphenation=Hyphenation(on=False),
)


def _style(
    *, before: float = 0.0, after: float = 0.0, **values: object
) -> written.ParagraphStyleSpec:
    """Return a style with these spaces, in ems; it does not inherit the spaces and the indent of `body`."""
    return written.ParagraphStyleSpec(
        span=HERE,
        space_before=Length(ems=before),
        space_after=Length(ems=after),
        indent=Length(),
        **values,  # type: ignore[arg-type]  # fields by name
    )


def _heading(
    ems: float, *, before: float, after: float, **values: object
) -> written.ParagraphStyleSpec:
    return _style(
        before=before,
        after=after,
        size=Length(ems=ems),
        leading=Length(ems=1.15),
        weight="semibold",
        align=Align.START,
        hyphenation=False,
        balance=True,
        keep_with_next=True,
        keep_together=True,
        **values,
    )


# A heading is nearer to the text below it than to the text above. Spaces are in ems of the style itself.
BUILT_IN: dict[str, written.ParagraphStyleSpec] = {
    "body": _style(after=0.65),
    "title": _heading(3.4, before=0.5, after=0.35),
    "subtitle": _style(after=1.2, size=Length(ems=1.5), leading=Length(ems=1.3), balance=True),
    "heading-1": _heading(2.2, before=0.9, after=0.35),
    "heading-2": _heading(1.5, before=1.0, after=0.3),
    "heading-3": _heading(1.15, before=1.2, after=0.25),
    "heading-4": _heading(1.0, before=1.2, after=0.2),
    "heading-5": _heading(1.0, before=1.2, after=0.2, italic=True),
    "heading-6": _heading(0.9, before=1.2, after=0.2, case=Case.SMALL_CAPS),
    "lead": _style(after=0.7, size=Length(ems=1.35), leading=Length(ems=1.35)),
    "list": _style(after=0.3),
    "quote": _style(
        before=0.7,
        after=0.45,
        size=Length(ems=1.6),
        leading=Length(ems=1.3),
        hanging_punctuation=True,
        italic=True,
    ),
    "attribution": _style(before=0.5, after=1.6, size=Length(ems=0.9)),
    "footnote": _style(before=0.9, after=0.9, size=Length(ems=0.75), leading=Length(ems=1.3)),
    "figure": _heading(5.0, before=0.3, after=0.2, figures=("lining", "proportional")),
    "label": _style(after=1.2, size=Length(ems=0.9), leading=Length(ems=1.3), balance=True),
    "caption": _style(size=Length(ems=0.8), leading=Length(ems=1.3)),
    "credit": _style(size=Length(ems=0.6), leading=Length(ems=1.2)),
    "axis": _style(size=Length(ems=0.75), leading=Length(ems=1.2), figures=("lining", "tabular")),
    "source": _style(size=Length(ems=0.7), leading=Length(ems=1.3)),
    "cell": _style(size=Length(ems=0.9), leading=Length(ems=1.3), figures=("lining", "tabular")),
    "head-cell": _style(size=Length(ems=0.9), leading=Length(ems=1.3), weight="semibold"),
    "contents-1": _style(before=0.7, weight="semibold"),
    **{f"contents-{level}": _style(indent_start=Length(ems=level - 1)) for level in range(2, 7)},
    "form": _style(size=Length(ems=0.9), leading=Length(ems=1.3)),
    "contact": _style(size=Length(ems=0.9), leading=Length(ems=1.4)),
    "legal": _style(size=Length(ems=0.7), leading=Length(ems=1.35)),
    "folio": _style(size=Length(ems=0.8), figures=("oldstyle", "proportional")),
}
"""Style names that blocks use, relative to `body`."""
