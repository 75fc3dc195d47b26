"""Copyfitting: text that fits at a smaller size is set at that size; text that cannot fit is found without trying every step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.build_values import LaidOut
from brochure.layout import copyfit, threads
from brochure.layout.threads import LayoutContext, SetThread, Thread
from brochure.model.page_dump import dump
from tests.layout.pages import made
from tests.layout.words import paragraphs
from tests.quick import examples

RANGES = ("size: 7..10, leading: 8..12", "leading: 10..12", "size: 8..10", "tracking: -10..0")


def styles(fit: str) -> str:
    """Return the section of a body style with this copyfitting range, and of a style that inherits it."""
    return (
        "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no,"
        f" copyfit: {{{fit}}}}}, cell: {{based-on: body}}, small: {{size: 8 pt, leading: 9 pt}}}}"
    )


def table(rows: int) -> str:
    """Return the block of a table whose cells repeat two messages."""
    return f"{{table: [{', '.join(['[p0, p1]'] * rows)}], head: 0}}"


def frames(contents: list[str]) -> str:
    """Return the section of one page with these contents in frames of a row each."""
    lines = "".join(
        f"      f{at}: {{at: 'columns 1-4, rows {at + 1}-{at + 1}', content: [{content}]}}\n"
        for at, content in enumerate(contents)
    )
    return f"\n  - frames:\n{lines}"


def lay_out_frames(contents: list[str], copy: list[str], fit: str) -> LaidOut:
    words = {f"p{at}": text for at, text in enumerate(copy)}
    return made(words, pages=frames(contents), paragraph_styles=styles(fit))


def shown(layout: LaidOut) -> tuple[list[str], list[str]]:
    return [dump(page) for page in layout.pages], sorted(map(str, layout.findings))


CONTENTS = st.one_of(
    st.integers(1, 12).map(table),
    st.sampled_from(("{text: p0}", "{text: p1}", "{text: p0}, {text: p1}", "{list: [p0, p1]}")),
)


@settings(max_examples=examples(40), deadline=None)
@given(
    contents=st.lists(CONTENTS, min_size=1, max_size=4),
    copy=paragraphs(2, 2, 40),
    fit=st.sampled_from(RANGES),
)
def test_the_result_is_that_of_trying_every_step(
    contents: list[str], copy: list[str], fit: str
) -> None:
    quick = shown(lay_out_frames(contents, copy, fit))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copyfit, "_is_far_too_long", lambda *_: False)
        assert shown(lay_out_frames(contents, copy, fit)) == quick


def test_text_that_is_a_little_too_long_fits() -> None:
    copy = ["the people stood in the corridor of the court " * 3, ""]
    (overset,) = lay_out_frames(["{text: p0}"], copy, "leading: 11.9..12").findings
    assert overset.code == "overflow"
    assert not lay_out_frames(["{text: p0}"], copy, RANGES[0]).findings


@pytest.mark.parametrize(
    "contents",
    [[table(100)], [", ".join(["{text: p0}"] * 50)], ["{text: p0}, {text: p0}, {text: p0}"] * 4],
)
def test_content_that_cannot_fit_is_set_twice(
    contents: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Thread] = []

    def set_thread(work: LayoutContext, thread: Thread) -> SetThread:
        calls.append(thread)
        return threads.set_thread(work, thread)

    monkeypatch.setattr(copyfit, "set_thread", set_thread)
    copy = ["the people stood in the corridor of the court " * 3, "court"]
    assert lay_out_frames(contents, copy, RANGES[0]).findings
    # The third frame has the same dimensions as the second and is found in the cache.
    assert len(calls) <= 3 * len(contents)
