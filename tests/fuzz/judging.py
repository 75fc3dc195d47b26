"""The judge: rules that every case must obey.

`judged` examines a case, its folder and how its process ended. It returns `Ended` with all violations, and keeps the files of a
case that failed for later examination.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from brochure.batch.build_log import LOG_FILE
from tests.fuzz.forms import Case

MAX_MEMORY = 500_000_000
MAX_SECONDS = 10.0
"""Maximum processor time of a case and its child processes; reading a PDF may take 5 seconds, and Ghostscript the same."""
KEPT = Path(tempfile.gettempdir()) / "brochure-fuzz-failures"
SPOKEN = (".out", ".err", ".place")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
STATUSES = (0, 1, 2, 64, 73)
WRITERS = ("build", "impose")
"""Commands that write PDFs into `out`."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a case ended: exit status (negative: a signal), processor time and memory, violations, and where its files are."""

    number: int
    form: str
    status: int
    seconds: float
    memory: int
    wrong: tuple[str, ...]
    kept: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """The result of a case: exit status, output, files."""

    one: Case
    home: Path
    status: int
    out: str
    err: str
    place: str


def judged(
    one: Case, home: Path, status: int, *, in_time: bool, seconds: float, memory: int
) -> Ended:
    """Return the verdict."""
    code = os.waitstatus_to_exitcode(status)
    spoken = [_read(home / name) for name in SPOKEN]
    trace = Trace(one, home, code, *spoken)
    wrong = [*_deaths(trace, in_time=in_time), *_words(trace), *_files(trace)]
    if memory > MAX_MEMORY:
        wrong.append(f"memory: {memory // 1_000_000} MB")
    if seconds > MAX_SECONDS and code != -signal.SIGPROF:
        wrong.append(f"hangs: {seconds:.1f} s of processor time with what it started")
    kept = _kept(trace, wrong) if wrong else ""
    lines = (trace.err or trace.out).strip().splitlines()
    return Ended(
        one.number,
        one.form,
        code,
        seconds,
        memory,
        tuple(wrong),
        kept,
        lines[-1][:300] if lines else "",
    )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "backslashreplace")
    except FileNotFoundError:
        return ""


def _deaths(trace: Trace, *, in_time: bool) -> Iterator[str]:
    """The process hung, crashed, or ended with an undefined exit status."""
    if not in_time:
        yield "hangs: it did not end"
    elif trace.status == -signal.SIGPROF:
        yield f"hangs: more than {MAX_SECONDS:g} s of processor time, at {_where(trace.place)}"
    elif trace.status < 0:
        yield f"crash: {signal.Signals(-trace.status).name} at {_where(trace.place)}"
    elif trace.status not in STATUSES:
        yield f"status: {trace.status}"


def _where(place: str) -> str:
    """Return the last lines of a traceback."""
    frames = re.findall(r'File "(?:[^"]*/)?([^"/]+)", line (\d+)', place)
    return " < ".join(f"{file}:{line}" for file, line in frames[:5])


def _words(trace: Trace) -> Iterator[str]:
    """The output has a traceback, or does not name the file that is wrong."""
    result = trace.out + trace.err
    for sign in ("Traceback", "internal error", "Warning: ", "Exception ignored"):
        if sign in result:
            yield f"fault: {next(line for line in result.splitlines() if sign in line)[:300]}"
    control = CONTROL.search(result)
    if control:
        yield f"control: U+{ord(control.group()):04X} was printed"
    if "--json" in trace.one.words and trace.status in STATUSES and not _is_json(trace.out):
        yield f"json: this is none: {trace.out[:100]!r}"
    if trace.status == 2 and not _names_file(trace, result):
        yield f"nameless: {(trace.err or trace.out).strip().splitlines()[:1]}"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _names_file(trace: Trace, output: str) -> bool:
    """Whether the output names the damaged file, or any file of the project if the error may show in another."""
    names = [trace.one.target] if trace.one.told else list(trace.one.files)
    return any(Path(name).name in output for name in names)


def _files(trace: Trace) -> Iterator[str]:
    """A refused command left or changed a file, or a file is incomplete or temporary."""
    now = {
        path.relative_to(trace.home).as_posix(): path
        for path in trace.home.rglob("*")
        if path.is_file() and path.name not in SPOKEN
    }
    parts = [name for name in now if name.endswith(".part") or "/.new-" in name]
    if parts:
        yield f"part: {parts[0]} was left"
    # An import leaves out translations with errors, and exits with status 1.
    is_partial = trace.one.words[:2] == ("text", "import") and trace.status == 1
    if trace.status != 0 and "--all" not in trace.one.words and not is_partial:
        new = now.keys() - trace.one.files.keys() - set(parts)
        if new:
            yield f"output: {sorted(new)[0]} in spite of status {trace.status}"
        changed = [name for name, data in trace.one.files.items() if now[name].read_bytes() != data]
        if changed:
            yield f"output: {changed[0]} was changed in spite of status {trace.status}"
    if trace.status == 0 and trace.one.words[0] in WRITERS:
        made = [path for name, path in now.items() if name.startswith("out/")]
        yield from _pdfs([path for path in made if path.name != LOG_FILE])


def _pdfs(paths: list[Path]) -> Iterator[str]:
    if not paths:
        yield "output: nothing, in spite of status 0"
    for path in paths:
        data = path.read_bytes()
        if not (data.startswith(b"%PDF-1.") and data.rstrip().endswith(b"%%EOF")):
            yield f"output: {path.name} is not a complete PDF"


def _kept(trace: Trace, wrong: list[str]) -> str:
    """Copy the files of the case to a folder that is kept, with its command line."""
    folder = KEPT / f"{trace.one.form}-{trace.one.number}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(trace.home, folder)
    command = f"brochure {shlex.join(trace.one.words)}"
    (folder / "case.txt").write_text("\n".join([command, *wrong, "", trace.err]), encoding="utf-8")
    return str(folder)
