"""docs/dependencies.md names every dependency in pyproject.toml."""

from __future__ import annotations

import re
import tomllib

from tests.docs.prose import ROOT


def test_every_dependency_is_on_the_page() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(one for extra in extras for one in extra)]
    names = {re.split(r"[^\w-]", one, maxsplit=1)[0] for one in asked}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = set(re.findall(r"[a-z][a-z0-9-]+", page))
    assert names - told == set()
