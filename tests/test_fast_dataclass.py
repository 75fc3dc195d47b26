"""Our quicker `dataclass` gives what the standard library's gives, of the same classes and values."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from copy import deepcopy
from functools import cached_property
from typing import Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure import fast_dataclass
from brochure.model.display_list import Path

Thing = TypeVar("Thing")


def classes(dataclass: Callable[..., Any]) -> dict[str, Any]:
    """The same classes, defined by one decorator or the other."""

    @dataclass(frozen=True, slots=True)
    class Point:
        x: float
        y: float = 0.0
        tags: tuple[str, ...] = dataclasses.field(default_factory=tuple)
        note: str = dataclasses.field(default="", compare=False)
        hidden: int = dataclasses.field(default=0, repr=False)

    @dataclass(frozen=True, slots=True)
    class Deeper(Point):
        z: float = 1.0

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True)
    class One:
        value: object

    @dataclass(frozen=True, slots=True, eq=False)
    class Alone:
        value: object

    @dataclass(frozen=True)
    class Open(Generic[Thing]):
        value: Thing

        @cached_property
        def twice(self) -> tuple[Thing, Thing]:
            return self.value, self.value

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        value: int

    @dataclass
    class Loose:
        value: int

    made = (Point, Deeper, Empty, One, Alone, Open, Ordered, Loose)
    return {made_class.__name__: made_class for made_class in made}


OURS, THEIRS = classes(fast_dataclass.dataclass), classes(dataclasses.dataclass)


def outcome(make: Callable[[], object]) -> object:
    """What a call gives, or the kind of error that it ends in."""
    try:
        return make()
    except Exception as failure:
        return type(failure)


values = st.one_of(st.integers(-2, 2), st.floats(), st.text(max_size=2), st.tuples(st.integers()))


@given(st.sampled_from(sorted(OURS)), st.lists(values, max_size=6), st.lists(values, max_size=6))
def test_values_are_made_compared_and_shown_alike(
    name: str, first: list[object], second: list[object]
) -> None:
    ours, theirs = OURS[name], THEIRS[name]
    a, b = outcome(lambda: ours(*first)), outcome(lambda: ours(*second))
    c, d = outcome(lambda: theirs(*first)), outcome(lambda: theirs(*second))
    assert isinstance(a, type) == isinstance(c, type)
    if isinstance(a, type) or isinstance(b, type):
        assert (a if isinstance(a, type) else None) == (c if isinstance(c, type) else None)
        return
    assert (a == b) == (c == d)
    if name != "Alone":  # which has its place in memory for a hash
        assert outcome(lambda: hash(a)) == outcome(lambda: hash(c))
    assert repr(a) == repr(c)
    assert dataclasses.astuple(a) == dataclasses.astuple(c) or "nan" in repr(a)  # type: ignore[call-overload]


def test_keywords_defaults_and_changes() -> None:
    for kinds in (OURS, THEIRS):
        point = kinds["Deeper"](x=1, tags=("a",), z=3)
        assert dataclasses.asdict(point) == {
            "x": 1, "y": 0.0, "tags": ("a",), "note": "", "hidden": 0, "z": 3,
        }  # fmt: skip
        assert dataclasses.replace(point, y=2).y == 2
        assert kinds["Deeper"].__match_args__ == ("x", "y", "tags", "note", "hidden", "z")
        for wrong in ({"a": 1}, {}):
            with pytest.raises(TypeError):
                kinds["Point"](**wrong)


def test_nothing_can_be_set_or_taken_away() -> None:
    for kinds in (OURS, THEIRS):
        for value in (kinds["Point"](1), kinds["Open"](1)):
            with pytest.raises(dataclasses.FrozenInstanceError):
                value.x = 2
            with pytest.raises(dataclasses.FrozenInstanceError):
                del value.x
        assert not hasattr(kinds["Point"](1), "__dict__")
        assert kinds["Open"](1).twice == (1, 1)


def test_values_are_pickled_and_copied() -> None:
    item = Path((), even_odd=True)
    assert pickle.loads(pickle.dumps(item)) == deepcopy(item) == item


def test_what_is_asked_for_beyond_goes_to_the_library() -> None:
    assert OURS["Ordered"](1) < OURS["Ordered"](2)
    loose = OURS["Loose"](1)
    loose.value = 2
    assert loose == OURS["Loose"](2)


def test_an_init_is_compiled_for_the_class_that_is_made() -> None:
    kinds = classes(fast_dataclass.dataclass)
    assert kinds["Deeper"](1, z=5).z == 5  # before its base was ever made
    assert kinds["Point"](1).y == 0.0
    assert kinds["Deeper"](1).z == 1.0


def test_the_librarys_own_can_be_derived_from_it() -> None:
    @dataclasses.dataclass(frozen=True)
    class Wider(Path):
        note: str = ""

    assert Wider((), note="a").note == "a"
    with pytest.raises(TypeError, match="non-frozen"):

        @dataclasses.dataclass
        class Looser(Path):  # type: ignore[misc]
            note: str = ""
