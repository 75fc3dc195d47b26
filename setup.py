"""Build the package with the layouts and their assets, which are installed as `brochure/_shipped`.

All other settings are in pyproject.toml. The layouts are copied at build time, so that the repository has them once.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
SHIPPED = ("layouts", "assets")
NOT_SHIPPED = shutil.ignore_patterns("*.py", "__pycache__", "draw", ".*", "out")
"""Scripts that draw the pictures, and files that builds write."""


class BuildWithLayouts(build_py):
    """Build the package's own files, and copy the layouts."""

    def run(self) -> None:
        """Build and copy; an editable installation uses the layouts of the checkout."""
        super().run()
        if self.editable_mode:
            return
        for name in SHIPPED:
            target = Path(self.build_lib) / "brochure" / "_shipped" / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(HERE / name, target, ignore=NOT_SHIPPED)


setup(cmdclass={"build_py": BuildWithLayouts})
