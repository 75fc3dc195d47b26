"""The brochure by typst: one compiler, kept from edition to edition, that finds unchanged parts in its own memory.

The words are a file that the template reads, always under one name: changing the file costs typst half of what changing an
input does, which makes it forget all. Tags are left out, since the press wants none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def opened(folder: Path) -> Callable[[Path, Path], None]:
    """Builds an edition from the file of its words."""
    import typst

    current = folder / f"typst-{os.getpid()}.json"
    compiler = typst.Compiler(
        folder / "brochure.typ",
        root=folder,
        sys_inputs={"words": f"/{current.name}"},
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[folder / "fonts"],
        ),
        ignore_system_fonts=True,
    )

    def build(words: Path, out: Path) -> None:
        current.write_bytes(words.read_bytes())
        compiler.compile(output=out, format="pdf", pdf_tags=False)

    return build
