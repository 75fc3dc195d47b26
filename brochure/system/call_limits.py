"""Calls with limits, as values; `limited_calls` makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Limits of a call: processor time in seconds, and memory in bytes."""

    seconds: int
    memory: int


@dataclass(frozen=True, slots=True)
class LimitedCall:
    """A call of a function of a module with limits."""

    limits: CallLimits
    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)
