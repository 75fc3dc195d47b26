"""Small drawings of 100 by 100 units: style sheets, units, colours, viewports, references, conditions."""

from __future__ import annotations

from tests.blocks.svg_corpus import STRIPE

STRUCTURE: dict[str, str] = {
    # Style sheets
    "class": "<style>.cls-1{fill:#0b4f6c}.cls-2{fill:none;stroke:#c30;stroke-width:5px}</style>"
    '<path class="cls-1" d="M10 10h30v30h-30z"/><circle class="cls-2" cx="65" cy="60" r="20"/>',
    "sheet-of-ids-and-elements": "<style>/* areas */ rect{fill:#fc0}#water{fill:#08c}</style>"
    '<rect width="40" height="40"/><rect id="water" x="50" width="40" height="40"/>',
    "specificity": "<style>.a.b{fill:#0a0}.a{fill:#d00}rect{fill:#00d}.b{fill:#d0d}</style>"
    '<rect class="a" width="30" height="30"/><rect class="a b" x="35" width="30" '
    'height="30"/><rect class="b" x="70" width="30" height="30"/>',
    "sheet-below-attribute-style": '<style>rect{fill:#0a0}</style><rect fill="#d00" width="40" height="40"/>'
    '<rect style="fill:#00d" x="50" width="40" height="40"/>',
    "important": '<style>rect{fill:#0a0 !important;stroke:#000}</style><rect style="fill:#00d" '
    'width="40" height="40"/>',
    "selector-list-and-descendants": "<style>g.s > path, .s circle{fill:#08c} g g rect{fill:#d00}</style>"
    '<g class="s"><path d="M0 0h30v30z"/><g><circle cx="60" cy="20" r="15"/>'
    '<rect y="50" width="30" height="30"/></g></g>',
    "sheet-in-cdata": '<style type="text/css"><![CDATA[\n.st0{fill:#F39200;}\n.st1{opacity:.5;}\n]]></style>'
    '<rect class="st0" width="60" height="60"/><rect class="st1" x="30" y="30" width="60" height="60"/>',
    "sheet-for-print": '<style media="print">rect{fill:#08c}</style><style>@media print{circle{fill:#c30}}'
    '@font-face{font-family:x;src:url("#f")}</style><rect width="40" height="40" '
    'style="fill:#08c"/><circle cx="70" cy="70" r="20" fill="#c30"/>',
    "sheet-after-use": '<rect class="late" width="50" height="50"/><style>.late{fill:#a0f}</style>',
    "two-sheets": "<style>.a{fill:#d00}</style><style>.a{stroke:#00d;stroke-width:6}</style>"
    '<rect class="a" x="20" y="20" width="50" height="50"/>',
    "class-of-a-group": '<style>.g{fill:#063;stroke:#fc0;stroke-width:4}</style><g class="g"><rect '
    'x="10" y="10" width="30" height="30"/><circle cx="65" cy="65" r="20"/>'
    "</g>",
    # Colours
    "hsl": '<rect width="30" height="50" fill="hsl(200, 80%, 40%)"/><rect x="35" width="30" '
    'height="50" fill="hsl(20 90% 55%)"/>'
    '<rect x="70" width="30" height="50" fill="hsla(120,50%,50%,.5)"/>',
    "rgb-percent": '<rect width="30" height="50" fill="rgb(90.5%,12%,0%)"/><rect x="35" width="30" '
    'height="50" fill="rgb(0%, 40%, 70.2%)"/>',
    "alpha-in-colours": f'{STRIPE}<rect width="30" height="80" fill="rgba(200,0,0,.5)"/><rect x="35" '
    'width="30" height="80" fill="#0080ff80"/>'
    '<rect x="70" width="30" height="80" fill="#08f8"/>',
    "colour-names": '<rect width="20" height="50" fill="indigo"/><rect x="20" width="20" height="50" '
    'fill="darkseagreen"/>'
    '<rect x="40" width="20" height="50" fill="lightgoldenrodyellow"/><rect '
    'x="60" width="20" height="50" fill="tomato"/><rect x="80" width="20" height="50" '
    'fill="steelblue"/>',
    "transparent": '<rect width="90" height="90" fill="transparent"/><rect width="20" height="20" '
    'stroke="transparent" stroke-width="9"/>',
    "current-colour-of-a-sheet": '<style>.c{color:#0a7}</style><g class="c"><rect width="40" height="40" fill="currentColor"/>'
    '<path d="M50 50L90 90" stroke="currentColor" stroke-width="8"/></g>',
    # Units
    "percent": '<rect x="10%" y="20%" width="50%" height="25%"/><circle cx="70%" cy="75%" r="20%" fill="#08c"/>',
    "percent-of-stroke": '<path d="M10 30H90" stroke="#000" stroke-width="5%"/><path d="M10 70H90" '
    'stroke="#c30" stroke-width="4" stroke-dasharray="10% 5%"/>',
    "em": '<g font-size="10"><rect x="1em" y="2em" width="4em" height="3em"/><circle '
    'font-size="20" cx="3em" cy="4em" r="0.5em" fill="#c30"/></g>',
    "ex": '<rect font-size="20" x="1ex" y="1ex" width="4ex" height="3ex"/>',
    "mm-and-cm": '<rect x="5mm" y="0.3cm" width="12mm" height="1cm"/><path d="M10 70H90" '
    'stroke="#000" stroke-width="1mm"/>',
    "dense-numbers": '<path d="M10.5.5.5 10.5l20-.5.5.5-.5 20.5-20-.5zM40 40a25 25 0 0150 0 25 25 0 01-50 0z"/>',
    "polygon-without-separators": '<polygon points="50-10,90 40-10,60" fill="#063"/>',
    "exponents": '<path d="M1e1 1E1L9e1 1.5e1 50.0e0 80z"/>',
    # Viewports
    "nested-svg": '<svg x="10" y="10" width="40" height="40" viewBox="0 0 10 10"><rect width="10" '
    'height="10" fill="#08c"/><circle cx="5" cy="5" r="3" fill="#fff"/></svg>'
    '<svg x="60" y="60" width="30" height="30"><rect width="100%" height="50%" fill="#c30"/></svg>',
    "nested-svg-cuts": '<svg x="20" y="20" width="40" height="40"><circle cx="0" cy="0" r="30" fill="#08c"/></svg>',
    "nested-svg-overflow": '<svg x="40" y="40" width="20" height="20" overflow="visible"><circle cx="0" '
    'cy="0" r="30" fill="#08c"/></svg>',
    "nested-twice": '<svg x="10" y="10" width="80" height="80" viewBox="0 0 40 40"><svg x="50%" '
    'y="50%" width="50%" height="50%" viewBox="0 0 4 4"><path d="M0 0H4V4Z"/>'
    "</svg></svg>",
    "aspect-min": '<svg width="90" height="40" viewBox="0 0 10 10" preserveAspectRatio="xMinYMin">'
    '<rect width="10" height="10" fill="#08c"/></svg>',
    "aspect-max": '<svg width="90" height="40" viewBox="0 0 10 10" preserveAspectRatio="xMaxYMax '
    'meet"><rect width="10" height="10" fill="#08c"/></svg>',
    "aspect-slice": '<svg x="5" y="5" width="90" height="40" viewBox="0 0 10 10" preserveAspectRatio="xMidYMin '
    'slice"><circle cx="5" cy="5" r="5" fill="#08c"/></svg>',
    "aspect-none": '<svg width="90" height="40" viewBox="0 0 10 10" preserveAspectRatio="none">'
    '<circle cx="5" cy="5" r="5" fill="#08c"/></svg>',
    "nested-with-opacity-and-clip": f'{STRIPE}<clipPath id="c"><circle cx="50" cy="50" r="35"/></clipPath><svg '
    'opacity=".6" clip-path="url(#c)"><rect width="100" height="100" fill="#00d"/>'
    "</svg>",
    # References
    "href": '<defs><path id="g" d="M0 0h20v20H0z" fill="#c00"/></defs><use href="#g" '
    'x="10" y="10"/><use href="#g" x="50" y="50" transform="scale(.8)"/>',
    "use-inherits": '<defs><circle id="d" r="12"/></defs><g fill="#08c" stroke="#000" stroke-width="3">'
    '<use href="#d" x="25" y="30"/><use href="#d" x="70" y="30" fill="#fc0"/>'
    "</g>",
    "symbol": '<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10" fill="#08c"/>'
    '<path d="M0 0L10 10" stroke="#fff"/></symbol>'
    '<use href="#s" x="10" y="10" width="30" height="30"/><use xlink:href="#s" '
    'x="50" y="50" width="40" height="20"/>',
    "symbol-cuts": '<symbol id="s" viewBox="0 0 10 10"><circle r="9" fill="#063"/></symbol>'
    '<use href="#s" x="20" y="20" width="50" height="50"/>',
    "symbol-styled": '<style>.i{fill:#a0f}</style><symbol id="s" viewBox="0 0 4 4"><path class="i" '
    'd="M0 0H4L2 4z"/><path d="M0 4h4v-1h-4z"/></symbol><use href="#s" width="60" '
    'height="60" fill="#fc0"/>',
    "use-of-svg": '<defs><svg id="n" width="40" height="20" viewBox="0 0 4 2"><path d="M0 '
    '0H4L0 2z" fill="#08c"/></svg></defs><use href="#n" x="10" y="10"/><use '
    'href="#n" y="50" width="80" height="40"/>',
    "use-early": '<use href="#later" x="20" y="20"/><defs><rect id="later" width="40" height="40" fill="#063"/></defs>',
    "use-of-use": '<defs><rect id="a" width="10" height="10"/><g id="b"><use href="#a"/><use '
    'href="#a" x="15"/></g><g id="c"><use href="#b"/><use href="#b" y="15"/>'
    "</g></defs>"
    '<use href="#c" x="10" y="10" fill="#08c"/><use href="#c" x="50" y="50" '
    'fill="#c30" transform="rotate(10 50 50)"/>',
    "use-with-style": '<defs><style>.k{stroke:#000;stroke-width:4}</style><rect id="a" width="30" '
    'height="30"/></defs><use class="k" href="#a" x="20" y="20" style="fill:#fc0"/>',
    "opacity-of-use": f'{STRIPE}<defs><g id="a"><rect width="40" height="40" fill="#d00"/><rect '
    'x="20" y="20" width="40" height="40" fill="#00d"/></g></defs><use href="#a" '
    'x="20" y="20" opacity=".5"/>',
    # Groups
    "nested-transforms": '<g transform="translate(50 50)"><g transform="rotate(30)"><g transform="scale(1.5 '
    '.75)"><g transform="skewX(15)"><rect x="-20" y="-20" width="40" height="40" '
    'fill="#08c"/></g></g></g></g>',
    "transparent-parts": f'{STRIPE}<g opacity=".7"><rect x="10" y="20" width="50" height="50" fill="#d00" '
    'fill-opacity=".5"/><circle cx="60" cy="60" r="28" fill="#00d" fill-opacity=".6"/>'
    "</g>",
    "transparent-parts-three": f'{STRIPE}<g opacity=".8"><circle cx="40" cy="40" r="28" fill="#d00" opacity=".5"/>'
    '<circle cx="60" cy="40" r="28" fill="#0a0" opacity=".5"/><circle cx="50" '
    'cy="60" r="28" fill="#00d" opacity=".5"/></g>',
    "transparent-above-opaque": f'{STRIPE}<g opacity=".5"><rect x="10" y="10" width="80" height="60" fill="#08c"/>'
    '<circle cx="50" cy="60" r="30" fill="#c00" opacity=".4"/></g>',
    "switch": '<switch><foreignObject width="9" height="9"/><g><rect width="50" height="50" '
    'fill="#08c"/></g><rect width="90" height="90"/></switch>',
    "switch-with-extensions": '<switch><rect requiredExtensions="http://example.org/x" width="90" height="90"/>'
    '<circle cx="50" cy="50" r="30" fill="#c30"/></switch>',
    "metadata-of-programs": '<metadata><x xmlns="urn:x">y</x></metadata><y:view xmlns:y="urn:y"/><title>'
    'T</title><rect id="a b" width="40" height="40"/>',
    # Clips
    "clip-of-many-shapes": '<clipPath id="c"><circle cx="25" cy="25" r="20"/><rect x="50" y="10" width="40" '
    'height="30"/><path d="M10 90L50 50L90 90z"/></clipPath>'
    '<g clip-path="url(#c)"><rect width="100" height="100" fill="#08c"/><rect '
    'width="100" height="25" fill="#fc0"/></g>',
    "clip-box-of-a-group": '<clipPath id="c" clipPathUnits="objectBoundingBox"><path d="M.5 0L1 1H0z"/>'
    '</clipPath><g clip-path="url(#c)"><rect x="10" y="20" width="60" height="60" '
    'fill="#08c"/><rect x="50" y="60" width="40" height="30" fill="#c30"/></g>',
    "clip-by-class": '<style>.k{clip-path:url(#c)}</style><clipPath id="c"><ellipse cx="50" '
    'cy="50" rx="45" ry="20"/></clipPath><rect class="k" width="100" height="100" '
    'fill="#063"/>',
    "clip-rule-inherited": '<clipPath id="c" clip-rule="evenodd"><path d="M10 10H90V90H10ZM30 30H70V70H30Z"/>'
    '</clipPath><rect width="100" height="100" clip-path="url(#c)" fill="#08c"/>',
    "clip-of-a-clip-child": '<clipPath id="a"><rect width="50" height="100"/></clipPath><clipPath id="c">'
    '<circle cx="50" cy="50" r="40" clip-path="url(#a)"/></clipPath><rect width="100" '
    'height="100" clip-path="url(#c)" fill="#08c"/>',
    "clip-of-the-artboard": '<clipPath id="c"><rect width="100" height="100"/></clipPath><g clip-path="url(#c)">'
    '<circle cx="90" cy="50" r="40" fill="#08c"/><rect x="10" y="10" width="30" '
    'height="30"/></g>',
    "a-with-style": '<a style="fill:#08c"><rect width="40" height="40"/></a>',
}
