"""Set lines: no character is lost, edges are at the measure, spaces are within their limits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.typeset.hanging_punctuation import HYPHEN_SHARE, LEFT_SHARES, RIGHT_SHARES
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import compose
from brochure.typeset.paragraph_metrics import STRETCHABLE_SPACES
from brochure.typeset.shape import shape
from brochure.typeset.style import (
    Align,
    Case,
    Hyphenation,
    LetterSpace,
    ParagraphStyle,
    Position,
    TextRun,
    TypeStyle,
    WordSpace,
)
from tests.quick import examples
from tests.typeset.setting import (
    BOXES,
    COPY,
    JUSTIFIED,
    RAGGED,
    SERIF,
    box_catalog,
    even,
    in_a_row,
    lines,
    prepared,
    said,
    scripts_catalog,
    typed,
    words,
)

PIECES = (
    "the law", "fi ffl affine", "office’s", " ", "“Quoted”", "AVATAR", "e\u0301te\u0301", "long-term", "naïve", "12,5 %",
    "A\u00a0B", "co\u00adoperation", "(see p. 3)", "\n", "x\ty", "Ärger", "…", "—", "ﬁne", "𝒂", "considerable",
)  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=24).map(" ".join)
types = st.builds(
    TypeStyle,
    st.sampled_from(["Source Serif 4", "Source Sans 3"]),
    st.sampled_from([9.5, 14.0]),
    weight=st.sampled_from([400.0, 650.0]),
    tracking=st.sampled_from([0.0, -10.0, 60.0]),
    case=st.sampled_from(list(Case)),
    position=st.sampled_from(list(Position)),
    underline=st.booleans(),
)
styles = st.builds(
    ParagraphStyle,
    types,
    st.just(13.0),
    align=st.sampled_from([Align.JUSTIFY, Align.START, Align.CENTRE, Align.END]),
    hyphenation=st.builds(Hyphenation, st.booleans()),
    hanging_punctuation=st.booleans(),
    indent_first=st.sampled_from([0.0, 10.0]),
    indent_start=st.sampled_from([0.0, 7.0]),
)


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(st.tuples(texts, types), min_size=1, max_size=4), styles, st.floats(60, 320))
def test_no_character_is_lost(
    pieces: list[tuple[str, TypeStyle]], style: ParagraphStyle, width: float
) -> None:
    runs = [TextRun(text, kind) for text, kind in pieces]
    whole = "".join(run.text for run in runs)
    found = lines(runs, width, style)
    assert found[-1].end == len(whole)
    for line in found:
        held = whole[line.start : line.end]
        missing = held.removeprefix(said(line))
        # Characters dropped at the line's end are white space, and the soft hyphen that became a hyphen.
        assert held == said(line) + missing
        assert missing.strip(" \n\t\u00ad") == ""
        for run in line.runs:
            assert len(run.ids) == len(run.clusters) == len(run.advances)
            assert len(run.offsets) in (0, len(run.ids))
            assert all(0 <= cluster < max(1, len(run.text)) for cluster in run.clusters)
            if run.text:
                assert min(run.clusters) == 0


@settings(max_examples=examples(60), deadline=None)
@given(texts, styles, st.floats(100, 320))
def test_justified_lines_end_at_the_measure(text: str, style: ParagraphStyle, width: float) -> None:
    style = replace(style, align=Align.JUSTIFY)
    found = lines(text, width, style)
    for line in found:
        held = text[line.start : line.end]
        if line.overfull or "\t" in held or held.endswith("\n") or line.end == len(text):
            continue
        if not any(space in said(line) for space in STRETCHABLE_SPACES):
            continue  # one word: no space to stretch
        assert line.right - line.slot_x == pytest.approx(line.slot_width, abs=0.01)
        assert ink_right(style, line) == pytest.approx(line.right, abs=0.01)


def ink_right(style: ParagraphStyle, line: Line) -> float:
    """Return the position after the last glyph, without the tracking after it and without hanging punctuation."""
    last = in_a_row(line)[-1]
    edge = last.x + last.width
    if last.text:
        edge -= style.type.tracking * last.size / 1000
    if style.hanging_punctuation:
        advance = last.advances[-1]
        if last.text:
            advance -= style.type.tracking * last.size / 1000
            edge -= RIGHT_SHARES.get(last.text[-1], 0.0) * last.advances[-1]
        else:
            edge -= HYPHEN_SHARE * advance
    return edge


def test_edges_of_ragged_lines() -> None:
    # A measure of 150, indented by 7 at its start and 3 at its end, in a column from x 20 on: from 27 to 167.
    style = replace(RAGGED, indent_start=7.0, indent_end=3.0)
    slots = LineSlots((), LineSlot(20.0, 150.0))
    for align in (Align.START, Align.LEFT, Align.END, Align.RIGHT, Align.CENTRE):
        for line in compose(prepared(COPY, replace(style, align=align)), slots):
            assert (line.slot_x, line.slot_width) == (27.0, 140.0)
            if align in (Align.START, Align.LEFT):
                assert line.left == pytest.approx(27.0)
            elif align is Align.CENTRE:
                assert line.left - 27.0 == pytest.approx(167.0 - line.right)
            else:
                assert line.right == pytest.approx(167.0)


def test_the_first_line_is_indented() -> None:
    first, second, *_ = lines(COPY, 200.0, replace(RAGGED, indent_first=12.0))
    assert (first.left, second.left) == (12.0, 0.0)


# Spaces


def test_spaces_are_within_their_limits() -> None:
    # If the line stretches by no more than its style allows (ratio 1), so does every space.
    style = replace(
        JUSTIFIED, word_space=WordSpace(0.7, 0.95, 1.3), letter_space=LetterSpace(-8, 10)
    )
    natural = prepared(COPY, style).metrics
    checked = 0
    # (The first and last letters of a line are ignored: a ligature may have been divided there.)
    for line in lines(COPY, 260.0, style):
        for run in line.runs:
            for cluster, advance in zip(run.clusters, run.advances, strict=True):
                at = COPY.index(run.text) + cluster if run.text else -1
                if at < 0 or abs(line.stretch) > 1:
                    continue
                letter = (natural.stretch if line.stretch > 0 else natural.shrink)[at]
                inner = line.start + 3 < at < line.end - 5
                if COPY[at] == " ":
                    assert 0.7 * natural.own[at] - letter - 1e-6 <= advance
                    assert advance <= 1.3 * natural.own[at] + letter + 1e-6
                    checked += 1
                elif inner:
                    assert abs(advance - natural.own[at]) <= letter + 1e-6
    assert checked > 40


def test_letters_are_never_spaced_beyond_their_limit() -> None:
    # A line that is far too loose opens between its words; its letters take at most 12 thousandths of 10 pt.
    style = replace(JUSTIFIED, hyphenation=Hyphenation())
    found = lines("of considerable investigations, carried", 140.0, style)
    loose = max(found, key=lambda line: line.stretch)
    assert loose.stretch > 1.5
    (run,) = loose.runs
    natural = prepared("of considerable investigations, carried", style).metrics
    at = loose.start + 1
    assert run.advances[1] - natural.own[at] == pytest.approx(0.12)


def test_the_last_line_is_not_stretched() -> None:
    *_, last = lines(COPY, 220.0, JUSTIFIED)
    assert last.stretch == 0.0
    assert last.right < 220.0 - 1


def test_a_forced_line_is_not_stretched() -> None:
    first, *_ = lines("short line\n" + COPY, 220.0, JUSTIFIED)
    assert first.stretch == 0.0


# Hanging punctuation


def test_punctuation_hangs_by_its_share() -> None:
    text = "“Laws,” and so on"
    plain, hung = (
        lines(text, 400.0, RAGGED, hanging_punctuation=hang)[0] for hang in (False, True)
    )
    quote = plain.runs[0].advances[0]
    assert LEFT_SHARES["“"] == 0.5
    assert hung.runs[0].x == pytest.approx(plain.runs[0].x - 0.5 * quote)
    assert hung.left == 0.0


@pytest.mark.parametrize(("size", "share"), [(13.9, 0.5), (14.0, 1.0)])
def test_punctuation_of_large_text_hangs_fully(size: float, share: float) -> None:
    style = replace(RAGGED, hanging_punctuation=True, type=replace(SERIF, size=size))
    for align in (Align.START, Align.JUSTIFY):
        first, *_ = lines("“Laws,” and so on " * 9, 200.0, style, align=align)
        (run,) = first.runs
        assert first.left == 0.0
        assert run.x == pytest.approx(-share * run.advances[0], abs=1e-6)


def test_a_full_stop_hangs_at_the_end() -> None:
    (line,) = lines("It ends.", 400.0, RAGGED, hanging_punctuation=True, align=Align.END)
    (run,) = line.runs
    assert RIGHT_SHARES["."] == 0.7
    assert run.x + run.width == pytest.approx(400.0 + 0.7 * run.advances[-1])
    assert line.right == pytest.approx(400.0)


def test_hyphens_hang() -> None:
    for line in lines(COPY, 130.0, JUSTIFIED, hanging_punctuation=True):
        if line.hyphenated and not line.overfull:
            hyphen = in_a_row(line)[-1]
            assert hyphen.text == ""
            assert hyphen.x + 0.4 * hyphen.width == pytest.approx(130.0, abs=0.01)


# Breaks inside ligatures and kerning pairs


@pytest.mark.parametrize(
    "text", ["affine af\u00adfine", "of\u00adfice of\u00adficers", "A\u00adVAT A\u00adVAT"]
)
def test_a_line_is_shaped_as_separate_text(text: str) -> None:
    # 12 pt is too narrow for anything but the shortest parts: every break is used.
    for line in lines(text, 12.0):
        alone, *_ = lines(text[line.start : line.end].rstrip(" \u00ad") or "x", 500.0)
        own = [run for run in line.runs if run.text]
        assert [glyph for run in own for glyph in run.ids] == [
            glyph for run in alone.runs for glyph in run.ids
        ]
        for found, wanted in zip(own, alone.runs, strict=True):
            assert found.advances == pytest.approx(wanted.advances)


def test_glyphs_of_the_item_are_used_where_breaking_is_safe() -> None:
    # Only glyphs of the two lines are compared: the text before a space has the same glyphs in the whole item.
    task = prepared(COPY)
    (item,) = task.metrics.items
    for line in compose(task, even(200.0)):
        (run,) = line.runs
        first = item.glyph_index(line.start)
        assert run.ids == tuple(item.ids[first : first + len(run.ids)])


# Character styles


def test_tracking_ends_with_the_last_letter() -> None:
    # 100 thousandths of 10 pt after each letter but the last: three letters, twice 1 pt.
    plain, wide = (
        lines("abc", 400.0, RAGGED, type=replace(SERIF, tracking=tracking))[0]
        for tracking in (0.0, 100.0)
    )
    assert wide.right - plain.right == pytest.approx(2.0)


def test_tracked_letters_are_not_joined() -> None:
    # Source Serif 4 has a ligature for "fi"; with tracking, the two letters are two glyphs.
    joined, apart = (
        lines("fi", 400.0, RAGGED, type=replace(SERIF, tracking=tracking))[0]
        for tracking in (0.0, 40.0)
    )
    assert [len(line.runs[0].ids) for line in (joined, apart)] == [1, 2]


def test_superiors_of_the_font() -> None:
    # Source Serif 4 has its own superior figures: same size, other glyphs, no baseline shift.
    base, above = (
        lines("2", 400.0, RAGGED, type=replace(SERIF, position=position))[0].runs[0]
        for position in (Position.NORMAL, Position.SUPERSCRIPT)
    )
    assert (above.size, above.y) == (10.0, 0.0)
    assert above.ids != base.ids


def test_synthesized_superiors() -> None:
    # It has none for a section mark: 0.6 of the size, raised by 0.34 em; inferiors are lowered by 0.14 em.
    made = replace(SERIF, position=Position.SUPERSCRIPT)
    (run,) = lines("§", 400.0, RAGGED, type=made)[0].runs
    assert (run.size, run.y) == pytest.approx((6.0, 3.4))
    (run,) = lines("§", 400.0, RAGGED, type=replace(made, position=Position.SUBSCRIPT))[0].runs
    assert (run.size, run.y) == pytest.approx((6.0, -1.4))


def test_small_capitals_of_the_font() -> None:
    (run,) = lines("Law", 400.0, RAGGED, type=replace(SERIF, case=Case.SMALL_CAPS))[0].runs
    plain = lines("Law", 400.0)[0].runs[0]
    assert (run.size, run.text) == (10.0, "Law")
    assert run.ids[0] == plain.ids[0]
    assert run.ids[1:] != plain.ids[1:]


def test_synthesized_small_capitals() -> None:
    # A font without small capitals: capitals at eight tenths, 5 and 2 x 4 pt wide, which are extracted as they were written.
    small = replace(BOXES, case=Case.SMALL_CAPS)
    first, rest = lines("Law", 400.0, RAGGED, box_catalog(), type=small)[0].runs
    (capitals,) = lines("AW", 400.0, RAGGED, box_catalog(), type=BOXES)[0].runs
    assert (first.text, first.size, rest.text, rest.size) == ("L", 10.0, "aw", 8.0)
    assert rest.ids == capitals.ids
    assert (first.width, rest.width) == pytest.approx((5.0, 8.0))


def test_capitals_are_extracted_as_written() -> None:
    (line,) = lines("Straße", 400.0, RAGGED, type=replace(SERIF, case=Case.UPPER, language="de"))
    assert said(line) == "Straße"
    assert len(line.runs[0].ids) == 7  # STRASSE


def test_baseline_shift() -> None:
    runs = [TextRun("on", SERIF), TextRun("up", replace(SERIF, baseline_shift=2.5))]
    low, high = lines(runs, 400.0)[0].runs
    assert (low.y, high.y) == (0.0, 2.5)
    assert high.x == pytest.approx(low.x + low.width)


def test_colour_and_link_do_not_interrupt_kerning() -> None:
    # A change of style divides the item; if the style is the same, letters of two runs are not kerned, but adjacent.
    runs = [TextRun("A", SERIF, link="https://example.org"), TextRun("V", SERIF)]
    first, second = lines(runs, 400.0)[0].runs
    assert first.link == "https://example.org"
    assert second.link is None
    assert second.x == pytest.approx(first.x + first.width)


# Right to left


def test_arabic_lines_start_at_the_right() -> None:
    on = scripts_catalog("Noto Naskh Arabic")
    style = replace(RAGGED, type=typed("Arab", "Noto Naskh Arabic", "ar"), indent_start=6.0)
    text = "العدالة تحمي الناس من العنف عندما تطبق القوانين"
    found = lines(text, 120.0, style, on)
    assert len(found) > 1
    for line in found:
        assert line.right == pytest.approx(114.0)
        assert all(not run.left_to_right for run in line.runs)
    assert " ".join(words(text, found)) == text


def test_arabic_justified_with_a_number_and_latin() -> None:
    on = scripts_catalog("Noto Naskh Arabic")
    style = replace(JUSTIFIED, type=typed("Arab", "Noto Naskh Arabic", "ar"))
    text = "أنقذ أكثر من 1,775 شخصا وأدين أكثر من 645 بفضل International Justice Mission وشركائها في العالم"
    found = lines(text, 150.0, style, on)
    for line in found[:-1]:
        assert line.left == pytest.approx(0.0, abs=0.01)
        assert line.right == pytest.approx(150.0, abs=0.01)
    (with_number,) = [line for line in found if "1,775" in said(line)]
    number = next(run for run in with_number.runs if run.text.strip() == "1,775")
    # The number is read from left to right, and is to the left of the words before it.
    assert number.left_to_right
    assert list(number.clusters) == sorted(number.clusters)
    before = with_number.runs[with_number.runs.index(number) - 1]
    assert before.text.endswith("من ")
    assert number.x < before.x


def test_hebrew_in_an_english_line() -> None:
    on = scripts_catalog("Noto Sans Hebrew")
    style = replace(RAGGED, type=typed("Hebr", "Noto Sans Hebrew", "en"))
    (line,) = lines("say שלום now", 400.0, style, on)
    assert [run.text for run in in_a_row(line)] == ["say ", "שלום", " ", "now"]
    hebrew = line.runs[1]
    assert list(hebrew.clusters) == [3, 2, 1, 0]


def test_khmer_keeps_its_clusters() -> None:
    on = scripts_catalog("Noto Sans Khmer")
    style = replace(JUSTIFIED, type=typed("Khmr", "Noto Sans Khmer", "km"))
    text = "ប្រព័ន្ធយុត្តិធម៌ការពារប្រជាជនក្រីក្រពីអំពើហិង្សា"
    found = lines(text, 90.0, style, on)
    assert len(found) > 1
    assert "".join(said(line) for line in found) == text
    # Justified text without spaces is short by less than its longest word.
    assert all(line.right <= 90.0 + 0.01 for line in found)


def test_shaping_matches_the_item() -> None:
    # The cached result is that of HarfBuzz: the sum of its advances is the width of its text.
    task = prepared("Office affairs")
    (item,) = task.metrics.items
    again = shape(item.item, "Office affairs")
    assert item.advances == again.advances
    assert sum(item.advances) == pytest.approx(sum(task.metrics.own))


# Hyphens of compound words


def test_a_repeated_hyphen_begins_the_next_line() -> None:
    text = "Biuro polsko-ukraińskie."
    polish = replace(RAGGED, type=replace(SERIF, language="pl"))
    first, second = lines(text, 62.0, polish)[-2:]
    hyphen, word = in_a_row(second)[:2]
    assert said(first).endswith("polsko-")
    assert (hyphen.text, len(hyphen.ids), said(second)) == ("", 1, "ukraińskie.")
    assert hyphen.x == pytest.approx(0.0)
    assert word.x == pytest.approx(hyphen.width)
    assert second.overfull == 0.0
    assert in_a_row(lines(text, 62.0)[-1])[0].text == "ukraińskie."


@pytest.mark.parametrize("hang", [False, True])
def test_a_repeated_hyphen_has_its_place_in_a_justified_line(hang: bool) -> None:
    text = (
        "Na drodze słodko-kwaśnej, żółto-niebieskiej i biało-czerwonej stoją czarno-białe krowy "
        * 3
    )
    style = replace(
        JUSTIFIED,
        type=replace(SERIF, language="pl"),
        hanging_punctuation=hang,
        hyphenation=Hyphenation(),
    )
    found = [
        (line, in_a_row(line)[0])
        for measure in range(70, 130, 3)
        for line in lines(text.strip(), float(measure), style)[:-1]
    ]
    repeated = [(line, run) for line, run in found if not run.text]
    assert len(repeated) > 5
    for line, run in repeated:
        outside = run.width / 2 if hang else 0.0
        assert run.x == pytest.approx(line.left - outside, abs=0.01)
    for line, _ in found:
        if " " in said(line):
            assert line.right - line.left == pytest.approx(line.slot_width, abs=0.05)


# Tracked text and small capitals

WITH_LIGATURES = replace(SERIF, features=(("dlig", 1), ("kern", 1), ("liga", 1)))


def test_tracked_text_has_no_ligatures() -> None:
    # The built-in styles use ligatures, and a style may use more.
    def count(tracking: float) -> int:
        style = replace(RAGGED, type=replace(WITH_LIGATURES, tracking=tracking))
        (line,) = lines("office fluffy first", 400.0, style)
        return sum(len(run.ids) for run in line.runs)

    assert count(0) < len("office fluffy first")
    assert count(150) == count(5) == len("office fluffy first")


def test_synthesized_small_capitals_for_missing_letters() -> None:
    # Noto Sans has small capitals of Latin letters, not of Cyrillic ones.
    style = replace(RAGGED, type=replace(SERIF, family="Noto Sans", case=Case.SMALL_CAPS))
    text = "Ab Жж, 5 ß"
    (line,) = lines(text, 400.0, style)
    assert said(line) == text
    sizes = {char: round(run.size, 3) for run in line.runs for char in run.text}
    assert {char for char, size in sizes.items() if size < 10} == {"ж"}
    assert sizes["ж"] == 8.0
