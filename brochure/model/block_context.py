"""The context in which a block sets its content.

It resolves the layout's values (lengths, paints, styles, variables) and sets messages into prepared
paragraphs and boxes. A context for another width or a nested structure element is a new value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import count

from brochure.color.swatch import Cmyk, Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Origin, Severity, Span
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.l10n.language_tags import is_compatible
from brochure.l10n.number_format import Fact, describe_excess, format_number
from brochure.l10n.story import InlineImage, InlineMarks, Story, Words
from brochure.locales import canonical_tag
from brochure.model.display_list import ARTIFACT, Tag, Traits
from brochure.model.galley import (
    Fill,
    ForcedBreak,
    GalleyBox,
    GalleyParagraph,
    Piece,
    join_shadings,
)
from brochure.model.notes import NoteText
from brochure.model.paragraph_box import box_lines, find_slot, stack
from brochure.spec.values import FactName, Length, Message, StyleName, SwatchName
from brochure.styles.computed_values import Scale
from brochure.typeset.itemize import MissingGlyph
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose, prepare
from brochure.typeset.smart_punctuation import apply_typography
from brochure.typeset.style import (
    OBJECT,
    Align,
    InlineObject,
    ParagraphStyle,
    Position,
    TextRun,
    TypeStyle,
)

DrawInlineImage = Callable[[InlineImage, Paint, "BlockContext", Span | None], InlineObject | None]
"""Returns what is set for a picture in text of a colour; None if its file cannot be used, which is reported."""


@dataclass(frozen=True)
class BlockContext:
    """Typesetting context of one column.

    `measure` is its width in points, `page` the number of the first page, `path` the enclosing structure elements, `block` the
    place of the block in the layout. `outer_left` is set if the outer margin of the first page is at the left. `draw_image`
    sets pictures in text. `span_measure` is the width of all columns of the frame; 0 within a block. `notes` are those marked in
    the text so far, by their keys and texts, and `turn` is the index of their thread in reading order.
    """

    edition: Edition
    font_catalog: FontCatalog
    measure: float
    scale: Scale = field(default_factory=Scale)
    path: tuple[tuple[str, int], ...] = ()
    traits: tuple[tuple[int, Traits], ...] = ()
    folio: str = ""
    page: int = 0
    findings: list[Finding] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    used: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    missing: list[MissingGlyph] = field(default_factory=list)
    block: Span | None = None
    outer_left: bool = False
    turn: int = 0
    notes: dict[tuple[str, str], NoteText] = field(default_factory=dict)
    draw_image: DrawInlineImage | None = None
    span_measure: float = 0.0

    # Layout values

    def points(self, length: Length | None, em: float = 0.0) -> float:
        """Convert a length to points; 0 if there is none."""
        return self.scale.at(em or self.scale.em).points(length) if length else 0.0

    def paint(self, name: SwatchName | None) -> Paint | None:
        """Return the paint of a swatch; None if none is named."""
        return self.edition.paint(name)

    def style(self, name: StyleName | None, otherwise: str) -> ParagraphStyle:
        """Return the named paragraph style, or the block's default."""
        key = name.name if name else otherwise
        self.used.add(key)
        return self.edition.styles.paragraphs[key]

    def story(self, message: Message, style: ParagraphStyle | None = None) -> Story:
        """Return the text of a message; in the language of its style, if that is another one than the edition's."""
        story = self.edition.story(message)
        language = style.type.language if style else self.edition.language
        if not story.ready or is_compatible(language, self.edition.language):
            return story
        return self.edition.story_in(message, language)

    def value(self, fact: FactName) -> float:
        """Return the value of a variable as a number; ValueError if it is a text without digits."""
        return float(self.edition.facts[fact.name])

    def fact(self, fact: FactName) -> Fact:
        """Return the value of a variable; a quoted one is a text."""
        return self.edition.facts[fact.name]

    def figure(self, value: float, style: str = "") -> str:
        """Format a number in the edition's locale, with a true minus sign."""
        plain = format_number(
            int(value) if value == int(value) else value, self.edition.locale, style
        )
        return plain.replace("-", "−")

    def note_excess(
        self, source: float | FactName | None, value: float | None, style: str, span: Span
    ) -> None:
        """Warn of a percentage above 100; `source` is the value as the layout gives it."""
        name = f"'{source.name}'" if isinstance(source, FactName) else "the value"
        found = describe_excess(name, value, style) if value is not None else None
        if found:
            self.note("percent-large", found[0], span, found[1], Severity.WARNING)

    def left(self, align: Align, spare: float) -> float:
        """Return the left offset of content that leaves `spare` points of the width free."""
        if align is Align.CENTRE:
            return spare / 2
        if align in (Align.LEFT, Align.RIGHT):
            return spare if align is Align.RIGHT else 0.0
        if align in (Align.INNER, Align.OUTER):
            return 0.0 if (align is Align.OUTER) is self.outer_left else spare
        return spare if (align is Align.END) is self.edition.left_to_right else 0.0

    def note(
        self,
        code: str,
        message: str,
        span: Span | None,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Record a finding."""
        self.findings.append(Finding(code, message, span, hint, severity))

    # Structure

    def tag(self, role: str, alt: str = "", traits: Traits = ()) -> Tag:
        """Create a structure element below the current one; `alt` is its alternate text."""
        number = next(self.numbers)
        all_traits = (*self.traits, (number, traits)) if traits else self.traits
        return Tag((*self.path, (role, number)), alt, all_traits)

    def within(self, role: str, traits: Traits = ()) -> BlockContext:
        """Return a context inside a new structure element of this role."""
        tag = self.tag(role, traits=traits)
        return replace(self, path=tag.path, traits=tag.traits)

    def narrowed(self, measure: float) -> BlockContext:
        """Return a context for another width."""
        return replace(self, measure=measure, span_measure=0.0)

    # Typesetting

    def prepare_message(
        self, message: Message, style: ParagraphStyle, role: str = "P", indent: float = 0.0
    ) -> tuple[GalleyParagraph, ...]:
        """Return the paragraphs of a message, to be broken into lines by the layout."""
        story = self.story(message, style)
        return tuple(
            GalleyParagraph(
                self.prepare(words, style, story),
                self.tag(role),
                indent,
                key=story.key,
                span=story.span,
            )
            for words in story.paragraphs
        )

    def prepare(
        self, words: Sequence[Words], style: ParagraphStyle, story: Story | None = None
    ) -> PreparedParagraph:
        """Shape one paragraph; record a finding for each character without a glyph."""
        span = story.span if story else None
        if story and not story.ready:
            style = _mark_untranslated(style, story.language)
        origin = Origin(span, story.key if story else "", style.name, self.block)
        pieces = _split_words(words, style)
        if any(piece.marks.note for piece in words):
            # Imported here: only text with notes needs it.
            from brochure.model.note_marks import set_marks

            pieces = set_marks(pieces, self, style, story)
        runs = tuple(self._make_run(piece, style, matched, origin) for piece, matched in pieces)
        for run_style in dict.fromkeys(run.style for run in runs if not run.text.isspace()):
            self._note_substitution(run_style)
        prepared = prepare(runs, style, self.font_catalog)
        if prepared.missing:
            key = story.key if story else ""
            self.missing.extend(
                replace(one, paragraph=prepared.text, key=key) for one in prepared.missing
            )
        return prepared

    def prepare_plain(
        self, text: str, style: ParagraphStyle, story: Story | None = None
    ) -> PreparedParagraph:
        """Shape numbers and page numbers, with the typography of the language; `story` is the message around them, if any."""
        return self.prepare((Words(apply_typography(text, self.edition.language)),), style, story)

    def prepare_source(self, text: str, style: ParagraphStyle) -> PreparedParagraph:
        """Shape text that comes from a data file, in the source language."""
        source = self.edition.layout.source_language
        is_foreign = not is_compatible(source, self.edition.language)
        marks = InlineMarks(language=source) if is_foreign else InlineMarks()
        language = source if is_foreign else self.edition.language
        return self.prepare((Words(apply_typography(text, language), marks),), style)

    def set_message(self, message: Message, style: ParagraphStyle, role: str = "P") -> GalleyBox:
        """Set a message at the current width as one box."""
        story = self.story(message, style)
        paragraphs = [
            GalleyParagraph(self.prepare(words, style, story), self.tag(role))
            for words in story.paragraphs
        ]
        joined = (one for one in join_shadings(paragraphs) if isinstance(one, GalleyParagraph))
        return stack([self._set_prepared(one, story) for one in joined], self.measure)

    def set_paragraph(
        self, text: PreparedParagraph, tag: Tag = ARTIFACT, story: Story | None = None
    ) -> GalleyBox:
        """Break a paragraph at the current width into a box from its cap height to its last baseline.

        Rules and the insets of its shading are around that. A line that is too wide is recorded as a finding, with the message's
        key if its story is given.
        """
        return self._set_prepared(GalleyParagraph(text, tag), story)

    def set_piece(self, piece: Piece) -> GalleyBox:
        """Set one piece of a galley at the current width, to combine several into one box."""
        match piece:
            case GalleyBox():
                return piece
            case GalleyParagraph():
                return self._set_prepared(piece)
            case Fill():
                return piece.make(max(piece.least, piece.natural))
            case ForcedBreak():
                what = "a column break has no effect in a box, which is never divided; remove it"
                self.note("break-useless", what, piece.span, severity=Severity.WARNING)
                return GalleyBox(self.measure, 0.0, ())

    def _set_prepared(self, paragraph: GalleyParagraph, story: Story | None = None) -> GalleyBox:
        text, style = paragraph.text, paragraph.text.style
        slot = find_slot(paragraph, self.measure, outer_left=self.outer_left)
        lines = compose(text, LineSlots((), slot))
        self._note_too_wide(text, max((line.overfull for line in lines), default=0.0), story)
        if any(line.loose for line in lines):
            self.loose.add(style.name)
        return box_lines(paragraph, lines, slot, self.measure, self.cap_height(style.type))

    def width(self, text: PreparedParagraph) -> float:
        """Return the width of a paragraph set in one line, in points."""
        lines = compose(text, LineSlots((), LineSlot(0.0, 1e5)))
        return max((line.right - line.left for line in lines), default=0.0)

    def cap_height(self, style: TypeStyle) -> float:
        """Return the height of capitals in points, the top of a first line."""
        return self.font_catalog.face(style).cap_height * style.size

    def _make_run(
        self, words: Words, style: ParagraphStyle, patterns: Sequence[str], origin: Origin
    ) -> TextRun:
        """Return the run of one piece; `patterns` names the character styles of the patterns that it matches."""
        base = style.type
        for character in patterns:
            base = self.edition.styles.apply_character_style(base, character)
        styled = self._apply_marks(words.marks, base, style)
        if words.marks.image:
            draw = self.draw_image
            inline = draw(words.marks.image, styled.paint, self, origin.span) if draw else None
            text = OBJECT if inline else words.plain  # a missing file is reported elsewhere
            return TextRun(text, styled, words.marks.link, origin, inline)
        return TextRun(words.text, styled, words.marks.link, origin)

    def _apply_marks(
        self, marks: InlineMarks, base: TypeStyle, paragraph: ParagraphStyle
    ) -> TypeStyle:
        styles = self.edition.styles
        if marks.character:
            base = styles.apply_character_style(base, marks.character)
        if marks.strong:
            base = styles.strong(base, paragraph.strong)
        if marks.emphasis:
            base = styles.emphasis(base, paragraph.emphasis)
        if marks.language:
            base = replace(base, language=canonical_tag(marks.language))
        if marks.position is not Position.NORMAL:
            base = replace(base, position=marks.position)
        return base

    def _note_substitution(self, style: TypeStyle) -> None:
        """Record that the family lacks the style, so that another one is used."""
        found = self.font_catalog.substitution(style)
        if found:
            asked, used = found
            what = f"font family '{style.family}' has no {asked}; {used} is used instead"
            hint = (
                f"add the {asked} to assets/fonts, or set the weight, width and italic of the style"
            )
            span = self.font_catalog.span(style.family)
            self.note("font-style-missing", what, span, hint, Severity.WARNING)

    def _note_too_wide(self, text: PreparedParagraph, points: float, story: Story | None) -> None:
        if points <= OVERFULL:
            return
        words = f"message '{story.key}'" if story else f"'{text.text[:30]}'"
        what = f"{words}: a line is {points:.1f} pt wider than its column of {self.measure:.1f} pt"
        hyphenate = "" if text.style.hyphenation.on else ", allow hyphenation"
        hint = f"widen the column{hyphenate} or reduce the type size"
        self.note("line-too-wide", what, story.span if story else None, hint)


def _split_words(
    words: Sequence[Words], style: ParagraphStyle
) -> Iterable[tuple[Words, tuple[str, ...]]]:
    """Return the pieces of a paragraph, each with the character styles of the patterns that it matches."""
    if not style.patterns:
        return ((piece, ()) for piece in words)
    # Imported here: only styles with patterns need it.
    from brochure.model.text_patterns import split_at_patterns

    return split_at_patterns(words, style.patterns)


OVERFULL = 0.01
"""Rounding error allowed before a line counts as too wide, in points."""

PROOF = Paint(Cmyk(0.0, 1.0, 0.0, 0.0))
"""Colour of text that is not in the edition's language, so that it cannot pass for finished."""


def _mark_untranslated(style: ParagraphStyle, language: str) -> ParagraphStyle:
    """Return the style for untranslated text: its own language, coloured and underlined."""
    return replace(style, type=replace(style.type, language=language, paint=PROOF, underline=True))
