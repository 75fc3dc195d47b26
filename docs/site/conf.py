"""Settings of Sphinx for the documentation: `make site` reads the Markdown of the repository as it is.

The pages load no fonts, scripts or pictures from elsewhere, and the search needs no server.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1]))

from docs.site.navigation import HOME, write_contents  # noqa: E402

project = "brochure"
author = "The authors of brochure"
extensions = ["myst_parser"]
root_doc = HOME
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/*.md",
    "docs/reference/*.md",
    "assets/profiles/README.md",
    "assets/profiles/data/README.md",
]
nitpicky = True
myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure", "myst.header"]
"""Commands of consoles and pieces of files are not complete programs; reference pages have headings that skip a level."""

html_theme = "furo"
html_title = "brochure"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#a8420f",
        "color-brand-content": "#a8420f",
        "color-sidebar-link-text--top-level": "#3d4248",
    },
    "dark_css_variables": {
        "color-brand-primary": "#ff9a66",
        "color-brand-content": "#ff9a66",
        "color-sidebar-link-text--top-level": "#b9bdc3",
    },
    "top_of_page_buttons": [],
}


def setup(app: Any) -> None:
    """Add the navigation to the first page, and write the first page as index.html as well."""
    app.connect("source-read", _add_contents)
    app.connect("build-finished", _write_index)


def _add_contents(_app: Any, page: str, source: list[str]) -> None:
    if page == HOME:
        source[0] += "\n\n" + write_contents() + "\n"


def _write_index(app: Any, error: Exception | None) -> None:
    if error is None:
        shutil.copyfile(Path(app.outdir) / f"{HOME}.html", Path(app.outdir) / "index.html")
