"""Exceptions, and the exit status that each leads to.

    BrochureError              2   the command cannot go on; the message says why and how to fix it
    ├── InputError             2   the layout, the copy or an asset is invalid; carries the findings
    ├── UsageError            64   the command line is invalid or names something that does not exist
    ├── SystemResourceError   71   the system has no more memory, open files or processes
    └── OutputError           73   the result could not be written; an existing file is left unchanged

Problems that need not stop a command at once are collected as `Finding`s and reported together. A command that completes but
finds errors in the brochure exits with status 1 and raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from brochure.findings import Finding, count_repeated, in_order


class ExitCode(IntEnum):
    """Exit statuses of the command. From 64 on they are those of BSD's sysexits.h, from 129 on 128 and the signal's number."""

    OK = 0
    FINDINGS = 1
    """The brochure or the checked file has errors; nothing was built, or the check found them."""
    INVALID_INPUT = 2
    """The layout, the copy, a table, an asset or a file of another program cannot be used."""
    USAGE = 64
    """The command line is wrong: an unknown option, choice, language, office or folder."""
    INTERNAL_ERROR = 70
    """A bug in brochure."""
    NO_RESOURCES = 71
    """Memory, open files or processes ran out; the message says what needed them. An earlier file is untouched."""
    CANNOT_WRITE = 73
    """The result could not be written; an earlier file is untouched."""
    HUNG_UP = 129
    """Ended by SIGHUP: its terminal was closed."""
    INTERRUPTED = 130
    """Ended by Ctrl-C (SIGINT)."""
    BROKEN_PIPE = 141
    """The program that read the output has ended, as with SIGPIPE."""
    TERMINATED = 143
    """Ended by SIGTERM."""


class ImageError(ValueError):
    """An image file that cannot be used; the message says why. Callers turn it into a finding."""


class BrochureError(Exception):
    """Root of all exceptions that the package raises on purpose."""

    exit_status = ExitCode.INVALID_INPUT


class InputError(BrochureError):
    """Raised if an input file is invalid; `findings` holds every problem, sorted by location, and counts what is repeated."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = count_repeated(in_order(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Finding, ...]]]:
        """Return how to create the exception again in another process."""
        return InputError, (self.findings,)


class UsageError(BrochureError):
    """Raised if the command line is invalid or names something that does not exist."""

    exit_status = ExitCode.USAGE


class OutputError(BrochureError):
    """Raised if the result cannot be written; an existing file is left unchanged."""

    exit_status = ExitCode.CANNOT_WRITE


class SystemResourceError(BrochureError):
    """Raised if the system has no more memory, open files or processes; the message says what needed them."""

    exit_status = ExitCode.NO_RESOURCES
