"""Kinds that live one to a file: `pull-quote` in a layout is `blocks/pull_quote.py`.

Takes a package and a name as a designer writes it; gives the module. There is no register to forget, and a kind that
is not used is not imported. Files whose name begins with an underscore are the package's own and no kind; a name that is a
word of Python's has an underscore behind it (`import_.py`).
"""

from __future__ import annotations

import importlib
import keyword
import pkgutil
from types import ModuleType


def names(package: ModuleType, *, packages: bool = False) -> list[str]:
    """Every kind in `package`, as a designer writes it, in alphabetical order; with `packages`, folders count as well."""
    modules = pkgutil.iter_modules(package.__path__)
    found = (module.name for module in modules if packages or not module.ispkg)
    return sorted(name.rstrip("_").replace("_", "-") for name in found if not name.startswith("_"))


def kind(package: ModuleType, name: str) -> ModuleType:
    """The file that makes `name`; imported only now, so that an unused kind costs nothing."""
    file = name.replace("-", "_") + ("_" if keyword.iskeyword(name) else "")
    return importlib.import_module(f"{package.__name__}.{file}")
