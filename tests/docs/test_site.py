"""The web site of the documentation: its navigation has every page, and it loads nothing from elsewhere."""

from __future__ import annotations

import pytest

from docs.site.navigation import HOME, NAVIGATION, write_contents
from docs.site.resources import external_resources
from tests.docs.prose import ROOT, pages


def test_every_page_is_in_the_navigation_once() -> None:
    listed = [page for group in NAVIGATION.values() for page in group]
    written = {page.relative_to(ROOT).with_suffix("").as_posix() for page in pages()}
    assert len(listed) == len(set(listed))
    assert written - set(listed) - {HOME} == set()


def test_the_contents_name_only_pages_that_exist() -> None:
    lines = [line for line in write_contents().splitlines() if line and line[0] not in "`:"]
    named = [line.split("<")[-1].rstrip(">") for line in lines]
    assert [page for page in named if not (ROOT / f"{page}.md").is_file()] == []


@pytest.mark.parametrize(
    ("text", "suffix", "found"),
    [
        ('<img src="pictures/a.webp"><a href="https://example.org">a</a>', ".html", []),
        ('<img src="https://example.org/a.png">', ".html", ["https://example.org/a.png"]),
        ('<script src="//cdn.example.org/a.js"></script>', ".html", ["//cdn.example.org/a.js"]),
        ('<link rel="canonical" href="https://example.org">', ".html", []),
        ('<link rel="stylesheet" href="https://example.org/a.css">', ".html", ["https://example.org/a.css"]),
        ("@font-face { src: url(fonts/a.woff2) }", ".css", []),
        ("@font-face { src: url('https://example.org/a.woff2') }", ".css", ["https://example.org/a.woff2"]),
        ('@import "https://example.org/a.css";', ".css", ["https://example.org/a.css"]),
        ('fetch("https://example.org/index.json")', ".js", ["https://example.org/index.json"]),
        ("// see https://example.org", ".js", []),
    ],
)  # fmt: skip
def test_what_a_site_loads_from_elsewhere_is_found(
    text: str, suffix: str, found: list[str]
) -> None:
    assert external_resources(text, suffix) == found
