"""Approval files: `approvals/fr.yaml`, or `approvals/canada/fr-CA.yaml` for an office's edition.

One thing a line, in a stable order, so that two people's approvals of different pages can be merged by git. A file that cannot be
read is an error and is never overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, has_errors
from brochure.l10n.project_editions import EditionName
from brochure.lazy_pattern import compile_lazily
from brochure.project import Project
from brochure.spec import yaml_tree

FOLDER = "approvals"
FORMAT = 1
HEADING = "# Written by 'brochure approve'. Approve again to change it.\n"


@dataclass(frozen=True, slots=True)
class PageApproval:
    """The approval of one page: the page's digest, who approved it and when, and what it was made from, with digests."""

    digest: str
    by: str
    date: str
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Approval:
    """The approvals of an edition's pages, by page number."""

    brochure: str
    edition: EditionName
    pages: Mapping[int, PageApproval]


def approval_path(edition: EditionName) -> str:
    """Return the path of an edition's approval file in the project."""
    folder = f"{FOLDER}/{edition.office}" if edition.office else FOLDER
    return f"{folder}/{edition.language}.yaml"


def edition_id(edition: EditionName) -> str:
    """Return the edition as it is written: `fr`, or `canada/fr-CA`."""
    return f"{edition.office}/{edition.language}" if edition.office else edition.language


def parse_edition(text: str) -> EditionName:
    """Return the edition that `fr` or `canada/fr-CA` names."""
    office, _, language = text.rpartition("/")
    return EditionName(office, language)


# Writing


def format_approval(approval: Approval) -> bytes:
    """Return the contents of an approval file."""
    return (HEADING + "\n".join(_lines(approval)) + "\n").encode()


def _lines(approval: Approval) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield f"brochure: {_quote(approval.brochure)}"
    yield f"edition: {_quote(edition_id(approval.edition))}"
    yield "pages:" if approval.pages else "pages: {}"
    for number in sorted(approval.pages):
        page = approval.pages[number]
        yield f"  {number}:"
        yield f"    digest: {_escape(page.digest)}"
        yield f"    by: {_quote(page.by)}"
        yield f"    date: {_escape(page.date)}"
        yield "    made-from:" if page.sources else "    made-from: {}"
        for name in sorted(page.sources):
            yield f"      {_quote(name)}: {_escape(page.sources[name])}"


PLAIN = compile_lazily(r"[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9]|[A-Za-z]")
"""Text that needs no quotation marks in YAML."""


def _quote(text: str) -> str:
    return text if PLAIN.fullmatch(text) and text not in WORDS else _escape(text)


WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


def _escape(text: str) -> str:
    """Return the text as a double-quoted scalar; characters that YAML does not allow are escaped."""
    return yaml_tree.UNPRINTABLE.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False)
    )


# Reading


def read_approval(project: Project, edition: EditionName, brochure: str) -> Approval | None:
    """Return the approvals of an edition; None if nothing was approved.

    Raises:
        InputError: The file is damaged, or it belongs to another edition or brochure.
    """
    name = approval_path(edition)
    try:
        source = project.read(name)
    except FileNotFoundError:
        return None
    label = project.label(name)
    root, findings = yaml_tree.compose(source, label)
    reader = _Reader(label, list(findings))
    if not isinstance(root, yaml_tree.Mapping):
        if not findings:
            reader.report("the file is empty or not a mapping", Span(label))
        raise InputError(reader.findings)
    found = reader.read(root, edition, brochure)
    if has_errors(reader.findings):
        raise InputError(reader.findings)
    return found


DAMAGED = "correct it, or take it back from version control; brochure does not overwrite it"
DIGEST = compile_lazily(r"[0-9a-f]{32}")
MAX_PAGE = 100_000


@dataclass(frozen=True)
class _Reader:
    """Reads an approval file and collects all that is wrong in it."""

    label: str
    findings: list[Finding]

    def report(self, message: str, span: Span, hint: str = DAMAGED) -> None:
        """Add a finding."""
        self.findings.append(Finding("approval-form", message, span, hint))

    def read(self, root: yaml_tree.Mapping, edition: EditionName, brochure: str) -> Approval:
        """Return the approvals of the file."""
        self._check_head(root, edition, brochure)
        pages = root.get("pages")
        found: dict[int, PageApproval] = {}
        if isinstance(pages, yaml_tree.Mapping):
            for key, node in pages.entries:
                number, page = self._number(key), self._page(key, node)
                if number and page:
                    found[number] = page
        else:
            self.report("'pages' is not a mapping of page numbers", root.span)
        return Approval(brochure, edition, found)

    def _check_head(self, root: yaml_tree.Mapping, edition: EditionName, brochure: str) -> None:
        format_ = self._text(root, "format")
        if format_ and format_ != str(FORMAT):
            message = f"the file has the format {format_}; this version reads the format {FORMAT}"
            self.report(message, _span(root, "format"), "use the version that wrote it")
            return
        named = self._text(root, "edition")
        if named and named != edition_id(edition):
            message = f"this file has approvals of the edition '{named}'; expected '{edition_id(edition)}'"
            hint = f"move it to {approval_path(parse_edition(named))}, or remove it"
            self.report(message, _span(root, "edition"), hint)
        stated = self._text(root, "brochure")
        if stated and stated != brochure:
            message = (
                f"this file has approvals of the brochure '{stated}'; this one is '{brochure}'"
            )
            hint = "remove the file and approve again, or give the brochure its name back"
            self.report(message, _span(root, "brochure"), hint)

    def _text(self, node: yaml_tree.Mapping, key: str) -> str:
        value = node.get(key)
        if isinstance(value, yaml_tree.Scalar) and value.value:
            return value.value
        self.report(f"'{key}' is missing or not text", value.span if value else node.span)
        return ""

    def _number(self, key: yaml_tree.Scalar) -> int:
        text = key.value
        if text.isascii() and text.isdigit() and 0 < int(text[:7]) <= MAX_PAGE:
            return int(text)
        self.report(f"'{text}' is not a page number", key.span)
        return 0

    def _page(self, key: yaml_tree.Scalar, node: yaml_tree.Node) -> PageApproval | None:
        if not isinstance(node, yaml_tree.Mapping):
            self.report(f"page {key.value}: expected digest, by, date and made-from", node.span)
            return None
        digest, by, date = (self._text(node, name) for name in ("digest", "by", "date"))
        if digest and not DIGEST.fullmatch(digest):
            self.report(f"'{digest}' is not the digest of a page", _span(node, "digest"))
        return PageApproval(digest, by, date, self._sources(node))

    def _sources(self, node: yaml_tree.Mapping) -> dict[str, str]:
        value = node.get("made-from")
        if isinstance(value, yaml_tree.Mapping):
            every = value.entries
            return {one.value: to.value for one, to in every if isinstance(to, yaml_tree.Scalar)}
        if not _is_empty(value):
            self.report("'made-from' is not a mapping", node.span)
        return {}


def _span(node: yaml_tree.Mapping, key: str) -> Span:
    value = node.get(key)
    return value.span if value else node.span


def _is_empty(node: yaml_tree.Node | None) -> bool:
    return node is None or (isinstance(node, yaml_tree.Scalar) and node.empty)
