"""Building the package: the shipped layouts and their assets go into the wheel as `brochure/_shipped`.

Everything else about the package stands in pyproject.toml. No copy of the layouts is kept in the repository: what is built
takes them from where designers edit them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
SHIPPED = ("layouts", "assets")
NOT_SHIPPED = shutil.ignore_patterns("*.py", "__pycache__", "draw", ".*", "out")
"""The scripts that draw the pictures, and whatever a build has left behind."""


class BuildWithLayouts(build_py):
    """The package's own files, and the layouts beside them."""

    def run(self) -> None:
        """Builds as ever, then copies; an editable installation finds the layouts in the checkout."""
        super().run()
        if self.editable_mode:
            return
        for name in SHIPPED:
            target = Path(self.build_lib) / "brochure" / "_shipped" / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(HERE / name, target, ignore=NOT_SHIPPED)


setup(cmdclass={"build_py": BuildWithLayouts})
