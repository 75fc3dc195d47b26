"""Findings on the texts of SVG drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brochure.blocks._artwork import DrawingSource
from brochure.blocks._drawing_fonts import FontFinder
from brochure.blocks._drawing_texts import TextSetter
from brochure.blocks.svg.drawing import SvgDrawing, SvgFont
from brochure.color.swatch import Paint
from brochure.findings import Finding, Severity, nearest
from brochure.geometry import Matrix, Rect
from brochure.l10n.language_tags import is_compatible
from brochure.model.block_context import BlockContext
from brochure.model.display_list import GlyphRun, bounds

MAX_LISTED = 3
"""Texts that a finding lists."""

BODY = "body"
"""The paragraph style of texts whose font is not in the project."""

SLACK = 0.5
"""How far a text may be cut at the edge of a drawing, in its units."""


def check_texts(
    drawing: SvgDrawing, source: DrawingSource, context: BlockContext, paint: Paint | None
) -> TextSetter | None:
    """Return what sets the texts of a drawing, and report what is wrong with them; None if it has no texts."""
    _note_unknown_labels(drawing, source, context)
    if not drawing.texts:
        return None
    language = context.edition.layout.source_language
    fonts = FontFinder(context.font_catalog, context.style(None, BODY), language)
    setter = TextSetter(context, fonts, source.labels, paint)
    missing = list(fonts.missing(_fonts(drawing)))
    for name in dict.fromkeys(missing):
        what = f"{source.name}: the font '{name}' is not in the project; '{fonts.base.type.family}' is used instead"
        hint = "add the font to assets/fonts, or choose another one in the drawing"
        context.note("drawing-font", what, source.span, hint, Severity.WARNING)
    if not drawing.languages and not is_compatible(language, context.edition.language):
        _note_untranslated(drawing, source, setter)
    _note_cut(drawing, source, setter, has_other_fonts=bool(missing))
    # Everything is reported now: what is set again at its final size reports nothing.
    quiet = replace(context, findings=[], missing=[], used=set(), loose=set())
    return replace(setter, context=quiet)


def _note_unknown_labels(drawing: SvgDrawing, source: DrawingSource, context: BlockContext) -> None:
    known = [name for text in drawing.texts for name in (*text.ids, text.string)]
    for name, message in source.labels.items():
        if name not in known:
            what = f"{source.name} has no text with the id or the words '{name[:40]}'"
            hint = nearest(name, known) or "give the text an id in the drawing program"
            context.note("label-unknown", what, message.span, hint)


def _fonts(drawing: SvgDrawing) -> Iterator[SvgFont]:
    for text in drawing.texts:
        for chunk in text.chunks:
            for piece in chunk.pieces:
                yield from (span.font for span in piece.spans)


def _note_untranslated(drawing: SvgDrawing, source: DrawingSource, setter: TextSetter) -> None:
    """Warn of texts that are printed in an edition of another language."""
    texts = [one.string.strip() for one in drawing.texts if setter.find_label(one) is None]
    distinct = list(dict.fromkeys(text for text in texts if any(map(str.isalpha, text))))
    if not distinct:
        return
    listed = ", ".join(f"'{text[:30]}'" for text in distinct[:MAX_LISTED])
    more = ", …" if len(distinct) > MAX_LISTED else ""
    language = setter.context.edition.language
    message = f"{language}: texts of {source.name} are printed as in the file: {listed}{more}"
    hint = "give them messages under 'labels'"
    finding = Finding("drawing-untranslated", message, source.span, hint, Severity.WARNING)
    setter.context.findings.append(replace(finding, count=len(distinct)))


def _note_cut(
    drawing: SvgDrawing, source: DrawingSource, setter: TextSetter, *, has_other_fonts: bool
) -> None:
    """Warn of messages, and of texts in another font, that are cut at the edge of the drawing or of a clip."""
    _, _, _, height = drawing.box
    upright = Matrix(1, 0, 0, -1, 0, height)
    for text in drawing.texts:
        items = list(setter.set(text, upright))
        label = setter.find_label(text)
        frame = upright.box(bounds(text.clip)) if text.clip else None
        if frame is None or not (label or has_other_fonts):
            continue
        runs = [item for item in items if isinstance(item, GlyphRun)]
        if any(not frame.contains(_letters(run), SLACK) for run in runs):
            words = " ".join(run.glyphs.text.strip() for run in runs)
            what = f"{source.name}: the text '{words[:40]}' is cut at the edge of the drawing"
            hint = "shorten it, or make space for it in the drawing"
            span = label.span if label else source.span
            setter.context.note("drawing-text-cut", what, span, hint, Severity.WARNING)


def _letters(run: GlyphRun) -> Rect:
    """Return the box of a run from its baseline to the height of an x."""
    glyphs = run.glyphs
    height = glyphs.face.x_height * glyphs.size
    return run.matrix.box(Rect(run.x, run.y, glyphs.width, height))
