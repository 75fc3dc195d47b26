"""Text operators, interpreted: the position of each glyph, and the extracted text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.color.swatch import BLACK
from brochure.fonts.face import Face, Program
from brochure.model.display_list import GlyphRun
from brochure.pdf.font_encoding import Entry, FontEncoding
from brochure.pdf.text import text_operators
from brochure.typeset.lines import Glyphs
from tests.quick import examples
from tests.readback.test_fonts import source_face, variable_cff

SERIF = source_face(wght=400, opsz=9)
SQUARE = Program("square.otf", variable_cff()).face({})


def run_of(
    text: str,
    ids: tuple[int, ...],
    clusters: tuple[int, ...],
    advances: tuple[float, ...],
    face: Face = SERIF,
    offsets: tuple[tuple[float, float], ...] = (),
    left_to_right: bool = True,
) -> GlyphRun:
    glyphs = Glyphs(
        face,
        10.0,
        BLACK,
        text,
        ids,
        clusters,
        advances,
        offsets,
        x=0.0,
        left_to_right=left_to_right,
    )
    return GlyphRun(100.0, 50.0, glyphs)


def glyph(char: str, face: Face = SERIF) -> int:
    found = face.font.get_nominal_glyph(ord(char))
    assert found
    return int(found)


def natural(*chars: str) -> tuple[float, ...]:
    """Return the advances of characters in 10 pt."""
    return tuple(SERIF.font.get_glyph_h_advance(glyph(char)) * 10 / SERIF.upem for char in chars)


def test_plain_text_is_one_string() -> None:
    ids = tuple(map(glyph, "Ends"))
    run = run_of("Ends", ids, (0, 1, 2, 3), natural(*"Ends"))
    ops = text_operators(run, FontEncoding(SERIF, 1))
    codes = "".join(f"{number:04X}" for number in ids)  # a letter's code is its glyph number
    assert ops == f"BT 100 50 Td /F1 10 Tf [<{codes}>] TJ ET"


def test_the_same_letter_has_the_same_code() -> None:
    ids = tuple(map(glyph, "noon"))
    run = run_of("noon", ids, (0, 1, 2, 3), natural(*"noon"))
    n, o = (f"{number:04X}" for number in ids[:2])
    assert f"<{n}{o}{o}{n}>" in text_operators(run, FontEncoding(SERIF, 1))


def test_kerning_is_in_thousandths_of_an_em() -> None:
    n, o = natural("n", "o")
    run = run_of("no", (glyph("n"), glyph("o")), (0, 1), (n - 0.25, o))
    # 0.25 pt of 10 pt is 25 thousandths; a positive number moves back.
    codes = glyph("n"), glyph("o")
    assert f"[<{codes[0]:04X}> 25 <{codes[1]:04X}>] TJ" in text_operators(
        run, FontEncoding(SERIF, 1)
    )


def test_a_ligature_is_extracted_as_its_letters() -> None:
    font = FontEncoding(SERIF, 1)
    text_operators(run_of("fin", (9, glyph("n")), (0, 2), (5.0, natural("n")[0])), font)
    assert [entry.text for entry in entries(font)] == ["fi", "n"]


def test_glyphs_without_text_are_extracted_as_a_soft_hyphen_or_space() -> None:
    font = FontEncoding(SERIF, 1)
    text_operators(run_of("", (glyph("\u2010"),), (0,), natural("\u2010")), font)
    text_operators(run_of("", (glyph("."), glyph(".")), (0, 0), natural(".", ".")), font)
    assert [entry.text for entry in entries(font)] == ["\u00ad", " "]


def test_a_cluster_becomes_one_code_with_all_of_its_text() -> None:
    font = FontEncoding(SERIF, 1)
    e, acute = glyph("e"), glyph("\u0301")
    run = run_of("e\u0301x", (e, acute, glyph("x")), (0, 0, 2), (*natural("e"), 0.0, *natural("x")))
    text_operators(run, font)
    first, second = entries(font)
    assert (first.text, second.text) == ("e\u0301", "x")


def test_tracking_is_part_of_the_advance() -> None:
    font = FontEncoding(SERIF, 1)
    n = natural("n")[0]
    run = run_of("nn", (glyph("n"),) * 2, (0, 1), (n + 1.2, n + 1.2))
    ops = text_operators(run, font)
    # 1.2 pt of 10 pt are 120 thousandths, of which the code contains all or, because of rounding, all but one step of 20.
    tracked = entries(font)[-1]
    assert n * 100 + 99 < tracked.width < n * 100 + 121
    assert {stood.text for stood in played(ops, font)} == {"n"}


# Interpreted operators


@dataclass(frozen=True)
class Stood:
    """The text of a code, and the position of its glyph."""

    text: str
    x: float
    y: float


def entries(font: FontEncoding) -> list[Entry]:
    return [entry for layer in font.layers for entry in layer.entries.values()]


def played(ops: str, font: FontEncoding) -> Iterator[Stood]:
    """Interpret the operators as a viewer does (ISO 32000-1, 9.4)."""
    layers = {layer.resource: layer for layer in font.layers}
    x = y = rise = size = 0.0
    layer = font.layers[0]
    for line in re.findall(r"BT|ET|/\w+ \S+ Tf|\S+ \S+ Td|\S+ Ts|\[[^]]*\] TJ|<\w+> Tj", ops):
        *operands, operator = line.split(" ")
        match operator:
            case "BT":
                rise = 0.0
            case "Td":
                x, y = map(float, operands)
            case "Ts":
                rise = float(operands[0])
            case "Tf":
                layer, size = layers[operands[0][1:]], float(operands[1])
            case "TJ" | "Tj":
                for part in re.findall(r"<\w+>|-?[\d.]+", line):
                    if not part.startswith("<"):
                        x -= float(part) * size / 1000
                        continue
                    for code in re.findall("....", part[1:-1]):
                        entry = layer.entries[int(code, 16)]
                        yield Stood(entry.text, x, y + rise)
                        x += entry.width * size / 1000


LETTERS = "minutes of a meeting"


@st.composite
def runs(draw: st.DrawFn) -> GlyphRun:
    """Runs with any advances and rises, one cluster per letter."""
    text = draw(st.text(LETTERS, min_size=1, max_size=30))
    amounts = st.floats(-1.0, 3.0, width=32)
    advances = tuple(advance + draw(amounts) for advance in natural(*text))
    some = st.tuples(st.floats(-2, 2, width=32), st.sampled_from([0.0, 0.0, 1.5]))
    offsets = draw(st.just(()) | st.tuples(*[some] * len(text)))
    ids = tuple(map(glyph, text))
    return run_of(text, ids, tuple(range(len(text))), advances, offsets=offsets)


@given(runs())
@settings(max_examples=examples(150), deadline=None)
def test_every_glyph_is_at_its_position(run: GlyphRun) -> None:
    font = FontEncoding(SERIF, 1)
    stood = list(played(text_operators(run, font), font))
    glyphs = run.glyphs
    assert "".join(one.text for one in stood) == glyphs.text
    x = run.x
    for at, one in enumerate(stood):
        dx, dy = glyphs.offsets[at] if glyphs.offsets else (0.0, 0.0)
        # Half a thousandth of 10 pt, and the rounding of the start to three decimals.
        assert one.x == pytest.approx(x + dx, abs=0.005 + 0.0006)
        assert one.y == pytest.approx(run.y + dy, abs=0.001)
        x += glyphs.advances[at]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=8))
@settings(max_examples=examples(100), deadline=None)
def test_clusters_are_extracted_completely_in_both_directions(shape: list[tuple[int, int]]) -> None:
    # Each pair is a cluster: number of characters, number of glyphs.
    text, clusters = "", []
    for characters, glyphs in shape:
        clusters += [len(text)] * glyphs
        text += (LETTERS.replace(" ", "") * 2)[len(text) % 9 :][:characters]
    ids = (glyph("n"),) * len(clusters)
    advances = natural("n") * len(clusters)
    for left_to_right, order in ((True, clusters), (False, clusters[::-1])):
        run = run_of(text, ids, tuple(order), advances, left_to_right=left_to_right)
        font = FontEncoding(SERIF, 1)
        stood = list(played(text_operators(run, font), font))
        assert "".join(one.text for one in stood) == text
        # In reading order the position moves to the right, or to the left.
        xs = [one.x for one in stood]
        assert xs == sorted(xs, reverse=not left_to_right)


@given(st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=8))
@settings(max_examples=examples(50), deadline=None)
def test_a_cff_glyph_is_extracted_as_its_text(texts: list[str]) -> None:
    starts = [sum(map(len, texts[:at])) for at in range(len(texts))]
    run = run_of("".join(texts), (1,) * len(texts), tuple(starts), (5.0,) * len(texts), SQUARE)
    font = FontEncoding(SQUARE, 1)
    assert [one.text for one in played(text_operators(run, font), font)] == texts
    assert len(font.layers) == len(set(texts))
