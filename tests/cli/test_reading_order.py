"""`brochure check --reading-order`: the text in the order in which a screen reader reads it."""

from __future__ import annotations

from tests.cli.calling import SAMPLE, call

OPENING = """\
A proven model against slavery [en], 12 pages
-- page 1
figure: A small group of people on a rise, seen from behind, looks into the last light of the day.
heading 1: A proven answer to a global crime
paragraph: One working model has changed how slavery is fought.
"""


def test_it_begins_with_the_cover() -> None:
    result = call("check", SAMPLE, "--reading-order")
    assert result.status == 0
    assert result.out.startswith(OPENING)


def test_tables_links_charts_and_notes_are_listed() -> None:
    lines = call("check", SAMPLE, "--reading-order").out.splitlines()
    assert "table of 4 rows" in lines
    assert "    row header: Rescue" in lines
    assert "  link: IJM.ca/research → https://www.ijm.ca/research" in lines
    assert "note: * Her name has been changed, and her words are given in summary." in lines
    (chart,) = [line for line in lines if line.startswith("  figure: Chart.")]
    assert "fell from 100 at the start of the work to 27 or less" in chart
    # Folios and content beyond a fold are not read.
    assert not any(line.endswith(": 3") for line in lines)
    assert sum("river city at dusk" in line for line in lines) == 1


def test_another_language() -> None:
    data = call("check", SAMPLE, "--reading-order", "--lang", "ar", "--json").data
    assert data["language"] == "ar"
    assert data["announcements"][0]["kind"] == "figure"
    assert {line["page"] for line in data["announcements"]} >= set(range(1, 13))
