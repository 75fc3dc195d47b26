"""Shared by all tests: a temporary picture cache, and the settings of property-based tests.

Property-based tests try the same examples in each run of `make test`, so that only a change makes them fail; `make soak` tries
other examples each time. Examples have no deadline, because the machine may be busy.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from functools import cache, lru_cache

import pytest
from hypothesis import settings

from brochure import cli
from brochure.project import MemoryProject
from brochure.system import files, plugins

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("random", derandomize=False, deadline=None)
settings.load_profile("repeatable")

CACHE = "BROCHURE_CACHE"

# A process of the program does these once; this process runs hundreds of commands. Test modules, which are imported later,
# get the cached function too.
setattr(files, "own_code", cache(files.own_code))  # noqa: B010  # mypy permits no other function there
setattr(cli, "_command", cache(cli._command))  # noqa: B010
setattr(plugins, "names", cache(plugins.names))  # noqa: B010

_read = MemoryProject.read


@lru_cache(maxsize=32)
def _read_installed(name: str) -> bytes:
    return _read(MemoryProject({}), name)


def _read_once(self: MemoryProject, name: str) -> bytes:
    """Read an installed font once for all projects in memory, of which there are thousands."""
    is_installed = name.startswith("/") and name not in self.files
    return _read_installed(name) if is_installed else _read(self, name)


setattr(MemoryProject, "read", _read_once)  # noqa: B010


def pytest_configure(config: pytest.Config) -> None:
    """Create one folder for the session; the workers of pytest-xdist use that of their controller."""
    if not hasattr(config, "workerinput"):
        os.environ[CACHE] = tempfile.mkdtemp(prefix="brochure-tests-")


def pytest_collection_finish() -> None:
    """Run garbage collections as rarely as the program does; full ones skip the collected tests and all modules."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*cli.SELDOM)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(CACHE), ignore_errors=True)
