"""One build, its time told apart by stage: `python -m bench.stages PROJECT` prints seconds by stage as JSON.

Takes a project's folder; gives what each stage cost alone, without those that it called. Runs in a process of its own, so
that nothing is warm that a user would find cold. The stages' functions are wrapped where the pipeline calls them; a
name that has moved is an error here.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

STAGES = (
    "import",
    "read",
    "resolve",
    "shape",
    "break",
    "fit",
    "justify",
    "make up",
    "finish",
    "paint",
    "write",
)
"""In the order of the way through the house; `shape` to `justify` are the setting of type."""

WRAPPED = (
    ("brochure.pipeline", "read", "read"),
    ("brochure.pipeline", "resolve", "resolve"),
    ("brochure.pipeline", "make_up", "make up"),
    ("brochure.pipeline", "sheets", "finish"),
    ("brochure.pipeline", "paint", "paint"),
    ("brochure.typeset.paragraph", "itemize", "shape"),
    ("brochure.typeset.paragraph", "shape", "shape"),
    ("brochure.typeset.paragraph", "measured", "shape"),
    ("brochure.typeset.paragraph", "find_breaks", "break"),
    ("brochure.typeset.paragraph", "total_fit", "fit"),
    ("brochure.typeset.paragraph", "set_line", "justify"),
)


class Clock:
    """Time by stage: a stage's clock stands while one that it called is running."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = time.perf_counter()

    def _switch(self) -> None:
        now = time.perf_counter()
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
    pipeline = import_module("brochure.pipeline")
    conditions = import_module("brochure.press.conditions")
    disk = import_module("brochure.project")
    canvas = import_module("reportlab.pdfgen.canvas")
    clock.end()
    for module_name, name, stage in WRAPPED:
        module = import_module(module_name)
        setattr(module, name, clock.timed(getattr(module, name), stage))
    canvas.Canvas.save = clock.timed(canvas.Canvas.save, "write")
    clock.begin("make up")
    built = pipeline.build(disk.DiskProject(project), conditions.CONDITIONS["press"])
    clock.end()
    if not built.pdf:
        raise RuntimeError("\n".join(map(str, built.findings)))
    with tempfile.TemporaryDirectory() as folder:
        clock.timed(disk.write_whole, "write")(Path(folder) / "out.pdf", built.pdf)
    return {**{stage: clock.seconds[stage] for stage in STAGES}, "pages": built.pages}


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
