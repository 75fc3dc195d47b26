"""Brochure: a layout in YAML, copy and pictures in; a press-ready, localized brochure out.

The public face: `build` makes the PDF of one edition, `lay_out` stops at the placed pages, `BrochureError` is the root of
all that is raised. Everything else may change without notice.
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["BrochureError", "Built", "Finding", "__version__", "build", "lay_out"]

from typing import Any


def __getattr__(name: str) -> Any:
    """Loads the public names when they are asked for: `import brochure.findings` must not load the painter."""
    if name in ("build", "lay_out", "Built"):
        from brochure import api

        return getattr(api, name)
    if name == "BrochureError":
        from brochure.errors import BrochureError

        return BrochureError
    if name == "Finding":
        from brochure.findings import Finding

        return Finding
    raise AttributeError(f"module 'brochure' has no attribute '{name}'")
