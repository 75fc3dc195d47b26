"""The pictures are those that were approved.

What: the files of all pictures and drawings against `approved.json`, which `brochure check --approve-images` writes.
Why: somebody saves a new crop over the old file, and nobody looks at the page again.
Fix: look at the pages, then approve them: `brochure check --approve-images`.
Source: none is needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from brochure.findings import Finding, Severity
from brochure.l10n.edition import Edition
from brochure.l10n.references import references
from brochure.preflight.model import NoLimits, found
from brochure.spec.values import Asset

SEVERITY = Severity.WARNING
FILE = "approved.json"


def check(subject: Edition, limits: NoLimits) -> Iterator[Finding]:
    """Pictures that are others than those that were approved; nothing where nobody has approved any."""
    del limits
    approved = _approved(subject)
    if approved is None:
        return
    spans = {one.path: one.span for one in references(subject.layout) if isinstance(one, Asset)}
    for path, file in _files(subject).items():
        known = approved.get(file)
        if known != _digest(subject, file):
            state = "was not there" if known is None else "was another"
            message = f"{path} {state} when the pictures were last approved"
            yield found(
                message, spans.get(path), "look at it, then 'brochure check --approve-images'"
            )


def approval(edition: Edition) -> bytes:
    """The file that says that an edition's pictures are right, beside those of other editions that are approved already."""
    now = {file: _digest(edition, file) for file in _files(edition).values()}
    known = {**(_approved(edition) or {}), **now}
    text = json.dumps({"pictures": dict(sorted(known.items()))}, indent=2, ensure_ascii=False)
    return (text + "\n").encode()


def _files(edition: Edition) -> Mapping[str, str]:
    pictures = {path: picture.name for path, picture in edition.pictures.items()}
    vectors = {path: vector.name for path, vector in edition.vectors.items()}
    return pictures | vectors


def _digest(edition: Edition, file: str) -> str:
    return hashlib.blake2b(edition.project.read(file), digest_size=16).hexdigest()


def _approved(edition: Edition) -> Mapping[str, Any] | None:
    """What was approved; None where there is no such file, or none that can be read."""
    try:
        said = json.loads(edition.project.read(FILE))
    except (FileNotFoundError, ValueError):
        return None
    pictures = said.get("pictures") if isinstance(said, dict) else None
    return pictures if isinstance(pictures, dict) else None
