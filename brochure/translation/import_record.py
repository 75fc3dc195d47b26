"""The record of an import: which key each paragraph of the manuscript has, and its text as it was imported.

It is `manuscripts/GROUP.json` in the project. The next import finds in it the paragraphs of the older manuscript, and keys that
must not be used again. A text that differs from it was edited in the copy. Renamed messages are renamed there too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.project import Project
from brochure.spec.scalars import KEY

FOLDER = "manuscripts"
VERSION = 1
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class RecordedText:
    """A message of an import. `table`, `row` and `column` are the place of a cell; `table` is -1 for other texts."""

    key: str
    kind: str
    text: str
    table: int = -1
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class ImportRecord:
    """The messages of the last import in the order of the manuscript, its group and file, and keys that were used before."""

    texts: tuple[RecordedText, ...] = ()
    retired: tuple[str, ...] = ()
    group: str = ""
    manuscript: str = ""


def record_file(group: str) -> str:
    """Return the path in the project of the record of a group."""
    return f"{FOLDER}/{group}.json"


def list_records(project: Project) -> dict[str, ImportRecord]:
    """Return the records of a project by their files.

    Raises:
        InputError: A file is damaged.
    """
    names = [name for name in project.listing(FOLDER) if name.endswith(".json")]
    return {name: parse_record(project.read(name), project.label(name)) for name in names}


def parse_record(data: bytes, label: str) -> ImportRecord:
    """Return a record; InputError if it is damaged."""
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(len(data))
        return _read(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "the record of the last import is damaged"
        hint = "restore it from version control, or delete it: texts are then found in the copy by their content"
        raise InputError([Finding("manuscript-record", message, Span(label), hint)]) from None


def _read(value: Any) -> ImportRecord:
    if value["version"] != VERSION:
        raise ValueError(VERSION)
    texts = tuple(
        RecordedText(
            _key(one["key"]),
            str(one["kind"]),
            str(one["text"]),
            *(int(number) for number in one.get("cell", (-1, 0, 0))),
        )
        for one in value["texts"]
    )
    retired = tuple(map(_key, value["retired"]))
    return ImportRecord(texts, retired, _key(value["group"]), str(value["manuscript"]))


def _key(text: Any) -> str:
    if not isinstance(text, str) or not KEY.fullmatch(text):
        raise ValueError(text)
    return text


def write_record(record: ImportRecord) -> bytes:
    """Return a record as JSON, one message in a line, so that version control shows what changed."""
    lines = []
    for one in record.texts:
        value: dict[str, Any] = {"key": one.key, "kind": one.kind, "text": one.text}
        if one.table >= 0:
            value["cell"] = [one.table, one.row, one.column]
        lines.append(json.dumps(value, ensure_ascii=False))
    head = {
        "version": VERSION,
        "about": "Written by brochure text import-copy; commit it, do not edit it.",
        "group": record.group,
        "manuscript": record.manuscript,
    }
    parts = [
        f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in head.items()
    ]
    parts.append('"texts": [\n' + ",\n".join(lines) + "\n]")
    parts.append(f'"retired": {json.dumps(sorted(set(record.retired)))}')
    return ("{" + ",\n".join(parts) + "}\n").encode()


def rename_in_record(
    data: bytes, label: str, old: str, new: str, names: Mapping[str, str]
) -> bytes:
    """Return a record with other keys for its messages, and for its group."""
    record = parse_record(data, label)
    texts = tuple(replace(one, key=names.get(one.key, one.key)) for one in record.texts)
    group = record.group
    if group == old or group.startswith(f"{old}."):
        group = new + group.removeprefix(old)
    if (texts, group) == (record.texts, record.group):
        return data
    return write_record(replace(record, texts=texts, group=group))
