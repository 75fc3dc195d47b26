"""What all tests share: a picture cache of their own, so that no test sees what an older program kept."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

CACHE = "BROCHURE_CACHE"


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the session; the workers of pytest-xdist take over their controller's."""
    if not hasattr(config, "workerinput"):
        os.environ[CACHE] = tempfile.mkdtemp(prefix="brochure-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Takes the folder away."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(CACHE), ignore_errors=True)
