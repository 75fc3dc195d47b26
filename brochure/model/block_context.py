"""The setter: what a block kind is handed to set its matter with.

Takes an edition, a shelf of fonts and a measure; gives prepared paragraphs, slabs of set text, paints, lengths and
structure tags. Stands between the block kinds, which say what they want in the words of the layout, and the composer,
which knows numbers only. A setter for another measure or a deeper structure is a new value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import count

from brochure.color.swatch import Cmyk, Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.l10n.message_format import format_number
from brochure.l10n.story import InlineMarks, Story, Words
from brochure.model.display_list import ARTIFACT, Item, Tag, Traits
from brochure.model.galley import Fill, ForcedBreak, Matter, Piece, Slab, items_of, label_x, moved
from brochure.spec.values import FactName, Length, Message, StyleName, SwatchName
from brochure.styles.computed_values import Scale
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose, prepare
from brochure.typeset.smart_punctuation import apply_typography
from brochure.typeset.style import Align, ParagraphStyle, Position, TextRun, TypeStyle


@dataclass(frozen=True)
class BlockContext:
    """Sets copy for one column: `measure` is its width in points; `path` is where in the structure it stands."""

    edition: Edition
    font_catalog: FontCatalog
    measure: float
    scale: Scale = field(default_factory=Scale)
    path: tuple[tuple[str, int], ...] = ()
    traits: tuple[tuple[int, Traits], ...] = ()
    folio: str = ""
    findings: list[Finding] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    used: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)

    # What the layout's words stand for

    def points(self, length: Length | None, em: float = 0.0) -> float:
        """A length in points; 0 where none is given."""
        return self.scale.at(em or self.scale.em).points(length) if length else 0.0

    def paint(self, name: SwatchName | None) -> Paint | None:
        """The paint of a swatch; None where none is named."""
        return self.edition.paint(name)

    def style(self, name: StyleName | None, otherwise: str) -> ParagraphStyle:
        """The style that is named, else the one that the kind asks for."""
        wanted = name.name if name else otherwise
        self.used.add(wanted)
        return self.edition.styles.paragraphs[wanted]

    def story(self, message: Message) -> Story:
        """The words of a message."""
        return self.edition.stories[message.key]

    def value(self, fact: FactName) -> float:
        """The figure that a fact stands for."""
        return float(self.edition.facts[fact.name])

    def figure(self, value: float, style: str = "") -> str:
        """A figure in the form of the edition's language, with a true minus sign."""
        plain = format_number(int(value) if value == int(value) else value, self.edition.locale, style)
        return plain.replace("-", "−")

    def left(self, align: Align, spare: float) -> float:
        """How far from the column's left edge a piece stands that leaves `spare` points of the measure free."""
        if align is Align.CENTRE:
            return spare / 2
        if align in (Align.LEFT, Align.RIGHT):
            return spare if align is Align.RIGHT else 0.0
        return spare if (align is Align.END) is self.edition.left_to_right else 0.0

    def note(
        self,
        code: str,
        message: str,
        span: Span | None,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Says that something is wrong, or not as good as it might be, with what is being set."""
        self.findings.append(Finding(code, message, span, hint, severity))

    # Structure

    def tag(self, role: str, alt: str = "", traits: Traits = ()) -> Tag:
        """A new element of the structure, below the setter's own; `alt` is what is read in its place."""
        number = next(self.numbers)
        said = (*self.traits, (number, traits)) if traits else self.traits
        return Tag((*self.path, (role, number)), alt, said)

    def within(self, role: str, traits: Traits = ()) -> BlockContext:
        """A setter whose elements stand below a new element of this role."""
        tag = self.tag(role, traits=traits)
        return replace(self, path=tag.path, traits=tag.traits)

    def narrowed(self, measure: float) -> BlockContext:
        """A setter for another measure."""
        return replace(self, measure=measure)

    # Setting

    def matter(
        self, message: Message, style: ParagraphStyle, role: str = "P", indent: float = 0.0
    ) -> tuple[Matter, ...]:
        """The message's paragraphs, ready for make-up to break at whatever measure it finds."""
        story = self.story(message)
        return tuple(
            Matter(
                self.prepared(words, style, story),
                self.tag(role),
                indent,
                key=story.key,
                span=story.span,
            )
            for words in story.paragraphs
        )

    def prepared(
        self, words: Sequence[Words], style: ParagraphStyle, story: Story | None = None
    ) -> PreparedParagraph:
        """One paragraph's words, shaped; a character that no font has is noted."""
        span = story.span if story else None
        if story and not story.ready:
            style = _as_draft(style, story.language)
        runs = [self._run(piece, style.type, span) for piece in words]
        prepared = prepare(runs, style, self.font_catalog)
        for missing in prepared.missing:
            self._missing(missing.char, missing.family, missing.hint_family, story)
        return prepared

    def plain(self, text: str, style: ParagraphStyle) -> PreparedParagraph:
        """Words that come from no message (figures, folios), shaped; house style applies to them as well."""
        return self.prepared((Words(apply_typography(text, self.edition.language)),), style)

    def slab(self, message: Message, style: ParagraphStyle, role: str = "P") -> Slab:
        """The message set at the setter's measure, as one piece."""
        story = self.story(message)
        set_text = [
            (self.prepared(words, style, story), self.tag(role)) for words in story.paragraphs
        ]
        return stacked([self.set(text, tag, story) for text, tag in set_text], self.measure)

    def set(self, text: PreparedParagraph, tag: Tag = ARTIFACT, story: Story | None = None) -> Slab:
        """A prepared paragraph broken at the setter's measure: from its cap height to its last baseline.

        A line that is wider than the measure is noted, with the message's name where its story is given.
        """
        style = text.style
        lines = compose(text, LineSlots((), LineSlot(0.0, self.measure)))
        self._too_wide(text, max((line.overfull for line in lines), default=0.0), story)
        if any(line.loose for line in lines):
            self.loose.add(style.name)
        top = self.cap_height(style.type)
        items: list[Item] = []
        for at, line in enumerate(lines):
            items.extend(items_of(line, 0.0, -top - at * style.leading, tag, text.text))
        height = top + (len(lines) - 1) * style.leading if lines else 0.0
        return Slab(
            self.measure,
            height,
            tuple(items),
            style.space_before,
            style.space_after,
            baseline=height if lines else None,
            air=max(0.0, style.leading - top),
        )

    def settled(self, piece: Piece) -> Slab:
        """A piece of a galley at the setter's measure, for those who put several into one slab."""
        match piece:
            case Slab():
                return piece
            case Matter():
                return self._settled_matter(piece)
            case Fill():
                return piece.make(max(piece.least, piece.natural))
            case ForcedBreak():
                what = "a column break ends nothing here: what is in a box stays in one piece"
                self.note("break-useless", what, piece.span, severity=Severity.WARNING)
                return Slab(self.measure, 0.0, ())

    def _settled_matter(self, matter: Matter) -> Slab:
        slab = self.narrowed(self.measure - matter.indent).set(matter.text, matter.tag)
        first = -self.cap_height(matter.text.style.type)
        left = matter.indent if matter.text.left_to_right else 0.0
        at = label_x(matter, LineSlot(left, slab.width))
        lead = first + matter.text.style.leading
        items = (
            *((replace(matter.bookmark, y=lead),) if matter.bookmark else ()),
            *(moved(item, at, first) for item in matter.label),
            *(moved(item, left, 0.0) for item in slab.items),
        )
        return replace(slab, width=self.measure, items=items)

    def width(self, text: PreparedParagraph) -> float:
        """The width of a prepared paragraph set in one line, in points."""
        lines = compose(text, LineSlots((), LineSlot(0.0, 1e5)))
        return max((line.right - line.left for line in lines), default=0.0)

    def cap_height(self, style: TypeStyle) -> float:
        """How high capitals stand, in points: the head of a first line."""
        return self.font_catalog.face(style).cap_height * style.size

    def _run(self, words: Words, base: TypeStyle, span: Span | None) -> TextRun:
        return TextRun(words.text, self._type(words.marks, base), words.marks.link, span)

    def _type(self, marks: InlineMarks, base: TypeStyle) -> TypeStyle:
        styles = self.edition.styles
        if marks.character:
            base = styles.dressed(base, marks.character)
        if marks.strong:
            base = styles.strong(base)
        if marks.emphasis:
            base = styles.emphasis(base)
        if marks.language:
            base = replace(base, language=marks.language)
        if marks.position is not Position.NORMAL:
            base = replace(base, position=marks.position)
        return base

    def _too_wide(self, text: PreparedParagraph, points: float, story: Story | None) -> None:
        if points <= OVERFULL:
            return
        words = f"message '{story.key}'" if story else f"'{text.text[:30]}'"
        what = f"{words}: a line is {points:.1f} pt wider than the {self.measure:.1f} pt it has"
        hint = "give it more room, allow hyphenation or make the type smaller"
        self.note("line-too-wide", what, story.span if story else None, hint)

    def _missing(self, char: str, family: str, has_it: str | None, story: Story | None) -> None:
        where = f"message '{story.key}': " if story else ""
        message = f"{where}{family} has no glyph for '{char}' (U+{ord(char):04X})"
        hint = (
            f"{has_it} has it: name it under fonts: fallback" if has_it else "no font here has it"
        )
        self.note("glyph-missing", message, story.span if story else None, hint)


OVERFULL = 0.01
"""What rounding may add to a line before it counts as too wide, in points."""

PROOF = Paint(Cmyk(0.0, 1.0, 0.0, 0.0))
"""The colour of words that are not in the edition's language: nobody takes them for finished."""


def _as_draft(style: ParagraphStyle, language: str) -> ParagraphStyle:
    """The style for words that stand in for a translation: in their own language, and plain to see."""
    return replace(style, type=replace(style.type, language=language, paint=PROOF, underline=True))


def stacked(slabs: Sequence[Slab], width: float) -> Slab:
    """Slabs one below the other as one piece, with their spaces between them: the larger counts, text keeps leading."""
    if not slabs:
        return Slab(width, 0.0, ())
    items: list[Item] = []
    y, above = 0.0, slabs[0]
    for at, slab in enumerate(slabs):
        if at:
            leading = 0.0 if above.baseline is None else slab.air
            y += max(above.space_after, slab.space_before) + leading
        items.extend(moved(item, 0.0, -y) for item in slab.items)
        y, above = y + slab.height, slab
    baseline = None if above.baseline is None else y - above.height + above.baseline
    return replace(
        slabs[0],
        width=width,
        height=y,
        items=tuple(items),
        space_after=above.space_after,
        keep_with_next=above.keep_with_next,
        baseline=baseline,
        head=None,
    )
