"""Findings of other stages that a profile can switch off or give another severity, like those of a check."""

from __future__ import annotations

from brochure.fast_dataclass import dataclass
from brochure.findings import Severity


@dataclass(frozen=True, slots=True)
class Relay:
    """A profile key for findings that another stage reports under their own codes.

    `summary`, `what`, `why` and `fix` are its text in the reference.
    """

    name: str
    codes: frozenset[str]
    severity: Severity
    summary: str
    what: str
    why: str
    fix: str


RELAYS = {
    one.name: one
    for one in (
        Relay(
            "message-unready",
            frozenset(
                {
                    "translation-missing",
                    "translation-fuzzy",
                    "translation-outdated",
                    "message-missing",
                }
            ),
            Severity.ERROR,
            "Every message is translated and up to date in the edition's language.",
            "messages without a translation, and translations whose source text has changed since or is replaced by the office.",
            "readers notice untranslated text at once.",
            "`brochure text status` lists them; `brochure text update` brings the catalogue up to date.",
        ),
        Relay(
            "overflow",
            frozenset(
                {"overflow", "line-too-wide", "block-too-wide", "frame-empty", "story-unplaced"}
            ),
            Severity.ERROR,
            "All text and all blocks fit into their frames.",
            "overset text, lines and blocks wider than the column, frames too small for their content, stories without a frame.",
            "what does not fit is not printed.",
            "shorten the copy by the share that the message gives, or enlarge the frame; the hint says how much fits.",
        ),
        Relay(
            "line-loose",
            frozenset({"line-loose"}),
            Severity.WARNING,
            "The spaces of justified lines are not wider than their style allows.",
            "justified lines whose spaces exceed the maximum of `word-space` by more than a twentieth.",
            "wide spaces are visible holes, and form rivers over several lines.",
            "edit the copy, allow hyphenation, widen the column, or set the style ragged.",
        ),
        Relay(
            "page-count",
            frozenset({"page-count", "spine"}),
            Severity.ERROR,
            "The number of pages suits the binding.",
            "a multiple of four for saddle stitch, the number of panels of a fold, an even number with a spine.",
            "sheets have two sides and are folded; a missing page is printed blank.",
            "add or remove pages.",
        ),
    )
}
