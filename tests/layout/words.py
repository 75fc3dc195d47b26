"""Random copy for the property tests: words of ordinary lengths, in one list for each paragraph."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "a", "as", "the", "well", "water", "river", "court", "village", "paralegal", "magistrate", "in", "of", "eleven",
    "people", "stood", "corridor", "unremarkable", "fence", "padlock", "market", "they", "held", "common",
)  # fmt: skip


def paragraphs(least: int = 1, most: int = 6, longest: int = 60) -> st.SearchStrategy[list[str]]:
    """Several paragraphs of up to `longest` words."""
    one = st.lists(st.sampled_from(WORDS), min_size=1, max_size=longest).map(" ".join)
    return st.lists(one, min_size=least, max_size=most)
