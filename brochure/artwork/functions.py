"""Evaluates functions of a PDF (ISO 32000-1, 7.10): sampled, exponential, stitching and PostScript calculator functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from brochure.artwork.calculator import compile_calculator
from brochure.artwork.model import ArtworkError
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get_array, get_integer, get_number, is_number, resolve

Function = Callable[[Sequence[float]], tuple[float, ...]]
MAX_DEPTH = 8
MAX_INPUTS = 8


def read_function(value: Any, depth: int = 0) -> Function:
    """Return a function, or one of several functions with the same inputs, as something that can be called.

    Raises:
        ArtworkError: It is damaged.
    """
    value = resolve(value)
    if depth > MAX_DEPTH:
        raise ArtworkError("its functions refer to each other in a loop")
    if isinstance(value, list):
        parts = [read_function(one, depth + 1) for one in value]
        return lambda inputs: tuple(output for part in parts for output in part(inputs))
    if not isinstance(value, dict):
        raise ArtworkError("a function of its colours is damaged")
    readers = {0: _sampled, 2: _exponential, 3: _stitching, 4: _calculator}
    reader = readers.get(get_integer(value, "/FunctionType", -1))
    domain = _pairs(value, "/Domain")
    if reader is None or not 1 <= len(domain) <= MAX_INPUTS:
        raise ArtworkError("a function of its colours is damaged")
    inner = reader(value, domain, depth)
    range_ = _pairs(value, "/Range")

    def evaluate(inputs: Sequence[float]) -> tuple[float, ...]:
        outputs = inner([_clip(one, *pair) for one, pair in zip(inputs, domain, strict=False)])
        if not range_:
            return outputs
        return tuple(_clip(one, *pair) for one, pair in zip(outputs, range_, strict=False))

    return evaluate


def _pairs(holder: Any, key: str) -> list[tuple[float, float]]:
    numbers = [float(one) if is_number(one) else 0.0 for one in get_array(holder, key)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _scale(value: float, source: tuple[float, float], target: tuple[float, float]) -> float:
    width = source[1] - source[0]
    return target[0] + (value - source[0]) * (target[1] - target[0]) / width if width else target[0]


def _exponential(value: Any, _: Any, depth: int) -> Function:
    power = get_number(value, "/N", 1.0)
    none, full = _numbers(value, "/C0", [0.0]), _numbers(value, "/C1", [1.0])

    def evaluate(inputs: Sequence[float]) -> tuple[float, ...]:
        share = inputs[0] ** power if inputs[0] > 0 or power >= 0 else 0.0
        return tuple(a + share * (b - a) for a, b in zip(none, full, strict=False))

    return evaluate


def _numbers(holder: Any, key: str, default: list[float]) -> list[float]:
    numbers = [float(one) for one in get_array(holder, key) if is_number(one)]
    return numbers or default


def _stitching(value: Any, domain: list[tuple[float, float]], depth: int) -> Function:
    parts = [read_function(one, depth + 1) for one in get_array(value, "/Functions")]
    bounds, encode = _numbers(value, "/Bounds", []), _pairs(value, "/Encode")
    if not parts or len(bounds) < len(parts) - 1 or len(encode) < len(parts):
        raise ArtworkError("a function of its colours is damaged")
    edges = [domain[0][0], *bounds[: len(parts) - 1], domain[0][1]]

    def evaluate(inputs: Sequence[float]) -> tuple[float, ...]:
        at = sum(inputs[0] >= edge for edge in edges[1:-1])
        return parts[at]((_scale(inputs[0], (edges[at], edges[at + 1]), encode[at]),))

    return evaluate


def _sampled(value: Any, domain: list[tuple[float, float]], depth: int) -> Function:
    sizes = [int(one) for one in _numbers(value, "/Size", [])]
    range_, bits = _pairs(value, "/Range"), get_integer(value, "/BitsPerSample", 8)
    count = len(range_)
    if len(sizes) != len(domain) or min(sizes) < 1 or not count or bits not in SAMPLE_BITS:
        raise ArtworkError("a function of its colours is damaged")
    encode = _pairs(value, "/Encode") or [(0.0, size - 1.0) for size in sizes]
    decode = _pairs(value, "/Decode") or range_
    samples = _unpack(read_stream(value), bits)

    def corner(place: Sequence[int]) -> list[float]:
        at, step = 0, 1
        for index, size in zip(place, sizes, strict=True):
            at, step = at + index * step, step * size
        found = samples(at * count, count)
        return [
            _scale(one, (0, 2**bits - 1), pair) for one, pair in zip(found, decode, strict=False)
        ]

    def evaluate(inputs: Sequence[float]) -> tuple[float, ...]:
        places = []
        for one, pair, code, size in zip(inputs, domain, encode, sizes, strict=True):
            exact = _clip(_scale(one, pair, code), 0, size - 1)
            low = min(int(exact), max(0, size - 2))
            share = exact - low
            places.append([(low, 1 - share), (low + 1, share)] if share else [(low, 1.0)])
        total = [0.0] * count
        for corners in product(*places):
            weight = 1.0
            for _, share in corners:
                weight *= share
            found = corner([index for index, _ in corners])
            total = [a + weight * b for a, b in zip(total, found, strict=True)]
        return tuple(total)

    return evaluate


SAMPLE_BITS = (1, 2, 4, 8, 12, 16, 24, 32)


def _unpack(data: bytes, bits: int) -> Callable[[int, int], list[int]]:
    """Return a function that reads `count` samples from the one with this number."""

    def read(first: int, count: int) -> list[int]:
        start, end = first * bits, (first + count) * bits
        whole = int.from_bytes(
            data[start // 8 : (end + 7) // 8].ljust((end + 7) // 8 - start // 8, b"\0")
        )
        whole >>= -end % 8
        mask = (1 << bits) - 1
        return [whole >> (bits * (count - 1 - at)) & mask for at in range(count)]

    return read


def _calculator(value: Any, _: Any, depth: int) -> Function:
    count = len(_pairs(value, "/Range"))
    run = compile_calculator(read_stream(value).decode("latin-1"))

    def evaluate(inputs: Sequence[float]) -> tuple[float, ...]:
        stack = run(inputs)
        if len(stack) < count:
            raise ArtworkError("a function of its colours is damaged")
        return tuple(float(one) for one in stack[-count:])

    return evaluate
