"""Characters of symbol fonts (`w:sym`), and the Unicode characters that look the same."""

from __future__ import annotations

PRIVATE = 0xF000
"""Symbol fonts have their characters in the private use area from here on."""

GREEK = dict(zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
CAPITALS = dict(zip("ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", strict=True))
SYMBOL = {
    **{ord(letter): greek for letter, greek in (GREEK | CAPITALS).items()},
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°", 0xB7: "•",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xAB: "↔", 0xD6: "√", 0xE5: "∑", 0xD2: "®", 0xD3: "©", 0xD4: "™",
    0xA2: "′", 0xB2: "″", 0xBC: "…", 0x2D: "−",
}  # fmt: skip
WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xAB: "★",
}  # fmt: skip
FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS}


def read_symbol(font: str, code: str) -> str | None:
    """Return the Unicode character of a symbol; None if it is not known.

    Args:
        font: The name of the font.
        code: The character's code in hexadecimal digits.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return None
    table = FONTS.get(font.strip().casefold())
    if table is not None:
        return table.get(number - PRIVATE if number >= PRIVATE else number)
    is_private = 0xE000 <= number <= 0xF8FF
    is_printable = 0x20 <= number < 0xD800 or 0xF900 <= number < 0x110000
    return chr(number) if is_printable and not is_private else None
