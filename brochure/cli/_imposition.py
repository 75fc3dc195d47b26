"""Read the options of imposition, which `impose` and `package` share. A wrong value is a UsageError."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brochure.choices import Scheme

if TYPE_CHECKING:
    from brochure.imposition.marks import MarkSet
    from brochure.imposition.page_order import Grid


def read_size(text: str | None) -> tuple[float, float] | None:
    """Return the width and height of `--paper` in points."""
    from brochure.errors import UsageError
    from brochure.spec.lengths import InvalidValue, find_hint, size

    try:
        found = size(text) if text else None
    except InvalidValue as error:
        raise UsageError(f"--paper {text}: {error} ({find_hint(error.hint)})") from None
    return (found.width, found.height) if found else None


def read_thickness(text: str | None) -> float | None:
    """Return the thickness of `--caliper` in points."""
    from brochure.errors import UsageError
    from brochure.spec.lengths import InvalidValue, find_hint, length

    try:
        found = length(text).points if text is not None else None
    except InvalidValue as error:
        raise UsageError(f"--caliper {text}: {error} ({find_hint(error.hint)})") from None
    if found is not None and not 0 <= found <= MAX_CALIPER:
        raise UsageError(f"--caliper {text}: out of range; expected 0 to 5 mm")
    return found


MAX_CALIPER = 14.2
"""5 mm, in points."""


def read_signature_pages(pages: int) -> int:
    """Return the pages of `--signature-pages`, a multiple of 4."""
    from brochure.errors import UsageError

    if pages % 4:
        raise UsageError(
            f"--signature-pages {pages}: invalid number; expected a multiple of 4, e.g. 16"
        )
    return pages


def read_grid(text: str | None) -> Grid | None:
    """Return the columns and rows of `--grid`."""
    from brochure.errors import UsageError

    if text is None:
        return None
    across, _, down = text.casefold().partition("x")
    if not (across.isdecimal() and down.isdecimal() and 0 < int(across) * int(down) <= MAX_UP):
        raise UsageError(
            f"--grid {text}: invalid grid; expected pages across and down, e.g. 2x4 (at most {MAX_UP})"
        )
    return int(across), int(down)


MAX_UP = 1000
"""Maximum number of pages on a side."""


def read_marks(text: str) -> MarkSet:
    """Return the marks of `--marks`."""
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.imposition.marks import ALL_MARKS, MarkSet
    from brochure.spec.finishing import PrinterMark

    if text in ("yes", "no"):
        return ALL_MARKS if text == "yes" else MarkSet()
    known = {mark.value: mark for mark in PrinterMark}
    words = [word.strip() for word in text.split(",")]
    for word in words:
        if word not in known:
            raise UsageError(f"--marks {word}: unknown mark ({nearest(word, known)})")
    return MarkSet(frozenset(known[word] for word in words))


MAX_ALLOWANCE = 283.5
"""100 mm, in points."""


def read_allowance(option: str, text: str | None) -> float | None:
    """Return the length of an option such as `--milling` in points; None without it."""
    from brochure.errors import UsageError
    from brochure.spec.lengths import InvalidValue, find_hint, length

    try:
        found = length(text).points if text is not None else None
    except InvalidValue as error:
        raise UsageError(f"--{option} {text}: {error} ({find_hint(error.hint)})") from None
    if found is not None and not 0 <= found <= MAX_ALLOWANCE:
        raise UsageError(f"--{option} {text}: out of range; expected 0 to 100 mm")
    return found


PAGES_UP = (4, 8, 16)
DEFAULT_UP = 8
FOLDED = (Scheme.SHEETWISE, Scheme.TURN, Scheme.TUMBLE)


def read_up(up: int | None, scheme: Scheme, section: int) -> int:
    """Return the pages on each side of a sheet that is folded several times; 0 if sheets are folded once."""
    from brochure.errors import UsageError

    if up is None and scheme is not Scheme.SHEETWISE:
        return 0
    if scheme not in FOLDED:
        names = ", ".join(one.value for one in FOLDED)
        raise UsageError(f"--up applies to {names}: remove it, or choose one of these schemes")
    if up is not None and up not in PAGES_UP:
        raise UsageError(f"--up {up}: invalid number of pages; expected 4, 8 or 16")
    if section:
        raise UsageError(
            "--signature-pages cannot be combined with sheets that are folded several times: use --up"
        )
    return up or DEFAULT_UP


MAX_COPIES = 1000


def read_copies(text: str | None, count: int) -> tuple[int, ...]:
    """Return the copies of each of so many sources: one number for all, or one for each."""
    from brochure.errors import UsageError

    words = [word.strip() for word in (text or "1").split(",")]
    if not all(word.isdecimal() and 0 < int(word) <= MAX_COPIES for word in words):
        raise UsageError(f"--copies {text}: invalid number; expected 1 to {MAX_COPIES}, e.g. 4,2,2")
    if len(words) not in (1, count):
        raise UsageError(
            f"--copies {text}: {len(words)} numbers for {count} sources; expected one for each"
        )
    return tuple(int(words[min(at, len(words) - 1)]) for at in range(count))
