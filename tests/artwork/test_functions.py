"""Functions of colours: sampled, exponential, stitching and calculator functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from brochure.artwork.calculator import compile_calculator
from brochure.artwork.functions import read_function
from brochure.artwork.model import ArtworkError
from brochure.artwork.syntax import format_number


@pytest.mark.parametrize(
    ("program", "inputs", "wanted"),
    [
        ("{ 2 mul exch }", (1, 3), [6, 1]),
        ("{ dup 0.5 gt { pop 1 } { 2 mul } ifelse }", (0.25,), [0.5]),
        ("{ 3 1 roll }", (1, 2, 3), [3, 1, 2]),
        ("{ 3 -1 roll }", (1, 2, 3), [2, 3, 1]),
        ("{ 1 index }", (7, 8), [7, 8, 7]),
        ("{ 2 copy add }", (1, 2), [1, 2, 3]),
        ("{ 360 mul sin abs }", (0.25,), [1.0]),
        ("{ 7 3 mod exch pop }", (0,), [1]),
        ("{ true { 4 } if }", (), [4]),
        ("{ -3.5 truncate }", (), [-3]),
        ("{ 1 0 atan }", (), [90.0]),
    ],
)
def test_calculator(program: str, inputs: tuple[float, ...], wanted: list[float]) -> None:
    assert compile_calculator(program)(inputs) == pytest.approx(wanted)


@pytest.mark.parametrize(
    "program", ["", "{", "{ foo }", "{ pop }", "{ 1 0 div }", "{ 0 ln }", "{ -1 0.5 exp }"]
)
def test_a_damaged_program_is_an_error(program: str) -> None:
    with pytest.raises(ArtworkError):
        compile_calculator(program)(())


def dictionary(**entries: object) -> DictionaryObject:
    made = DictionaryObject()
    made.update({NameObject(f"/{key}"): _value(one) for key, one in entries.items()})
    return made


def _value(value: object) -> object:
    if isinstance(value, list):
        return ArrayObject(_value(one) for one in value)
    if isinstance(value, int):
        return NumberObject(value)
    return FloatObject(value) if isinstance(value, float) else value


def exponential(low: float, high: float, power: float = 1.0) -> DictionaryObject:
    return dictionary(FunctionType=2, Domain=[0, 1], C0=[low], C1=[high], N=power)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_linear_function_is_a_mixture(low: float, high: float, at: float) -> None:
    function = read_function(exponential(low, high))
    assert function((at,))[0] == pytest.approx(low + at * (high - low), abs=1e-4)


def test_stitching_chooses_its_part() -> None:
    function = read_function(
        dictionary(
            FunctionType=3,
            Domain=[0, 1],
            Functions=[exponential(0, 1), exponential(5, 6)],
            Bounds=[0.5],
            Encode=[0, 1, 1, 0],
        )
    )
    assert [function((at,))[0] for at in (0.0, 0.25, 0.5, 1.0, 2.0)] == pytest.approx(
        [0, 0.5, 6, 5, 5]
    )


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_samples_are_interpolated(bits: int) -> None:
    most = 2**bits - 1
    packed = (
        (most).to_bytes((2 * bits + 7) // 8) if 2 * bits >= 8 else bytes((most << (8 - 2 * bits),))
    )
    stream = DecodedStreamObject()
    stream.set_data(packed)
    stream.update(
        dictionary(FunctionType=0, Domain=[0, 1], Range=[0, 1], Size=[2], BitsPerSample=bits)
    )
    function = read_function(stream)
    assert [function((at,))[0] for at in (0, 0.25, 1)] == pytest.approx([0, 0.25, 1])


@given(st.floats(-1e6, 1e6))
def test_numbers_are_written_without_an_exponent_and_close_enough(value: float) -> None:
    written = format_number(value).decode()
    assert "e" not in written
    assert float(written) == pytest.approx(value, rel=1e-5, abs=1e-6)
