"""`python -m brochure`, and the console script: the command line."""

from __future__ import annotations

import sys

NO_MEMORY = "memory ran out while starting (close other programs, or raise the limit (ulimit -v))"
NO_RESOURCES = 71
"""As in `brochure.errors`, which may not be loaded."""


def main() -> None:
    """Run a command; print errors as messages, never as tracebacks, and exit with a status."""
    try:
        # Imported here: the system may not have the memory for it, some 20 MB.
        from brochure.cli import main as run_command
    except (MemoryError, SystemError, OSError, ImportError) as failure:
        message = _explain(failure)
        if not message:
            raise
        sys.stderr.write(f"brochure: {message}\n")
        raise SystemExit(NO_RESOURCES) from None
    run_command()


def _explain(failure: Exception) -> str:
    """Return the message if the system lacked a resource; an empty string for another failure."""
    try:
        # Imported here: it may be what could not be loaded.
        from brochure.system.exhaustion import explain_exhaustion

        return str(explain_exhaustion(failure) or "")
    except (MemoryError, SystemError, OSError, ImportError):
        return NO_MEMORY


if __name__ == "__main__":
    main()
