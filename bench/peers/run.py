"""A process of one program: `python -m bench.peers.run PROGRAM FOLDER KIND FIRST LAST OUT` builds those editions into OUT.

What a program can keep from edition to edition it keeps. Nothing else is loaded here, so that the process is the program's own.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(program: str, folder: Path, kind: str, editions: range, out: Path) -> None:
    """Builds the editions, one after the other."""
    build = import_module(f"bench.peers.{program}").opened(folder)
    for at in editions:
        build(folder / kind / f"{at:02}.json", out / f"{program}-{kind}-{at:02}.pdf")


if __name__ == "__main__":
    name, matter, of, first, last, into = sys.argv[1:]
    main(name, Path(matter), of, range(int(first), int(last) + 1), Path(into))
