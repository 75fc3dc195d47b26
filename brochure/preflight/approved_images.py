"""`approved.json`: digests of the images that were approved for print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from brochure.l10n.edition import Edition

APPROVALS_FILE = "approved.json"


def approve_images(edition: Edition) -> bytes:
    """Return the content of `approved.json` with the edition's images added; approvals of other editions are kept."""
    current = {file: compute_digest(edition, file) for file in list_image_files(edition).values()}
    approved = {**(read_approvals(edition) or {}), **current}
    pictures = {"pictures": dict(sorted(approved.items()))}
    return (json.dumps(pictures, indent=2, ensure_ascii=False) + "\n").encode()


def list_image_files(edition: Edition) -> Mapping[str, str]:
    """Return the file of each image and drawing by its path in the layout."""
    pictures = {path: picture.name for path, picture in edition.pictures.items()}
    vectors = {path: vector.name for path, vector in edition.vectors.items()}
    return pictures | vectors


def compute_digest(edition: Edition, file: str) -> str:
    """Return the BLAKE2b digest of a file, in hexadecimal."""
    return hashlib.blake2b(edition.project.read(file), digest_size=16).hexdigest()


def read_approvals(edition: Edition) -> Mapping[str, Any] | None:
    """Return the approved digests by file; None if `approved.json` is missing or invalid."""
    try:
        document = json.loads(edition.project.read(APPROVALS_FILE))
    except (FileNotFoundError, ValueError):
        return None
    pictures = document.get("pictures") if isinstance(document, dict) else None
    return pictures if isinstance(pictures, dict) else None
