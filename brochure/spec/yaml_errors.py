"""Describe errors of the YAML parser in plain words, with the corrected line where quotes are missing.

The messages matched here are those of libyaml 0.2 (scanner.c, parser.c) and of PyYAML's own parser.
"""

from __future__ import annotations

import re

from brochure.findings import Finding, Span
from brochure.lazy_pattern import compile_lazily
from brochure.spec.yaml_library import yaml

LINE_BREAK = compile_lazily("\r\n|[\n\r\x85\u2028\u2029]")
ENTRY = compile_lazily(r"(?P<start>\s*(?:- +)*(?:[^\s'\"#\[{][^:#]*:\s+)?)(?P<value>\S.*)")
SPECIAL = "*&!|>@`%?-[]{},"
"""Characters that have a meaning in YAML at the start of a value."""

MAX_SHOWN = 50
"""Maximum number of characters of a value that a hint repeats."""

MESSAGES = {
    "mapping values are not allowed": (
        "unexpected ':'",
        "check the indentation, or put text that contains ': ' in quotes",
    ),
    "could not find expected ':'": ("a ':' is missing after the key", "write 'key: value'"),
    "while scanning a quoted scalar": (
        "a quotation mark is not closed",
        "add the closing quotation mark",
    ),
    "did not find expected '-'": (
        "the indentation does not match the list above",
        "indent all items of a list alike, each with '- '",
    ),
    "did not find expected ',' or ']'": ("a list in [ ] is not closed", "add ']'"),
    "did not find expected ',' or '}'": ("a mapping in { } is not closed", "add '}'"),
    "did not find expected key": (
        "the indentation does not match the lines above",
        "indent all keys of a mapping alike, with spaces",
    ),
    "block sequence entries are not allowed": (
        "a list cannot begin on the line of its key",
        "begin it on the next line, or put text that begins with '-' in quotes",
    ),
    "found character that cannot start any token": (
        "this character cannot begin a value",
        "put the text in quotes",
    ),
    "while scanning a block scalar": (
        "text after '|' or '>' must begin on the next line",
        "move it to the next line, indented with spaces",
    ),
    "unknown escape character": (
        "'\\' has a special meaning in double quotes",
        "use single quotes, or write '\\\\'",
    ),
    "did not find expected hexdecimal": (
        "an escape sequence in double quotes is incomplete",
        "use single quotes, or write '\\\\' for a backslash",
    ),
    "<document start>": (
        "unexpected text after the end of the document",
        "check the indentation of the first lines",
    ),
    "did not find expected node content": (
        "a value is missing",
        "write a value, or remove the comma",
    ),
    "directive": ("a line cannot begin with '%'", "put the text in quotes"),
}
"""Message and hint by a part of the parser's message; the first match counts."""


def describe_error(error: yaml.YAMLError, text: str, file: str) -> Finding:
    """Return a finding that says what is wrong, at the line and column of the error."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Finding("yaml", "the file is not valid YAML", Span(file), "save it as UTF-8 text")
    mark = error.problem_mark or error.context_mark
    original = f"{error.context or ''} {error.problem or ''}"
    lines = LINE_BREAK.split(text)
    if error.context_mark and ("quoted scalar" in original or "simple key" in original):
        mark = error.context_mark  # the start of the text, not the place where the parser gave up
    if mark is None:
        return Finding("yaml", "the file is not valid YAML", Span(file))
    span = Span(file, mark.line + 1, mark.column + 1)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: mark.column + 1] and not line[: mark.column].strip():
        return Finding("yaml", "a tab cannot indent YAML", span, "use spaces")
    above = lines[mark.line - 1].strip() if mark.line else ""
    following = lines[mark.line + 1] if mark.line + 1 < len(lines) else ""
    message, hint = (
        _missing_quotes(line, following, mark.column)
        or _error_above(above, line)
        or _translate(original)
    )
    return Finding("yaml", message, span, hint)


def _translate(original: str) -> tuple[str, str]:
    matches = (words for part, words in MESSAGES.items() if part in original)
    return next(
        matches, ("this line is not valid YAML", "check its indentation and quotation marks")
    )


def _error_above(above: str, line: str) -> tuple[str, str] | None:
    """Return message and hint if the line above the error is its likely cause."""
    if above.startswith("#") and ":" not in line:
        return "the line above is a comment, since it begins with '#'", "put the text in quotes"
    if above and ":" not in above and not above.startswith(("#", "-")):
        return f"a ':' is missing in the line above: {above[:MAX_SHOWN]}", "write 'key: value'"
    return None


def _missing_quotes(line: str, following: str, column: int) -> tuple[str, str] | None:
    """Return message and hint if the value on a line needs quotes, or other quotes; None if it does not."""
    entry = ENTRY.fullmatch(line.rstrip())
    if not entry:
        return None
    if entry["start"].strip() in ("", "-") and ":" in entry["value"][:column]:
        return None  # an entry whose key is quoted or odd
    start, value = entry["start"], entry["value"]
    reason = _reason(value, followed_by_text=column > len(start))
    if not reason:
        return None
    indent = len(start) - len(start.lstrip())
    continues = bool(following.strip()) and len(following) - len(following.lstrip()) > indent
    corrected = f"{start.strip()} {_quote(_without_quotes(value), continues=continues)}".strip()
    if _closing_quote(value) is None and value[0] == '"':
        return reason, 'add the closing "'
    if _closing_quote(value) is None and value[0] == "'":
        return reason, f"add the closing ', or if it is an apostrophe, write {corrected}"
    return reason, f"write {corrected}"


def _reason(value: str, *, followed_by_text: bool) -> str:  # noqa: PLR0911  # one for each case
    """Return why a value needs quotes; empty if it does not."""
    first = value[0]
    if first in "'\"":
        end = _closing_quote(value)
        if end is None:
            return f"the quotation mark {first} is not closed"
        if not value[end + 1 :].strip():
            return ""
        verb = "contains" if value.endswith(first) else "begins with"
        return f"text that {verb} {first} needs other quotes"
    if first in "[{":
        rest = value[value.rfind("]" if first == "[" else "}") + 1 :].strip()
        is_text = bool(rest) and rest != value and not rest.startswith("#")
        return f"text that begins with '{first}' needs quotes" if is_text else ""
    if first in SPECIAL and (first not in "-?" or value[1:2] in (" ", "")):
        return f"text that begins with '{first}' needs quotes"
    if ": " in value or value.endswith(":"):
        return "text that contains ': ' needs quotes"
    return "text that contains ' #' needs quotes" if " #" in value and followed_by_text else ""


def _closing_quote(value: str) -> int | None:
    """Return the index of the quotation mark that closes a quoted value; None if it is not closed."""
    pattern = r"'(?:[^']|'')*'" if value[0] == "'" else r'"(?:[^"\\]|\\.)*"'
    match = re.match(pattern, value)
    return match.end() - 1 if match else None


def _without_quotes(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


def _quote(text: str, *, continues: bool) -> str:
    """Return text in the quotation marks that it does not contain, shortened if it is long."""
    if len(text) > MAX_SHOWN or continues:
        text = text[:MAX_SHOWN].rstrip() + " …"
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
