"""Compare two images of one page, and write an HTML page with the differences."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

MEAN = 1.0
"""Tolerance of a page on average, in steps of 255: antialiasing differs between machines."""

CLEARLY, SHARE = 24, 0.005
"""A pixel that differs by more than this differs clearly; this share of the pixels may."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The image of a page and the expected image, which is None if there is none yet."""

    name: str
    expected: Image.Image | None
    got: Image.Image

    @property
    def off(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
        """The difference of each pixel, in the channel where it is largest."""
        assert self.expected is not None
        first, second = (
            np.asarray(one.convert("RGB"), np.int16) for one in (self.expected, self.got)
        )
        off: np.ndarray[tuple[int, ...], np.dtype[np.int16]] = np.abs(first - second).max(axis=2)
        return off

    @property
    def alike(self) -> bool:
        """Whether the two look the same."""
        if self.expected is None or self.expected.size != self.got.size:
            return False
        off = self.off
        return float(off.mean()) < MEAN and float((off > CLEARLY).mean()) < SHARE

    @property
    def verdict(self) -> str:
        """A description of the differences; empty if there are none."""
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
    """Write an HTML page with the expected image, the actual one and the difference of each page."""
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
    """Return an image of the differences: the larger, the darker; clear ones are black."""
    darkness = np.clip(page.off * (255 / CLEARLY), 0, 255)
    return Image.fromarray((255 - darkness).astype(np.uint8))


def _inline(image: Image.Image) -> str:
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
