"""Keep results of editions between runs: each with the inputs that it was made from, in the project's cache.

A result is used again if every file that was read for it is unchanged (`inputs.py`). The versions of this program and of all
installed packages are part of its key.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from brochure.fast_dataclass import dataclass
from brochure.inputs import CurrentInputs, InputRecorder, Inputs, RecordedProject
from brochure.project import Project
from brochure.system.cache import Kind, installed_packages

Value = TypeVar("Value")

MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What reading an entry raises if it is not one of this program's."""


@dataclass(frozen=True, slots=True)
class ResultKind(Generic[Value]):
    """A kind of result: its name, the version of the code that makes it, and its form in JSON."""

    name: str
    version: int
    encode: Callable[[Value], Any]
    decode: Callable[[Any], Value]

    def key(self, identity: object) -> str:
        """Return the key of a result; `identity` is everything that it depends on besides inputs and code."""
        kind: Kind[Any] = Kind(self.name, self.version, bytes, bytes)
        return kind.key(repr((identity, installed_packages())))


class ResultCache:
    """The results of one project. What the project contains is looked at once for each file.

    Args:
        project: The project.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.recorder = InputRecorder(project)
        self._current = CurrentInputs(project)

    def find(self, kind: ResultKind[Value], identity: object) -> Value | None:
        """Return a result whose inputs are unchanged, or None."""
        data = self.project.cache.get(kind.key(identity))
        if data is None:
            return None
        try:
            inputs, value = json.loads(bytes(data))
            return kind.decode(value) if self._current.are(inputs) else None
        except MALFORMED:
            return None

    def store(
        self, kind: ResultKind[Value], identity: object, inputs: Inputs, value: Value
    ) -> None:
        """Store a result that was made from inputs."""
        entry = json.dumps((dict(inputs), kind.encode(value)), separators=(",", ":"))
        self.project.cache.put(kind.key(identity), entry.encode("utf-8", "surrogatepass"))

    def record(self) -> RecordedProject:
        """Return the project to make a result from."""
        return self.recorder.start(None)

    def collect(self, recorded: RecordedProject) -> Inputs:
        """Return the inputs of a result that was made."""
        return self.recorder.collect(recorded)
