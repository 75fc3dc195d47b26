"""Symbol map: circles on a map, whose areas are proportional to values.

`map` is a picture, an SVG or a PDF in an assets folder. Each point has its `value` and its place: `x` and `y` from the upper left
corner, in per cent or in the units of the map (pixels of a picture, points of a PDF, user units of an SVG), or the `id` of an
element of an SVG, at whose centre the symbol is. Labels are set in their symbols or beside them, where they touch no symbol and
no other label, if necessary with a leader; labels without space are reported. A key of sizes is below the map.

The points can be read from a CSV, TSV or XLSX file: `from: clinics.csv`. The map is not mirrored in right-to-left editions.

Example:
    - symbol-map:
        - {label: places.north, x: 34%, y: 22%, value: 120}
        - {label: places.port, x: 61%, y: 70%, value: 64, colour: ember}
      map: maps/country.svg
      map-colour: ink 12%
      unit: places.patients
      alt: places.alt

    - symbol-map: {from: clinics.csv, label: Clinic, value: Patients, id: District}
      map: maps/districts.svg
      size: 14 mm
      alt: places.alt
"""

from __future__ import annotations

from brochure.blocks._artwork import Artwork, Look, find_artwork
from brochure.blocks.charts.canvas import frame_chart
from brochure.blocks.charts.map_points import Box, SymbolMapFields, read_map_points
from brochure.blocks.charts.symbol_plot import MapCanvas, SymbolPlot
from brochure.blocks.svg.cached import load_drawing
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley


@dataclass(frozen=True, slots=True)
class SymbolMap(SymbolMapFields):
    """A symbol map."""


def galley(block: SymbolMap, context: BlockContext) -> Galley:
    """Typeset the map as one box."""
    if block.map is None:
        message = "the symbol map has no map"
        context.note("map-missing", message, block.span, "e.g. map: maps/country.svg")
        return ()
    artwork = find_artwork(block.map, Look(colour=block.map_colour), context)
    if artwork is None:
        return ()
    read = read_map_points(block, _area_in_units(block, artwork, context), context)
    if read is None:
        return ()
    fields, points = read
    plot = SymbolPlot(fields, MapCanvas(context), points, artwork)
    return frame_chart(fields, context, plot.draw(), plot.cells())


def _area_in_units(block: SymbolMap, artwork: Artwork, context: BlockContext) -> Box:
    """Return the area of the map in its units: the view box of an SVG, or its size."""
    vector = context.edition.vectors.get(block.map.path) if block.map else None
    if vector and vector.name.lower().endswith(".svg"):
        return load_drawing(vector.name, vector.project).box
    return 0.0, 0.0, artwork.width, artwork.height
