"""Small drawings of 100 by 100 units with text in Noto Sans."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "text": '<text x="10" y="50" font-size="20">Harbour</text>',
    "text-colour": '<rect width="100" height="100" fill="#08c"/><text x="5" y="50" font-size="20" '
    'fill="#fff">Harbour</text>',
    "text-default-size": '<text x="10" y="50">Sixteen</text>',
    "text-ligature-and-kerning": '<text x="5" y="50" font-size="22">AVATar Tofi</text>',
    "anchor-middle": '<path d="M50 0V100" stroke="#c00"/><text x="50" y="50" text-anchor="middle" '
    'font-size="18">Middle</text>',
    "anchor-end": '<path d="M90 0V100" stroke="#c00"/><text x="90" y="50" text-anchor="end" '
    'font-size="18">The end</text>',
    "tspan-colours": '<text x="5" y="50" font-size="16">one<tspan fill="#c00">two</tspan>three</text>',
    "tspan-sizes": '<text x="5" y="50" font-size="16">a<tspan font-size="30">B</tspan>c<tspan '
    'font-size="50%">d</tspan></text>',
    "tspan-lines": '<text x="5" y="30" font-size="14"><tspan x="5">first line</tspan>'
    '<tspan x="5" dy="1.2em">second</tspan><tspan x="15" y="80">third</tspan></text>',
    "tspan-dx": '<text x="5" y="50" font-size="16">a<tspan dx="10">b</tspan><tspan dx="-3" dy="10">c</tspan>d</text>',
    "tspan-anchors": '<text font-size="14" text-anchor="middle"><tspan x="30" y="30">left one</tspan>'
    '<tspan x="70" y="60">right one</tspan></text>',
    "list-of-x": '<text x="5 25 50 80" y="30" font-size="16">abcd</text><text x="10" y="60 '
    '70 80" font-size="16">efgh</text>',
    "list-of-dx": '<text x="5" y="50" dx="0 5 10" dy="0 10 -5" font-size="16">abcde</text>',
    "white-space": '<text x="5" y="50" font-size="16">  one \n   two\t three  </text>',
    "white-space-kept": '<text xml:space="preserve" x="5" y="50" font-size="16">a  b   c</text>',
    "turned": '<text transform="translate(20 80) rotate(-40)" font-size="20">Current</text>',
    "skewed": '<text transform="matrix(1 .2 -.4 1 30 40)" font-size="20">Slope</text>',
    "stretched": '<text transform="scale(2 1)" x="5" y="50" font-size="16">Wide</text>',
    "mirrored": '<text transform="matrix(-1 0 0 1 100 0)" x="10" y="50" font-size="16">Mirror</text>',
    "in-a-viewport": '<svg x="10" y="10" width="80" height="80" viewBox="0 0 40 40"><text x="2" '
    'y="20" font-size="8">Nested</text></svg>',
    "letter-spacing": '<text x="5" y="50" font-size="14" letter-spacing="3">spaced</text>',
    "letter-spacing-em": '<text x="5" y="50" font-size="14" letter-spacing=".2em">spaced</text>',
    "underline": '<text x="5" y="40" font-size="18" text-decoration="underline">below</text>',
    "stroke": '<text x="5" y="60" font-size="40" fill="#fc0" stroke="#036" stroke-width="2">Abc</text>',
    "halo": '<rect width="100" height="100" fill="#08c"/><text x="5" y="60" font-size="30" paint-order="stroke"'
    ' stroke="#fff" stroke-width="5" stroke-linejoin="round">Sound</text>',
    "outline-only": '<text x="5" y="60" font-size="40" fill="none" stroke="#036">Abo</text>',
    "opacity": '<rect width="100" height="50" fill="#08c"/><text x="5" y="60" font-size="40" opacity=".5">Abc</text>',
    "opacity-of-a-group": '<rect width="100" height="50" fill="#08c"/><g opacity=".5">'
    '<text x="5" y="25" font-size="16">Above</text><rect y="60" width="50" height="30" fill="#c00"/></g>',
    "fill-opacity": '<rect width="100" height="50" fill="#08c"/><text x="5" y="60" font-size="40" '
    'fill-opacity=".5">Abc</text>',
    "clipped": '<clipPath id="c"><circle cx="50" cy="50" r="25"/></clipPath><text x="5" '
    'y="60" font-size="30" clip-path="url(#c)">Clipped</text>',
    "clipped-by-the-artboard": '<clipPath id="c"><rect width="100" height="100"/></clipPath>'
    '<g clip-path="url(#c)"><text x="5" y="60" font-size="20">Inside</text></g>',
    "clipped-and-turned": '<clipPath id="c"><rect width="50" height="100"/></clipPath>'
    '<g clip-path="url(#c)"><text transform="rotate(20)" x="20" y="40" font-size="20">Turned</text></g>',
    "beyond-the-edge": '<text x="60" y="50" font-size="30">Beyond</text>',
    "baseline-middle": '<path d="M0 50H100" stroke="#c00"/><text x="5" y="50" font-size="24" dominant-baseline="middle">'
    "Mix</text>",
    "baseline-shift": '<text x="5" y="50" font-size="24">H<tspan baseline-shift="-5" font-size="14">2</tspan>O</text>',
    "style-sheet": "<style>.l{font-size:18px;fill:#063;text-anchor:middle}</style><text class='l' "
    "x='50' y='50'>Class</text>",
    "used": '<defs><text id="t" font-size="16">Twice</text></defs><use href="#t" x="10" '
    'y="30"/><use href="#t" x="10" y="70" fill="#c00"/>',
    "symbol": '<symbol id="s" viewBox="0 0 50 20"><text y="15" font-size="14">Sign</text>'
    '</symbol><use href="#s" x="5" y="20" width="90" height="40"/>',
    "percentages": '<text x="50%" y="50%" font-size="16" text-anchor="middle">centre</text>',
    "entities": '<text x="5" y="50" font-size="16">a &lt; b &amp; c</text>',
    "italic": '<text x="5" y="50" font-size="18" font-style="italic">Slanted</text>',
    "hidden": '<text x="5" y="30" font-size="18" visibility="hidden">Hidden</text><text '
    'x="5" y="80" font-size="18" display="none">None</text><path d="M0 0H9V9z"/>',
    "bold": '<text x="5" y="50" font-size="18" font-weight="bold">Heavy</text>',
    "accents": '<text x="5" y="50" font-size="18">Škoda é ø ß</text>',
    "switch-with-text": '<switch><foreignObject width="90" height="90"/><text x="5" y="50" font-size="18">'
    "Fallback</text></switch>",
}
