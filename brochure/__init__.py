"""Brochure: a layout in YAML, copy and pictures in; a press-ready, localized brochure out.

Example:
    import brochure

    built = brochure.build("layouts/proven-model", brochure.Target.PRESS)
    print(built.name, built.pages, *built.findings)

The names below are the public interface (docs/api.md). They are loaded when they are first used, so that `import brochure`
takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from brochure.public import (
        BrochureError,
        Built,
        DiskProject,
        Edition,
        ExitCode,
        Finding,
        InputError,
        LaidOut,
        MemoryProject,
        OutputError,
        Project,
        Severity,
        Target,
        UsageError,
        build,
        check,
        lay_out,
    )

__all__ = [
    "BrochureError",
    "Built",
    "DiskProject",
    "Edition",
    "ExitCode",
    "Finding",
    "InputError",
    "LaidOut",
    "MemoryProject",
    "OutputError",
    "Project",
    "Severity",
    "Target",
    "UsageError",
    "__version__",
    "build",
    "check",
    "lay_out",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load a public name."""
        if name not in __all__:
            raise AttributeError(f"module 'brochure' has no attribute {name!r}")
        from brochure import public

        return getattr(public, name)
