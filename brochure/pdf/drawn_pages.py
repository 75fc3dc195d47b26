"""The cache of drawn pages of a job. Creating it loads nothing of the PDF writer, which many commands do not need."""

from __future__ import annotations

from typing import Any

from brochure.system.cache import VariantCache

MAX_ITEMS = 60_000
"""Limit of items on cached pages; with their operators, about 100 MB."""

MAX_VARIANTS = 24
"""Limit of cached variants of one page, as offices produce them."""


def make_page_cache() -> VariantCache[Any]:
    """Return an empty cache of pages."""
    return VariantCache(MAX_ITEMS, MAX_VARIANTS, lambda cached: len(cached.items))
