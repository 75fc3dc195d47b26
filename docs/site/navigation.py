"""The navigation of the site: the pages of the documentation, grouped by task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = "README"
NAVIGATION: Mapping[str, tuple[str, ...]] = {
    "Start": (
        "docs/tutorial",
        "docs/gallery",
        "docs/how-to",
        "docs/from-indesign",
        "docs/from-word",
        "docs/limits",
    ),
    "Design": (
        "docs/type",
        "docs/styles",
        "docs/frames",
        "docs/colour",
        "docs/drawings",
        "docs/references",
        "docs/notes",
        "docs/data",
        "docs/repeats",
        "docs/conditions",
        "docs/mail-merge",
        "docs/design-notes",
    ),
    "Languages": (
        "docs/languages",
        "docs/two-languages",
        "docs/for-translators",
        "docs/translation-tools",
        "docs/many-editions",
    ),
    "Proof": ("docs/proof", "docs/review", "docs/compare"),
    "Press": (
        "docs/press",
        "docs/preflight",
        "docs/package",
        "docs/accessibility",
        "docs/privacy",
        "docs/pdf",
    ),
    "Reference": (
        "docs/reference/layout",
        "docs/reference/blocks",
        "docs/reference/offices",
        "docs/reference/checks",
        "docs/reference/commands",
        "docs/json",
        "docs/api",
    ),
    "Project": (
        "docs/architecture",
        "docs/contributing",
        "docs/performance",
        "docs/experiments",
        "docs/dependencies",
        "assets/profiles/README",
        "assets/profiles/data/README",
        "SECURITY",
        "CHANGELOG",
    ),
}
SHORT_TITLES: Mapping[str, str] = {
    "docs/tutorial": "Tutorial",
    "docs/references": "Page numbers and contents",
    "docs/for-translators": "Writers and translators",
    "docs/accessibility": "Accessible PDFs",
    "docs/reference/layout": "Layout",
    "docs/reference/blocks": "Blocks",
    "docs/reference/offices": "Offices",
    "docs/reference/checks": "Checks",
    "docs/reference/commands": "Commands",
}
"""Titles in the navigation of pages whose own title is longer than a line there."""


def listed_pages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each group with those of its pages that exist."""
    for group, pages in NAVIGATION.items():
        yield group, tuple(page for page in pages if (ROOT / f"{page}.md").is_file())


def write_contents() -> str:
    """Return the groups as tables of contents in the syntax of MyST, hidden on the page and shown at its side."""
    groups = [
        "\n".join(
            ["```{toctree}", f":caption: {group}", ":hidden:", "", *map(_entry, pages), "```"]
        )
        for group, pages in listed_pages()
    ]
    return "\n\n".join(groups)


def _entry(page: str) -> str:
    return f"{SHORT_TITLES[page]} <{page}>" if page in SHORT_TITLES else page
