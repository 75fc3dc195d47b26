"""`python -m tests.fuzz`: run cases and print statistics.

Arguments are the number of cases, the number of the first case and the number of processes. The output is a table by form, and
the cases that failed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile

from tests.fuzz.forms import FORMS
from tests.fuzz.judging import Ended
from tests.fuzz.running import ran, told


def main() -> None:
    """Run the cases and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--form", default="", choices=["", *FORMS], help="only this kind of file")
    parser.add_argument("--minutes", type=float, default=600.0, help="stop after so long")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + asked.count)
    until = time.monotonic() + 60 * asked.minutes
    shares = [numbers[at :: asked.processes] for at in range(asked.processes)]
    with ThreadPoolExecutor(asked.processes) as pool:
        found = [
            one
            for share in pool.map(lambda share: _share(share, asked.form, until), shares)
            for one in share
        ]
    sys.stdout.write(_table(found))
    raise SystemExit(1 if any(one.wrong for one in found) else 0)


def _share(numbers: Iterable[int], form: str, until: float) -> list[Ended]:
    found = []
    numbers = takewhile(lambda _: time.monotonic() < until, numbers)
    for one in ran((number, form) for number in numbers):
        found.append(one)
        if one.wrong:
            sys.stdout.write(told([one]) + "\n")
            sys.stdout.flush()
    return found


def _table(found: list[Ended]) -> str:
    by_form: dict[str, list[Ended]] = defaultdict(list)
    for one in found:
        by_form[one.form].append(one)
    lines = [
        _row(
            "form",
            "cases",
            "done",
            "findings",
            "refused",
            "wrong",
            "s in all",
            "longest s",
            "most MB",
        )
    ]
    lines += [_figures(form, by_form[form]) for form in sorted(by_form)]
    return "\n".join([*lines, _figures("all", found), ""])


def _figures(form: str, cases: list[Ended]) -> str:
    statuses = [one.status for one in cases]
    return _row(
        *(form, len(cases), *(statuses.count(status) for status in (0, 1, 2))),
        sum(bool(one.wrong) for one in cases),
        f"{sum(one.seconds for one in cases):.0f}",
        f"{max(one.seconds for one in cases):.2f}",
        max(one.memory for one in cases) // 1_000_000,
    )


def _row(name: object, *cells: object) -> str:
    return f"{name!s:18}" + "".join(f"{cell!s:>10}" for cell in cells)


if __name__ == "__main__":
    main()
