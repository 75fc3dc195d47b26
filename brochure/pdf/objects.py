"""Objects: what puts them into a file, whether it holds the file until its end or writes it as it grows."""

from __future__ import annotations

from typing import Protocol

from brochure.paint.assembly import Data


class Objects(Protocol):
    """A file in the making, as far as it is known to what pages share and to what standards ask for."""

    def refer(self, data: Data | str, key: str, made_of: str = "") -> str:
        """Puts an object into the file under a key; gives the reference to it. `made_of` says what its data come from."""

    @property
    def inner(self) -> str:
        """The reference to what forms draw on."""

    def resources(self, **entries: str) -> None:
        """What all pages draw on: entries of the resource dictionary (7.8.3)."""

    def inner_resources(self, **entries: str) -> None:
        """What forms draw on, where there are forms."""

    def catalog(self, **entries: str) -> None:
        """Entries of the document's catalogue (7.7.2)."""

    def info(self, **entries: str) -> None:
        """The document's information dictionary (14.3.3)."""
