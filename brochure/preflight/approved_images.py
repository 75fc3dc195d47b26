"""`approved.json`: digests of the images that were approved for print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from brochure.preflight.model import ProjectFiles

APPROVALS_FILE = "approved.json"


def approve_images(files: ProjectFiles) -> bytes:
    """Return the content of `approved.json` with the edition's images added; approvals of other editions are kept."""
    current = {file: compute_digest(files, file) for file in list_image_files(files).values()}
    approved = {**(read_approvals(files) or {}), **current}
    pictures = {"pictures": dict(sorted(approved.items()))}
    return (json.dumps(pictures, indent=2, ensure_ascii=False) + "\n").encode()


def list_image_files(files: ProjectFiles) -> Mapping[str, str]:
    """Return the file of each image and drawing by its path in the layout."""
    pictures = {path: picture.name for path, picture in files.edition.pictures.items()}
    vectors = {path: vector.name for path, vector in files.edition.vectors.items()}
    return pictures | vectors


def compute_digest(files: ProjectFiles, file: str) -> str:
    """Return the BLAKE2b digest of a file, in hexadecimal."""
    return hashlib.blake2b(files.project.read(file), digest_size=16).hexdigest()


def read_approvals(files: ProjectFiles) -> Mapping[str, Any] | None:
    """Return the approved digests by file; None if `approved.json` is missing or invalid."""
    try:
        document = json.loads(files.project.read(APPROVALS_FILE))
    except (FileNotFoundError, ValueError):
        return None
    pictures = document.get("pictures") if isinstance(document, dict) else None
    return pictures if isinstance(pictures, dict) else None
