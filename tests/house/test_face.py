"""The public names: what `import brochure` provides, without importing anything else until it is used."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import brochure
from brochure import api, errors, findings


def test_the_list_is_guarded() -> None:
    """Public names are kept for years: add them deliberately."""
    assert brochure.__all__ == [
        "BrochureError",
        "Built",
        "Finding",
        "__version__",
        "build",
        "lay_out",
    ]


def test_every_name_is_there_and_is_the_real_one() -> None:
    assert brochure.build is api.build
    assert brochure.lay_out is api.lay_out
    assert brochure.Built is api.Built
    assert brochure.BrochureError is errors.BrochureError
    assert brochure.Finding is findings.Finding


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'brochure' has no attribute 'nonsense'"):
        brochure.nonsense  # noqa: B018  # asking is the test


def test_the_version_is_that_of_the_package() -> None:
    assert brochure.__version__ == version("brochure")


def test_import_brochure_loads_nothing_else() -> None:
    code = "import sys, brochure; print([name for name in sys.modules if name.startswith('brochure.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout == b"[]\n"
