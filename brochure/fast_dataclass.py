"""A faster replacement for `dataclasses.dataclass` for frozen classes.

The result has the same fields, order, equality, hash, representation and errors. The standard
library compiles six functions for each class when it is defined, which in Python 3.11 takes a
quarter of the time of a brochure build. Here five of them are shared, and `__init__` is compiled on
first use: most classes that a program loads are never instantiated.

Class options other than `frozen`, `slots` and `eq` are passed to the standard library, which then
defines the class. Everything else that is not supported here raises TypeError when the class is
defined: keyword-only fields, `field(init=False)`, `field(hash=…)`, `InitVar`, `__post_init__`, and
own `__eq__`, `__setattr__` and `__delattr__`.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from dataclasses import _FIELD_INITVAR, MISSING  # type: ignore[attr-defined]  # has no public name
from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "evaluate_annotations"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, **more: bool
    ) -> Any:
        """As `dataclasses.dataclass`.

        Raises:
            TypeError: The class uses something that is not supported; the module's docstring lists it.
        """
        if not frozen or more.keys() - {"eq"}:
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **more)

        def decorate(cls: type) -> type:
            return _define(cls, slots=slots, eq=more.get("eq", True))

        return decorate if cls is None else decorate(cls)


def _define(cls: type, *, slots: bool, eq: bool) -> Any:
    # A subclass of a frozen class must be frozen; other classes are marked frozen below, which
    # avoids compiling more functions.
    derived = any(map(dataclasses.is_dataclass, cls.__mro__[1:]))
    make_bare: Any = dataclasses.dataclass(
        init=False, repr=False, eq=False, slots=slots, frozen=derived
    )
    own = set(cls.__dict__)
    result: Any = make_bare(cls)
    for unsupported in _find_unsupported(result, own):
        raise TypeError(
            f"{cls.__name__}: {unsupported} is not supported; use dataclasses.dataclass"
        )
    _check_order_of_defaults(result)
    result.__dataclass_params__.frozen = True
    fields = dataclasses.fields(result)
    methods: dict[str, Any] = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    if slots:
        methods |= {"__getstate__": _get_state, "__setstate__": _set_state}
    if eq:
        methods |= _make_equality(_make_key([field.name for field in fields if field.compare]))
    repr_names = [field.name for field in fields if field.repr]
    methods["__repr__"] = _make_repr(repr_names)
    for name, function in methods.items():
        if name not in own:
            setattr(result, name, function)
    if "__init__" not in own:
        result.__init__ = _make_lazy_init(result)
    return result


def _find_unsupported(cls: Any, own: set[str]) -> Iterator[str]:
    """Yield what the methods below would ignore, of the class and of the fields that it inherits."""
    for method in ("__eq__", "__setattr__", "__delattr__"):
        if method in own:
            yield method
    if hasattr(cls, "__post_init__"):
        yield "__post_init__"
    for name, field in cls.__dataclass_fields__.items():
        if field._field_type is _FIELD_INITVAR:
            yield f"the InitVar '{name}'"
    for field in dataclasses.fields(cls):
        if field.kw_only:
            yield f"the keyword-only field '{field.name}'"
        if not field.init:
            yield f"field(init=False) of '{field.name}'"
        if field.hash not in (None, field.compare):
            yield f"field(hash={field.hash}) of '{field.name}'"


def _check_order_of_defaults(cls: Any) -> None:
    """Raise TypeError, as the standard library does, if a field without a default follows one with a default."""
    has_default = False
    for field in dataclasses.fields(cls):
        if field.default is not MISSING or field.default_factory is not MISSING:
            has_default = True
        elif has_default:
            raise TypeError(f"non-default argument {field.name!r} follows default argument")


# Shared methods


def _refuse_to_set(self: object, name: str, value: object) -> None:
    del self, value
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    del self
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _get_state(self: Any) -> list[object]:
    """Return what is pickled; the library's own way sets the fields one by one, which a frozen class refuses."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _make_key(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    """Return a function that returns the compared fields of a value as a tuple."""
    if not names:
        return lambda _: ()
    get = attrgetter(*names)
    return (lambda value: (get(value),)) if len(names) == 1 else get


def _make_equality(key: Callable[[Any], tuple[object, ...]]) -> dict[str, Any]:
    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": lambda self: hash(key(self))}


def _make_repr(names: list[str]) -> Callable[[Any], str]:
    def represent(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({values})"

    return represent


# The compiled method


def _make_lazy_init(cls: Any) -> Callable[..., None]:
    """Return an `__init__` that compiles and installs the real one when first called."""

    def init(self: object, *args: object, **named: object) -> None:
        cls.__init__ = _compile_init(cls)
        cls.__init__(self, *args, **named)

    return init


def _compile_init(cls: Any) -> Callable[..., None]:
    parameters, lines = ["self"], []
    names: dict[str, Any] = {"_set": object.__setattr__, "_unset": _UNSET}
    for field in dataclasses.fields(cls):
        name = value = field.name
        if field.default_factory is not MISSING:
            names[f"_make_{name}"] = field.default_factory
            value = f"_make_{name}() if {name} is _unset else {name}"
            parameters.append(f"{name}=_unset")
        elif field.default is not MISSING:
            names[f"_else_{name}"] = field.default
            parameters.append(f"{name}=_else_{name}")
        else:
            parameters.append(name)
        lines.append(f"    _set(self, {name!r}, {value})\n")
    body = "".join(lines) or "    pass\n"
    # As in the standard library, the code contains nothing but field names.
    exec(f"def __init__({', '.join(parameters)}):\n{body}", names)
    result: Callable[..., None] = names["__init__"]
    return result


_UNSET = object()


# Annotations


def evaluate_annotations(cls: type) -> dict[str, Any]:
    """Return the types of the fields, as `typing.get_type_hints` with extras does.

    That function compiles each annotation on its own, which took a third of the time of reading a
    layout. Here those of a class are compiled together.
    """
    types: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        annotations = get_annotations(base)
        if annotations:
            # As in the standard library, the code is the program's own.
            code = f"({','.join(annotations.values())},)"
            values = eval(code, vars(sys.modules[base.__module__]))
            types.update(zip(annotations, values, strict=True))
    return types
