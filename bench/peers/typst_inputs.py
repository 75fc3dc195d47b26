"""The brochure by typst, with the text of each edition passed as an input, which is simpler than `bench.peers.typst`.

A changed input empties the compiler's cache.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def make_builder(folder: Path) -> Callable[[Path, Path], None]:
    """Return a function that builds an edition from its file."""
    import typst

    compiler = typst.Compiler(
        folder / "brochure.typ",
        root=folder,
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[folder / "fonts"],
        ),
        ignore_system_fonts=True,
    )

    def build(edition: Path, out: Path) -> None:
        inputs = {"messages": f"/{edition.relative_to(folder).as_posix()}"}
        compiler.compile(output=out, format="pdf", sys_inputs=inputs, pdf_tags=False)

    return build
