"""PDFs that are encrypted, decompress to gigabytes or never end: opened, or refused with little time and memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from brochure.choices import Scheme
from brochure.errors import BrochureError
from brochure.impose import impose_pdf
from brochure.imposition.schemes import ImpositionOptions
from brochure.pdf_input.limits import SECONDS, limits_for
from brochure.preflight.model import TextObject
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.system.call_limits import CallLimits
from brochure.system.limited_calls import LimitExceededError, call_limited
from tests.pdf_input.files import compressed, encrypted, form, make_pdf, with_content

READER = ImpositionOptions(Scheme.READER)
WORDS = "BT /F 20 Tf 10 40 Td (LAMP) Tj ET"
ALGORITHMS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_empty_user_password_opens_the_file(algorithm: str) -> None:
    data = encrypted(make_pdf(WORDS, {}), "", algorithm)
    (text,) = read_page_objects(open_pdf(data, "a.pdf")).select(TextObject)
    assert text.text == "LAMP"
    imposed = impose_pdf(data, "a.pdf", READER).pdf
    assert b"/Encrypt" not in imposed
    assert "LAMP" in _read_text(imposed)


def _read_text(data: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped,unused-ignore]

    page = pypdfium2.PdfDocument(data)[0]
    return str(page.get_textpage().get_text_range())


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_user_password_is_named_and_refused(algorithm: str) -> None:
    data = encrypted(make_pdf(WORDS, {}), "secret", algorithm)
    with pytest.raises(BrochureError, match=r"a\.pdf: is protected by a password; save it without"):
        open_pdf(data, "a.pdf")
    with pytest.raises(BrochureError, match=r"a\.pdf: is protected by a password; save it without"):
        impose_pdf(data, "a.pdf", READER)


def test_a_file_that_is_not_a_pdf_is_named() -> None:
    with pytest.raises(BrochureError, match=r"a\.pdf: is not a PDF; expected"):
        open_pdf(b"<html>", "a.pdf")


@lru_cache(maxsize=1)
def bomb() -> bytes:
    """A tenth of a megabyte that decompresses to a hundred megabytes of operators."""
    return with_content(compressed(b"0 0 m 9 9 l S\n", 7_000_000))


def long_content() -> bytes:
    """Content just below the limits of the reader, which needs a long time to parse it."""
    return with_content(compressed(b"1 w ", 15_000_000))


def nested_forms() -> bytes:
    """Ten forms, each of which shows the next one ten times: ten thousand million rectangles."""
    forms = {f"X{at}": form(f"/X{at + 1} Do " * 10) for at in range(9)}
    forms["X9"] = form("0 0 1 1 re f " * 10)
    return with_content(form("/X0 Do"), **forms)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": bomb,
    "long content": long_content,
    "nested forms": nested_forms,
}
ENDLESS = [("long content", "check"), ("nested forms", "check"), ("nested forms", "new")]
"""Files that are read until the time is up or nearly so, each with the command that reads it."""

PROGRAM = """\
import sys
from brochure.pdf_input import limits
limits.SECONDS = int(sys.argv.pop(1))
from brochure import cli
cli.main()
"""
"""The program with other seconds for each file."""


MEASURE = """\
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = used.ru_utime + used.ru_stime
print(json.dumps([done.returncode, done.stdout + done.stderr, seconds, used.ru_maxrss * 1024]))
"""


@pytest.mark.parametrize(
    ("name", "command", "limit"),
    [
        *(("bomb", command, SECONDS) for command in ("check", "impose", "new")),
        *((*case, 1) for case in ENDLESS[:2]),
        *(pytest.param(*case, SECONDS, marks=pytest.mark.soak) for case in ENDLESS),
    ],
)
def test_it_is_refused_in_10_seconds_and_500_megabytes(
    name: str, command: str, limit: int, tmp_path: Path
) -> None:
    """Where only the time ends it, `make test` allows a second, and `make soak` the five of the program."""
    file = tmp_path / "hostile.pdf"
    file.write_bytes(HOSTILE[name]())
    words = [sys.executable, "-c", PROGRAM, str(limit), command, str(file)]
    words += ["-o", str(tmp_path / "out.pdf")] if command == "impose" else []
    if command == "new":
        words[-1:] = [str(tmp_path / "out.pdf"), "--from", str(file)]
    # Measured by a process in between: the peak of a child includes that of the process that it was forked from.
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, *words], stdout=subprocess.PIPE, check=True
    )
    status, message, seconds, memory = json.loads(measured.stdout)
    assert status == 2, message
    assert seconds < 10
    assert memory < 500_000_000
    assert "hostile.pdf: " in message
    # Fast machines reach a limit of the reader in the program's five seconds.
    reasons = {"bomb": "exceeds", "long content": "exceeds a safety limit"}
    is_by_time = f"takes more time than allowed ({limit} s)" in message
    assert is_by_time or (name in reasons and reasons[name] in message)
    assert "internal error" not in message
    assert not (tmp_path / "out.pdf").exists()


def test_limits_of_a_small_file_are_below_10_seconds_and_500_megabytes() -> None:
    limits = limits_for(bytes(999_999))
    assert limits.seconds < 10
    assert limits.memory < 500_000_000
    assert limits_for(bytes(20_000_000)).seconds > 60


# Calls with limits


def test_a_call_returns_what_the_function_returns() -> None:
    assert call_limited(CallLimits(10, 400_000_000), divmod, 17, 5) == (3, 2)


def test_a_call_raises_errors_of_the_package() -> None:
    with pytest.raises(BrochureError, match=r"x\.pdf: is not a PDF"):
        call_limited(CallLimits(10, 400_000_000), open_pdf, b"", "x.pdf")


def test_a_call_that_takes_too_long_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(LimitExceededError, match="time"):
        call_limited(CallLimits(1, 400_000_000), sum, range(10**11))
    assert time.monotonic() - begun < 30


def test_a_call_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(LimitExceededError, match="memory"):
        call_limited(CallLimits(10, 200_000_000), bytes, 500_000_000)


def test_an_error_of_the_function_is_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        call_limited(CallLimits(10, 400_000_000), divmod, 1, 0)


def test_the_limits_of_the_caller_do_not_change() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    call_limited(CallLimits(10, 400_000_000), len, b"")
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
