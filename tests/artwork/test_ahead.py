"""Drawings and PDFs that are not in the cache are read at the same time; each is still read once."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from brochure.api import build
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from brochure.system import cores
from brochure.system.call_servers import CallServers, Request
from tests.artwork.pdf_files import make_pdf

LAYOUT = b"""
brochure: ahead
title: words.title
size: A5
binding: none
pages:
  - frames:
      one: {at: "x 20 mm, y 20 mm, width 60 mm, height 60 mm", content: [{image: art.pdf, alt: none, page: 2, box: crop}]}
      two: {at: "x 20 mm, y 90 mm, width 30 mm, height 30 mm", content: [{image: ring.svg, alt: none, opacity: 50%}]}
      three: {at: "x 60 mm, y 90 mm, width 60 mm, height 30 mm", content: [{image: art.pdf, alt: none}, {text: words.icon}]}
"""
COPY = b"words: {title: Read ahead, icon: 'A line with ![an icon](icon.svg)'}"


def ring(radius: float) -> bytes:
    """Return a drawing with a stroke, which is not converted in this process."""
    shape = f'<circle cx="50" cy="50" r="{radius}" fill="none" stroke="#036" stroke-width="7"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{shape}</svg>'.encode()


class Calls:
    """The requests to the servers: those that were begun, and those whose answers were asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[Request] = []
        self.asked: list[Request] = []
        begin, call = CallServers.begin, CallServers.call

        def begin_recorded(servers: CallServers, requests: Iterable[Request]) -> None:
            new = list(requests)
            self.begun += new
            begin(servers, new)

        def call_recorded(servers: CallServers, request: Request) -> object:
            self.asked.append(request)
            return call(servers, request)

        monkeypatch.setattr(CallServers, "begin", begin_recorded)
        monkeypatch.setattr(CallServers, "call", call_recorded)
        monkeypatch.setattr(cores, "usable_cores", lambda: 2)


@pytest.mark.parametrize("target", ["press", "screen"])
def test_what_is_begun_is_what_the_layout_asks_for(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = [f"{len(target)} w 0 0 1 RG 10 {y} m 190 90 l S" for y in (10, 20)]
    files = {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": COPY,
        "assets/art.pdf": make_pdf(marks[0], pages=2),
        "assets/ring.svg": ring(20 + len(target)),
        "assets/icon.svg": ring(30 + len(target)),
    }
    calls = Calls(monkeypatch)
    project = MemoryProject(files)
    built = build(project, CONDITIONS[target])
    assert built.parts, built.findings
    # Two pages of the PDF are inspected and converted, two drawings are converted.
    assert len(calls.begun) == len(set(calls.begun)) == 6
    assert sorted(calls.asked) == sorted(calls.begun)
    again = build(project, CONDITIONS[target])
    assert (again.parts, len(calls.begun)) == (built.parts, 6)


def test_a_faulty_file_is_reported_where_it_is_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": COPY,
        "assets/art.pdf": b"%!PS-Adobe-3.0 EPSF-3.0",
        "assets/ring.svg": b"<svg",
        "assets/icon.svg": ring(40),
    }
    Calls(monkeypatch)
    built = build(MemoryProject(files), CONDITIONS["press"])
    found = [(one.code, one.span.line if one.span else 0) for one in built.findings]
    assert ("artwork-unusable", 8) in found
    assert ("drawing-unusable", 9) in found
