"""Format messages with placeholders: ICU MessageFormat.

Numbers and dates are written in the language's form, and plural forms are chosen by its rules. Apostrophes are the writer's own
(`message_syntax`). Formatting precedes markup: text values
are escaped, so that no variable can add markup. Values of merge fields are escaped according to their context.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.findings import nearest
from brochure.l10n.date_format import format_variable
from brochure.l10n.message_limits import find_pattern_excess
from brochure.l10n.message_syntax import CHOOSING, Placeholder, find_placeholders, quote_for_icu
from brochure.l10n.number_format import Fact, MessageProblem, describe_excess, resolve_style
from brochure.l10n.record_values import PlainText, escape_value, is_field
from brochure.lazy_pattern import compile_lazily

PAGE = "page:"
"""Begins a placeholder for a page number: `{page:story.head}`."""

OWN_PAGE, PAGE_COUNT = "page", "pages"
"""Placeholders for the number of the page itself, in the message of a folio, and for the number of pages."""

OWN_NUMBER = "\ue0f0"
"""Private-use character in place of the number of the page, which the folio replaces."""

FACT = compile_lazily(r"(?:page:)?[A-Za-z_][\w.-]*")
NUMBER = compile_lazily(r"\s*+(?:,\s*+number\s*+(?:,([^{}']*+))?)?\}")
"""The rest of a placeholder that prints a number, with its number style."""
DATE = compile_lazily(r"\s*+,\s*+date\s*+(?:,([^{}']*+))?\}")
"""The rest of a placeholder that prints a date, with its style."""
OTHER = compile_lazily(r"\bother\s*\{")
ATTRIBUTES = compile_lazily(
    r"(?<=\])\{((?:\.|lang=)[^{}']*)\}|(?<=\))\{((?:size|mirror|colou?r)=[^{}']*)\}"
)
"""The attributes of `[words]{.character-style}` and of `![picture](path){size=1.2em}`."""
DOUBLE_BRACES = compile_lazily(r"\{\{([^{}]*)\}\}")
SPECIAL = compile_lazily(r"([*\[\]\\^~_&])")
BRACES = "write {name}, or '{' for a literal brace"


def format_message(
    pattern: str, facts: Mapping[str, Fact], language: str, *, literal: bool = False
) -> str:
    """Format a message.

    Args:
        pattern: The message with its placeholders.
        facts: The values of the variables and merge fields.
        language: The locale (BCP 47) for numbers and plural rules.
        literal: The text is for programs, such as QR code readers: values are not escaped.

    Raises:
        MessageProblem: The pattern is malformed or uses an unknown variable.
    """
    if "{" not in pattern and "}" not in pattern:
        return pattern
    if not literal:
        pattern = ATTRIBUTES.sub(lambda found: f"'{{'{found[1] or found[2]}'}}'", pattern)
    placeholders = find_placeholders(pattern)
    used = _check_placeholders(pattern, placeholders, facts)
    named, values = _substitute_fields(pattern, placeholders, facts, language, literal=literal)
    # Imported here so that a brochure without placeholders does not load ICU.
    from icu4py.messageformat import MessageFormat

    try:
        return MessageFormat(quote_for_icu(named), language).format({**values})
    except (ValueError, RuntimeError) as failure:
        reason, hint = _explain(str(failure), used, facts)
        if any(one.kind in CHOOSING for one in placeholders) and not OTHER.search(pattern):
            reason, hint = "a plural or select has no form 'other'", "add other {…} before its end"
        shown = pattern if len(pattern) < 60 else f"{pattern[:57]}…"
        raise MessageProblem(f"{reason}: {shown!r}", hint) from failure


def _check_placeholders(
    pattern: str, placeholders: tuple[Placeholder, ...], facts: Mapping[str, Fact]
) -> tuple[str, ...]:
    """Return the names of the variables in order of first use; raise a `MessageProblem` for what cannot be formatted."""
    deepest = max((one.depth for one in placeholders), default=0)
    excess = find_pattern_excess(pattern, len(placeholders), deepest)
    if excess:
        raise MessageProblem(*excess)
    for place in placeholders:
        name = place.name
        if double := DOUBLE_BRACES.match(pattern, place.start - 1):
            message = f"'{double[0]}' is a placeholder of another program"
            raise MessageProblem(message, f"write {{{double[1].strip()}}}")
        if not FACT.fullmatch(name):
            raise MessageProblem(f"'{{{name}}}' is not a placeholder", BRACES)
        if name not in facts:
            if name.startswith(PAGE):
                raise _unknown_anchor(name, facts)
            is_quoted = f"'{{{name}}}'" in pattern
            braces = f"to print braces, write '{{'{name}'}}'" if is_quoted else ""
            known = (one for one in facts if not (one.startswith(PAGE) or "#" in one))
            hint = "; ".join(filter(None, (nearest(name, known), braces)))
            raise MessageProblem(f"unknown variable '{name}'", hint)
    return tuple(dict.fromkeys(one.name for one in placeholders))


def _unknown_anchor(name: str, facts: Mapping[str, Fact]) -> MessageProblem:
    anchor = name.removeprefix(PAGE)
    known = (one.removeprefix(PAGE) for one in facts if one.startswith(PAGE) and "#" not in one)
    message = f"'{{{name}}}': no block shows the message '{anchor}', and no frame has this name"
    return MessageProblem(message, nearest(anchor, known) or "write the message key of a block")


def _explain(error: str, used: tuple[str, ...], facts: Mapping[str, Fact]) -> tuple[str, str]:
    """Return a readable reason for ICU's error, and how to fix it."""
    texts = [name for name in used if isinstance(facts[name], str)]
    if "Failed to format" in error and texts:
        hint = f"write {{{texts[0]}}} without a number format, or remove the quotes from its value"
        if texts[0].startswith(PAGE):
            hint = f"write {{{texts[0]}}}: page numbers are in the digits of the language already"
        if is_field(texts[0]):
            hint += ", or give the field a number as its example under merge-fields"
        return f"the variable '{texts[0]}' is not a number", hint
    if "BRACE" in error:
        return "unbalanced braces", BRACES
    return "invalid ICU message syntax", BRACES


def is_page_number(name: str) -> bool:
    """Return True if a placeholder is a page number or the number of pages, unless a variable has this name."""
    return name.startswith(PAGE) or name in (OWN_PAGE, PAGE_COUNT)


def find_arguments(pattern: str) -> tuple[str, ...]:
    """Return the variables that a pattern uses, in order of first use, including those inside plural and select forms."""
    return tuple(dict.fromkeys(one.name for one in find_placeholders(ATTRIBUTES.sub("", pattern))))


INDEX_SEPARATOR = "·"
"""Separates a field's name from its index; not allowed in the names of variables and fields."""


def _substitute_fields(
    pattern: str,
    placeholders: tuple[Placeholder, ...],
    facts: Mapping[str, Fact],
    language: str,
    *,
    literal: bool,
) -> tuple[str, dict[str, Fact]]:
    """Return the pattern and its values.

    Each use of a text field gets its own name, since its context decides the escaping. Numbers get their number style.
    """
    values: dict[str, Fact] = {}
    parts: list[str] = []
    at = 0
    for index, place in enumerate(placeholders):
        fact, name = facts[place.name], place.name
        if whole := _format_whole(pattern, place, fact, language):
            text, end = whole
            parts += [pattern[at : place.start], name := f"text{INDEX_SEPARATOR}{index}"]
            at = end
            values[name] = text if literal else _escape_markup(text)
            continue
        if isinstance(fact, PlainText) or (isinstance(fact, str) and is_field(name)):
            before = pattern[: pattern.rindex("{", 0, place.start)]
            fact, name = (
                escape_value(fact, before, place.kind, language, literal=literal),
                f"{name}{INDEX_SEPARATOR}{index}",
            )
            parts += [pattern[at : place.start], name]
            at = place.end
        style = _find_style(pattern, place)
        if style is not None and (resolved := resolve_style(style, fact)) != style:
            parts += [pattern[at : place.end], f", number, {resolved}"]
            at = pattern.index("}", place.end)
        values[name] = fact if literal or INDEX_SEPARATOR in name else _escape_markup(fact)
    return "".join((*parts, pattern[at:])), values


def _format_whole(
    pattern: str, place: Placeholder, fact: Fact, language: str
) -> tuple[Fact, int] | None:
    """Return the text of a date or page number and where its placeholder, or the part that is replaced, ends; else None."""
    if place.kind == "date" and (date := DATE.match(pattern, place.end)):
        return format_variable(place.name, fact, language, date[1] or ""), date.end() - 1
    # ICU allows no colon in the name of an argument.
    return (fact, place.end) if place.name.startswith(PAGE) else None


def _find_style(pattern: str, place: Placeholder) -> str | None:
    """Return the number style of a placeholder, empty if it has none; None if it does not format a number."""
    match = NUMBER.match(pattern, place.end)
    return (match[1] or "").strip() if match else None


def find_large_percentages(pattern: str, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each percentage above 100."""
    if "{" not in pattern or ("percent" not in pattern and "%" not in pattern):
        return
    plain = ATTRIBUTES.sub("", pattern)
    for place in find_placeholders(plain):
        style = _find_style(plain, place)
        if style and place.name in facts:
            found = describe_excess(f"'{place.name}'", facts[place.name], style)
            if found:
                yield found


def _escape_markup(fact: Fact) -> Fact:
    return SPECIAL.sub(r"\\\1", fact) if isinstance(fact, str) else fact
