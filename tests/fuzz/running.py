"""Run cases in worker processes.

`ran` returns how each case ended, given its number and, optionally, its form. A worker that dies itself is an error, because no
bad file may cause that.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.fuzz.judging import Ended

ROOT = Path(__file__).resolve().parents[2]


def ran(cases: Iterable[tuple[int, str]]) -> Iterator[Ended]:
    """Yield how the cases ended, one after the other."""
    command = [sys.executable, "-m", "tests.fuzz.worker"]
    worker = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with worker:
        assert worker.stdin
        assert worker.stdout
        for line in worker.stdout:
            if line == "ready\n":
                break
        for number, form in cases:
            worker.stdin.write(f"{number} {form}\n")
            worker.stdin.flush()
            answer = worker.stdout.readline()
            assert answer, f"the worker ended before {form or 'case'} {number}; see its traceback"
            data = json.loads(answer)
            yield Ended(**{**data, "wrong": tuple(data["wrong"])})
        worker.stdin.close()


def told(failures: Iterable[Ended]) -> str:
    """Return a report of the cases that failed, with the command that repeats them and the location of their files."""
    return "\n".join(
        f"{one.form} {one.number}: {'; '.join(one.wrong)}\n"
        f"    kept in {one.kept}; again: python -m tests.fuzz --form {one.form} --first {one.number} --count 1"
        for one in failures
    )
