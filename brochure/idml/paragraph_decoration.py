"""Paragraph rules, shading, borders and GREP styles of InDesign as keys of a layout's paragraph styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from brochure.fast_dataclass import dataclass
from brochure.idml.swatches import Swatches
from brochure.idml.type_settings import Keys, Settings, find_swatch, number_of, points, text_of
from brochure.idml.xml_nodes import Node

CAPITALS, ASCENT, DESCENT = 0.7, 0.75, 0.25
"""Heights of a typical font in em. A layout measures from capitals and baselines, InDesign from ascent and descent."""

TEXT_COLOUR = "Text Color"
DASHES: Mapping[str, object] = {
    "Dotted": "dotted",
    "Japanese Dots": "dotted",
    "Dashed": ["4 pt", "3 pt"],
    "Canned Dashed 3x2": ["3 pt", "2 pt"],
    "Canned Dashed 4x4": ["4 pt", "4 pt"],
}
DECORATION: Keys = {"rule-above": None, "rule-below": None, "shading": None, "span": None}
"""What a paragraph without decoration has."""


def decoration_keys(settings: Settings, swatches: Swatches) -> Keys:
    """Return the rules, the shading and the span of a paragraph with these settings; None for what it does not have.

    A rule behind the text becomes shading, unless the paragraph has shading of its own.
    """
    size = number_of(settings, "PointSize", 12.0)
    rules = {
        "rule-above": _read_rule(settings, "RuleAbove", swatches),
        "rule-below": _read_rule(settings, "RuleBelow", swatches),
    }
    found = DECORATION | {"shading": _shading(settings, swatches, size)}
    for key, rule in rules.items():
        if rule and not rule.is_behind(size):
            found[key] = rule.keys(
                rule.low - CAPITALS * size if key == "rule-above" else -rule.high
            )
        elif rule and found["shading"] is None:
            found["shading"] = rule.bar(size)
    spans = text_of(settings, "SpanColumnType") == "SpanColumns"
    if spans and text_of(settings, "SpanSplitColumnCount", "All") == "All":
        found["span"] = "all"
    return found


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule beside a line of text; `low` and `high` are its edges above the baseline, in points."""

    colour: str | None
    low: float
    high: float
    width: str
    dash: object

    def is_behind(self, size: float) -> bool:
        """Return True if the rule covers the middle of the small letters."""
        return self.low < 0.25 * size < self.high

    def keys(self, gap: float) -> Keys:
        """Return the rule of a paragraph style at a distance from the text."""
        found: Keys = {"thickness": points(self.high - self.low), "gap": points(max(0.0, gap))}
        if self.colour:
            found["colour"] = self.colour
        if self.width != "column":
            found["width"] = self.width
        return found | ({"dash": self.dash} if self.dash else {})

    def bar(self, size: float) -> Keys:
        """Return the rule as the shading of a paragraph of one line."""
        inset = _insets(self.high - CAPITALS * size, -self.low, 0.0, 0.0)
        return {"colour": self.colour or "black", "inset": inset} | (
            {"width": self.width} if self.width != "column" else {}
        )


def _read_rule(settings: Settings, name: str, swatches: Swatches) -> _Rule | None:
    if text_of(settings, name) != "true":
        return None
    colour = text_of(settings, f"{name}Color", TEXT_COLOUR)
    written = None
    if TEXT_COLOUR not in colour:
        written = find_swatch(settings, f"{name}Color", f"{name}Tint", swatches)
        if written is None:
            return None
    weight = number_of(settings, f"{name}LineWeight", 1.0)
    offset = number_of(settings, f"{name}Offset")
    low = offset if name == "RuleAbove" else -offset - weight
    width = "text" if text_of(settings, f"{name}Width") == "TextWidth" else "column"
    dash = DASHES.get(text_of(settings, f"{name}Type").rpartition("/")[2])
    return _Rule(written, low, low + weight, width, dash)


def _shading(settings: Settings, swatches: Swatches, size: float) -> Keys | None:
    """Return the shading of a paragraph, with its border."""
    found: Keys = {}
    shaded = text_of(settings, "ParagraphShadingOn") == "true"
    if shaded:
        colour = find_swatch(settings, "ParagraphShadingColor", "ParagraphShadingTint", swatches)
        if colour:
            found["colour"] = colour
    if text_of(settings, "ParagraphBorderOn") == "true":
        colour = find_swatch(settings, "ParagraphBorderColor", "ParagraphBorderTint", swatches)
        weight = number_of(settings, "ParagraphBorderTopLineWeight", 1.0)
        if colour and weight:
            found["border"] = {"colour": colour, "width": points(weight)}
    if not found:
        return None
    part = "ParagraphShading" if shaded else "ParagraphBorder"
    return found | _extent(settings, part, size)


def _extent(settings: Settings, part: str, size: float) -> Keys:
    """Return the insets and the width of shading or a border."""
    top, bottom, left, right = (
        number_of(settings, f"{part}{side}Offset") for side in ("Top", "Bottom", "Left", "Right")
    )
    if not text_of(settings, f"{part}TopOrigin").startswith("Baseline"):
        top += (ASCENT - CAPITALS) * size
    if not text_of(settings, f"{part}BottomOrigin").startswith("Baseline"):
        bottom += DESCENT * size
    inset: Keys = {"inset": _insets(top, bottom, left, right)}
    is_text = text_of(settings, f"{part}Width") == "TextWidth"
    return inset | ({"width": "text"} if is_text else {})


def _insets(top: float, bottom: float, start: float, end: float) -> object:
    sides = {"top": top, "bottom": bottom, "start": start, "end": end}
    return {name: points(value) for name, value in sides.items() if value > 0.005} or "0 pt"


# GREP styles

CHARACTERS: Mapping[str, str] = {
    "~m": "\u2003",
    "~>": "\u2002",
    "~|": "\u200a",
    "~<": "\u2009",
    "~S": "\u00a0",
    "~s": "\u202f",
    "~=": "\u2013",
    "~_": "\u2014",
    "~8": "\u2022",
    "~-": "\u00ad",
    "~~": "\u2011",
    "~2": "\u00a9",
    "~r": "\u00ae",
    "~e": "…",
    "~7": "§",
    "~6": "¶",
    "~{": "\u201c",
    "~}": "\u201d",
    "~[": "\u2018",
    "~]": "\u2019",
    "~y": "\t",
    "~%": "\u2008",
    "~3": "\u2004",
    "~4": "\u2005",
    "~/": "\u2007",
    "~f": "\u2001",
    "~j": "\u200c",
    "~k": "\u200b",
    "~d": "™",
    '~"': '"',
    "~'": "'",
}
"""Characters that have a name of their own in InDesign's expressions."""

UNICODE: Mapping[str, str] = {
    r"\d": r"\p{Nd}",
    r"\w": r"\p{L}\p{N}_",
    r"\l": r"\p{Ll}",
    r"\u": r"\p{Lu}",
}
"""Classes that know all scripts in InDesign; each is also valid in brackets."""

TOKEN = re.compile(r"\\.|~.|\[\^?\]?|\]|\((?!\?)|.", re.S)
LOOKBEHIND = re.compile(r"\(\?<=([^()]*)\)(.*)", re.S)
LOOKAHEAD = re.compile(r"(.*)\(\?=([^()]*)\)", re.S)


def read_grep_styles(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the character styles of a paragraph style's GREP styles by identifier, each with its expression."""
    styles = settings.get("AllGREPStyles")
    for item in styles.children if isinstance(styles, Node) else ():
        values = {child.name: child.text for child in item.children}
        expression = values.get("GrepExpression", "")
        if expression:
            yield values.get("AppliedCharacterStyle", ""), convert_grep(expression)


def convert_grep(expression: str) -> str:
    """Return an expression of InDesign for RE2; what is looked for before and after a match gets no style."""
    behind = LOOKBEHIND.fullmatch(expression)
    before, rest = (behind[1], behind[2]) if behind else ("", expression)
    ahead = LOOKAHEAD.fullmatch(rest)
    rest, after = (ahead[1], ahead[2]) if ahead else (rest, "")
    found, before, after = ("".join(_convert_tokens(part)) for part in (rest, before, after))
    if not (before or after):
        return found
    return (f"(?:{before})" if before else "") + f"({found})" + (f"(?:{after})" if after else "")


def _convert_tokens(expression: str) -> Iterator[str]:
    in_brackets = False
    for token in TOKEN.findall(expression):
        if token in UNICODE:
            yield UNICODE[token] if in_brackets else f"[{UNICODE[token]}]"
        elif token == "(" and not in_brackets:
            yield "(?:"
        else:
            yield CHARACTERS.get(token, token)
        in_brackets = token.startswith("[") or (in_brackets and token != "]")
