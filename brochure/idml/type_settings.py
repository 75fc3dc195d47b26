"""Paragraph and character settings of InDesign as keys of a layout's styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from brochure.geometry import MM
from brochure.idml.font_styles import read_font_style
from brochure.idml.languages import language_tag
from brochure.idml.swatches import Swatches
from brochure.idml.xml_nodes import Node, to_number

Settings = Mapping[str, str | Node]
"""Settings of text by InDesign's names; lists, such as tab stops, are elements."""

Keys = dict[str, object]
"""Keys of a layout with their values."""

BULLETS = "BulletsAndNumberingListType"


def read_settings(node: Node) -> dict[str, str | Node]:
    """Return the settings that a style or a range of text has itself."""
    found: dict[str, str | Node] = dict(node.attributes)
    properties = node.find("Properties")
    for child in properties.children if properties else ():
        is_element = next(child.children, None) or child.attributes.keys() - {"type"}
        found[child.name] = child if is_element else child.text
    return found


def text_of(settings: Settings, name: str, default: str = "") -> str:
    """Return a setting that is a text."""
    value = settings.get(name, default)
    return value if isinstance(value, str) else default


def number_of(settings: Settings, name: str, default: float = 0.0) -> float:
    """Return a setting that is a number."""
    return to_number(text_of(settings, name), default)


def millimetres(value: float) -> str:
    """Return a length in millimetres."""
    return f"{round(value / MM, 2) + 0.0:g} mm"


def points(value: float) -> str:
    """Return a length in points."""
    return f"{round(value, 2):g} pt"


CASES = {"AllCaps": "upper", "SmallCaps": "small-caps", "CapToSmallCap": "small-caps"}
POSITIONS = {
    "Superscript": "superscript",
    "OTSuperscript": "superscript",
    "Subscript": "subscript",
    "OTSubscript": "subscript",
}
FIGURES = {
    "TabularLining": ["lining", "tabular"],
    "ProportionalLining": ["lining", "proportional"],
    "TabularOldstyle": ["oldstyle", "tabular"],
    "ProportionalOldstyle": ["oldstyle", "proportional"],
}
FEATURES = {
    "Ligatures": ("false", "-liga"),
    "OTFContextualAlternate": ("false", "-calt"),
    "OTFDiscretionaryLigature": ("true", "dlig"),
    "OTFFraction": ("true", "frac"),
    "OTFOrdinal": ("true", "ordn"),
    "OTFSwash": ("true", "swsh"),
    "OTFTitling": ("true", "titl"),
    "OTFSlashedZero": ("true", "zero"),
    "OTFHistorical": ("true", "hist"),
    "OTFStylisticAlternate": ("true", "salt"),
    "OTFJustificationAlternate": ("true", "jalt"),
}
"""Settings that turn OpenType features on or off: the value that differs from the default, and the feature."""


TEXT_OPACITY, CAN_BREAK, SPACE_ABOVE = "TextOpacity", "CanBreak", "SpaceAbove"
DROP_CAP_STYLE = "DropCapStyle"
"""Settings of this program: the opacity of a text frame, whether its text has other columns or frames to go on in, the space
above a paragraph, and the character style of a drop cap in the layout."""


def find_swatch(settings: Settings, name: str, tint: str, swatches: Swatches) -> str | None:
    """Return the swatch of text or of its decoration, with the opacity of its frame; None if it has no colour."""
    colour = text_of(settings, name, "Color/Black")
    opacity = number_of(settings, TEXT_OPACITY, 1.0)
    written = swatches.find_flat(colour, "text", number_of(settings, tint, -1.0), opacity)
    is_overprinted = name == "FillColor" and text_of(settings, "OverprintFill") == "true"
    return swatches.overprint(written) if is_overprinted else written


def character_keys(settings: Settings, swatches: Swatches) -> Keys:
    """Return the keys of a character style for the settings that are there."""
    found: Keys = {}
    if "AppliedFont" in settings:
        found["font"] = text_of(settings, "AppliedFont")
    if "FontStyle" in settings:
        found |= read_font_style(text_of(settings, "FontStyle"))
    if settings.keys() & {"FillColor", "FillTint", "OverprintFill", TEXT_OPACITY}:
        written = find_swatch(settings, "FillColor", "FillTint", swatches)
        found["colour"] = written or "paper"
    for name, (key, convert) in CHARACTER_KEYS.items():
        if name in settings:
            found[key] = convert(text_of(settings, name))
    if any(name in settings for name in (*FEATURES, "OTFStylisticSets")):
        found["features"] = _features(settings)
    return found


CHARACTER_KEYS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "PointSize": ("size", lambda text: points(to_number(text, 12.0))),
    "Tracking": ("tracking", lambda text: round(to_number(text))),
    "Capitalization": ("case", lambda text: CASES.get(text, "as-written")),
    "Position": ("position", lambda text: POSITIONS.get(text, "normal")),
    "BaselineShift": ("baseline-shift", lambda text: points(to_number(text))),
    "OTFFigureStyle": ("figures", lambda text: FIGURES.get(text, [])),
    "Underline": ("underline", lambda text: text == "true"),
    "StrikeThru": ("strikethrough", lambda text: text == "true"),
    "AppliedLanguage": ("language", language_tag),
}
"""Settings that are one key each: the key, and how its value is written."""


def _features(settings: Settings) -> list[str]:
    found = [
        feature for name, (value, feature) in FEATURES.items() if text_of(settings, name) == value
    ]
    sets = int(number_of(settings, "OTFStylisticSets"))
    return found + [f"ss{at + 1:02}" for at in range(20) if sets >> at & 1]


ALIGNMENTS = {
    "LeftAlign": "start",
    "CenterAlign": "centre",
    "RightAlign": "end",
    "LeftJustified": "justify",
    "RightJustified": "justify",
    "CenterJustified": "justify",
    "FullyJustified": "justify",
    "ToBindingSide": "inner",
    "AwayFromBindingSide": "outer",
}


def paragraph_keys(settings: Settings, swatches: Swatches) -> Keys:
    """Return all keys of a paragraph style for the complete settings of a style or paragraph."""
    number: Callable[[str], str] = lambda name: points(number_of(settings, name))  # noqa: E731
    is_kept = text_of(settings, "KeepLinesTogether") == "true"
    keeps_all = is_kept and text_of(settings, "KeepAllLinesTogether") == "true"
    return character_keys(settings, swatches) | {
        "leading": _leading(settings),
        "align": ALIGNMENTS.get(text_of(settings, "Justification"), "start"),
        "indent": number("FirstLineIndent"),
        "indent-start": number("LeftIndent"),
        "indent-end": number("RightIndent"),
        "space-before": points(space_above(settings)),
        "space-after": points(max(0.0, number_of(settings, "SpaceAfter"))),
        "hyphenation": _hyphenation(settings),
        "word-space": _word_space(settings),
        "letter-space": _letter_space(settings),
        "hanging-punctuation": text_of(settings, "OpticalMarginAlignment") == "true"
        and text_of(settings, "IgnoreEdgeAlignment") != "true",
        "balance": text_of(settings, "BalanceRaggedLines", "NoBalancing") != "NoBalancing",
        "widows": _clamp(number_of(settings, "KeepLastLines", 2.0)) if is_kept else 1,
        "orphans": _clamp(number_of(settings, "KeepFirstLines", 2.0)) if is_kept else 1,
        "keep-with-next": number_of(settings, "KeepWithNext") > 0,
        "keep-together": keeps_all,
        "drop-cap": _drop_cap(settings),
        "tabs": list(_tabs(settings)),
        "grid": text_of(settings, "GridAlignment", "None") == "AlignBaseline",
    }


NEUTRAL: Keys = {
    "width": "100%",
    "italic": False,
    "weight": "regular",
    "colour": "black",
    "tracking": 0,
    "case": "as-written",
    "position": "normal",
    "baseline-shift": "0 pt",
    "figures": [],
    "underline": False,
    "strikethrough": False,
    "features": [],
    "align": "start",
    "indent": "0 pt",
    "indent-start": "0 pt",
    "indent-end": "0 pt",
    "space-before": "0 pt",
    "hyphenation": False,
    "letter-space": "0..0",
    "hanging-punctuation": False,
    "balance": False,
    "keep-with-next": False,
    "keep-together": False,
    "drop-cap": None,
    "tabs": [],
    "grid": False,
    "rule-above": None,
    "rule-below": None,
    "shading": None,
    "span": None,
    "patterns": [],
}
"""Values that need not be written in the style `body`."""


def space_above(settings: Settings) -> float:
    """Return the space above a paragraph in points.

    InDesign adds the spaces below one paragraph and above the next; in a layout the larger of them counts. So a style that
    has both has their sum above.
    """
    if SPACE_ABOVE in settings:
        return number_of(settings, SPACE_ABOVE)
    before, after = (max(0.0, number_of(settings, name)) for name in ("SpaceBefore", "SpaceAfter"))
    return before + after if before and after else before


def _clamp(lines: float) -> int:
    return min(20, max(1, round(lines)))


def _leading(settings: Settings) -> str:
    leading = text_of(settings, "Leading", "Auto")
    if to_number(leading, -1.0) > 0:
        return points(to_number(leading))
    return f"{round(number_of(settings, 'AutoLeading', 120.0) / 100, 3):g} em"


def _hyphenation(settings: Settings) -> object:
    if text_of(settings, "Hyphenation") != "true":
        return False
    ladder = round(number_of(settings, "HyphenateLadderLimit", 3.0))
    found: Keys = {
        "min-before": _letters(settings, "HyphenateAfterFirst", 2.0),
        "min-after": _letters(settings, "HyphenateBeforeLast", 2.0),
        "min-word": _letters(settings, "HyphenateWordsLongerThan", 5.0),
        "max-consecutive": ladder if 0 < ladder <= 25 else 25,
    }
    if text_of(settings, "HyphenateAcrossColumns") == "false":
        found["across"] = "none"
    return found


def _letters(settings: Settings, name: str, default: float) -> int:
    return min(25, max(1, round(number_of(settings, name, default))))


def _word_space(settings: Settings) -> str:
    least = number_of(settings, "MinimumWordSpacing", 80.0)
    most = number_of(settings, "MaximumWordSpacing", 133.0)
    return f"{max(10.0, min(least, most)):g}..{max(10.0, least, most):g}"


def _letter_space(settings: Settings) -> str:
    """Return the letter space of justified text in thousandths of an em; InDesign has percentages of a word space."""
    least, most = (
        round(number_of(settings, name) * WORD_SPACE * 10)
        for name in ("MinimumLetterSpacing", "MaximumLetterSpacing")
    )
    return f"{min(0, least)}..{max(0, most)}"


WORD_SPACE = 0.25
"""Width of a word space of a typical font in em."""


def _drop_cap(settings: Settings) -> Keys | None:
    lines, count = number_of(settings, "DropCapLines"), number_of(settings, "DropCapCharacters")
    if lines < 2 or count < 1:
        return None
    return {"lines": _clamp(lines), "characters": _clamp(count)}


TAB_ALIGNMENTS = {"LeftAlign": "start", "RightAlign": "end", "CenterAlign": "centre"}


def _tabs(settings: Settings) -> Iterator[Keys]:
    """Yield the tab stops; a stop at a character, such as the decimal mark, aligns the end of the text."""
    tabs = settings.get("TabList")
    if not isinstance(tabs, Node):
        return
    found = []
    for item in tabs.children:
        values = {child.name: child.text for child in item.children}
        at = to_number(values.get("Position", ""))
        align = TAB_ALIGNMENTS.get(values.get("Alignment", "LeftAlign"), "end")
        tab: Keys = {"at": points(max(0.0, at))}
        if align != "start":
            tab["align"] = align
        if values.get("Leader"):
            tab["leader"] = values["Leader"]
        found.append((at, tab))
    yield from (tab for _, tab in sorted(found, key=lambda pair: pair[0]))


def is_list(settings: Settings) -> str:
    """Return the marker of a list paragraph: bullet, dash or number; empty if it is none."""
    kind = text_of(settings, BULLETS, "NoList")
    marker = {"BulletList": "bullet", "NumberedList": "number"}.get(kind, "")
    return "dash" if marker == "bullet" and read_bullet(settings) in DASHES else marker


DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


def read_bullet(settings: Settings) -> str:
    """Return the character of a bullet list."""
    node = settings.get("BulletChar")
    code = node.number("BulletCharacterValue", 0x2022) if isinstance(node, Node) else 0x2022
    return chr(round(code)) if 0 < code < 0x110000 else "\u2022"


HEADING_NAME = re.compile(
    r"(?:h|head(?:ing|line)?|überschrift|ueberschrift|titre|título|titulo|titolo|rubrik|kop)\s*+(?:-\s*+)?([1-6])",
    re.I,
)


def heading_level(name: str, style: Node | None) -> int:
    """Return the level of a paragraph style's headings, by its export tag or its name; 0 if it is none."""
    tags = (
        [tag.get("ExportTag").casefold() for tag in style.all("StyleExportTagMap")] if style else []
    )
    by_tag = next((int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)), 0)
    match = HEADING_NAME.fullmatch(name.rpartition(":")[2].strip())
    return by_tag or (int(match[1]) if match else 0)
