"""The sample brochure, built once for all tests: as it is shipped, and with small pictures for other programs to read."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image

from brochure.api import build, lay_out
from brochure.build_values import Built, LaidOut
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject
from brochure.system.files import digest

ROOT = Path(__file__).parent.parent.parent / "layouts" / "proven-model"


@lru_cache(maxsize=4)
def built_sample(condition: str = "press") -> Built:
    """Return the sample as it is shipped."""
    return build(DiskProject(ROOT), CONDITIONS[condition])


def sample(condition: str = "press") -> bytes:
    """Return the sample's PDF; any finding fails the test."""
    assert built_sample(condition).findings == ()
    return built_sample(condition).pdf


REDUCTION = 4


class SmallPictures(DiskProject):
    """A project whose photographs have fewer pixels."""

    def read(self, name: str) -> bytes:
        data = super().read(name)
        return reduce_photo(data) if name.endswith(".jpg") else data

    def digest(self, name: str) -> bytes:
        return digest(self.read(name))


@lru_cache(maxsize=8)
def reduce_photo(photo: bytes) -> bytes:
    """Return a JPEG with a sixteenth of the pixels."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(photo)) as image:
        image.reduce(REDUCTION).save(out, "JPEG", quality=95)
    return out.getvalue()


@lru_cache(maxsize=4)
def small_sample(condition: str = "press") -> bytes:
    """Return the sample's PDF with pictures of 85 pixels per inch: other programs read it in a fraction of the time."""
    built = build(SmallPictures(ROOT), CONDITIONS[condition])
    assert {finding.code for finding in built.findings} <= {"image-resolution"}
    return built.pdf


@lru_cache(maxsize=1)
def sample_pages() -> LaidOut:
    """Return the laid-out pages of the sample."""
    made = lay_out(DiskProject(ROOT))
    assert made.findings == ()
    return made
