"""One message changed, and built again in the same process: `python -m bench.peers.rebuild PROGRAM FOLDER OUT EDITS`.

Prints, as one JSON document, the seconds of the first build (what the program imports left out) and those of each build
after an edit on disk. A program that keeps its words elsewhere than `matter` has a function `edited` that brings them there.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

from bench.peers.matter import EDITED, Matter, edited, words_of, write_edition


def main(program: str, folder: Path, out: Path, edits: int) -> None:
    """Builds, edits, builds."""
    module = import_module(f"bench.peers.{program}")
    words = Matter(folder).edition(EDITED, 1)
    build = module.opened(folder)
    seconds: list[float] = []
    for at in range(edits + 1):
        write_edition(words, edited(words_of("offices", 1), at))
        if hasattr(module, "edited"):
            module.edited(folder, words)
        began = time.perf_counter()
        build(words, out / f"{program}.pdf")
        seconds.append(time.perf_counter() - began)
    print(json.dumps({"first": seconds[0], "again": seconds[1:]}))


if __name__ == "__main__":
    name, matter, into, times = sys.argv[1:]
    main(name, Path(matter), Path(into), int(times))
