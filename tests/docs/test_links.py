"""Links between pages have existing targets, including headings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.prose import FENCE, ROOT, pages

LINK = re.compile(r"\]\(([^)\s]+)\)")
"""Also of a picture that is a link: `[![words](picture)](page)`."""
HEADING = re.compile(r"^#+ (.+)$", re.M)


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    bare = (re.sub(r"[^\w\- ]", "", heading.casefold()) for heading in HEADING.findall(prose))
    return {heading.strip().replace(" ", "-") for heading in bare}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_have_targets(page: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))
    broken = []
    for link in LINK.findall(prose):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []
    assert "![](" not in prose, "a picture has no alternative text"
