"""Modules that libraries import and a command hardly ever needs: they are loaded when an attribute of them is first used.

Importing this module has that effect, so it is the first import of the command line. As `importlib.util.LazyLoader`, but safe for
threads: that of Python 3.11 shows other threads a module that is half loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any, cast

DEFERRED = frozenset(
    {
        "subprocess",  # Typer: opening files with other programs, and completion
        "textwrap",  # traceback
        "tokenize",  # linecache, inspect: source code in tracebacks
        "PIL.ExifTags",  # Pillow: its enumerations have 500 members
        "PIL.TiffTags",
    }
)

_LOADING = RLock()


class _DeferredModule(ModuleType):
    """A module without its content."""

    def __getattr__(self, name: str) -> Any:
        """Load the module if it is not loaded; called only for an attribute that it does not have yet."""
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)  # what the import system asks any module for
        with _LOADING:
            loader = self.__dict__.pop("_deferred_loader", None)
            if loader:
                try:
                    loader.exec_module(self)
                except BaseException:  # such as MemoryError: the next use tries again
                    self.__dict__["_deferred_loader"] = loader
                    raise
        try:
            return self.__dict__[name]
        except KeyError:
            message = f"module {self.__name__!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=self) from None


class _DeferringLoader:  # no subclass of `importlib.abc.Loader`, which imports `importlib.resources`
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _DeferredModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["_deferred_loader"] = self._loader


class _DeferringFinder:
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in DEFERRED:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.loader:
            spec.loader = cast("Any", _DeferringLoader(spec.loader))
        return spec


sys.meta_path.insert(0, _DeferringFinder())
