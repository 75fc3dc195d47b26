"""A faster replacement for `dataclasses.dataclass` for frozen classes.

The result has the same fields, order, equality, hash, representation and errors. The standard
library compiles six functions for each class when it is defined, which in Python 3.11 takes a
quarter of the time of a brochure build. Here five of them are shared, and `__init__` is compiled on
first use: most classes that a program loads are never instantiated. The fields of a class are
collected here too, unless it has a base class that was defined otherwise, and it is made with all
its methods at once: each method that is set later makes Python update the class. As the standard library
does for slots, this makes a new class: `super()` without arguments does not work in it. A docstring is
not added.

Class options other than `frozen`, `slots`, `eq` and `order` are passed to the standard library, which then
defines the class. Everything else that is not supported here raises TypeError when the class is
defined: keyword-only fields, `field(init=False)`, `field(hash=…)`, `InitVar`, `__post_init__`, and
own `__eq__`, `__setattr__` and `__delattr__`.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import (  # type: ignore[attr-defined]  # two have no public name
    _FIELD,
    _FIELD_INITVAR,
    MISSING,
    Field,
    FrozenInstanceError,
)
from functools import lru_cache
from operator import attrgetter, ge, gt, le, lt
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Generic
from weakref import WeakSet

__all__ = ["dataclass", "evaluate_annotation"]

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
        if not frozen or more.keys() - {"eq", "order"}:
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **more)
        eq, order = more.get("eq", True), more.get("order", False)
        if order and not eq:
            raise ValueError("eq must be true if order is true")

        def decorate(cls: type) -> type:
            if order and not _COMPARISONS.keys().isdisjoint(cls.__dict__):
                raise TypeError(f"{cls.__name__} has an order of its own; remove order=True")
            return _define(cls, slots=slots, eq=eq, order=order)

        return decorate if cls is None else decorate(cls)


def _define(cls: type, *, slots: bool, eq: bool, order: bool) -> Any:
    own_fields = _collect_plain_fields(cls)
    if own_fields is None:
        return _define_with_library(cls, slots=slots, eq=eq, order=order)
    inherited: dict[str, Any] = {}
    for base in cls.__mro__[-2:0:-1]:
        inherited |= base.__dict__.get("__dataclass_fields__", {})
    fields = inherited | own_fields
    _check_order_of_defaults(fields.values())
    init, owner = _make_lazy_init()
    methods = {
        **_SHARED,
        **(_PICKLED if slots else {}),
        **_make_methods(fields.values(), eq=eq, order=order),
        "__init__": init,
        "__match_args__": tuple(fields),
        "__dataclass_fields__": fields,
    }
    own = {name: value for name, value in cls.__dict__.items() if name not in fields}
    body = {**methods, **own, "__qualname__": cls.__qualname__}
    if slots:
        body["__slots__"] = tuple(name for name in fields if name not in inherited)
    else:
        body |= {
            name: one.default for name, one in own_fields.items() if one.default is not MISSING
        }
    for name in ("__dict__", "__weakref__"):  # those of the class without these methods
        body.pop(name, None)
    result: Any = type(cls.__name__, cls.__bases__, body)
    owner.append(result)
    _PLAIN.add(result)
    return result


def _collect_plain_fields(cls: type) -> dict[str, Any] | None:
    """Return the fields that a class adds to its base classes; None if anything needs the standard library."""
    own, fields = cls.__dict__, {}
    bases_are_plain = all(one in _PLAIN or one is Generic for one in cls.__mro__[1:-1])
    if type(cls) is not type or not bases_are_plain or not _SPECIAL.isdisjoint(own):
        return None
    for name, annotation in cls.__annotations__.items():
        value = own.get(name, MISSING)
        field: Any = value if isinstance(value, Field) else dataclasses.field(default=value)
        if (
            not isinstance(annotation, str)
            or annotation.partition("[")[0].endswith(_NO_FIELDS)
            or not (field.init and field.hash is None and field.kw_only is MISSING)
            or field.default.__class__.__hash__ is None  # mutable: the library refuses it
        ):
            return None
        fields[name] = field
    if any(isinstance(value, Field) and name not in fields for name, value in own.items()):
        return None
    for name, field in fields.items():
        field.name, field.type, field._field_type = name, cls.__annotations__[name], _FIELD
        field.kw_only = False
    return fields


_PLAIN: WeakSet[type] = WeakSet()
"""Classes that were made here without the standard library."""

_SPECIAL = frozenset(
    {"__post_init__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__slots__"}
)
_NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")


def _define_with_library(cls: type, *, slots: bool, eq: bool, order: bool) -> Any:
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
    fields = dataclasses.fields(result)
    _check_order_of_defaults(fields)
    result.__dataclass_params__.frozen = True
    methods = _FROZEN | (_PICKLED if slots else {}) | _make_methods(fields, eq=eq, order=order)
    for name, function in methods.items():
        if name not in own:
            setattr(result, name, function)
    if "__init__" not in own:
        result.__init__, owner = _make_lazy_init()
        owner.append(result)
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


def _check_order_of_defaults(fields: Iterable[Field[Any]]) -> None:
    """Raise TypeError, as the standard library does, if a field without a default follows one with a default."""
    has_default = False
    for field in fields:
        if field.default is not MISSING or field.default_factory is not MISSING:
            has_default = True
        elif has_default:
            raise TypeError(f"non-default argument {field.name!r} follows default argument")


# Shared methods


def _refuse_to_set(self: object, name: str, value: object) -> None:
    del self, value
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    del self
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _get_state(self: Any) -> list[object]:
    """Return what is pickled; the library's own way sets the fields one by one, which a frozen class refuses."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN: dict[str, Any] = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
_PICKLED: dict[str, Any] = {"__getstate__": _get_state, "__setstate__": _set_state}


def _make_methods(fields: Iterable[Field[Any]], *, eq: bool, order: bool) -> dict[str, Any]:
    repr_names, compared = [], []
    for field in fields:
        if field.repr:
            repr_names.append(field.name)
        if field.compare:
            compared.append(field.name)
    key = _make_key(compared)
    methods = (_make_equality(key) if eq else {}) | (_make_order(key) if order else {})
    methods["__repr__"] = _make_repr(repr_names)
    return methods


def _make_key(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    """Return a function that returns the compared fields of a value as a tuple."""
    if not names:
        return lambda _: ()
    get = attrgetter(*names)
    return (lambda value: (get(value),)) if len(names) == 1 else get


def _make_equality(key: Callable[[Any], tuple[object, ...]]) -> dict[str, Any]:
    def equal(self: object, other: object) -> bool:
        if self is other:
            return True
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": lambda self: hash(key(self))}


def _make_order(key: Callable[[Any], tuple[object, ...]]) -> dict[str, Any]:
    def make_method(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
        def method(self: object, other: object) -> bool:
            is_same = other.__class__ is self.__class__
            return compare(key(self), key(other)) if is_same else NotImplemented

        return method

    return {name: make_method(compare) for name, compare in _COMPARISONS.items()}


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "__lt__": lt,
    "__le__": le,
    "__gt__": gt,
    "__ge__": ge,
}


def _make_repr(names: list[str]) -> Callable[[Any], str]:
    def represent(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({values})"

    return represent


# The compiled method


def _make_lazy_init() -> tuple[Callable[..., None], list[Any]]:
    """Return an `__init__` that compiles and installs the real one when first called, and a list that its class must be added to.

    So it can be made before its class.
    """
    owner: list[Any] = []

    def init(self: object, *args: object, **named: object) -> None:
        cls = owner[0]
        cls.__init__ = _compile_init(cls)
        cls.__init__(self, *args, **named)

    return init, owner


def _compile_init(cls: Any) -> Callable[..., None]:
    fields = dataclasses.fields(cls)
    made = tuple(field.default_factory is not MISSING for field in fields)
    template = _compile_template(made)
    names = {f"p{at}": field.name for at, field in enumerate(fields)}
    code = template.replace(
        co_varnames=("self", *names.values()),
        co_consts=tuple(names.get(one, one) for one in template.co_consts),
    )
    factories = {
        f"_make_{at}": field.default_factory
        for at, field in enumerate(fields)
        if field.default_factory is not MISSING
    }
    scope: dict[str, Any] = {"_set": object.__setattr__, "_unset": _UNSET, **factories}
    defaults = tuple(
        _UNSET if is_made else field.default
        for field, is_made in zip(fields, made, strict=True)
        if is_made or field.default is not MISSING
    )
    return FunctionType(code, scope, "__init__", defaults)


@lru_cache(maxsize=256)
def _compile_template(made: tuple[bool, ...]) -> CodeType:
    """Return the code of an `__init__` with the parameters `p0`, `p1` ...; `made` says which have a default factory.

    Classes with as many fields share it: it takes less time to replace the names than to compile each class's own code.
    """
    values = (
        f"_make_{at}() if p{at} is _unset else p{at}" if is_made else f"p{at}"
        for at, is_made in enumerate(made)
    )
    lines = (f"    _set(self, 'p{at}', {value})\n" for at, value in enumerate(values))
    parameters = ", ".join(["self", *(f"p{at}" for at in range(len(made)))])
    scope: dict[str, Any] = {}
    exec(f"def __init__({parameters}):\n{''.join(lines) or '    pass'}", scope)
    code: CodeType = scope["__init__"].__code__
    return code


_UNSET = object()


# Annotations


def evaluate_annotation(owner: type, name: str) -> Any:
    """Return the type of a field, as `typing.get_type_hints` with extras does.

    That function compiles the annotations of all fields of a class, of which a reader may need one.
    """
    annotation = owner.__annotations__[name]
    if not isinstance(annotation, str):
        return annotation
    # As in the standard library, the code is the program's own.
    return eval(annotation, vars(sys.modules[owner.__module__]))


# What the standard library adds to every class


@dataclasses.dataclass(init=False, repr=False, eq=False, frozen=True, slots=True)
class _Template:
    """A class for what follows; without a docstring, the library would make one of the class's signature."""


_SHARED: dict[str, Any] = {
    name: value
    for name, value in vars(_Template).items()
    if name in ("__dataclass_params__", "__replace__")
} | _FROZEN
