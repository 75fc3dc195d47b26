"""Frozen: the standard library's `dataclass`, quicker to define.

Takes a class; gives the same dataclass as `dataclasses.dataclass` gives: its fields, order, equality, hash, representation
and errors. The library compiles six functions for each class when it is defined, in Python 3.11 a quarter of all that a
build of one brochure takes. Here five of them are shared, and `__init__` is compiled when the first value is made: most
classes that a program loads make none. What is not asked for in this house goes to the library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, **more: bool
    ) -> Any:
        """As `dataclasses.dataclass`."""
        if not frozen or more.keys() - {"eq"}:
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **more)

        def defined(cls: type) -> type:
            return _defined(cls, slots=slots, eq=more.get("eq", True))

        return defined if cls is None else defined(cls)


def _defined(cls: type, *, slots: bool, eq: bool) -> Any:
    # Of frozen ones only frozen ones can be made; all others are called so when it is done, without what that compiles.
    derived = any(map(dataclasses.is_dataclass, cls.__mro__[1:]))
    bare: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, frozen=derived)
    own = set(cls.__dict__)
    if {"__post_init__", "__eq__"} & own:
        raise TypeError(
            f"{cls.__name__}: values here are made of their fields and compared by them, and nothing else"
        )
    made: Any = bare(cls)
    made.__dataclass_params__.frozen = True
    fields = dataclasses.fields(made)
    given: dict[str, Any] = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    if slots:
        given |= {"__getstate__": _state, "__setstate__": _set_state}
    if eq:
        given |= _equality(_key([field.name for field in fields if field.compare]))
    shown = [field.name for field in fields if field.repr]
    given["__repr__"] = _representation(shown)
    for name, function in given.items():
        if name not in own or name in ("__setattr__", "__delattr__"):
            setattr(made, name, function)
    if "__init__" not in own:
        made.__init__ = _first_init(made)
    return made


# What is shared


def _refuse_to_set(self: object, name: str, value: object) -> None:
    del self, value
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    del self
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    """What is pickled: the library's own way would set the fields one by one, which is refused."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _key(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    """What values are compared by: their fields as a tuple."""
    if not names:
        return lambda _: ()
    get = attrgetter(*names)
    return (lambda value: (get(value),)) if len(names) == 1 else get


def _equality(key: Callable[[Any], tuple[object, ...]]) -> dict[str, Any]:
    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": lambda self: hash(key(self))}


def _representation(names: list[str]) -> Callable[[Any], str]:
    def represented(self: Any) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({said})"

    return represented


# The one that is compiled


def _first_init(cls: Any) -> Callable[..., None]:
    """An `__init__` that puts the true one in its place when it is first called."""

    def init(self: object, *args: object, **named: object) -> None:
        cls.__init__ = _init(cls)
        cls.__init__(self, *args, **named)

    return init


def _init(cls: Any) -> Callable[..., None]:
    parameters, lines = ["self"], []
    names: dict[str, Any] = {"_set": object.__setattr__, "_unsaid": _UNSAID}
    for field in dataclasses.fields(cls):
        name = value = field.name
        if field.default_factory is not dataclasses.MISSING:
            names[f"_make_{name}"] = field.default_factory
            value = f"_make_{name}() if {name} is _unsaid else {name}"
            parameters.append(f"{name}=_unsaid")
        elif field.default is not dataclasses.MISSING:
            names[f"_else_{name}"] = field.default
            parameters.append(f"{name}=_else_{name}")
        else:
            parameters.append(name)
        lines.append(f"    _set(self, {name!r}, {value})\n")
    body = "".join(lines) or "    pass\n"
    exec(
        f"def __init__({', '.join(parameters)}):\n{body}", names
    )  # of names alone, as the library does
    made: Callable[..., None] = names["__init__"]
    return made


_UNSAID = object()
