"""Percentages of a whole that add up to 100: rounding by the largest remainder (Hamilton's method)."""

from __future__ import annotations

import math
from collections.abc import Sequence

MAX_DECIMALS = 6


def round_shares(shares: Sequence[float], decimals: int | None) -> tuple[tuple[float, ...], int]:
    """Round fractions of a whole to percentages whose sum is 100.

    Each is rounded down, and what is left goes to those with the largest remainders.

    Args:
        shares: Fractions; their sum is 1.
        decimals: Decimal places; None for the fewest with which no share but 0 is printed as 0.

    Returns:
        The percentages and their number of decimal places.
    """
    places = _count_places(shares) if decimals is None else min(max(decimals, 0), MAX_DECIMALS)
    unit = 10**places
    # Fractions of equal values differ in their last bits.
    exact = [round(share * 100 * unit, 6) for share in shares]
    rounded = [math.floor(value) for value in exact]
    left = 100 * unit - sum(rounded)
    by_remainder = sorted(range(len(exact)), key=lambda at: (rounded[at] - exact[at], at))
    for at in by_remainder[: max(0, left)]:
        rounded[at] += 1
    return tuple(value / unit for value in rounded), places


def _count_places(shares: Sequence[float]) -> int:
    """Return the fewest decimal places with which every share but 0 has at least one unit."""
    smallest = min((share for share in shares if share > 0), default=1.0)
    enough = (places for places in range(MAX_DECIMALS) if smallest * 100 * 10**places >= 1 - 1e-9)
    return next(enough, MAX_DECIMALS)
