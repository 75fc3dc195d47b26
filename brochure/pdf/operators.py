"""Numbers in content streams (ISO 32000-1, 7.3.3)."""

from __future__ import annotations


def num(value: float) -> str:
    """Format a number with at most three decimals, without exponent or trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def nums(*values: float) -> str:
    """Format numbers, separated by spaces."""
    return " ".join(num(value) for value in values)
