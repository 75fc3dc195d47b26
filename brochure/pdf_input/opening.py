"""Opens PDFs with pypdf; whatever is wrong with a file becomes one `BrochureError` that names it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from brochure.errors import BrochureError
from brochure.pdf_input.values import damage_errors

PDF_HEADER, END_MARK = b"%PDF-", b"startxref"


def open_reader(data: bytes, label: str) -> Any:
    """Open a PDF, without a password if it is encrypted with an empty one; `label` names the file in messages.

    Returns:
        A pypdf `PdfReader` with at least one page.

    Raises:
        BrochureError: The file is not a PDF, is damaged, needs a password or has no pages.
    """
    # Imported here: pypdf is large, and commands that read no PDF need not load it.
    from pypdf import PdfReader

    if PDF_HEADER not in data[:MAX_HEADER_OFFSET] and END_MARK not in data:
        raise BrochureError(f"{label}: is not a PDF; expected a file that starts with %PDF-")
    with guard_reading(label):
        reader = PdfReader(io.BytesIO(data))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if is_locked else len(reader.pages)
    if is_locked:
        raise BrochureError(f"{label}: is protected by a password; save it without one")
    if not count:
        raise BrochureError(f"{label}: the PDF has no pages")
    return reader


MAX_HEADER_OFFSET = 4096
"""Bytes that may precede the header; readers accept 1024 and more, or no header at all."""


@contextmanager
def guard_reading(label: str) -> Iterator[None]:
    """Turn the errors that a damaged file causes into one BrochureError; `label` names the file."""
    # Imported here: as above.
    from pypdf.errors import DependencyError, LimitReachedError

    damage = damage_errors()
    try:
        yield
    except RecursionError:
        message = f"{label}: its objects refer to each other in a loop; export the file again"
        raise BrochureError(message) from None
    except LimitReachedError as failure:
        message = f"{label}: its data exceeds a safety limit for PDFs; export the file again"
        raise BrochureError(message) from failure
    except DependencyError as failure:
        message = f"{label}: has images in a compression that cannot be read (JBIG2)"
        raise BrochureError(f"{message}; export the file again with another one") from failure
    except damage as failure:
        message = f"{label}: the PDF is damaged and cannot be read; export the file again"
        raise BrochureError(message) from failure
