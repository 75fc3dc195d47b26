"""The processor time of one build by stage: `python -m bench.stages PROJECT` prints seconds by stage as JSON.

The time of a stage does not include the stages that it calls. Processor time depends less than elapsed time on other processes.
The build runs in a new process, so that in-memory caches are empty, as in a user's build. The functions of the stages are
replaced in every module that imports them; a missing function is an error.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.processes import capture_output

STAGES = (
    "import",
    "read",
    "resolve",
    "shape",
    "break",
    "fit",
    "justify",
    "other setting",
    "lay out",
    "finish",
    "render",
    "write",
)
"""Stages in the order of docs/architecture.md, setting in five parts."""

SETTING = ("shape", "break", "fit", "justify", "other setting")
"""The stages that together set type."""

TIMED_FUNCTIONS = (
    ("brochure.api", "read", "read"),
    ("brochure.api", "resolve", "resolve"),
    ("brochure.api", "compose_pages", "lay out"),
    ("brochure.api", "prepare_for_press", "finish"),
    ("brochure.imposition.finishing", "finish", "finish"),
    ("brochure.pdf.document", "render_parts", "render"),
    ("brochure.typeset.paragraph", "prepare", "other setting"),
    ("brochure.typeset.paragraph", "compose", "other setting"),
    ("brochure.typeset.itemize", "itemize", "shape"),
    ("brochure.typeset.shape", "shape", "shape"),
    ("brochure.typeset.line_breaks", "find_breaks", "break"),
    ("brochure.typeset.compose", "total_fit", "fit"),
    ("brochure.typeset.justify", "set_line", "justify"),
)
"""Module, function, and the stage that its time is counted for."""


class Clock:
    """Seconds of processor time by stage; the time of a stage stops while a stage that it calls is running."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = time.process_time()

    def _switch(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def begin(self, stage: str) -> None:
        """Start a stage; pause the running one."""
        self._switch()
        self._running.append(stage)

    def end(self) -> None:
        """End the running stage; resume the paused one."""
        self._switch()
        self._running.pop()

    def wrap(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """Return a function that calls the given one and counts its time for the stage."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.begin(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self.end()

        return wrapped


def measure_stages(project: Path) -> dict[str, float]:
    """Build a project; return the seconds of processor time by stage, and the number of pages as `pages`."""
    clock = Clock()
    clock.begin("import")
    gc.set_threshold(*import_module("brochure.cli").SELDOM)  # like the command
    pipeline = import_module("brochure.api")
    conditions = import_module("brochure.prepress.output_conditions")
    projects = import_module("brochure.project")
    output_files = import_module("brochure.system.output_files")
    engine = import_module("brochure.pdf.engine")
    timed = [
        (getattr(import_module(module), name), name, stage)
        for module, name, stage in TIMED_FUNCTIONS
    ]
    clock.end()
    for function, name, stage in timed:
        _wrap_everywhere(function, name, clock, stage)
    engine.Canvas.finish = clock.wrap(engine.Canvas.finish, "write")
    clock.begin("lay out")
    built = pipeline.build(projects.DiskProject(project), conditions.CONDITIONS["press"])
    clock.end()
    if not built.parts:
        raise RuntimeError("\n".join(map(str, built.findings)))
    with tempfile.TemporaryDirectory() as folder:
        clock.wrap(output_files.write_atomically, "write")(Path(folder) / "out.pdf", built.parts)
    return {**{stage: clock.seconds[stage] for stage in STAGES}, "pages": built.pages}


def measure_best(project: Path, runs: int) -> dict[str, float]:
    """Return the seconds of processor time by stage, each the least of several processes."""
    command: list[str | Path] = [sys.executable, "-m", "bench.stages", project]
    results: list[dict[str, float]] = [json.loads(capture_output(command)) for _ in range(runs)]
    return {name: min(one[name] for one in results) for name in results[0]}


def _wrap_everywhere(function: Callable[..., Any], name: str, clock: Clock, stage: str) -> None:
    """Replace the function by one that is timed, in every module of the program that has it."""
    wrapped = clock.wrap(function, stage)
    for module in list(sys.modules.values()):
        if module.__name__.startswith("brochure.") and getattr(module, name, None) is function:
            setattr(module, name, wrapped)


if __name__ == "__main__":
    print(json.dumps(measure_stages(Path(sys.argv[1]))))
