"""Plugins by file name: `pull-quote` in a layout is the module `blocks/pull_quote.py`.

A plugin is imported when it is first used. Modules whose names begin with an underscore are not plugins; a name that is a
Python keyword has an underscore appended (`import_.py`).
"""

from __future__ import annotations

import importlib
import keyword
import pkgutil
from types import ModuleType


def names(package: ModuleType, *, packages: bool = False) -> list[str]:
    """Return the names of all plugins in `package`, sorted; with `packages`, subpackages count as well."""
    modules = pkgutil.iter_modules(package.__path__)
    found = (module.name for module in modules if packages or not module.ispkg)
    return sorted(name.rstrip("_").replace("_", "-") for name in found if not name.startswith("_"))


def kind(package: ModuleType, name: str) -> ModuleType:
    """Import and return the module of a plugin."""
    file = name.replace("-", "_") + ("_" if keyword.iskeyword(name) else "")
    return importlib.import_module(f"{package.__name__}.{file}")
