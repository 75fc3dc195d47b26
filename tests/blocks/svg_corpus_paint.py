"""Small drawings of 100 by 100 units: gradients, patterns and markers."""

from __future__ import annotations

from tests.blocks.svg_corpus import STRIPE

RAMP = '<stop offset="0" stop-color="#08c"/><stop offset="1" stop-color="#fc0"/>'
THREE = (
    '<stop offset=".1" stop-color="#d00"/>'
    '<stop offset="50%" stop-color="#fff"/>'
    '<stop offset=".9" stop-color="#00d"/>'
)
CLEAR = '<stop offset="0" stop-color="#d00"/><stop offset="1" stop-color="#d00" stop-opacity="0"/>'
BOX = '<rect x="10" y="20" width="80" height="60" fill="url(#g)"/>'
ARROW = '<path d="M0 0L10 5L0 10z"/>'
LINE = 'd="M15 80L40 20L85 60" fill="none" stroke="#036" stroke-width="3"'
TILE = '<rect width="5" height="5" fill="#08c"/><circle cx="7.5" cy="7.5" r="2" fill="#c30"/>'

GRADIENTS: dict[str, str] = {
    "linear": f'<linearGradient id="g">{RAMP}</linearGradient>{BOX}',
    "linear-down": f'<linearGradient id="g" x1="0" y1="0" x2="0" y2="1">{RAMP}</linearGradient>{BOX}',
    "linear-diagonal": f'<linearGradient id="g" x1="0%" y1="0%" x2="100%" y2="100%">{THREE}</linearGradient>{BOX}',
    "linear-inside": f'<linearGradient id="g" x1=".25" x2=".75">{RAMP}</linearGradient>{BOX}',
    "linear-user-space": '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="20" y1="30" '
    f'x2="70" y2="80">{RAMP}</linearGradient>{BOX}',
    "linear-user-space-percent": '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="10%" x2="90%" '
    f'y1="50%" y2="50%">{THREE}</linearGradient>{BOX}',
    "linear-transformed": f'<linearGradient id="g" gradientTransform="rotate(45)">{RAMP}</linearGradient>{BOX}',
    "linear-shifted": '<linearGradient id="g" gradientUnits="userSpaceOnUse" x2="50" gradientTransform="translate(20 '
    f'10) skewX(30)">{THREE}</linearGradient>{BOX}',
    "linear-matrix": '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="1" gradientTransform="matrix(60 '
    f'20 -20 60 20 20)">{RAMP}</linearGradient>{BOX}',
    "linear-reflect": f'<linearGradient id="g" x2=".25" spreadMethod="reflect">{RAMP}</linearGradient>{BOX}',
    "linear-repeat": f'<linearGradient id="g" x1=".1" x2=".4" y2=".2" spreadMethod="repeat">{RAMP}</linearGradient>{BOX}',
    "linear-repeat-user-space": '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="40" x2="55" '
    f'spreadMethod="repeat">{RAMP}</linearGradient>{BOX}',
    "linear-point": f'<linearGradient id="g" x1=".5" x2=".5">{RAMP}</linearGradient>{BOX}',
    "radial": f'<radialGradient id="g">{RAMP}</radialGradient>{BOX}',
    "radial-focus": f'<radialGradient id="g" fx=".3" fy=".35">{THREE}</radialGradient>{BOX}',
    "radial-inner": f'<radialGradient id="g" fr=".15">{RAMP}</radialGradient>{BOX}',
    "radial-user-space": '<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="40" cy="50" '
    f'r="30">{RAMP}</radialGradient>{BOX}',
    "radial-transformed": '<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="1" '
    f'gradientTransform="translate(50 50) rotate(30) scale(40 20)">{THREE}</radialGradient>'
    f"{BOX}",
    "radial-reflect": f'<radialGradient id="g" r=".2" spreadMethod="reflect">{RAMP}</radialGradient>{BOX}',
    "radial-repeat": f'<radialGradient id="g" r=".25" fx=".45" spreadMethod="repeat">{RAMP}</radialGradient>{BOX}',
    "one-stop": '<linearGradient id="g"><stop stop-color="#063"/></linearGradient>' + BOX,
    "no-stops": f'{STRIPE}<linearGradient id="g"/>{BOX}',
    "hard-stops": '<linearGradient id="g"><stop offset=".3" stop-color="#d00"/><stop offset=".3" '
    'stop-color="#fff"/><stop offset=".7" stop-color="#fff"/><stop offset=".7" '
    'stop-color="#00d"/></linearGradient>' + BOX,
    "stops-out-of-order": '<linearGradient id="g"><stop offset=".6" stop-color="#d00"/><stop offset=".2" '
    'stop-color="#0a0"/><stop offset="1" stop-color="#00d"/></linearGradient>' + BOX,
    "stop-opacity": f'{STRIPE}<linearGradient id="g" y2="1" x2="0">{CLEAR}</linearGradient>{BOX}',
    "stop-alpha": f'{STRIPE}<linearGradient id="g"><stop stop-color="rgba(0,0,200,.8)"/><stop '
    f'offset="1" stop-color="#00c0"/></linearGradient>{BOX}',
    "gradient-fill-opacity": f'{STRIPE}<linearGradient id="g">{RAMP}</linearGradient><rect x="10" y="20" '
    'width="80" height="60" fill="url(#g)" fill-opacity=".5"/>',
    "radial-opacity": f'{STRIPE}<radialGradient id="g" cy=".4">{CLEAR}</radialGradient><circle '
    'cx="50" cy="50" r="40" fill="url(#g)" opacity=".8"/>',
    "stop-styles": "<style>.s0{stop-color:#063}.s1{stop-color:#fc0;stop-opacity:.5}</style>"
    '<linearGradient id="g"><stop class="s0"/><stop offset="1" class="s1"/>'
    "</linearGradient>" + BOX,
    "stop-current-colour": '<g color="#a0f"><linearGradient id="g"><stop stop-color="currentColor"/>'
    '<stop offset="1" stop-color="#fff"/></linearGradient></g>' + BOX,
    "stops-by-reference": f'<linearGradient id="a">{THREE}</linearGradient><linearGradient id="g" '
    f'xlink:href="#a" x2="0" y2="1"/>{BOX}',
    "attributes-by-reference": f'<linearGradient id="a" x2="0" y2="1" spreadMethod="reflect">{RAMP}</linearGradient>'
    '<linearGradient id="b" href="#a" y2=".3"/><linearGradient id="g" href="#b"/>'
    f"{BOX}",
    "radial-by-reference": f'<linearGradient id="a">{RAMP}</linearGradient><radialGradient id="g" href="#a" cx=".3"/>{BOX}',
    "gradient-on-a-circle": f'<linearGradient id="g" x2="0" y2="1">{THREE}</linearGradient><circle cx="50" '
    'cy="50" r="40" fill="url(#g)"/>',
    "gradient-on-a-path": f'<linearGradient id="g">{THREE}</linearGradient><path d="M10 60C20 -20 '
    '80 -20 90 60S20 100 10 60" fill="url(#g)"/>',
    "gradient-stroke": f'<linearGradient id="g">{THREE}</linearGradient><circle cx="50" cy="50" '
    'r="30" fill="none" stroke="url(#g)" stroke-width="14"/>',
    "gradient-stroke-dashed": f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x2="100">{RAMP}</linearGradient>'
    '<path d="M10 20H90V80H10" fill="none" stroke="url(#g)" stroke-width="8" '
    'stroke-dasharray="12 5"/>',
    "gradient-flat-line": f'<linearGradient id="g">{RAMP}</linearGradient><path d="M10 50H90" stroke="url(#g)" '
    'stroke-width="8"/><rect width="9" height="9"/>',
    "gradient-in-a-transformed-group": f'<linearGradient id="g">{THREE}</linearGradient><g transform="translate(50 '
    '50) rotate(30) scale(.7)"><rect x="-40" y="-30" width="80" height="60" '
    'fill="url(#g)"/></g>',
    "gradient-inherited": f'<linearGradient id="g">{RAMP}</linearGradient><g fill="url(#g)"><rect '
    'x="5" y="10" width="30" height="80"/><rect x="45" y="10" width="50" height="30"/>'
    "</g>",
    "gradient-clipped": f'<linearGradient id="g">{THREE}</linearGradient><clipPath id="c"><circle '
    f'cx="40" cy="40" r="30"/></clipPath><g clip-path="url(#c)">{BOX}</g>',
    "gradient-in-a-transparent-group": f'{STRIPE}<linearGradient id="g">{RAMP}</linearGradient><g opacity=".6">'
    f'{BOX}<circle cx="50" cy="50" r="20" fill="#063"/></g>',
    "transparent-gradient-in-a-group": f'{STRIPE}<linearGradient id="g">{CLEAR}</linearGradient><g opacity=".8">'
    f'<rect x="20" y="10" width="50" height="80" fill="#08c"/>{BOX}</g>',
    "gradient-used": f'<linearGradient id="g">{RAMP}</linearGradient><defs><rect id="r" width="30" '
    'height="30" fill="url(#g)"/></defs><use href="#r" x="10" y="10"/><use '
    'href="#r" x="50" y="50" transform="rotate(20 60 60)"/>',
    "fallback": '<rect width="40" height="40" fill="url(#none) #063"/><rect x="50" y="50" '
    'width="40" height="40" stroke="#000" fill="url(#none) none"/>',
    "gradient-of-a-sheet": f'<style>.w{{fill:url(#g)}}</style><linearGradient id="g">{RAMP}</linearGradient>'
    '<rect class="w" width="90" height="50"/>',
    "gradient-beyond-the-edge": f'<linearGradient id="g">{THREE}</linearGradient><rect x="-50" y="20" width="120" '
    'height="60" fill="url(#g)"/>',
}

PATTERNS: dict[str, str] = {
    "pattern": f'<pattern id="g" width="10" height="10" patternUnits="userSpaceOnUse">{TILE}</pattern>{BOX}',
    "pattern-relative": f'<pattern id="g" width=".25" height=".2">{TILE}</pattern>{BOX}',
    "pattern-content-relative": '<pattern id="g" width=".25" height=".25" patternContentUnits="objectBoundingBox">'
    '<rect width=".12" height=".12" fill="#08c"/></pattern>' + BOX,
    "pattern-offset": '<pattern id="g" x="3" y="7" width="14" height="12" patternUnits="userSpaceOnUse">'
    f"{TILE}</pattern>{BOX}",
    "pattern-view-box": '<pattern id="g" width="20" height="20" viewBox="0 0 10 10" patternUnits="userSpaceOnUse">'
    f"{TILE}</pattern>{BOX}",
    "pattern-view-box-fit": '<pattern id="g" width="30" height="15" viewBox="0 0 10 10" patternUnits="userSpaceOnUse">'
    f"{TILE}</pattern>{BOX}",
    "pattern-turned": '<pattern id="g" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 2H8" stroke="#036" stroke-width="3"/></pattern>' + BOX,
    "pattern-scaled": '<pattern id="g" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="translate(5 '
    f'5) scale(2 1)">{TILE}</pattern>{BOX}',
    "pattern-on-a-circle": f'<pattern id="g" width="10" height="10" patternUnits="userSpaceOnUse">{TILE}</pattern>'
    '<circle cx="50" cy="50" r="40" fill="url(#g)" stroke="#000"/>',
    "pattern-cuts": '<pattern id="g" width="12" height="12" patternUnits="userSpaceOnUse"><circle '
    'cx="12" cy="12" r="6" fill="#063"/></pattern>' + BOX,
    "pattern-background": '<pattern id="g" width="10" height="10" patternUnits="userSpaceOnUse"><rect '
    'width="10" height="10" fill="#fc0"/><circle cx="5" cy="5" r="3" fill="#d00"/>'
    "</pattern>" + BOX,
    "pattern-stroke": f'<pattern id="g" width="6" height="6" patternUnits="userSpaceOnUse">{TILE}</pattern>'
    '<path d="M10 20L50 80L90 20" fill="none" stroke="url(#g)" stroke-width="16"/>',
    "pattern-by-reference": f'<pattern id="a" width="10" height="10" patternUnits="userSpaceOnUse">{TILE}</pattern>'
    f'<pattern id="g" href="#a" patternTransform="rotate(30)"/>{BOX}',
    "pattern-opacity": f'{STRIPE}<pattern id="g" width="10" height="10" patternUnits="userSpaceOnUse">'
    f'{TILE}<rect x="3" y="3" width="5" height="5"/></pattern><rect x="10" y="20" '
    'width="80" height="60" fill="url(#g)" fill-opacity=".5"/>',
    "pattern-in-a-transformed-group": f'<pattern id="g" width="10" height="10" patternUnits="userSpaceOnUse">{TILE}</pattern>'
    f'<g transform="rotate(20 50 50) scale(.8)">{BOX}</g>',
    "pattern-of-patterns": '<pattern id="a" width="3" height="3" patternUnits="userSpaceOnUse"><rect '
    'width="1.5" height="1.5" fill="#d00"/></pattern><pattern id="g" width="20" '
    'height="20" patternUnits="userSpaceOnUse"><rect width="14" height="14" '
    f'fill="url(#a)"/></pattern>{BOX}',
    "pattern-with-gradient": f'<linearGradient id="a">{RAMP}</linearGradient><pattern id="g" width="25" '
    'height="25" patternUnits="userSpaceOnUse"><circle cx="12" cy="12" r="10" '
    f'fill="url(#a)"/></pattern>{BOX}',
    "pattern-used": '<pattern id="g" width="10" height="10" patternUnits="userSpaceOnUse"><use '
    'href="#d" x="5" y="5"/></pattern><defs><circle id="d" r="3" fill="#063"/>'
    f"</defs>{BOX}",
    "pattern-empty": f'{STRIPE}<pattern id="g" width="0" height="10" patternUnits="userSpaceOnUse">{TILE}</pattern>{BOX}',
}

MARKERS: dict[str, str] = {
    "marker": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" '
    f'orient="auto">{ARROW}</marker><path {LINE} marker-end="url(#m)"/>',
    "marker-everywhere": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="4" markerHeight="4" '
    f'orient="auto">{ARROW}</marker><path {LINE} marker="url(#m)" style="marker:url(#m)"/>',
    "marker-reversed": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" '
    f'orient="auto-start-reverse">{ARROW}</marker><path {LINE} marker-start="url(#m)" '
    'marker-end="url(#m)"/>',
    "marker-angle": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" '
    f'orient="30">{ARROW}</marker><path {LINE} marker-mid="url(#m)" marker-end="url(#m)"/>',
    "marker-user-space": '<marker id="m" viewBox="0 0 10 10" refX="10" refY="5" markerUnits="userSpaceOnUse" '
    f'markerWidth="20" markerHeight="20" orient="auto">{ARROW}</marker><path '
    f'{LINE} marker-end="url(#m)"/>',
    "marker-without-view-box": '<marker id="m" refX="3" refY="3" markerWidth="6" markerHeight="6"><circle '
    'cx="3" cy="3" r="2.5" fill="#c30"/></marker><polyline points="15,80 40,20 '
    '85,60" fill="none" stroke="#036" stroke-width="3" marker-start="url(#m)" '
    'marker-mid="url(#m)" marker-end="url(#m)"/>',
    "marker-cut": '<marker id="m" markerWidth="4" markerHeight="4" orient="auto"><circle '
    'r="4" fill="#c30"/></marker><path ' + LINE + ' marker-end="url(#m)"/>',
    "marker-overflow": '<marker id="m" markerWidth="1" markerHeight="1" overflow="visible"><circle '
    'r="3" fill="#c30"/></marker><path ' + LINE + ' marker-mid="url(#m)" marker-end="url(#m)"/>',
    "marker-on-a-line": '<marker id="m" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="5" '
    f'markerHeight="5" orient="auto">{ARROW}</marker><line x1="10" y1="80" x2="80" '
    'y2="20" stroke="#000" stroke-width="3" marker-end="url(#m)"/>',
    "marker-on-curves": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" '
    f'orient="auto">{ARROW}</marker><path d="M10 50C10 10 50 10 50 50S90 90 '
    '90 50" fill="none" stroke="#036" stroke-width="2" marker-start="url(#m)" '
    'marker-mid="url(#m)" marker-end="url(#m)"/>',
    "marker-not-on-a-circle": f'<marker id="m" markerWidth="5" markerHeight="5">{ARROW}</marker><circle '
    'cx="50" cy="50" r="30" fill="#08c" marker-end="url(#m)"/>',
    "marker-inherited": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" '
    f'orient="auto">{ARROW}</marker><g marker-end="url(#m)"><path {LINE}/></g>',
    "marker-context": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" '
    'orient="auto"><path d="M0 0L10 5L0 10z" fill="context-stroke"/></marker>'
    '<path d="M15 30H70" stroke="#c30" stroke-width="4" marker-end="url(#m)"/>'
    '<path d="M15 70H70" stroke="#08c" stroke-width="4" marker-end="url(#m)"/>',
    "marker-below": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5">'
    f'{ARROW}</marker><path d="M15 80L40 20L85 60" fill="none" stroke="#fc0" '
    'stroke-width="5" paint-order="markers" marker-mid="url(#m)"/>',
    "marker-transformed": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="4" markerHeight="4" '
    f'orient="auto">{ARROW}</marker><g transform="translate(10 20) scale(.8 '
    f'.5) rotate(15)"><path {LINE} marker-end="url(#m)"/></g>',
    "marker-of-a-sheet": f'<style>.r{{marker-end:url(#m);stroke:#063}}</style><marker id="m" viewBox="0 '
    '0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" orient="auto">'
    f'{ARROW}</marker><path class="r" d="M15 30H70" stroke-width="4"/>',
    "marker-several-subpaths": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="4" markerHeight="4" '
    f'orient="auto">{ARROW}</marker><path d="M10 20H50V50M20 80H80" fill="none" '
    'stroke="#036" stroke-width="3" marker-start="url(#m)" marker-mid="url(#m)" '
    'marker-end="url(#m)"/>',
}
