"""Names of font styles, such as `Semibold Condensed Italic`, as weight, width and slope."""

from __future__ import annotations

import re

WEIGHTS = {
    "thin": "thin",
    "hairline": "thin",
    "extralight": "extra-light",
    "ultralight": "extra-light",
    "light": "light",
    "medium": "medium",
    "semibold": "semibold",
    "demi": "semibold",
    "demibold": "semibold",
    "bold": "bold",
    "fett": "bold",
    "gras": "bold",
    "extrabold": "extra-bold",
    "ultrabold": "extra-bold",
    "heavy": "extra-bold",
    "black": "black",
    "ultra": "black",
}
SLOPES = ("italic", "oblique", "kursiv", "italique", "cursiva", "ital", "it")
WIDTHS = {
    "condensed": "75%",
    "cond": "75%",
    "cn": "75%",
    "narrow": "75%",
    "compressed": "60%",
    "semicondensed": "87.5%",
    "semicond": "87.5%",
    "extended": "125%",
    "expanded": "125%",
    "wide": "125%",
}


def read_font_style(name: str) -> dict[str, object]:
    """Return weight, slope and width; `regular` for names that say nothing of the weight."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()
    joined = re.sub(r"\b(semi|demi|extra|ultra)[\s-]+(?=bold|light|cond)", r"\1", spaced)
    words = re.findall(r"[a-z]+|\d+", joined)
    weight: object = next((WEIGHTS[word] for word in words if word in WEIGHTS), "regular")
    weight = next((int(word) for word in words if re.fullmatch("[1-9]00", word)), weight)
    return {
        "weight": weight,
        "italic": any(word in SLOPES for word in words),
        "width": next((WIDTHS[word] for word in words if word in WIDTHS), "100%"),
    }
