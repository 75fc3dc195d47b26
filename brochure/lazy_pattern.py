"""Regular expressions that are compiled when they are first used.

Compiling the patterns of all modules takes longer than any other part of importing them, and a build uses few of them. A pattern
with a long range, such as all Chinese characters, takes as long as a hundred others: `re` visits every character.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, AnyStr, cast

__all__ = ["LazyPattern", "compile_lazily", "import_with_lazy_patterns"]


def compile_lazily(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but compile the pattern at the first use of its methods or attributes.

    The result is for calls of its methods; functions of `re` do not accept it. A pattern that is wrong raises `re.error` at
    the first use: tests/security/test_regular_expressions.py compiles all.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))


_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class LazyPattern:
    """What `compile_lazily` returns: an object with the attributes of the pattern, not an instance of `re.Pattern`."""

    def __init__(self, source: Any, flags: int) -> None:
        self._source, self._flags = source, flags

    def compile(self) -> re.Pattern[Any]:
        """Return the compiled pattern; from now on, its methods are called directly."""
        compiled: re.Pattern[Any] = re.compile(self._source, self._flags)
        # Attributes of the instance are found before `__getattr__` is called.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return compiled

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.compile(), name)

    def __reduce__(self) -> Any:
        return compile_lazily, (self._source, self._flags)

    def __repr__(self) -> str:
        return f"compile_lazily({self._source!r}, {self._flags})"


@contextmanager
def import_with_lazy_patterns(library: str) -> Iterator[None]:
    """Give a library lazy patterns while it is imported; it must call only methods of its patterns.

    Modules of other packages, which it may import, and other threads get compiled patterns as always.
    """
    compile_now = re.compile

    def compile_pattern(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        caller = str(sys._getframe(1).f_globals.get("__name__"))
        is_library = caller.partition(".")[0] == library
        return compile_lazily(pattern, flags) if is_library else compile_now(pattern, flags)

    setattr(re, "compile", compile_pattern)  # noqa: B010  # mypy refuses an assignment
    try:
        yield
    finally:
        setattr(re, "compile", compile_now)  # noqa: B010
