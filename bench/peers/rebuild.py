"""Build and rebuild in one process after edits: `python -m bench.peers.rebuild PROGRAM FOLDER OUT EDITS`.

Prints a JSON object: `first`, the seconds of the first build without imports, and `rebuilds`, the seconds of each build after an
edit on disk. If a program does not read the edition's file itself, its module has a function `update_project` that copies the
edit; that time is not counted. Nor is that of the function that `build` may return, which is called when the PDF can be read.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

from bench.peers.source_files import (
    EDITED,
    SourceFiles,
    edit_message,
    make_messages,
    write_edition,
)


def main(program: str, folder: Path, out: Path, edits: int) -> None:
    """Build once, then edit and build again."""
    module = import_module(f"bench.peers.{program}")
    edition = SourceFiles(folder).get_edition_path(EDITED, 1)
    build = module.make_builder(folder)
    seconds: list[float] = []
    for number in range(edits + 1):
        write_edition(edition, edit_message(make_messages("offices", 1), number))
        if hasattr(module, "update_project"):
            module.update_project(folder, edition)
        start = time.perf_counter()
        finish = build(edition, out / f"{program}.pdf")
        seconds.append(time.perf_counter() - start)
        if finish is not None:
            finish()
    print(json.dumps({"first": seconds[0], "rebuilds": seconds[1:]}))


if __name__ == "__main__":
    program, folder, out, edits = sys.argv[1:]
    main(program, Path(folder), Path(out), int(edits))
