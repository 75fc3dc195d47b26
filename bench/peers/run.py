"""A process of one program, which builds some editions into a folder.

Run it as `python -m bench.peers.run PROGRAM FOLDER KIND FIRST LAST OUT [PURPOSE]`. PURPOSE is `press` or `tagged`;
without it, the file is as the program makes it by default. A program keeps from edition to edition what it can.
Nothing else is imported here, so that the process costs what the program costs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(
    program: str, folder: Path, kind: str, editions: range, out: Path, purpose: str = ""
) -> None:
    """Build the editions, one after the other."""
    module = import_module(f"bench.peers.{program}")
    build = module.opened(folder, purpose) if purpose else module.opened(folder)
    for at in editions:
        build(folder / kind / f"{at:02}.json", out / f"{program}-{kind}-{at:02}.pdf")


if __name__ == "__main__":
    name, matter, of, first, last, into, *given = sys.argv[1:]
    main(name, Path(matter), of, range(int(first), int(last) + 1), Path(into), *given)
