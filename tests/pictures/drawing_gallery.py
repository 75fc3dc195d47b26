"""A brochure with a map, in English and in Arabic, for the documentation and for tests."""

from __future__ import annotations

from brochure.project import MemoryProject

LAYOUT = """
brochure: map
size: 120 x 80 mm
bleed: 0 mm
binding: none
source-language: en
fonts: {fallback: {Arab: Noto Sans Arabic}}
paragraph-styles: {body: {font: Source Serif 4, size: 9 pt, leading: 12 pt}}
pages:
  - frames:
      map:
        at: "x 6 mm, y 6 mm, width 108 mm, height 68.5 mm"
        content:
          - image: map.svg
            alt: map.alt
            labels: {tidewater: map.town, port: map.port, sound: map.sound, Ferry: map.ferry}
"""
ENGLISH = """
map: {alt: Map of the sound, town: Tidewater, port: Port Anselm, sound: Anselm Sound, ferry: "Ferry, daily"}
"""
ARABIC = """
map: {alt: خريطة المضيق, town: مد البحر, port: ميناء أنسلم, sound: مضيق أنسلم, ferry: "عبّارة، يومياً"}
"""
MAP = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 400 252" width="400" height="252">
<defs>
  <style>
    .st0 { fill: url(#sea); }
    .st1 { fill: #e9e2cf; stroke: #7a6f55; stroke-width: 1.5px; }
    .name { font: 600 13px "Source Sans 3"; fill: #20323a; paint-order: stroke; stroke: #f4f0e4; stroke-width: 3px;
            stroke-linejoin: round; }
    .water { font: italic 19px "Source Serif 4"; fill: #f4fafc; letter-spacing: .12em; text-anchor: middle; }
  </style>
  <linearGradient id="sea" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#b9d8e2"/><stop offset="1" stop-color="#3f7f99"/>
  </linearGradient>
  <radialGradient id="hill" cx=".5" cy=".5" r=".5">
    <stop offset="0" stop-color="#7c8f4a"/><stop offset="1" stop-color="#7c8f4a" stop-opacity="0"/>
  </radialGradient>
  <pattern id="marsh" width="9" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-12)">
    <path d="M1 3h5M4 6h4" stroke="#5d7f8c" stroke-width="1" fill="none"/>
  </pattern>
  <marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="5" markerHeight="5" orient="auto-start-reverse">
    <path d="M0 0L10 5L0 10L3 5z" fill="context-stroke"/>
  </marker>
  <symbol id="dot" viewBox="-5 -5 10 10"><circle r="4.4" fill="#fff"/><circle r="3.2" fill="#b3402a"/></symbol>
</defs>
<rect class="st0" width="100%" height="100%"/>
<path class="st1" d="M-5 176C60 158 90 120 150 128S240 98 280 74 360 50 405 14V-5H-5z"/>
<path d="M-5 176C60 158 90 120 150 128L120 96C70 100 40 130-5 138z" fill="url(#marsh)"/>
<circle cx="110" cy="52" r="46" fill="url(#hill)"/><circle cx="60" cy="70" r="34" fill="url(#hill)" opacity=".7"/>
<path d="M150 132C180 190 280 190 318 96" fill="none" stroke="#f4fafc" stroke-width="1.6" stroke-dasharray="5 3"
  marker-start="url(#tip)" marker-end="url(#tip)"/>
<use href="#dot" x="143" y="119" width="14" height="14"/><use xlink:href="#dot" x="303" y="58" width="14" height="14"/>
<text id="tidewater" class="name" x="140" y="118" text-anchor="end">Tidewater</text>
<text id="port" class="name" x="300" y="56" text-anchor="end">Port Anselm</text>
<text id="sound" class="water" transform="translate(205 228)">Anselm Sound</text>
<text x="266" y="180" font-family="Source Sans 3" font-size="11" fill="#10323f" transform="rotate(-34 266 180)">Ferry</text>
</svg>
"""


def gallery() -> MemoryProject:
    """Return the project."""
    return MemoryProject(
        {
            "brochure.yaml": LAYOUT.encode(),
            "content/en.yaml": ENGLISH.encode(),
            "content/ar.yaml": ARABIC.encode(),
            "assets/map.svg": MAP.encode(),
        }
    )
