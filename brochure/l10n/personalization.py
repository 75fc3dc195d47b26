"""Records: an edition told to one person.

Takes an edition and a `Record`, a row of a table; gives the edition with that record's fields in its words, and what is wrong
with them. Only what names a field is told anew: everything else is the very same values, so that whoever comes behind can
take over what was set from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.l10n.edition import Edition
from brochure.l10n.message_format import Fact, find_arguments
from brochure.l10n.record_values import is_field
from brochure.l10n.references import references
from brochure.l10n.story_builder import StoryContext, build_story
from brochure.spec.values import RECORD, FactName, Message


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table: its number from 1 and its place, the values of its fields, and which edition it wants.

    `file` is what its file is to be called; empty where the table does not say.
    """

    number: int
    span: Span
    fields: Mapping[str, Fact] = field(default_factory=dict)
    language: str | None = None
    office: str | None = None
    file: str = ""


def merge_record(edition: Edition, record: Record) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition as the record's own; a field that it has not is missing, and no example stands in for it."""
    found: list[Finding] = []
    facts = {name: value for name, value in edition.facts.items() if not is_field(name)}
    facts |= {RECORD + name: value for name, value in record.fields.items()}
    telling = StoryContext(edition.layers, facts, edition.locale, found)
    told = {
        key: build_story(Message(key, edition.stories[key].span), telling)
        for key in personalize(edition)
    }
    return replace(edition, facts=facts, stories={**edition.stories, **told}), tuple(found)


def personalize(edition: Edition) -> tuple[str, ...]:
    """The messages that name a field."""
    return tuple(key for key in edition.stories if find_fields(key, edition))


def find_fields(key: str, edition: Edition) -> tuple[str, ...]:
    """The fields that a message names in the edition's words."""
    said = edition.layers.last(key)
    named = find_arguments(said.text) if said and RECORD in said.text else ()
    return tuple(name.removeprefix(RECORD) for name in named if is_field(name))


def find_used_fields(edition: Edition) -> dict[str, str]:
    """Each field that the edition names, with where: a message, or the block that shows its value."""
    wanted: dict[str, str] = {}
    for key in edition.stories:
        for name in find_fields(key, edition):
            wanted.setdefault(name, f"message '{key}'")
    for ref in references(edition.layout):
        if isinstance(ref, FactName) and is_field(ref.name):
            wanted.setdefault(ref.name.removeprefix(RECORD), f"{ref.span}")
    return wanted


def report_examples(edition: Edition) -> tuple[Finding, ...]:
    """The note that an edition shows its examples, so that nobody takes it for a person's."""
    declared = edition.layout.merge_fields
    named = [name for name in find_used_fields(edition) if name in declared] if declared else []
    if not named:
        return ()
    shown = ", ".join(f"{name} '{edition.layout.merge_fields[name].value}'" for name in named[:3])
    message = f"this shows the examples of a record's fields: {shown}"
    hint = "'--records FILE' builds one for each row of a table"
    return (Finding("record-example", message, None, hint, Severity.NOTE),)
