"""The last steps: film grain, a vignette, and the file.

A painted picture is saved as a JPEG or PNG without metadata.
"""

from pathlib import Path

import numpy as np
from PIL import Image

from .light import Field, blur, grid

DPI = (300, 300)


def graded(
    picture: Field, rng: np.random.Generator, *, vignette: float = 0.25, grain: float = 0.012
) -> Field:
    """`picture` with darker corners and a fine grain."""
    size = picture.shape[0], picture.shape[1]
    x, y = grid(size)
    tall = size[0] / size[1]
    away = np.hypot((x - 0.5) * 2, (y / tall - 0.5) * 2)
    shade = 1 - vignette * np.clip(away - 0.55, 0, 1) ** 1.5
    speck = blur(rng.normal(0, 1, size).astype(np.float32), 0.7) * grain * 1.8
    return np.asarray(np.clip(picture * shade[..., None] + speck[..., None], 0, 1), np.float32)


def save(picture: Field, path: Path, *, quality: int = 91) -> None:
    """Writes `picture`: four colours make a PNG with alpha, three a JPEG."""
    points = Image.fromarray((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8))
    if path.suffix == ".png":
        points.save(path, dpi=DPI, optimize=True)
    else:
        points.save(path, dpi=DPI, quality=quality, subsampling="4:4:4", optimize=True)
