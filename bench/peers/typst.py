"""The brochure by typst: one compiler for all editions, which caches unchanged parts in memory.

The template reads the text from a file that always has the same name. An edit of that file takes half the time of a changed
input, because a changed input empties the compiler's cache. Only the tagged file has tags: a press does not need them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def make_builder(folder: Path, purpose: str = "") -> Callable[[Path, Path], None]:
    """Return a function that builds an edition from its file."""
    import typst

    current = folder / f"typst-{os.getpid()}.json"
    compiler = typst.Compiler(
        folder / "brochure.typ",
        root=folder,
        sys_inputs={"messages": f"/{current.name}"},
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[folder / "fonts"],
        ),
        ignore_system_fonts=True,
    )

    def build(edition: Path, out: Path) -> None:
        current.write_bytes(edition.read_bytes())
        if purpose == "tagged":
            compiler.compile(output=out, format="pdf", pdf_standards="ua-1")
        else:
            compiler.compile(output=out, format="pdf", pdf_tags=False)

    return build
