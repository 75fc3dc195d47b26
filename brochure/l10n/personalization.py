"""Mail merge: fill the merge fields of an edition with the values of one record.

Only messages that use a field are built again; everything else is shared between records, so that later stages can reuse
their results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.l10n.assets import RECORD_FIELD
from brochure.l10n.edition import Edition
from brochure.l10n.message_format import OWN_NUMBER, find_arguments
from brochure.l10n.number_format import Fact
from brochure.l10n.record_slots import number_fields, strip_slot
from brochure.l10n.record_values import is_field
from brochure.l10n.references import references
from brochure.l10n.story import Story
from brochure.l10n.story_builder import StoryContext, build_row_story, build_story
from brochure.spec.values import RECORD, Asset, FactName, FolioMessage, LiteralMessage, Message


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a mail-merge table: its number from 1, its place, its field values, its language and its office.

    `file` is the name of its PDF; empty if the table does not give one. The records of one page, such as a sheet of labels, are
    the `members` of one record, which has no fields of its own; its number is that of the sheet.
    """

    number: int
    span: Span
    fields: Mapping[str, Fact] = field(default_factory=dict)
    language: str | None = None
    office: str | None = None
    file: str = ""
    members: tuple[Record, ...] = ()

    @property
    def count(self) -> int:
        """The number of records: its members, or 1."""
        return len(self.members) or 1

    @property
    def values(self) -> Mapping[str, Fact]:
        """The values of the fields by name; those of members have the number of the slot in their names."""
        if not self.members:
            return self.fields
        return number_fields([one.fields for one in self.members])


def merge_record(edition: Edition, record: Record) -> tuple[Edition, tuple[Finding, ...]]:
    """Return the edition with the record's values and the findings; a field without a value is an error."""
    findings: list[Finding] = []
    facts = {name: value for name, value in edition.facts.items() if not is_field(name)}
    facts |= {RECORD + name: value for name, value in record.values.items()}
    context = StoryContext(edition.translations, {**edition.pages, **facts}, findings)
    repeated = {ref.key for ref in edition.rows}
    personal = {
        key: build_story(_reference(edition.stories[key]), context)
        for key in find_personal_messages(edition)
        if key not in repeated
    }
    rows = {
        ref: build_row_story(ref, context) if find_fields(ref.key, edition) else story
        for ref, story in edition.rows.items()
    }
    first = {ref.key: rows[ref] for ref in reversed(rows)}
    stories = {**edition.stories, **personal, **first}
    return replace(edition, facts=facts, stories=stories, rows=rows), tuple(findings)


def rebuild_stories(edition: Edition, keys: Sequence[str]) -> Edition:
    """Return the edition with the stories of these messages built again, with the current page numbers."""
    # Their findings are known since they were built for the first time.
    context = StoryContext(edition.translations, {**edition.pages, **edition.facts}, [])
    built = {key: build_story(_reference(edition.stories[key]), context) for key in keys}
    rows = {ref: build_row_story(ref, context) for ref in edition.rows if ref.key in built}
    first = {ref.key: rows[ref] for ref in reversed(rows)}
    stories = {**edition.stories, **built, **first}
    return replace(edition, stories=stories, rows={**edition.rows, **rows})


def _reference(story: Story) -> Message:
    plain = FolioMessage if OWN_NUMBER in story.text else Message
    kind = LiteralMessage if story.is_literal else plain
    return kind(story.key, story.span)


def find_personal_messages(edition: Edition) -> tuple[str, ...]:
    """Return the keys of the messages that use a merge field."""
    return tuple(key for key in edition.stories if find_fields(key, edition))


def find_fields(key: str, edition: Edition) -> tuple[str, ...]:
    """Return the merge fields that a message uses in the edition's language."""
    text = edition.translations.choose(key)
    named = find_arguments(text.text) if text and RECORD in text.text else ()
    return tuple(name.removeprefix(RECORD) for name in named if is_field(name))


def find_used_fields(edition: Edition) -> dict[str, str]:
    """Return each merge field that the edition uses, with its place: a message, or a block that shows its value."""
    used: dict[str, str] = {}
    for key in edition.stories:
        for name in find_fields(key, edition):
            used.setdefault(name, f"message '{key}'")
    for ref in references(edition.layout):
        if isinstance(ref, FactName) and is_field(ref.name):
            used.setdefault(strip_slot(ref.name).removeprefix(RECORD), f"{ref.span}")
        elif isinstance(ref, Asset):
            for name in RECORD_FIELD.findall(ref.path):
                used.setdefault(strip_slot(name), f"{ref.span}")
    return used


EXAMPLES = "record-example"
"""Code of the note that merge fields show their examples."""


def report_examples(edition: Edition) -> tuple[Finding, ...]:
    """Return a note that the edition shows example values, if it uses merge fields."""
    declared = edition.layout.merge_fields
    named = [name for name in find_used_fields(edition) if name in declared] if declared else []
    if not named:
        return ()
    shown = ", ".join(f"{name} '{edition.layout.merge_fields[name].value}'" for name in named[:3])
    message = f"the merge fields show their example values: {shown}"
    hint = "build one brochure per row of a table with '--records FILE'"
    return (Finding(EXAMPLES, message, None, hint, Severity.NOTE),)
