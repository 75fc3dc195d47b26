"""Drawings that are refused, each with the end of its message after the place in the file."""

from __future__ import annotations

REFUSED: dict[str, tuple[str, str]] = {
    "marker shape": (
        '<path marker-start="arrow" d="M0 0H9"/>',
        "line 2, column 1: <path>: marker-start 'arrow' is not supported; refer to a marker element",
    ),
    "blend mode": (
        '<g id="glow" style="mix-blend-mode:multiply"><path d="M0 0H9V9"/></g>',
        "line 2, column 1: <g> 'glow': mix-blend-mode 'multiply' is not supported",
    ),
    "mask": (
        '<g>\n <g mask="url(#m)"/></g>',
        "line 3, column 2: <g>: mask 'url(#m)' is not supported",
    ),
    "mask in a style sheet": (
        "<style>.a{mask:url(#m)}</style>\n<path class='a' d='M0 0H9'/>",
        "line 3, column 1: <path>: mask 'url(#m)' is not supported",
    ),
    "filter": ('<g filter="url(#f)"/>', "line 2, column 1: <g>: filter 'url(#f)' is not supported"),
    "filter in a used group": (
        '<defs><g id="a" style="filter:blur(2px)"/></defs>\n<use href="#a"/>',
        "line 2, column 7: <g> 'a': filter 'blur(2px)' is not supported",
    ),
    "gradient that does not exist": (
        '\n<rect width="9" height="9" fill="url(#g)"/>',
        "line 3, column 1: <rect>: fill 'url(#g)': no gradient or pattern has this id",
    ),
    "gradient in a cycle": (
        '<linearGradient id="a" href="#b"/>\n<linearGradient id="b" href="#a"/>'
        '<rect width="9" height="9" fill="url(#a)"/>',
        "line 2, column 1: <linearGradient> 'a': references lead to each other",
    ),
    "template that does not exist": (
        '<linearGradient id="a" href="#b"/><rect width="9" height="9" fill="url(#a)"/>',
        "line 2, column 1: <linearGradient> 'a': it refers to '#b', which does not exist",
    ),
    "endless repetition": (
        '<linearGradient id="a" x2="0.0001" spreadMethod="repeat"><stop/><stop offset="1"/></linearGradient>'
        '<rect width="9" height="9" fill="url(#a)"/>',
        "line 2, column 1: <linearGradient> 'a': it is repeated more than 200 times; make it larger",
    ),
    "tiny tiles": (
        '<pattern id="p" width=".01" height=".01" patternUnits="userSpaceOnUse"><path d="M0 0H9"/></pattern>'
        '<rect width="9" height="9" fill="url(#p)"/>',
        "line 2, column 1: <pattern> 'p': it is repeated more than 4,000 times; make its tiles larger",
    ),
    "pattern in itself": (
        '<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern>'
        '<rect width="9" height="9" fill="url(#p)"/>',
        "references lead to each other, or are nested too deeply",
    ),
    "marker in itself": (
        '<marker id="m"><path d="M0 0H9" marker-end="url(#m)"/></marker><path d="M0 '
        '0H9" marker-end="url(#m)"/>',
        "references lead to each other, or are nested too deeply",
    ),
    "colour": (
        '<rect fill="icc-color(x)"/>',
        "line 2, column 1: <rect>: fill 'icc-color(x)' is not supported; use a colour such as #336699 or none",
    ),
    "variable": (
        '<rect style="fill:var(--a)"/>',
        "line 2, column 1: <rect>: fill 'var(--a)': the variable --a has no value",
    ),
    "variables in a cycle": (
        '<rect style="--a:var(--b);--b:var(--a);fill:var(--a)"/>',
        "line 2, column 1: <rect>: fill 'var(--a)' is not supported; write the value itself",
    ),
    "calculation": (
        '<rect style="width:calc(1px + 2px)"/>',
        "line 2, column 1: <rect>: 'width: calc(1px + 2px)' is not supported; write the value itself",
    ),
    "unit": (
        '<rect width="9vw" height="9"/>',
        "line 2, column 1: <rect>: width '9vw' is not supported; use a number or a length in px",
    ),
    "transform": (
        '<rect transform="turn(5)"/>',
        "line 2, column 1: <rect>: transform 'turn(5)' is not a list of transformations",
    ),
    "use of nothing": (
        '<use href="#s"/>',
        "line 2, column 1: <use>: it refers to '#s', which does not exist",
    ),
    "use of a gradient": (
        '<linearGradient id="s"/><use href="#s"/>',
        "line 2, column 25: <use>: it refers to a <linearGradient> element, which is not supported",
    ),
    "clip of nothing": (
        '<rect clip-path="url(#c)"/>',
        "line 2, column 1: <rect>: clip-path: clipPath element 'c' not found",
    ),
    "clip shape": (
        '<rect clip-path="circle(5px)"/>',
        "line 2, column 1: <rect>: clip-path 'circle(5px)' is not supported; refer to a clipPath element",
    ),
    "transparent gradients that overlap": (
        '<linearGradient id="a"><stop stop-opacity="0"/><stop offset="1"/></linearGradient>\n'
        '<g opacity=".5"><rect width="9" height="9" fill="url(#a)"/><rect width="9" '
        'height="9" fill="url(#a)"/></g>',
        "line 3, column 1: <g>: its gradients are transparent and overlap, which opacity does not support",
    ),
    "text on a shape in a transparent group": (
        '<g opacity=".5"><rect width="90" height="90"/>\n<text x="20" y="50">Words</text></g>',
        "line 3, column 1: <text>: text on other parts of a group with opacity is not supported",
    ),
    "text below a shape in a transparent group": (
        '<g opacity=".5"><text x="20" y="50">Words</text><rect width="90" height="90"/></g>',
        "line 2, column 17: <text>: text on other parts of a group with opacity is not supported",
    ),
    "gradient on text": (
        '<linearGradient id="a"/><text fill="url(#a)">Words</text>',
        "line 2, column 25: <text>: fill 'url(#a)': gradients and patterns on text are not supported; convert it to paths",
    ),
    "text on a path": (
        '<text>Words <textPath href="#a">on a path</textPath></text>',
        "line 2, column 13: <textPath>: in a text, only tspan is supported; convert it to paths",
    ),
    "text of a given length": (
        '<text textLength="90">Words</text>',
        "line 2, column 1: <text>: textLength '90' is not supported",
    ),
    "vertical text": (
        '<text style="writing-mode:vertical-rl">Words</text>',
        "line 2, column 1: <text>: writing-mode 'vertical-rl' is not supported",
    ),
    "text as a clip": (
        '<clipPath id="c"><text>Words</text></clipPath><rect width="9" height="9" clip-path="url(#c)"/>',
        "line 2, column 18: <text>: text in a clipPath is not supported; convert it to paths",
    ),
    "join": (
        '<path stroke="#000" stroke-linejoin="arcs" d="M0 0H9"/>',
        "line 2, column 1: <path>: stroke-linejoin 'arcs' is not supported; use miter or round or bevel",
    ),
    "broken path": (
        '<path d="M0 0 X 5"/>',
        "line 2, column 1: <path>: the path cannot be read",
    ),
    "selector": (
        "<style>rect::first-line!{}</style>",
        "line 2, column 1: <style>: the selector 'rect::first-line!' in a style sheet is not supported",
    ),
    "imported style sheet": (
        '<style>@import url("a.css");</style>',
        "line 2, column 1: <style>: it refers to another style sheet (@import); paste its rules here",
    ),
    "broken style sheet": (
        "<style>.a{fill}</style>",
        "line 2, column 1: <style>: the style sheet cannot be read",
    ),
    "foreign object": (
        "<foreignObject width='9' height='9'/>",
        "line 2, column 1: <foreignObject>: foreign objects are not supported; save the drawing as plain SVG",
    ),
    "animation": (
        '<rect><animate attributeName="x"/></rect>',
        "<animate>: animations are not supported (line 2, column 7)",
    ),
    "bitmap": ('<image href="#a"/>', "<image>: bitmap images are not supported (line 2, column 1)"),
    "viewport": (
        '<svg viewBox="0 0 9"/>',
        "line 2, column 1: <svg>: its viewBox '0 0 9' is not four numbers",
    ),
    "alignment": (
        '<svg viewBox="0 0 9 9" preserveAspectRatio="left"/>',
        "line 2, column 1: <svg>: preserveAspectRatio 'left' is not supported; use xMidYMid",
    ),
}
