"""Remarks: what reviewers say in a PDF, joined from its annotations.

A replacement consists of two annotations, a caret with the new words and a strike-out, which one /IRT entry groups. Answers and
states (accepted, completed …) are annotations of their own that refer to another one (ISO 32000-1, 12.5.6.2 and 12.5.6.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from brochure.fast_dataclass import dataclass
from brochure.review.pdf_annotations import MARKUP, SHAPES, Annotation


class Action(Enum):
    """What a remark asks for."""

    NOTE = "note"
    MARK = "mark"
    DELETE = "delete"
    REPLACE = "replace"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark and the answers to it.

    `anchor` is the annotation with the place; `text`, `author` and `date` are the remark's own. `is_resolved` is set if the last
    state says that it was done or rejected.
    """

    action: Action
    anchor: Annotation
    text: str
    author: str
    date: str
    answers: tuple[Annotation, ...] = ()
    is_resolved: bool = False


RESOLVED = frozenset({"Completed", "Cancelled", "Rejected"})
"""States of the review model after which nothing is to be done (table 172)."""
MAX_ANSWERS = 1000
"""How many answers follow each other; more are a loop."""
SAID = {
    "Highlight": "highlighted",
    "Underline": "underlined",
    "Squiggly": "underlined with a wavy line",
    "Redact": "marked for removal",
    "Ink": "marked by hand",
    "FileAttachment": "attached a file, which is not imported",
    "Sound": "attached a sound, which is not imported",
}
"""What a remark without words says."""
DEFAULT_SAID = "marked"


def join_annotations(annotations: Sequence[Annotation]) -> tuple[Remark, ...]:
    """Return the remarks of a file in the order of its annotations; notes without any words are omitted."""
    heads = [_find_head(at, annotations) for at in range(len(annotations))]
    groups: dict[int, list[Annotation]] = {}
    answers: dict[int, list[Annotation]] = {}
    for at, annotation in enumerate(annotations):
        into = groups if _is_part(at, heads[at], annotations) else answers
        into.setdefault(heads[at], []).append(annotation)
    remarks = (_make_remark(group, answers.get(head, ())) for head, group in groups.items())
    return tuple(one for one in remarks if one.text or one.answers)


def _find_head(at: int, annotations: Sequence[Annotation]) -> int:
    """Return the number of the annotation that begins a remark; itself if its answers refer to each other in a loop."""
    here = at
    for _ in range(MAX_ANSWERS):
        parent = annotations[here].reply_to
        if parent is None:
            return here
        here = parent
    return at


def _is_part(at: int, head: int, annotations: Sequence[Annotation]) -> bool:
    """Return whether an annotation is the beginning of a remark, or grouped with it."""
    return at == head or (annotations[at].is_grouped and annotations[at].reply_to == head)


def _make_remark(group: Sequence[Annotation], further: Sequence[Annotation]) -> Remark:
    anchor = next((one for one in group if one.kind in MARKUP), group[0])
    said = next((one for one in group if one.kind == "Caret" and one.text), None)
    said = said or next((one for one in group if one.text), group[0])
    states = [one for one in further if one.state]
    answers = [*(one for one in further if not one.state and one.text), *_tell_states(states)]
    return Remark(
        _find_action(group, said),
        anchor,
        said.text or _describe(anchor),
        said.author or group[0].author,
        said.date or group[0].date,
        tuple(sorted(answers, key=lambda one: one.date)),
        is_resolved=_is_resolved(states),
    )


def _find_action(group: Sequence[Annotation], said: Annotation) -> Action:
    kinds = {one.kind for one in group}
    if "StrikeOut" in kinds:
        is_edit = any(one.intent == "StrikeOutTextEdit" for one in group)
        has_words = bool(said.text) and ("Caret" in kinds or is_edit)
        return Action.REPLACE if has_words else Action.DELETE
    if "Caret" in kinds:
        return Action.INSERT
    return Action.MARK if kinds & (MARKUP | SHAPES) else Action.NOTE


def _describe(anchor: Annotation) -> str:
    """Return what an annotation without words says; empty for a note or a strike-out, whose action says it."""
    match anchor.kind:
        case "Stamp":
            return f"stamped: {anchor.name or 'stamp'}"
        case "Text" | "FreeText" | "Caret" | "Line":
            return ""
        case "StrikeOut":
            return DELETED
        case kind:
            return SAID.get(kind, DEFAULT_SAID)


DELETED = "delete"


def _tell_states(states: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yield the states of the review as answers."""
    for one in states:
        if _is_review(one) and one.state != "None":
            yield replace(one, text=f"set to: {one.state}")


def _is_resolved(states: Sequence[Annotation]) -> bool:
    """Return whether the last state of the review leaves nothing to do; a check mark is not a state of the review."""
    reviews = sorted(filter(_is_review, states), key=lambda one: one.date)
    return bool(reviews) and reviews[-1].state in RESOLVED


def _is_review(state: Annotation) -> bool:
    return state.state_model in ("", "Review")


def say(remark: Remark, words: str) -> str:
    """Return the comment for a remark on these words."""
    text = "" if _fold(remark.text) == _fold(words) else remark.text  # Acrobat can copy the words
    text = text or _describe(remark.anchor) or remark.text
    return PHRASES.get(remark.action, "{}").format(text) if text != DELETED else DELETED


PHRASES: Mapping[Action, str] = {
    Action.REPLACE: "replace with: {}",
    Action.INSERT: "insert: {}",
    Action.DELETE: "delete: {}",
}


def _fold(text: str) -> str:
    return "".join(text.split()).casefold()
