"""Signals before and after the work of a command; code that builds has its own handler (`batch.shutdown`)."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any, NoReturn

RAISED_AGAIN = 0.01
"""Seconds after which a signal is raised again if Python dropped the exception of its handler."""


class SignalExit(SystemExit):
    """Raised by the handler; the status is 128 plus the number of the signal."""


def handle_signals() -> None:
    """End the program in an orderly way at SIGTERM and SIGHUP, so that temporary files are removed.

    An exception that a handler raises while Python runs a callback of the garbage collector, of a weak reference or of the
    import system is printed and dropped. Here it is not printed, and its signal is raised again.
    """
    for one in (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")):
        if one is not None and signal.getsignal(one) is signal.SIG_DFL:
            signal.signal(one, _end)
    sys.unraisablehook = _raise_again


def _end(number: int, _: object) -> NoReturn:
    raise SignalExit(128 + number)


def _raise_again(dropped: Any) -> None:
    """Raise the signal of a dropped exception again later; let Python print all other dropped exceptions."""
    raised = dropped.exc_value
    if isinstance(raised, SignalExit):
        _raise_later(int(str(raised.code)) - 128)
    elif type(raised) is KeyboardInterrupt:
        _raise_later(signal.SIGINT)
    elif not isinstance(
        raised, KeyboardInterrupt
    ):  # `batch.shutdown` looks again at the end of its block
        sys.__unraisablehook__(dropped)


def _raise_later(number: int) -> None:
    """Raise a signal again outside of the callback that dropped its exception."""
    again = threading.Timer(RAISED_AGAIN, os.kill, [os.getpid(), number])
    again.daemon = True
    again.start()
