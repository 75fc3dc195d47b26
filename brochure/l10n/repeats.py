"""Make the pages, frames and blocks of a layout that are repeated for the rows of a table.

The result is a layout without repeats. What was made for a row has its values: messages in `row`, file names as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Any

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, has_errors, nearest
from brochure.l10n.office import Office
from brochure.l10n.record_grids import check_record_grid, count_slots, is_of_records, slot_row
from brochure.l10n.record_slots import fill_slot_fact, fill_slot_path, find_slot
from brochure.l10n.references import find_values
from brochure.l10n.row_values import Row, RowTable, read_row_table
from brochure.project import Project
from brochure.spec.model import Frame, Layout, Master, PageSpec
from brochure.spec.repeat import Cell, Repeat, RepeatedBlocks
from brochure.spec.scalars import is_inside_assets
from brochure.spec.validation import frames_of, inherited_from
from brochure.spec.values import (
    Asset,
    CellCondition,
    FactName,
    Length,
    MasterName,
    Message,
    StoryName,
)

MAX_REPEATED_PAGES = 2000
"""Maximum number of pages that repeats make."""
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def expand_repeats(
    project: Project, layout: Layout, office: Office | None, records: int | None = None
) -> Layout:
    """Return the layout with everything that is repeated.

    Args:
        project: The project that holds the data files.
        layout: The layout, without conditions.
        office: The office, whose files replace those of the layout.
        records: How many records of a mail merge a grid of records has (default: as many as fit).

    Raises:
        InputError: A file cannot be used, has no rows, or names pictures that do not exist.
    """
    slots = count_slots(layout) if records is None else records
    expansion = _Expansion(project, layout, office, slots, [], {}, {})
    pages = tuple(page for each in layout.pages for page in expansion.pages(each))
    stories = {name: expansion.blocks_in(one, ()) for name, one in layout.stories.items()}
    masters = {name: _without_repeats(one) for name, one in layout.masters.items()}
    masters = {name: expansion.blocks_in(one, ()) for name, one in masters.items()}
    spine = layout.spine and expansion.blocks_in(layout.spine, ())
    findings = (*expansion.findings, *expansion.report_missing())
    if len(pages) > MAX_REPEATED_PAGES:
        message = f"the layout has {len(pages):,} pages with those that are repeated; the maximum is {MAX_REPEATED_PAGES:,}"
        findings = (*findings, Finding("pages-many", message, layout.span, "limit the rows"))
    if has_errors(findings):
        raise InputError(findings)
    return replace(
        layout,
        declared=layout.written,
        findings=(*layout.findings, *findings),
        pages=pages,
        stories=stories,
        masters={**masters, **expansion.masters},
        spine=spine,
        record_slots=slots,
    )


def _without_repeats(master: Master) -> Master:
    """Return a master without repeated frames; pages that use them have masters of their own."""
    frames = {name: one for name, one in master.frames.items() if not one.repeat}
    return master if len(frames) == len(master.frames) else replace(master, frames=frames)


@dataclass(frozen=True)
class _Expansion:
    """State of an expansion: the findings, the masters of pages that were made, and pictures that are missing."""

    project: Project
    layout: Layout
    office: Office | None
    slots: int
    findings: list[Finding]
    masters: dict[str, Master]
    missing: dict[Span, dict[str, Span]]

    # Pages

    def pages(self, page: PageSpec) -> Iterator[PageSpec]:
        """Yield the pages that take the place of a page."""
        frames = self._frames_on(page)
        if page.repeat is None:
            if any(frame.repeat for frame in frames.values()):
                yield from self._grid_pages(page, frames, ())
            else:
                yield self.blocks_in(page, ())
            return
        self._refuse_grid(page.repeat)
        rows = self._rows(page.repeat, has_otherwise=bool(page.otherwise))
        if not rows:
            yield from (new for other in page.otherwise for new in self.pages(other))
        for row in rows:
            yield from self._grid_pages(page, self._substitute(frames, row), row)

    def _frames_on(self, page: PageSpec) -> dict[str, Frame]:
        """Return the frames of a page with its content for them."""
        inherited = frames_of(self.layout, page.master.name) if page.master else {}
        frames = {**inherited, **page.frames}
        for name, fill in page.fills.items():
            if isinstance(fill, StoryName):
                frames[name] = replace(frames[name], story=fill, content=())
            else:
                frames[name] = replace(frames[name], story=None, content=fill)
        return frames

    def _grid_pages(
        self, page: PageSpec, frames: Mapping[str, Frame], row: Row
    ) -> Iterator[PageSpec]:
        """Yield the pages that the rows of repeated frames need."""
        grids = {name: self._grids(one) for name, one in frames.items() if one.repeat}
        for at in range(max(map(len, grids.values()), default=1)):
            first = next((each[at] for each in grids.values() if at < len(each)), None)
            made: dict[str, Frame] = {}
            for name, frame in frames.items():
                if name not in grids:
                    own = self._substitute(frame, first.group) if first and first.group else frame
                    made[name] = self.blocks_in(own, row)
                elif at < len(grids[name]):
                    made |= self._cells(name, frame, grids[name][at])
            yield self._page(page, made)

    def _page(self, page: PageSpec, frames: dict[str, Frame]) -> PageSpec:
        """Return a page with these frames, in a master of its own, which keeps their order."""
        base = inherited_from(self.layout, page.master.name) if page.master else Master(page.span)
        name = f"{page.master.name if page.master else 'page'} · {len(self.masters) + 1}"
        self.masters[name] = replace(base, based_on=None, frames=frames)
        master = MasterName(name, page.master.span if page.master else page.span)
        changed: dict[str, Any] = {"frames": {}, "fills": {}, "fill_spans": {}}
        return replace(page, master=master, repeat=None, otherwise=(), **changed)

    # Frames

    def _grids(self, frame: Frame) -> list[_Grid]:
        """Return the grids of a repeated frame, one for each page."""
        repeat = frame.repeat
        if repeat is None:
            return []
        if is_of_records(repeat):
            check_record_grid(frame, self.layout, self.findings)
            row_of = tuple(slot_row(at, repeat.span) for at in range(1, self.slots + 1))
            return [_Grid(row_of, repeat.rows or 1)]
        rows = self._rows(repeat, has_otherwise=frame.otherwise is not None)
        if not rows:
            return [_Grid((), 1)]
        grids = []
        for group in _groups(rows, repeat):
            on_page = repeat.rows or ceil(len(group) / repeat.columns)
            size = on_page * repeat.columns
            value = _group_value(group[0], repeat)
            for at in range(0, len(group), size):
                grids.append(_Grid(tuple(group[at : at + size]), on_page, value))
        return grids

    def _cells(self, name: str, frame: Frame, grid: _Grid) -> dict[str, Frame]:
        """Return the frames of a grid by name."""
        repeat = frame.repeat
        if repeat is None or not grid.rows:
            return {name: self.blocks_in(frame.otherwise, ())} if frame.otherwise else {}
        row_gap = repeat.gap if repeat.row_gap is None else repeat.row_gap
        plain = replace(frame, repeat=None, otherwise=None)
        made: dict[str, Frame] = {}
        for at, row in enumerate(grid.rows):
            line, column = divmod(at, repeat.columns)
            cell = Cell(column, repeat.columns, line, grid.lines, repeat.gap, row_gap)
            own = self.blocks_in(self._substitute(plain, row), row)
            made[f"{name} {at + 1}"] = replace(own, cell=cell)
        return made

    # Blocks

    def blocks_in(self, value: Any, row: Row) -> Any:
        """Return a value with the repeated blocks in it, at any depth; the value itself if there are none."""
        if not any(find_values(value, (RepeatedBlocks,))):
            return value
        if isinstance(value, tuple):
            return tuple(new for item in value for new in self._expand_item(item, row))
        if isinstance(value, Mapping):
            return {name: self.blocks_in(one, row) for name, one in value.items()}
        model: type = type(value)
        changed = {name: self.blocks_in(getattr(value, name), row) for name in _names(model)}
        return replace(value, **changed)

    def _expand_item(self, item: Any, row: Row) -> Iterator[Any]:
        if not isinstance(item, RepeatedBlocks):
            yield self.blocks_in(item, row)
            return
        self._refuse_grid(item.repeat)
        rows = self._rows(item.repeat, has_otherwise=bool(item.otherwise))
        if not rows:
            yield from self.blocks_in(item.otherwise, row)
        for group in _groups(rows, item.repeat):
            if item.head and group:
                yield from self.blocks_in(self._substitute(item.head, group[0]), group[0])
            for each in group:
                yield from self.blocks_in(self._substitute(item.content, each), each)

    # Rows

    def _rows(self, repeat: Repeat, *, has_otherwise: bool) -> tuple[Row, ...]:
        """Return the values of the rows; a finding if there are none."""
        if is_of_records(repeat):
            return ()
        table = read_row_table(self.project, repeat, self.office, self.findings)
        if table is None:
            return ()
        if not table.rows:
            message = f"{table.label} has no rows to repeat this for"
            hint = "change 'where' or the file, or write 'otherwise'"
            severity = Severity.NOTE if has_otherwise else Severity.ERROR
            self.findings.append(Finding("repeat-empty", message, repeat.span, hint, severity))
        if table.columns:
            self._check_names(repeat, table)
        return table.rows

    def _refuse_grid(self, repeat: Repeat) -> None:
        if is_of_records(repeat):
            message = "records are repeated in a grid of frames only"
            hint = "put the repeat on a frame, with 'columns' and 'rows'"
            self.findings.append(Finding("repeat-form", message, repeat.span, hint))
            return
        if repeat.columns > 1 or repeat.rows or repeat.row_gap or repeat.gap != Length():
            message = "only frames are repeated in a grid"
            hint = "remove 'columns', 'rows' and 'gap', or put the repeat on a frame"
            self.findings.append(Finding("repeat-form", message, repeat.span, hint))

    def _check_names(self, repeat: Repeat, table: RowTable) -> None:
        columns = [*repeat.names.values(), *([repeat.group] if repeat.group else [])]
        for column in columns:
            if column.name not in table.columns:
                message = f"{table.label} has no column '{column.name}'"
                hint = nearest(column.name, table.columns)
                self.findings.append(Finding("data-column", message, column.span, hint))

    # Values of rows

    def _substitute(self, value: Any, row: Row) -> Any:
        """Return a value with the values of a row: in file names, in conditions of `where`, and for messages."""
        if isinstance(value, Message):
            own = {name for name, _ in row}
            kept = tuple(one for one in value.row if one[0] not in own)
            return replace(value, row=(*kept, *row))
        if isinstance(value, Asset):
            return self._substitute_path(value, row) if "{" in value.path else value
        if isinstance(value, FactName):
            slot = find_slot(row)
            return value if slot is None else fill_slot_fact(value, slot)
        if isinstance(value, CellCondition):
            texts = {name: str(one) for name, one in row}
            text = PLACEHOLDER.sub(lambda match: texts.get(match[1], match[0]), value.text)
            return replace(value, text=text)
        return self._substitute_inside(value, row)

    def _substitute_inside(self, value: Any, row: Row) -> Any:
        if isinstance(value, tuple):
            return tuple(self._substitute(one, row) for one in value)
        if isinstance(value, Mapping):
            return {name: self._substitute(one, row) for name, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        names = _names(type(value))
        return replace(value, **{one: self._substitute(getattr(value, one), row) for one in names})

    def _substitute_path(self, asset: Asset, row: Row) -> Asset:
        slot = find_slot(row)
        if slot is not None:
            return replace(asset, path=fill_slot_path(asset.path, slot))
        values = dict(row)
        for name in PLACEHOLDER.findall(asset.path):
            if name not in values:
                message = f"unknown column '{name}' in the file name '{asset.path}'"
                finding = Finding("data-column", message, asset.span, nearest(name, values))
                if finding not in self.findings:
                    self.findings.append(finding)
                return asset
        texts = {name: getattr(one, "raw", str(one)) for name, one in values.items()}
        path = PLACEHOLDER.sub(lambda match: texts[match[1]], asset.path)
        own = self.office.pictures.get(path) if self.office else None
        file = own.path if own else path
        if not path.strip() or not is_inside_assets(file) or self.project.asset(file) is None:
            place = next((one.place for _, one in row if hasattr(one, "place")), asset.span)
            self.missing.setdefault(asset.span, {}).setdefault(path, place)
        return replace(asset, path=path)

    def report_missing(self) -> Iterator[Finding]:
        """Yield one finding for all pictures of a block that do not exist, with all their names."""
        for span, paths in self.missing.items():
            names = ", ".join(
                f"{f'assets/{path}' if path.strip() else 'no picture'} ({place.file}:{place.line})"
                for path, place in paths.items()
            )
            count = "1 picture is" if len(paths) == 1 else f"{len(paths)} pictures are"
            hint = "add the files, or correct the table"
            yield Finding(
                "repeat-pictures", f"{count} missing: {names}", span, hint, count=len(paths)
            )


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rows of a table in the grid of a page, the number of its lines, and the value of their group."""

    rows: tuple[Row, ...]
    lines: int
    group: Row = ()


def _groups(rows: Sequence[Row], repeat: Repeat) -> list[list[Row]]:
    """Return the rows by group, in the order in which the groups begin."""
    if repeat.group is None:
        return [list(rows)]
    groups: dict[object, list[Row]] = {}
    for row in rows:
        groups.setdefault(_group_value(row, repeat), []).append(row)
    return list(groups.values())


def _group_value(row: Row, repeat: Repeat) -> Row:
    """Return the values of a row that are those of its group."""
    if repeat.group is None:
        return ()
    column = repeat.group.name
    names = {column, *(name for name, one in repeat.names.items() if one.name == column)}
    return tuple(one for one in row if one[0] in names)


@lru_cache(maxsize=256)
def _names(model: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(model) if one.name not in ("span", "labels"))
