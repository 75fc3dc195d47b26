"""Two pictures of one page: how far they are from each other, and a page of HTML that shows it."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

MEAN = 1.0
"""How far off a page may be on average, in steps of 255: antialiasing differs from machine to machine."""

CLEARLY, SHARE = 24, 0.005
"""A pixel that is off by more than this is clearly off; that may be this share of them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A page's picture beside what it should be; `expected` is None where nobody has said."""

    name: str
    expected: Image.Image | None
    got: Image.Image

    @property
    def off(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
        """How far each pixel is off, in the channel where it is most."""
        assert self.expected is not None
        first, second = (
            np.asarray(one.convert("RGB"), np.int16) for one in (self.expected, self.got)
        )
        off: np.ndarray[tuple[int, ...], np.dtype[np.int16]] = np.abs(first - second).max(axis=2)
        return off

    @property
    def alike(self) -> bool:
        """Whether the two are the same page to the eye."""
        if self.expected is None or self.expected.size != self.got.size:
            return False
        off = self.off
        return float(off.mean()) < MEAN and float((off > CLEARLY).mean()) < SHARE

    @property
    def verdict(self) -> str:
        """In words, what is wrong; empty where nothing is."""
        if self.alike:
            return ""
        if self.expected is None or self.expected.size != self.got.size:
            was = "nothing" if self.expected is None else "{} x {}".format(*self.expected.size)
            return f"{self.name}: {was} was expected, {self.got.width} x {self.got.height} came"
        off = self.off
        clearly = float((off > CLEARLY).mean())
        return (
            f"{self.name}: off by {off.mean():.2f} on average, {clearly:.2%} of the pixels clearly"
        )


def write_differences(path: Path, pages: Sequence[Compared]) -> None:
    """One page of HTML with expected, got and difference of each page."""
    rows = "".join(_row(page) for page in pages)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HTML.format(rows=rows), encoding="utf-8")


HTML = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Pages that differ</title>
<style>
  body {{ font: 15px/1.4 sans-serif; margin: 2em; background: #ddd }}
  figure {{ display: inline-block; margin: 0 1em 2em 0; vertical-align: top }}
  img {{ display: block; background: white }}
</style>
<h1>Pages that differ</h1>
{rows}
</html>
"""


def _row(page: Compared) -> str:
    shown = [("got", page.got)]
    if page.expected is not None:
        shown.insert(0, ("expected", page.expected))
        if page.expected.size == page.got.size:
            shown.append(("difference", _difference(page)))
    figures = "".join(
        f'<figure><figcaption>{caption}</figcaption><img alt="{caption}" src="{_inline(image)}"></figure>'
        for caption, image in shown
    )
    return f"<h2>{page.verdict}</h2>\n{figures}\n"


def _difference(page: Compared) -> Image.Image:
    """The pixels that are off, the darker the more; what is clearly off is black."""
    darkness = np.clip(page.off * (255 / CLEARLY), 0, 255)
    return Image.fromarray((255 - darkness).astype(np.uint8))


def _inline(image: Image.Image) -> str:
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
