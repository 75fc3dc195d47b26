"""The faster `dataclass` behaves as that of the standard library, for the same classes and values."""

from __future__ import annotations

import dataclasses
import operator
import pickle
import re
import weakref
from collections.abc import Callable
from copy import deepcopy
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure import fast_dataclass
from brochure.model.display_list import Path

Thing = TypeVar("Thing")


def classes(dataclass: Callable[..., Any]) -> dict[str, Any]:
    """The same classes, defined with one decorator or the other."""

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
    class Deepest(Deeper):
        y: float = 4.0
        note: str = dataclasses.field(default="", repr=False)

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

    made = (Point, Deeper, Deepest, Empty, One, Alone, Open, Ordered, Loose)
    return {made_class.__name__: made_class for made_class in made}


OURS, THEIRS = classes(fast_dataclass.dataclass), classes(dataclasses.dataclass)


def outcome(make: Callable[[], object]) -> object:
    """Return the result of a call, or the type of the exception that it raises."""
    try:
        return make()
    except Exception as failure:
        return type(failure)


values = st.one_of(st.integers(-2, 2), st.floats(), st.text(max_size=2), st.tuples(st.integers()))


@given(st.sampled_from(sorted(OURS)), st.lists(values, max_size=6), st.lists(values, max_size=6))
def test_values_are_created_compared_and_represented_alike(
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
    if name != "Alone":  # whose hash depends on its address
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


def test_attributes_cannot_be_set_or_deleted() -> None:
    for kinds in (OURS, THEIRS):
        for value in (kinds["Point"](1), kinds["Open"](1)):
            with pytest.raises(dataclasses.FrozenInstanceError):
                value.x = 2
            with pytest.raises(dataclasses.FrozenInstanceError):
                del value.x
        assert not hasattr(kinds["Point"](1), "__dict__")
        assert kinds["Open"](1).twice == (1, 1)


def test_classes_have_the_same_attributes() -> None:
    for name in OURS.keys() - {"Open", "Loose", "Ordered"}:
        ours, theirs = OURS[name], THEIRS[name]
        assert vars(ours).keys() - {"__annotations__"} == vars(theirs).keys() - {"__annotations__"}
        assert ours.__slots__ == theirs.__slots__
        assert ours.__match_args__ == theirs.__match_args__
        assert (ours.__module__, ours.__qualname__) == (theirs.__module__, theirs.__qualname__)
        for one, other in zip(dataclasses.fields(ours), dataclasses.fields(theirs), strict=True):
            assert repr(one) == repr(other)


def test_values_are_pickled_and_copied() -> None:
    item = Path((), even_odd=True)
    assert pickle.loads(pickle.dumps(item)) == deepcopy(item) == item


@given(st.integers(-2, 2), st.integers(-2, 2))
def test_values_are_ordered_equally(first: int, second: int) -> None:
    a, b = (kinds["Ordered"](first) for kinds in (OURS, THEIRS))
    c, d = (kinds["Ordered"](second) for kinds in (OURS, THEIRS))
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        assert compare(a, c) == compare(b, d)
    for value in (a, b):
        with pytest.raises(TypeError):
            assert value < first


def test_an_order_is_not_defined_twice() -> None:
    class Sorted:
        value: int

        def __lt__(self, other: object) -> bool:
            return False

    for dataclass in (fast_dataclass.dataclass, dataclasses.dataclass):
        with pytest.raises(TypeError):
            dataclass(frozen=True, order=True)(Sorted)
        with pytest.raises(ValueError, match="eq must be true"):
            dataclass(frozen=True, eq=False, order=True)(type("Plain", (), {}))


def test_a_class_without_slots_has_the_defaults_of_its_fields() -> None:
    for dataclass in (fast_dataclass.dataclass, dataclasses.dataclass):

        @dataclass(frozen=True)
        class Loaded:
            name: str
            size: int = 3
            note: str = dataclasses.field(default="", repr=False)
            tags: list[str] = dataclasses.field(default_factory=list)

            @cached_property
            def length(self) -> int:
                return len(self.name)

        loaded: Any = Loaded
        assert (loaded.size, loaded.note) == (3, "")
        assert not hasattr(loaded, "tags")
        assert not hasattr(loaded, "name")
        assert vars(loaded("ab")) == {"name": "ab", "size": 3, "note": "", "tags": []}
        assert loaded("ab").length == 2
        assert repr(loaded("a")).endswith("Loaded(name='a', size=3, tags=[])")


def test_other_options_are_passed_to_the_standard_library() -> None:
    loose = OURS["Loose"](1)
    loose.value = 2
    assert loose == OURS["Loose"](2)


def test_an_init_is_compiled_for_the_instantiated_class() -> None:
    kinds = classes(fast_dataclass.dataclass)
    assert kinds["Deeper"](1, z=5).z == 5  # before its base class was ever instantiated
    assert kinds["Point"](1).y == 0.0
    assert kinds["Deeper"](1).z == 1.0


def test_a_dataclass_of_the_standard_library_can_be_derived_from_it() -> None:
    @dataclasses.dataclass(frozen=True)
    class Wider(Path):
        note: str = ""

    assert Wider((), note="a").note == "a"
    with pytest.raises(TypeError, match="non-frozen"):

        @dataclasses.dataclass
        class Looser(Path):  # type: ignore[misc]
            note: str = ""


class KeywordOnlyField:
    x: int
    y: int = dataclasses.field(kw_only=True)


class KeywordOnlyRest:
    x: int
    _: dataclasses.KW_ONLY
    y: int = 0


class NotInInit:
    x: int = dataclasses.field(default=0, init=False)


class HashedButNotCompared:
    x: int = dataclasses.field(compare=False, hash=True)


class ComparedButNotHashed:
    x: int = dataclasses.field(hash=False)


class InitOnly:
    x: dataclasses.InitVar[int]


class Checked:
    x: int

    def __post_init__(self) -> None:
        raise ValueError


class Checks:
    def __post_init__(self) -> None:
        raise ValueError


class CheckedByBase(Checks):
    y: int


class Comparable:  # noqa: PLW1641
    x: int

    def __eq__(self, other: object) -> bool:
        return True


class Settable:
    x: int

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)


class Deletable:
    x: int

    def __delattr__(self, name: str) -> None:
        object.__delattr__(self, name)


@dataclasses.dataclass(frozen=True, kw_only=True)
class KeywordOnlyBase:
    x: int


class KeywordOnlyByBase(KeywordOnlyBase):
    y: int


UNSUPPORTED = {
    KeywordOnlyField: "the keyword-only field 'y'",
    KeywordOnlyRest: "the keyword-only field 'y'",
    KeywordOnlyByBase: "the keyword-only field 'x'",
    NotInInit: "field(init=False) of 'x'",
    HashedButNotCompared: "field(hash=True) of 'x'",
    ComparedButNotHashed: "field(hash=False) of 'x'",
    InitOnly: "the InitVar 'x'",
    Checked: "__post_init__",
    CheckedByBase: "__post_init__",
    Comparable: "__eq__",
    Settable: "__setattr__",
    Deletable: "__delattr__",
}


@pytest.mark.parametrize("body", UNSUPPORTED, ids=lambda body: body.__name__)
def test_unsupported_options_are_rejected(body: type) -> None:
    message = f"^{re.escape(f'{body.__name__}: {UNSUPPORTED[body]} is not supported')}"
    with pytest.raises(TypeError, match=message):
        fast_dataclass.dataclass(frozen=True, slots=True)(body)


DECORATORS = [fast_dataclass.dataclass, dataclasses.dataclass]


@pytest.mark.parametrize("decorator", DECORATORS)
def test_a_field_without_a_default_after_one_with_a_default_is_rejected(
    decorator: Callable[..., Any],
) -> None:
    with pytest.raises(TypeError, match="non-default argument 'y' follows default argument"):

        @decorator(frozen=True, slots=True)
        class Item:
            x: int = 0
            y: int


@pytest.mark.parametrize("decorator", DECORATORS)
def test_class_options_have_an_effect(decorator: Callable[..., Any]) -> None:
    @decorator(frozen=True, slots=True, kw_only=True, weakref_slot=True)
    class Item:
        x: int

    value: Any = Item
    with pytest.raises(TypeError, match="positional"):
        value(1)
    item = value(x=1)
    assert weakref.ref(item)() is item
    with pytest.raises(TypeError, match="colour"):
        decorator(frozen=True, slots=True, colour=True)(Item)


@pytest.mark.parametrize("decorator", DECORATORS)
def test_class_variables_are_not_fields(decorator: Callable[..., Any]) -> None:
    @decorator(frozen=True, slots=True)
    class Item:
        x: int
        kinds: ClassVar[int] = 3

    value: Any = Item
    assert (value(1).kinds, dataclasses.asdict(value(1))) == (3, {"x": 1})
    with pytest.raises(TypeError, match="positional"):
        value(1, 2)
