"""Small drawings of 100 by 100 units, one for each supported feature of SVG and for combinations that are easy to get wrong."""

from __future__ import annotations

STRIPE = '<rect width="100" height="50" fill="#ffe060"/>'
"""A field below the upper half, so that transparency is visible."""

CORPUS: dict[str, str] = {
    "ring-touching-the-edge": '<circle cx="0" cy="-20" r="59" fill="none" stroke="#d00000" stroke-width="5" stroke-linejoin="bevel"/>',
    "ring-over-its-disc": '<circle cx="0" cy="-20" r="59" fill="#00a000"/><circle cx="0" cy="-20" r="59" fill="none" stroke="#0000d0" stroke-width="5"/>',
    # Shapes
    "path": '<path d="M10 10 C 40 0 60 40 90 10 S 90 90 50 90 Q 0 90 10 50 T 10 10 Z"/>',
    "arcs": '<path d="M10 50 A 30 20 30 0 1 70 50 A 20 40 -20 1 0 30 80 a 5 5 0 0 0 -20 -30z"/>',
    "relative": '<path d="m10 10 h80 v30 l-20 50 h-40 q-20 -20 -20 -40 t 5 -20 z m20 10 v20 h20 v-20z"/>',
    "rect": '<rect x="10" y="20" width="80" height="60"/>',
    "rounded": '<rect x="10" y="20" width="80" height="60" rx="20" ry="10"/>',
    "rounded-one": '<rect x="10" y="20" width="80" height="60" ry="15"/>',
    "rounded-most": '<rect x="10" y="20" width="80" height="60" rx="99" ry="99"/>',
    "not-rounded": '<rect x="10" y="20" width="80" height="60" rx="0" ry="15"/>',
    "circle": '<circle cx="50" cy="50" r="40"/>',
    "ellipse": '<ellipse cx="50" cy="50" rx="40" ry="20"/>',
    "line": '<line x1="10" y1="10" x2="90" y2="70" stroke="#900" stroke-width="6"/>',
    "polyline": '<polyline points="10,10 90,20 50,90" fill="none" stroke="#900" stroke-width="4"/>',
    "polyline-filled": '<polyline points="10 10 90 20 50 90"/>',
    "polygon": '<polygon points="10,10 90,20 50,90 20 60" fill="#036"/>',
    "nothing": '<rect width="0" height="9"/><circle r="0"/><path d=""/><polygon points=""/><path d="M5 5"/>',
    # Units
    "units": '<rect x="2mm" y="10px" width="1in" height="0.5pc"/><circle cx="50pt" cy="2cm" r="2pc"/>',
    "stroke-units": '<path d="M10 50H90" style="stroke:#000;stroke-width:4px"/>',
    # Fill
    "even-odd": '<path fill-rule="evenodd" d="M10 10H90V90H10ZM30 30H70V70H30Z"/>',
    "non-zero": '<path d="M10 10H90V90H10ZM30 30H70V70H30Z"/>',
    "hole": '<path d="M10 10H90V90H10ZM30 30V70H70V30Z"/>',
    "colours": (
        '<rect width="20" height="50" fill="teal"/><rect x="20" width="20" height="50" fill="#F80"/>'
        '<rect x="40" width="20" height="50" fill="rgb(10, 200, 30)"/>'
        '<rect x="60" width="20" height="50" fill="rgb(10%,50%,90%)"/><rect x="80" width="20" height="50" fill="#aBcDeF"/>'
    ),
    "current-colour": '<g color="#c00" fill="currentColor"><rect width="40" height="40"/>'
    '<g color="#00c"><rect x="50" width="40" height="40"/><rect x="50" y="50" width="40" height="40" fill="currentColor"/></g></g>',
    "no-fill": '<rect x="10" y="10" width="80" height="80" fill="none"/><rect x="40" y="40" width="9" height="9"/>',
    "fill-opacity": f'{STRIPE}<rect x="20" y="20" width="60" height="60" fill="#d00" fill-opacity="0.4"/>',
    "fill-opacity-percent": f'{STRIPE}<rect x="20" y="20" width="60" height="60" fill-opacity="40%"/>',
    # Strokes
    "stroke": '<path d="M20 20H80L50 80Z" fill="none" stroke="#036" stroke-width="8"/>',
    "stroke-and-fill": '<circle cx="50" cy="50" r="30" fill="#fc0" stroke="#036" stroke-width="10"/>',
    "stroke-width-0": '<rect x="20" y="20" width="60" height="60" fill="#d00" stroke="#000" stroke-width="0"/>'
    '<rect x="5" y="5" width="90" height="90" fill="none" stroke="#ccc" stroke-width="0"/>',
    "stroke-none": '<rect x="20" y="20" width="60" height="60" stroke="none" stroke-width="9"/>',
    "caps": '<g stroke="#000" stroke-width="12" fill="none"><path d="M20 20H80"/>'
    '<path d="M20 50H80" stroke-linecap="round"/><path d="M20 80H80" stroke-linecap="square"/></g>',
    "joins": '<g stroke="#000" stroke-width="10" fill="none"><path d="M10 40L30 15L50 40"/>'
    '<path d="M55 40L75 15L90 40" stroke-linejoin="round"/><path d="M20 90L45 60L70 90" stroke-linejoin="bevel"/></g>',
    "miter-limit": '<g stroke="#000" stroke-width="8" fill="none"><path d="M10 90L25 20L40 90" stroke-miterlimit="2"/>'
    '<path d="M60 90L75 40L90 90" stroke-miterlimit="9"/></g>',
    "dashes": '<g stroke="#000" stroke-width="6" fill="none"><path d="M5 10H95" stroke-dasharray="12 4"/>'
    '<path d="M5 30H95" stroke-dasharray="12,4,2"/><path d="M5 50H95" stroke-dasharray="12 4" stroke-dashoffset="6"/>'
    '<path d="M5 70H95" stroke-dasharray="0 10" stroke-linecap="round"/><path d="M5 90H95" stroke-dasharray="0"/></g>',
    "dashed-curve": '<circle cx="50" cy="50" r="38" fill="none" stroke="#000" stroke-width="5" stroke-dasharray="15 7"/>',
    "dots": '<g stroke="#000" stroke-width="16"><path d="M30 50h0" stroke-linecap="round"/><path d="M70 50h0" stroke-linecap="square"/></g>',
    "stroke-opacity": f'{STRIPE}<path d="M10 20L50 80L90 20" fill="none" stroke="#00c" stroke-width="14" stroke-opacity=".5"/>',
    "crossing-stroke": f'{STRIPE}<path d="M10 20L90 80V20L10 80" fill="none" stroke="#00c" stroke-width="9" stroke-opacity=".5"/>',
    "stroke-scaled": '<g transform="scale(2 0.5)"><circle cx="25" cy="100" r="15" fill="none" stroke="#000" stroke-width="6"/></g>',
    "paint-order": '<circle cx="50" cy="50" r="30" fill="#fc0" stroke="#036" stroke-width="20" paint-order="stroke"/>',
    "paint-order-normal": '<circle cx="50" cy="50" r="30" fill="#fc0" stroke="#036" stroke-width="20" paint-order="fill markers"/>',
    # Opacity
    "opacity": f'{STRIPE}<rect x="20" y="20" width="60" height="60" fill="#d00" opacity="0.5"/>',
    "opacity-of-stroke-and-fill": f'{STRIPE}<circle cx="50" cy="50" r="30" fill="#fc0" stroke="#036" stroke-width="14" opacity="0.5"/>',
    "group-opacity": f'{STRIPE}<g opacity="0.5"><rect x="10" y="20" width="30" height="60" fill="#d00"/>'
    '<rect x="60" y="20" width="30" height="60" fill="#00d"/></g>',
    "group-opacity-overlap": f'{STRIPE}<g opacity="0.5"><rect x="10" y="20" width="50" height="40" fill="#d00"/>'
    '<circle cx="60" cy="60" r="25" fill="#00d"/><path d="M5 5L95 95" stroke="#0a0" stroke-width="8"/></g>',
    "group-opacity-nested": f'{STRIPE}<g opacity="0.7"><rect x="5" y="10" width="40" height="80" fill="#d00"/>'
    '<g opacity=".5"><rect x="50" y="10" width="30" height="50" fill="#00d"/><rect x="60" y="40" width="30" height="50"/></g></g>',
    "opacity-0": f'{STRIPE}<rect width="90" height="90" opacity="0"/>',
    # Visibility
    "visibility": '<rect x="10" y="10" width="30" height="30" fill="#0a0"/>'
    '<g visibility="hidden"><rect x="60" y="10" width="30" height="30" fill="#d00"/>'
    '<rect x="60" y="60" width="30" height="30" fill="#00d" visibility="visible"/></g>',
    "collapse": '<rect x="10" y="10" width="30" height="30" visibility="collapse"/>',
    "display": '<rect x="10" y="10" width="30" height="30"/><g display="none"><rect x="60" y="10" width="30" height="30"/></g>',
    "display-style": '<rect style="display:none" width="90" height="90"/><rect x="60" y="10" width="30" height="30"/>',
    # Structure
    "transforms": '<g transform="translate(50,10) rotate(30)"><rect width="30" height="20" fill="#d00"/>'
    '<rect transform="skewX(20) scale(.5,2)" y="15" width="30" height="20" fill="#00d"/></g>'
    '<rect transform="matrix(1 .2 -.3 1 20 50)" width="40" height="20"/><rect transform="rotate(45 80 80)" x="70" y="70" width="20" height="20"/>',
    "flat": '<rect transform="scale(0 1)" width="50" height="50"/><rect x="60" width="20" height="20"/>',
    "inheritance": '<g fill="#d00" stroke="#00d" stroke-width="6"><g style="fill:#0a0"><rect x="10" y="10" width="30" height="30"/>'
    '<rect x="60" y="10" width="30" height="30" fill="#fc0" style="stroke:none"/></g>'
    '<rect x="10" y="60" width="30" height="30" fill="inherit"/><rect x="60" y="60" width="30" height="30" style="fill:#ccc" fill="#000"/></g>',
    "use": '<defs><rect id="r" width="30" height="30"/></defs><use href="#r" x="10" y="10" fill="#d00"/>'
    '<use xlink:href="#r" x="50" y="50" fill="#00d" transform="rotate(20 60 60)"/>',
    "use-of-a-group": '<defs><g id="g" fill="#0a0"><circle r="10"/><use href="#s" x="20"/></g><path id="s" d="M0 0h9v9z"/></defs>'
    '<use href="#g" x="20" y="20"/><use href="#g" x="50" y="60" opacity=".5"/>',
    "definitions": '<symbol id="y"><rect width="90" height="90"/></symbol><linearGradient id="z"/><title>T</title><rect width="9" height="9"/>',
    "anchor": '<a><rect width="50" height="50" fill="#036"/></a>',
    # Clips
    "clip": '<clipPath id="c"><circle cx="50" cy="50" r="30"/></clipPath><rect x="10" y="10" width="80" height="60" clip-path="url(#c)"/>',
    "clip-of-a-group": '<clipPath id="c"><circle cx="50" cy="50" r="30"/></clipPath><g clip-path="url(#c)" transform="translate(10 0)">'
    '<rect width="50" height="99" fill="#d00"/><path d="M0 0L99 99" stroke="#000" stroke-width="9"/></g>',
    "clip-of-two": '<clipPath id="c"><circle cx="30" cy="50" r="25"/><rect x="40" y="30" width="50" height="30"/></clipPath>'
    '<rect width="100" height="100" fill="#036" clip-path="url(#c)"/>',
    "clip-units": '<clipPath id="c" clipPathUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5"/></clipPath>'
    '<rect x="20" y="30" width="70" height="40" clip-path="url(#c)"/>',
    "clip-rule": '<clipPath id="c"><path clip-rule="evenodd" d="M10 10H90V90H10ZM30 30H70V70H30Z"/></clipPath>'
    '<rect width="100" height="100" clip-path="url(#c)"/>',
    "clip-in-a-clip": '<clipPath id="b"><rect width="50" height="99"/></clipPath><clipPath id="c" clip-path="url(#b)">'
    '<circle cx="50" cy="50" r="40"/></clipPath><rect width="100" height="100" clip-path="url(#c)"/>',
    "clip-transformed": '<clipPath id="c" transform="rotate(45 50 50)"><rect x="30" y="30" width="40" height="40"/></clipPath>'
    '<rect width="100" height="100" clip-path="url(#c)"/>',
    "clip-with-use": '<defs><circle id="o" r="20"/></defs><clipPath id="c"><use href="#o" x="50" y="40"/></clipPath>'
    '<rect width="100" height="100" clip-path="url(#c)"/>',
    "clip-hidden": '<clipPath id="c"><rect width="50" height="50"/><rect width="99" height="99" visibility="hidden"/></clipPath>'
    '<rect width="100" height="100" clip-path="url(#c)"/>',
    "clip-empty": '<clipPath id="c"/><rect width="100" height="100" clip-path="url(#c)"/><rect width="9" height="9"/>',
    "clip-nested": '<clipPath id="b"><rect width="50" height="99"/></clipPath><clipPath id="c"><circle cx="50" cy="50" r="40"/></clipPath>'
    '<g clip-path="url(#b)"><rect width="100" height="100" clip-path="url(#c)"/></g>',
    "beyond-the-view-box": '<circle cx="10" cy="10" r="60" fill="#036"/><path d="M-50 90H150" stroke="#c00" stroke-width="30"/>',
}
