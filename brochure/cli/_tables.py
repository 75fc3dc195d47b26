"""Tables: aligned columns without lines.

On a terminal, long cells are folded to its width. Elsewhere each row is one line without styles, so that other programs can
read it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Collection, Sequence

from brochure.cli._output import echo, escape_controls

MAX_WIDTH = 1_000_000
"""Width of tables that are not printed on a terminal: no line is folded."""


def print_table(
    rows: Sequence[Sequence[str]], *, head: Sequence[str] = (), numbers: Collection[int] = ()
) -> None:
    """Print rows on standard output; the columns in `numbers` are aligned right."""
    # Imported here: rich is needed for tables only.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    is_terminal = sys.stdout.isatty()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=bool(head))
    for at in range(max((len(row) for row in (head, *rows)), default=0)):
        table.add_column(
            Text(head[at]) if head else "",
            justify="right" if at in numbers else "left",
            overflow="fold",
            no_wrap=at in numbers,
        )
    for row in rows:
        table.add_row(*(Text(escape_controls(cell)) for cell in row))
    if is_terminal:
        Console(file=sys.stdout, highlight=False).print(table)
        return
    text = io.StringIO()
    Console(file=text, width=MAX_WIDTH, force_terminal=False, color_system=None).print(table)
    for line in text.getvalue().splitlines():
        echo(line.rstrip())
