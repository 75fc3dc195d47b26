"""Drawings of pages and the pictures on them, for the live proof and its export."""

from __future__ import annotations

from threading import RLock

from brochure.errors import UsageError
from brochure.model.display_list import Picture
from brochure.preflight.rgb_pictures import is_rgb_picture
from brochure.proof.pictures import Pixels, encode_pixels, name_pixels, pixels_of
from brochure.proof.session import OpenEdition, ProofSession
from brochure.proof.svg import View, draw_svg
from brochure.system.cache import MemoryCache

MAX_PICTURES = 20_000
"""How many addresses of pictures are kept."""


class PageDrawings:
    """Draws pages of a session; remembers which picture is behind each address."""

    def __init__(self, session: ProofSession) -> None:
        self._session = session
        self._pictures: MemoryCache[str, Pixels] = MemoryCache(MAX_PICTURES)
        self._lock = RLock()

    def draw(self, opened: OpenEdition, number: int, ink: str) -> str:
        """Return a page as SVG; raise UsageError if the edition has no such page."""
        pages = self._session.press_pages(opened) if ink else opened.made.pages
        if not 1 <= number <= len(pages):
            raise UsageError(f"the edition has no page {number}")
        work = opened.made.work
        view = View(work.condition, ink, work.picture_condition if work.keeps_rgb else None)
        return draw_svg(pages[number - 1], view, self._address)

    def picture(self, name: str) -> bytes | None:
        """Return an encoded picture by its name; None if no page that was drawn has it."""
        with self._lock:
            pixels = self._pictures.get(name)
        return encode_pixels(self._session.project, pixels) if pixels else None

    def _address(self, picture: Picture, view: View) -> str:
        project = self._session.project
        is_late = view.rgb_press is not None and is_rgb_picture(picture, project)
        press = view.rgb_press if view.rgb_press and is_late else view.press
        pixels = pixels_of(picture, press, view.ink, project.label(picture.asset))
        if pixels is None:
            return ""
        name = name_pixels(pixels, project.digest(picture.asset))
        with self._lock:
            self._pictures.put(name, pixels)
        return f"pictures/{name}"
