"""Resolve lengths, swatches, and the rules and shading of paragraphs to points and paints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from brochure.color.swatch import Paint, tint
from brochure.fast_dataclass import dataclass
from brochure.spec import styles as written
from brochure.spec.edges import Insets
from brochure.spec.model import Layout, Swatch
from brochure.spec.values import Length, SwatchName
from brochure.typeset.style import ParagraphRule, Shading


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of the relative units in points: baseline step, column, row and em."""

    line: float = 14.0
    column: float = 0.0
    row: float = 0.0
    em: float = 10.0

    def points(self, length: Length) -> float:
        """Convert a length to points."""
        relative = length.lines * self.line + length.columns * self.column + length.rows * self.row
        return length.points + relative + length.ems * self.em

    def at(self, em: float) -> Scale:
        """Return the same scale with another em, in points."""
        return replace(self, em=em)


def resolve_paint(name: SwatchName, swatches: Mapping[str, Swatch]) -> Paint:
    """Return the paint of a swatch, which validation has shown to exist."""
    paint = swatches[name.name].paint
    return paint if name.tint == 1 else replace(paint, colour=tint(paint.colour, name.tint))


def resolve_rules_and_shading(
    spec: written.ParagraphStyleSpec, here: Scale, paint: Paint, layout: Layout
) -> dict[str, Any]:
    """Return the rules and the shading that a style sets; a rule without a swatch has the paint of the text."""
    changed: dict[str, Any] = {}
    for name in ("rule_above", "rule_below"):
        rule: written.ParagraphRuleSpec | None = getattr(spec, name)
        if rule is not None:
            changed[name] = _resolve_rule(rule, here, paint, layout)
    if spec.shading is not None:
        changed["shading"] = _resolve_shading(spec.shading, here, layout)
    return changed


def _resolve_rule(
    spec: written.ParagraphRuleSpec, here: Scale, paint: Paint, layout: Layout
) -> ParagraphRule | None:
    thickness = here.points(spec.thickness)
    if not thickness:
        return None
    dash = () if isinstance(spec.dash, written.Dash) else tuple(map(here.points, spec.dash))
    return ParagraphRule(
        resolve_paint(spec.colour, layout.swatches) if spec.colour else paint,
        thickness,
        here.points(spec.gap),
        spec.width,
        dash,
        spec.dash is written.Dash.DOTTED,
        spec.colour.span if spec.colour else None,
    )


def _resolve_shading(spec: written.ShadingSpec, here: Scale, layout: Layout) -> Shading | None:
    colour = spec.colour or (spec.border.colour if spec.border else None)
    if colour is None:
        return None
    inset = spec.inset
    insets = Insets(inset, inset, inset, inset) if isinstance(inset, Length) else inset
    return Shading(
        resolve_paint(spec.colour, layout.swatches) if spec.colour else None,
        resolve_paint(spec.border.colour, layout.swatches) if spec.border else None,
        here.points(spec.border.width) if spec.border else 0.0,
        here.points(insets.top),
        here.points(insets.bottom),
        here.points(insets.start),
        here.points(insets.end),
        spec.width,
        colour.span if colour else None,
    )
