"""Graceful shutdown on SIGINT, SIGTERM and SIGHUP.

Loops check `signal_received`; code under `may_interrupt` is interrupted at once. Everything else, such as writing a file,
is completed first.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

HANGUP: tuple[signal.Signals, ...] = (signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()
"""SIGHUP, which systems send when a terminal is closed; Windows does not have it."""

ENDING = (signal.SIGINT, signal.SIGTERM, *HANGUP)


class SignalInterrupt(KeyboardInterrupt):
    """Raised to interrupt work at a signal.

    A class of its own, since CPython ends a process by SIGINT at its exit if `KeyboardInterrupt` itself was ever raised through
    `exec` of a string, as in definitions of named tuples, even if it was handled.
    """


class Shutdown:
    """Context manager that handles the signals. Those that are ignored (`nohup`) or not handled by Python are left alone."""

    def __init__(self, signals: tuple[signal.Signals, ...] = ENDING) -> None:
        self.signal_received = 0
        self.on_signal: Callable[[], None] = lambda: None
        self._signals = signals
        self._previous_handlers: dict[signal.Signals, Any] = {}
        self._interruptible = False

    @property
    def exit_status(self) -> int:
        """The exit status of a program that a signal has ended: 130 for SIGINT, 143 for SIGTERM, 129 for SIGHUP."""
        return 128 + self.signal_received

    def __enter__(self) -> Shutdown:
        if (
            threading.current_thread() is threading.main_thread()
        ):  # Python delivers signals to no other thread
            for one in self._signals:
                # A handler that is not Python's (None) cannot be restored: it is left in place.
                if signal.getsignal(one) not in (signal.SIG_IGN, None):
                    self._previous_handlers[one] = signal.signal(one, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        for one, handler in self._previous_handlers.items():
            signal.signal(one, handler)

    def _handle(self, number: int, _: FrameType | None) -> None:
        self.signal_received = number
        if self._interruptible:
            self._interruptible = False  # once: a second signal does not interrupt the cleanup
            raise SignalInterrupt
        self.on_signal()

    @contextmanager
    def may_interrupt(self) -> Iterator[None]:
        """Let a signal raise `KeyboardInterrupt` inside this block, or at its start if one has been received."""
        self._interruptible = True
        try:
            if self.signal_received:
                raise SignalInterrupt
            yield
            if self.signal_received:  # it arrived where Python drops exceptions, e.g. in a callback of the garbage collector
                raise SignalInterrupt
        finally:
            self._interruptible = False


@contextmanager
def defer_signals() -> Iterator[None]:
    """Defer signals inside this block, on systems that support it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def allow_signals() -> None:
    """Unblock the signals that the parent process deferred when it started this one."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def ignore_terminal() -> None:
    """Ignore the signals that a terminal sends to every process; a worker waits for its parent's message."""
    for one in (signal.SIGINT, *HANGUP):
        signal.signal(one, signal.SIG_IGN)
