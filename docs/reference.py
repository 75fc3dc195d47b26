"""Write the reference pages from the program: `python -m docs.reference`.

The pages are `layout.md`, `blocks.md`, `offices.md`, `checks.md` and `commands.md` in `docs/reference`. Their tables come from
the models of the layout, the blocks and the offices, from the checks and from the help of the commands. A test checks that the
pages are up to date.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

import typer.main

from brochure import blocks, cli
from brochure.blocks import KINDS
from brochure.l10n.office import COPY_KEYS, Office
from brochure.spec import colours, lengths, placement, values
from brochure.spec.fields import model_fields, nested_models
from brochure.spec.model import Layout, PageSpec
from brochure.spec.scalars import WORDS
from brochure.spec.styles import CharacterStyleSpec, ParagraphStyleSpec
from brochure.spec.values import Length
from brochure.styles.defaults import BUILT_IN
from brochure.system import plugins
from docs.checks import checks_page
from docs.tables import anchor, in_order_of_use, page_of, table, titled, written

FOLDER = Path(__file__).parent / "reference"
WRITTEN = "<!-- Written by `make docs` from the program; changes made by hand are lost. -->"


def pages() -> dict[str, str]:
    """Return every reference page by file name."""
    return {
        "layout.md": layout_page(),
        "blocks.md": blocks_page(),
        "checks.md": _join([WRITTEN, *checks_page()]),
        "commands.md": commands_page(),
        "offices.md": offices_page(),
    }


def main() -> None:
    """Write the pages that have changed."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"docs/reference/{name}: written\n")


# The layout


LAYOUT_HEAD = """\
# The layout: `brochure.yaml`

A layout describes pages, frames, styles and colours. Words are in `content/`, pictures in `assets/`. The format is YAML:
keys with values, indented by spaces. Unknown keys, duplicate keys, and YAML's anchors and aliases are errors.
`color`, `center` and `gray` are accepted beside `colour`, `centre` and `grey` in all keys and values.
[Values](#values) explains how values are written. [blocks.md](blocks.md) lists what a frame can contain.
"""


def layout_page() -> str:
    """Return the page on the keys of the layout."""
    models = in_order_of_use(Layout)
    parts = [WRITTEN, LAYOUT_HEAD, _contents(models), *map(_section, models), _values_section()]
    return _join(parts).replace("](layout.md#", "](#")


def _contents(models: tuple[type, ...]) -> str:
    links = [f"[{titled(model)}](#{anchor(titled(model))})" for model in models]
    return " · ".join([*links, "[Values](#values)"])


def _section(model: type) -> str:
    known = model_fields(model)
    if model is ParagraphStyleSpec:
        shared = {one.name for one in model_fields(CharacterStyleSpec)}
        known = tuple(one for one in known if one.name not in shared)
    notes = NOTES.get(model, "")
    depth = "##" if page_of(model) == "layout.md" else "###"
    return _join([f"{depth} {titled(model)}", _about(model), notes, table(known, model)])


NOTES: dict[type, str] = {
    ParagraphStyleSpec: "A paragraph style has all the keys of a [character style](#character-style), and these:",
    PageSpec: "A page also has a key for each frame of its master: the frame's name, with a block, a list of blocks, "
    "or `{story: name}`.",
}


def _about(thing: object) -> str:
    return inspect.getdoc(thing) or ""


VALUE_KINDS = (
    values.Length,
    values.Share,
    values.Focus,
    values.Range,
    values.Size,
    values.Placement,
    values.Message,
    values.Asset,
    values.SwatchName,
)


def _values_section() -> str:
    parts = ["## Values", "Yes and no can also be written `true`/`false` and `on`/`off`."]
    for kind in VALUE_KINDS:
        title = WORDS[kind].split(" (")[0]
        parts += [f"### {titled(kind)}", f"Called “{title}” in messages. {_about(kind)}"]
        parts += [MORE[kind]] if kind in MORE else []
    return _join([*parts, "### Colours", COLOURS])


def _sizes() -> str:
    rows = ["| size | millimetres |", "|---|---|"]
    rows += [
        f"| `{name}` | {width:g} x {height:g} |" for name, (width, height) in lengths.SIZES.items()
    ]
    return "\n".join([*rows, "", "`landscape` can follow a name."])


UNITS = ", ".join(f"`{unit}`" for unit in lengths.POINTS)
RELATIVE = ", ".join(f"`{unit}`" for unit in lengths.RELATIVE)
MORE: dict[type, str] = {
    values.Length: f"Units: {UNITS}, and those that depend on the page and the type: {RELATIVE}. "
    "One inch is 72 points or 25.4 mm; a pica is 12 points. Fractions are possible: `1/2 col`, `1 1/2 lines`.",
    values.Size: _sizes(),
    values.Placement: "A placement has parts in any order, separated by commas: an area ("
    + ", ".join(f"`{area}`" for area in placement.AREAS)
    + "), `columns 1-4`, `rows 7-9`, `x`, `y`, `width` and `height` with lengths, distances from edges ("
    + ", ".join(f"`{edge}`" for edge in placement.EDGES)
    + "), and `bleed` with the edges that extend to the bleed. A frame can be placed beside another one of its page: "
    + ", ".join(f"`{side}`" for side in placement.SIDES)
    + " with the name of that frame, and `gap` with the distance. Then it has the width (or height) of the other frame, if "
    "nothing else gives it, or is aligned with it: `align` with "
    + ", ".join(f"`{one}`" for one in placement.ALIGNS)
    + ". In YAML, a placement with a comma needs quotation marks "
    "only inside `{…}` and `[…]`.",
}
COLOURS = (
    f"Under `swatches`, write a colour in one of these ways: {colours.FORMS}. "
    "Numbers are from 0 to 100 for `cmyk` and `grey` (percent of ink), and from 0 to 255 for `rgb`. A colour with `#` "
    "needs quotation marks, because `#` begins a comment in YAML. `paper` and `black` always exist. A gradient is a mapping: "
    "`{gradient: up, from: night at 90%, to: night at 0%}` ([Gradients](../colour.md#gradients))."
)


# The blocks


BLOCKS_HEAD = """\
# The blocks

A frame contains a block or a list of blocks. A block is a mapping. Its first key is its kind; the value of this key is the
first row of each table. Words are not in the layout: `text: problem.story` names the message `problem.story` in
`content/en.yaml`.

Any block can also have `span: all`: it spans the columns of its frame
([frames](../frames.md#headings-and-pictures-that-span-columns)).
Any block can have `when` and `otherwise`, which print it in some editions only ([conditions.md](../conditions.md)).
`repeat` makes blocks for each row of a table: `{repeat: {from: team.csv}, content: {text: team.name}}`, with `head` for the
blocks before each group and `otherwise` for those without rows ([repeats](../repeats.md)).
"""


def blocks_page() -> str:
    """Return the page on the block kinds and the built-in styles."""
    names = KINDS.names()
    links = "[parts](#parts) · [built-in styles](#built-in-styles)"
    parts = [_section(model) for model in _parts(names)]
    known = map(_block, names)
    body = [
        WRITTEN,
        BLOCKS_HEAD,
        _overview(names),
        links,
        *known,
        PARTS_HEAD,
        *parts,
        _built_in_styles(),
    ]
    return _join(body).replace("](blocks.md#", "](#")


OVERVIEW_COLUMNS = 4


def _overview(names: list[str]) -> str:
    """Return a table with the picture and the name of each kind, which lead to its section."""
    cells = [f"[![{name}](../pictures/blocks/{name}.webp)<br>{name}](#{name})" for name in names]
    cells += [""] * (-len(cells) % OVERVIEW_COLUMNS)
    rows = [cells[at : at + OVERVIEW_COLUMNS] for at in range(0, len(cells), OVERVIEW_COLUMNS)]
    head = ["| " * OVERVIEW_COLUMNS + "|", "|---" * OVERVIEW_COLUMNS + "|"]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


PARTS_HEAD = """\
## Parts

Parts of blocks that have keys of their own.
"""


def _parts(names: list[str]) -> list[type]:
    """Return the models that only blocks use."""
    found = [KINDS.model(name) for name in names]
    at = 0
    while at < len(found):
        for one in model_fields(found[at]):
            found.extend(new for new in nested_models(one.annotation) if new not in found)
        at += 1
    return [model for model in found[len(names) :] if page_of(model) == "blocks.md"]


def _block(name: str) -> str:
    module = plugins.kind(blocks, name)
    said, example = split_example(module)
    first, _, rest = said.partition("\n")
    about = first.partition(": ")[2]
    model = KINDS.model(name)
    fields = table(model_fields(model), model, first=name)
    opening = about[:1].upper() + about[1:]
    written = f"```yaml picture=blocks/{name}\n{example}\n```"
    picture = f"![The example of {name}](../pictures/blocks/{name}.webp)"
    return _join([f"## {name}", f"{opening}\n{rest}".strip(), written, picture, fields])


def split_example(module: ModuleType) -> tuple[str, str]:
    """Return the text of a block kind's docstring, and the YAML of its example."""
    said, _, example = (module.__doc__ or "").partition("\nExample:\n")
    return said.strip(), dedent(example).strip()


STYLES_HEAD = """\
## Built-in styles

Blocks use these styles by name. A layout can change any of them under `paragraph-styles`. Sizes and leadings are in ems
of `body`, spaces in ems of the style itself. A key that a style does not have comes from `body`, except `indent`, `space-before`
and `space-after`, which are 0. A style with an `indent` has no space after it either, if it does not set one.
"""


STYLES_EXAMPLE = "This page shows all of them, without any style of the layout. Each message is the name of its style:"


def _built_in_styles() -> str:
    rows = ["| style | keys |", "|---|---|"]
    for name, style in BUILT_IN.items():
        rows.append(
            f"| `{name}` | {', '.join(_list_settings(style)) or 'the parent of all styles'} |"
        )
    example = [f"- {{text: styles.{name}, style: {name}}}" for name in BUILT_IN]
    shown = ["```yaml picture=styles stack=yes width=180", *example, "```"]
    picture = "![The name of each built-in style, set in the style](../pictures/styles.webp)"
    return _join([STYLES_HEAD, "\n".join(rows), STYLES_EXAMPLE, "\n".join(shown), picture])


def _list_settings(style: ParagraphStyleSpec) -> Iterator[str]:
    for one in model_fields(ParagraphStyleSpec):
        value = getattr(style, one.name)
        if value is None or value in ({}, Length()):
            continue
        shown = " ".join(value) if isinstance(value, tuple) else written(value).strip("`")
        yield f"`{one.key}: {shown}`"


# The offices


OFFICES_HEAD = """\
# The offices: `offices/ID.yaml`

An office's file has what its editions print instead of the general text, pictures and numbers. Its name is the office's id.
Unknown keys are errors. `brochure schema --office` prints the JSON Schema, for completion and checks in an editor. Blocks,
frames and pages of single offices are in the layout, under [`when`](../conditions.md); translations of the office's own copy
are in [catalogues of its own](../for-translators.md#words-of-your-office).

```yaml brochure/offices/kenya.yaml
office: kenya
languages: [en-KE, sw]
variables: {rescued: 2310}
pictures:
  photos/dusk.jpg: {file: photos/nairobi.jpg, focal-point: 40% 30%}
contact: {phone: "+254 20 555 0100"}
legal: {en: © Our office in Kenya, sw: © Ofisi yetu ya Kenya}
copy:
  en:
    cover: {title: Nairobi’s answer, alt: Evening light over the roofs of Nairobi.}
```
"""


def offices_page() -> str:
    """Return the page on the keys of an office's file."""
    rows = [table(model_fields(Office), Office)]
    rows += [f"| `{key}` | messages | | {about} |" for key, about in COPY_KEYS.items()]
    parts = _parts_of(Office)
    return _join(
        [WRITTEN, OFFICES_HEAD, "## Keys", "\n".join(rows), *(_section(one) for one in parts)]
    ).replace("](offices.md#", "](#")


def _parts_of(model: type) -> list[type]:
    fields = model_fields(model)
    nested = [part for one in fields for part in nested_models(one.annotation)]
    return [part for part in nested if page_of(part) == "offices.md"]


# The commands


COMMANDS_HEAD = """\
# The commands

This page is the text of `--help`. With `--json`, a command prints one JSON document on standard output and nothing else.
Findings go to standard error. The exit status is 0 if all is done, 1 if the brochure has errors, 2 if an input is invalid, 64 if
the command line is; [all exit codes](../api.md#errors-and-exit-codes).
"""


def commands_page() -> str:
    """Return the page with the help of every command."""
    parts = [WRITTEN, COMMANDS_HEAD, f"```text\n{help_of()}\n```"]
    for words in commands():
        parts += [f"## brochure {' '.join(words)}", f"```text\n{help_of(*words)}\n```"]
    return _join(parts)


def commands() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command; the commands of a group follow the group."""
    for name in plugins.names(cli, packages=True):
        yield (name,)
        module = plugins.kind(cli, name)
        if hasattr(module, "__path__"):
            yield from ((name, own) for own in plugins.names(module))


def help_of(*words: str) -> str:
    """Return the help of a command, 88 characters wide; without words, the help of the program."""
    command: Any = typer.main.get_command(cli.app)
    settings = dict(command.context_settings, terminal_width=88)
    context = command.context_class(command, info_name="brochure", **settings)
    for word in words:
        command = command.get_command(context, word)
        context = command.context_class(command, info_name=word, parent=context, terminal_width=88)
    return _trim(command.get_help(context))


def _trim(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _join(parts: Sequence[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


if __name__ == "__main__":
    main()
