"""Paragraph and character settings of InDesign that a layout's styles do not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.idml.type_settings import BULLETS, Settings, read_bullet, text_of
from brochure.idml.xml_nodes import Node, to_number

Default = str | float | frozenset[str] | None
"""The value of a setting that is not lost; or the values that are; or None if all are lost but an empty one."""

NOT_TAKEN: Mapping[str, tuple[Default, str]] = {
    "HorizontalScale": (100.0, "horizontal scale"),
    "VerticalScale": (100.0, "vertical scale"),
    "Skew": (0.0, "skew"),
    "StrokeColor": ("Swatch/None", "stroke of text"),
    "KerningMethod": ("$ID/Metrics", "kerning other than metrics"),
    "KerningValue": (0.0, "manual kerning"),
    "SpanColumnType": (frozenset({"SplitColumns"}), "paragraph that is divided into columns"),
    "LastLineIndent": (0.0, "last-line indent"),
    "DesiredLetterSpacing": (0.0, "letter spacing"),
    "DesiredWordSpacing": (100.0, "desired word spacing"),
    "DesiredGlyphScaling": (100.0, "glyph scaling"),
    "KeepWithPrevious": ("false", "keep with the previous paragraph"),
    "SingleWordJustification": ("FullyJustified", "justification of single words"),
    "SameParaStyleSpacing": ("SetIgnore", "space between paragraphs of the same style"),
    "OTFOverlapSwash": ("false", "overlapping swashes"),
    "OTFStretchedAlternate": ("false", "stretched alternates"),
    "OTFMark": ("true", "mark positioning off"),
    "PositionalForm": ("None", "positional forms"),
    "DigitsType": ("DefaultDigits", "digits of another script"),
    "Kashidas": ("DefaultKashidas", "kashidas"),
    "KentenKind": ("None", "emphasis marks"),
    "RubyFlag": (0.0, "ruby"),
    "Warichu": ("false", "warichu"),
    "GlyphForm": ("None", "glyph forms"),
    "CharacterDirection": ("DefaultDirection", "direction of characters"),
    "Tatechuyoko": ("false", "horizontal text in vertical text"),
    "MinimumGlyphScaling": (100.0, "glyph scaling"),
    "MaximumGlyphScaling": (100.0, "glyph scaling"),
    "NoBreak": ("false", "no-break text"),
    "AllLineStyles": (None, "nested line styles"),
    "AppliedConditions": ("", "conditional text"),
    "CharacterRotation": (0.0, "rotated characters"),
    "ParagraphDirection": ("LeftToRightDirection", "right-to-left paragraph"),
    "Capitalization": (frozenset({"CapToSmallCap"}), "small caps in place of capitals"),
    "Position": (frozenset({"OTNumerator", "OTDenominator"}), "numerators and denominators"),
    "Justification": (
        frozenset({"FullyJustified", "CenterJustified", "RightJustified"}),
        "alignment of the last line of justified text",
    ),
}
"""Settings that have no key: their defaults (or the values that are lost), and their names in messages."""

SOLID, TEXT_COLOUR, NOTHING = "StrokeStyle/$ID/Solid", "Text Color", "Swatch/None"


def _line(name: str, words: str) -> dict[str, tuple[Default, str]]:
    """Return what a line under or through text does not have."""
    return {
        f"{name}Weight": (-9999.0, f"weight of the {words}"),
        f"{name}Offset": (-9999.0, f"distance of the {words}"),
        f"{name}Color": (TEXT_COLOUR, f"colour of the {words}"),
        f"{name}Tint": (-1.0, f"tint of the {words}"),
        f"{name}Type": (SOLID, f"form of the {words}"),
        f"{name}Overprint": ("false", f"overprint of the {words}"),
    }


def _rule(name: str, words: str) -> dict[str, tuple[Default, str]]:
    """Return what the rule of a paragraph does not have."""
    return {
        f"{name}LeftIndent": (0.0, f"indent of the {words}"),
        f"{name}RightIndent": (0.0, f"indent of the {words}"),
        f"{name}GapColor": (NOTHING, f"gap colour of the {words}"),
        f"{name}Overprint": ("false", f"overprint of the {words}"),
    }


def _corners(name: str, words: str) -> dict[str, tuple[Default, str]]:
    sides = ("TopLeft", "TopRight", "BottomLeft", "BottomRight")
    return {f"{name}{side}CornerOption": ("None", f"corners of the {words}") for side in sides}


WHEN: Mapping[tuple[str, str], Mapping[str, tuple[Default, str]]] = {
    ("Hyphenation", "true"): {
        "HyphenateCapitalizedWords": ("true", "capitalized words without hyphenation"),
        "HyphenateLastWord": ("true", "last words without hyphenation"),
    },
    ("GridAlignment", "AlignBaseline"): {
        "GridAlignFirstLineOnly": ("false", "first line alone on the baseline grid"),
    },
    ("SpanColumnType", "SpanColumns"): {
        "SpanColumnMinSpaceBefore": (0.0, "space before a paragraph that spans columns"),
        "SpanColumnMinSpaceAfter": (0.0, "space after a paragraph that spans columns"),
        "SpanSplitColumnCount": ("All", "span over some of the columns"),
    },
    ("Underline", "true"): _line("Underline", "underline"),
    ("StrikeThru", "true"): _line("StrikeThrough", "strikethrough"),
    ("RuleAbove", "true"): {
        **_rule("RuleAbove", "rule above"),
        "KeepRuleAboveInFrame": ("false", "rule above kept in the frame"),
    },
    ("RuleBelow", "true"): _rule("RuleBelow", "rule below"),
    ("ParagraphShadingOn", "true"): {
        **_corners("ParagraphShading", "shading"),
        "ParagraphShadingClipToFrame": ("false", "shading clipped to the frame"),
        "ParagraphShadingOverprint": ("false", "overprint of the shading"),
        "ParagraphShadingSuppressPrinting": ("false", "shading that is not printed"),
    },
    ("ParagraphBorderOn", "true"): {
        **_corners("ParagraphBorder", "border"),
        "ParagraphBorderGapColor": (NOTHING, "gap colour of the border"),
        "ParagraphBorderType": (SOLID, "form of the border"),
        "ParagraphBorderOverprint": ("false", "overprint of the border"),
    },
    (BULLETS, "BulletList"): {
        "BulletsTextAfter": ("^t", "text after the bullet"),
        "BulletsAlignment": ("LeftAlign", "alignment of the bullet"),
        "BulletsCharacterStyle": (
            "CharacterStyle/$ID/[No character style]",
            "character style of the bullet",
        ),
    },
    (BULLETS, "NumberedList"): {
        "NumberingExpression": ("^#.^t", "form of the number"),
        "NumberingFormat": ("1, 2, 3, 4...", "kind of the number"),
        "NumberingStartAt": (1.0, "first number of the list"),
        "NumberingLevel": (1.0, "level of the list"),
        "NumberingAlignment": ("LeftAlign", "alignment of the number"),
        "NumberingCharacterStyle": (
            "CharacterStyle/$ID/[No character style]",
            "character style of the number",
        ),
    },
}
"""Settings that matter only with another setting."""


def find_losses(settings: Settings) -> Iterator[str]:
    """Yield the names of settings that are set to something that a style cannot have."""
    yield from _find(settings, NOT_TAKEN)
    for (name, value), table in WHEN.items():
        if text_of(settings, name) == value:
            yield from _find(settings, table)
    bullet = read_bullet(settings)
    if text_of(settings, BULLETS) == "BulletList" and bullet not in BULLET_CHARACTERS:
        yield f"bullet '{bullet}'"
    if text_of(settings, "ParagraphBorderOn") == "true":
        sides = ("Top", "Bottom", "Left", "Right")
        weights = {text_of(settings, f"ParagraphBorder{side}LineWeight", "1") for side in sides}
        if len(weights) > 1:
            yield "border with different sides"
    tabs = settings.get("TabList")
    stops = tabs.children if isinstance(tabs, Node) else ()
    if any(one.get("Alignment") == "CharacterAlign" for one in map(_as_values, stops)):
        yield "tab stop at a character (the text ends at it)"


BULLET_CHARACTERS = "\u2022-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""Bullets that a list has."""


def _as_values(item: Node) -> dict[str, str]:
    return {child.name: child.text for child in item.children}


def _find(settings: Settings, table: Mapping[str, tuple[Default, str]]) -> Iterator[str]:
    for name, (default, words) in table.items():
        if _is_lost(settings.get(name), default):
            yield words


def _is_lost(value: str | Node | None, default: Default) -> bool:
    if value is None or value == "":
        return False
    if isinstance(default, frozenset):
        return value in default
    if isinstance(default, float):
        return isinstance(value, str) and abs(to_number(value, default) - default) > 1e-6
    return value != default
