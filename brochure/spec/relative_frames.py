"""Frames that are placed beside other frames of their page: the order in which they are placed, and checks of the names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brochure.findings import Finding, nearest
from brochure.spec.model import Frame, frame_variants

Frames = Mapping[str, Frame]


def name_members(frames: Frames) -> dict[str, list[str]]:
    """Return the frames that each name means: the frame, or all those that were made from a repeated frame."""
    members = {name: [name] for name in frames}
    for name, frame in frames.items():
        if frame.cell:
            members.setdefault(name.rpartition(" ")[0], []).append(name)
    return members


def order_frames(frames: Frames) -> list[str]:
    """Return the names of frames so that each comes after those that it is placed beside; in a circle, in their own order."""
    if not any(frame.at.beside for frame in frames.values()):
        return list(frames)
    # Imported here: only layouts with relative frames need it.
    from graphlib import CycleError, TopologicalSorter

    try:
        return list(TopologicalSorter(_find_needed(frames)).static_order())
    except CycleError:
        return list(frames)


def _find_needed(frames: Frames) -> dict[str, list[str]]:
    """Return the frames that each frame is placed beside."""
    members = name_members(frames)
    return {
        name: [one for _, other in frame.at.beside for one in members.get(other, ())]
        for name, frame in frames.items()
    }


def check_relative_frames(
    holder: str, frames: Frames, broken: Iterable[str] = (), hint: str = ""
) -> Iterator[Finding]:
    """Yield a finding for each frame beside one that does not exist, and for frames that are beside each other in a circle.

    Args:
        holder: What the page or master is called in messages.
        frames: Its frames, with those that it inherits.
        broken: Names whose definitions have errors, which are reported already.
        hint: How to correct an unknown name (default: the nearest names).
    """
    known = {*name_members(frames), *broken}
    variants = [one for frame in frames.values() for one in frame_variants(frame)]
    for frame in variants:
        for side, name in frame.at.beside:
            if name not in known:
                message = f"'{side.value} {name}': {holder} has no frame '{name}'"
                yield Finding("frame-unknown", message, frame.at.span, hint or nearest(name, known))
    if any(one.at.beside for one in variants) and not any(one.when for one in variants):
        yield from _check_circle(frames)


def _check_circle(frames: Frames) -> Iterator[Finding]:
    # Imported here: only layouts with relative frames need it.
    from graphlib import CycleError, TopologicalSorter

    try:
        TopologicalSorter(_find_needed(frames)).prepare()
    except CycleError as error:
        circle: list[str] = list(reversed(error.args[1]))
        first = min(range(len(circle) - 1), key=lambda at: list(frames).index(circle[at]))
        names = " → ".join([*circle[first:-1], *circle[: first + 1]])
        message = f"frames are placed beside each other in a circle: {names}"
        hint = "give one of them a place on the page, e.g. columns and rows"
        yield Finding("frame-circle", message, frames[circle[first]].at.span, hint)
