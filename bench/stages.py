"""One build, its time told apart by stage: `python -m bench.stages PROJECT` prints seconds by stage as JSON.

Takes a project's folder; gives what each stage cost alone, without those that it called, in processor seconds, since others
may be at work on the machine. Runs in a process of its own, so that nothing is warm that a user would find cold. The
stages' functions are wrapped wherever a module has them; a name that has moved is an error here.
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

from bench.processes import printed

STAGES = (
    "import",
    "read",
    "resolve",
    "shape",
    "break",
    "fit",
    "justify",
    "set, else",
    "make up",
    "finish",
    "paint",
    "write",
)
"""In the order of the way through the house."""

SETTING = ("shape", "break", "fit", "justify", "set, else")
"""Those that are the setting of type."""

WRAPPED = (
    ("brochure.api", "read", "read"),
    ("brochure.api", "resolve", "resolve"),
    ("brochure.api", "compose_pages", "make up"),
    ("brochure.api", "prepare_for_press", "finish"),
    ("brochure.imposition.finishing", "finish", "finish"),
    ("brochure.pdf.document", "render_parts", "paint"),
    ("brochure.typeset.paragraph", "prepare", "set, else"),
    ("brochure.typeset.paragraph", "compose", "set, else"),
    ("brochure.typeset.itemize", "itemize", "shape"),
    ("brochure.typeset.shape", "shape", "shape"),
    ("brochure.typeset.line_breaks", "find_breaks", "break"),
    ("brochure.typeset.compose", "total_fit", "fit"),
    ("brochure.typeset.justify", "set_line", "justify"),
)


class Clock:
    """Time by stage: a stage's clock stands while one that it called is running."""

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
        """The stage begins; the one that runs is held."""
        self._switch()
        self._running.append(stage)

    def end(self) -> None:
        """The stage ends; the one that was held goes on."""
        self._switch()
        self._running.pop()

    def timed(self, work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The same function, its time counted."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.begin(stage)
            try:
                return work(*args, **kwargs)
            finally:
                self.end()

        return wrapped


def measured(project: Path) -> dict[str, float]:
    """Seconds by stage, and under `pages` how many there were."""
    clock = Clock()
    clock.begin("import")
    gc.set_threshold(*import_module("brochure.cli").SELDOM)  # as the command does
    pipeline = import_module("brochure.api")
    conditions = import_module("brochure.prepress.output_conditions")
    disk = import_module("brochure.project")
    results = import_module("brochure.system.output_files")
    engine = import_module("brochure.pdf.engine")
    wrapped = [
        (getattr(import_module(module), name), name, stage) for module, name, stage in WRAPPED
    ]
    clock.end()
    for work, name, stage in wrapped:
        _wrap(work, name, clock, stage)
    engine.Canvas.finish = clock.timed(engine.Canvas.finish, "write")
    clock.begin("make up")
    built = pipeline.build(disk.DiskProject(project), conditions.CONDITIONS["press"])
    clock.end()
    if not built.parts:
        raise RuntimeError("\n".join(map(str, built.findings)))
    with tempfile.TemporaryDirectory() as folder:
        clock.timed(results.write_atomically, "write")(Path(folder) / "out.pdf", built.parts)
    return {**{stage: clock.seconds[stage] for stage in STAGES}, "pages": built.pages}


def best_of(project: Path, runs: int) -> dict[str, float]:
    """Seconds by stage, each the best of several processes."""
    command: list[str | Path] = [sys.executable, "-m", "bench.stages", project]
    found: list[dict[str, float]] = [json.loads(printed(command)) for _ in range(runs)]
    return {name: min(one[name] for one in found) for name in found[0]}


def _wrap(work: Callable[..., Any], name: str, clock: Clock, stage: str) -> None:
    """Puts the timed function wherever one of our modules has the plain one."""
    timed = clock.timed(work, stage)
    for module in list(sys.modules.values()):
        if module.__name__.startswith("brochure.") and getattr(module, name, None) is work:
            setattr(module, name, timed)


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
