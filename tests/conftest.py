"""Shared by all tests: a temporary picture cache, and the settings of property-based tests.

Property-based tests try the same examples in each run of `make test`, so that only a change makes them fail; `make soak` tries
other examples each time. Examples have no deadline, because the machine may be busy.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("random", derandomize=False, deadline=None)
settings.load_profile("repeatable")

CACHE = "BROCHURE_CACHE"


def pytest_configure(config: pytest.Config) -> None:
    """Create one folder for the session; the workers of pytest-xdist use that of their controller."""
    if not hasattr(config, "workerinput"):
        os.environ[CACHE] = tempfile.mkdtemp(prefix="brochure-tests-")


def pytest_collection_finish() -> None:
    """Full garbage collections then skip the collected tests and all modules, none of which is ever freed."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(CACHE), ignore_errors=True)
