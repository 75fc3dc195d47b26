"""The visual comparison: one file that loads nothing, runs only its own script and shows text in its direction."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from brochure.compare.changes import Change as Found
from brochure.compare.changes import ChangeKind, Comparison, Mark
from brochure.compare.html_report import escape, format_report
from brochure.compare.page_pictures import PagePicture, render_pages
from brochure.geometry import Rect
from tests.approval.brochures import Change
from tests.compare.brochures import compared, pdf

CHANGED = Change(layout=(("wells: 41", "wells: 42"),))


class Reader(HTMLParser):
    """Collects the elements with their attributes, and the text of each style and script."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self.text = ""
        self._last = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._last = tag

    def handle_data(self, data: str) -> None:
        if self._last in ("style", "script"):
            self.inside[self._last] = self.inside.get(self._last, "") + data
        else:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self._last = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def report(found: Comparison | None = None) -> Reader:
    pictures = render_pages(pdf(press=False), "wells.pdf", (4,))
    return Reader(format_report(found or compared(CHANGED), (pictures, pictures)))


def test_it_loads_nothing_and_runs_only_its_own_script() -> None:
    page = report()
    policies = [one for one in page.all("meta") if one.get("http-equiv")]
    policy = policies[0]["content"] or ""
    assert policy.startswith("default-src 'none'; img-src data:;")
    for kind in ("style", "script"):
        (text,) = [page.inside[kind]]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href", "xlink:href", "action"):
            value = attributes.get(name)
            assert value is None or value.startswith(("data:image/webp;", "#"))


def test_it_shows_both_pages_with_marks_and_words() -> None:
    page = report()
    assert [one["alt"] for one in page.all("img")] == ["Page 4 before", "Page 4 after"]
    marks = page.all("rect")
    assert len(marks) == 2
    assert {one["class"] for one in marks} == {"words"}
    assert [tag for tag, _ in page.elements if tag in ("del", "ins")] == ["del", "ins"]
    assert "4142 wells" in page.text
    assert "1 page differs, 3 identical." in page.text
    modes = [one["id"] for one in page.all("input") if one["type"] == "radio"]
    assert modes == ["mode-side", "mode-before", "mode-after", "mode-overlay", "mode-slider"]


def test_text_is_escaped_and_shown_in_its_direction() -> None:
    found = compared(CHANGED)
    evil = "<script>alert(1)</script>\"'&"
    mark = Mark(is_after=True, page=4, rect=Rect(10, 10, 20, 20))
    words = Found(ChangeKind.WORDS, evil, "changed", evil, f"{evil}!", (mark,), '"><b>')
    change = replace(words, left_to_right=False, key=evil)
    other = Found(ChangeKind.LINKS, evil, evil, evil, evil, (mark,))
    hostile = replace(found, changes=(change, other), before=replace(found.before, name=evil))
    page = report(hostile)
    assert len(page.all("script")) == 1
    assert not page.all("b")[0]
    assert evil in page.text
    (text,) = [one for one in page.all("span") if one.get("dir")]
    assert (text["dir"], text["lang"]) == ("rtl", '"><b>')


def test_control_characters_are_visible() -> None:
    assert escape("a\u202eb\x1b\x00") == "a\\u202eb\\u001b\\u0000"
    assert escape("سارا\u200cبانو") == "سارا\u200cبانو"


def test_identical_brochures_have_a_short_report() -> None:
    page = report(compared(Change()))
    assert "The two are identical." in page.text
    assert not page.all("img")


def test_pages_without_a_picture_are_marked() -> None:
    page = Reader(format_report(compared(CHANGED), ({}, {})))
    assert page.text.count("This page has no picture.") == 2


@pytest.mark.parametrize("size", [(20, 20), (14_400, 14_400)])
def test_pages_of_any_size_are_rendered(size: tuple[int, int]) -> None:
    data = _page(*size)
    (picture,) = render_pages(data, "x.pdf", (1,)).values()
    assert isinstance(picture, PagePicture)
    assert max(picture.width, picture.height) <= 1500
    assert re.match(rb"RIFF....WEBP", picture.data, re.DOTALL)


def _page(width: int, height: int) -> bytes:
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=True)
    canvas.drawString(5, 5, "x")
    canvas.save()
    return out.getvalue()
