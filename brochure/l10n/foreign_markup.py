"""Find markup of other programs, which would be printed as it is written.

Only what is certain is found: known HTML and XLIFF tags, character references, `printf` placeholders, and Markdown that messages
do not have. A backslash before it keeps it as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from brochure.l10n.inline_markup import MarkupProblem
from brochure.lazy_pattern import compile_lazily

SPECIAL = compile_lazily(r"[\[<&%~=`#\\]|'''|__|!\[")
"""What any foreign markup contains."""

ADDRESS = compile_lazily(r"(?<=\])\([^()\s]*\)|https?://[^\s()]+")
TAGS = (
    r"a|b|i|u|s|em|strong|br|p|span|div|sup|sub|small|big|font|h[1-6]|ul|ol|li|img|code|mark|q|bold|italic"
    r"|ph|x|g|bx|ex|bpt|ept|it|ut|mrk|sc|ec|pc|cp|\d+"
)
CHARACTER = compile_lazily(r"(?<!\\)&(#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w{1,7});")

MARKS = "write **words** or *words*"
FORMS: tuple[tuple[str, str, str], ...] = (
    (
        r"^\[\^[^\[\]\n]+\]:",
        "a footnote of another program",
        "write the words of a note as a message of their own in the copy, under 'notes:'",
    ),
    (
        r"\[\^(?![\w-]+\])[^\[\]\n]+\]|\^\[[^\[\]\n]+\](?!\^)",
        "a footnote of another program",
        "write [^name] and the words of the note in the copy, under 'notes:'",
    ),
    (rf"</?(?:{TAGS})(?:\s[^<>]*)?/?>", "a tag", f"{MARKS}, or delete it"),
    (r"\[/(?:b|i|u|s|url|img|color|size)\]", "a tag", f"{MARKS}, or delete it"),
    (
        r"(?<![\w%])(?<!\d[ \u00a0\u202f])%(?:\d+\$|\(\w+\))?(?:\.\d)?[sdif@](?!\w)",
        "a placeholder of another program",
        "write {name}",
    ),
    (r"'''(?=\S)[^'\n]+'''", "another program's markup", MARKS),
    (
        r"(?<!~)~~(?=[^\s~])[^~\n]+~~",
        "another program's markup",
        "use a character style: [words]{.name}",
    ),
    (
        r"(?<![=\w])==(?=[^\s=])[^=\n]+==(?!=)",
        "another program's markup",
        "use a character style: [words]{.name}",
    ),
    (
        r"(?<![\w`])`[^`\s][^`\n]*`(?![\w`])",
        "another program's markup",
        "use a character style: [words]{.name}",
    ),
    # Between spaces, `__words__` is strong.
    (
        r"(?<=[^\W_])__(?=[^\s_])[^_\n]+__(?!_)|(?<!_)__(?=[^\s_])[^_\n]+__(?=[^\W_])",
        "another program's markup",
        MARKS,
    ),
    (r"^#{2,6} (?=\S)", "a heading", "use the block heading in the layout"),
    (r"\\(?:textbf|textit|emph|underline|footnote)\{", "another program's markup", MARKS),
)
MAX_SHOWN = 24


def find_foreign_markup(text: str) -> Iterator[MarkupProblem]:
    """Yield a problem for each kind of foreign markup in a message as it is written."""
    if not SPECIAL.search(text):
        return
    text = ADDRESS.sub("()", text)
    for pattern, name, hint in _compile_forms():
        found = [match.group().strip() for match in pattern.finditer(text)]
        if found:
            yield MarkupProblem(
                _describe(found, f"{name} and would be printed"), _keep(found[0], hint)
            )
    names = [match for match in CHARACTER.finditer(text) if _is_character(match[1])]
    if names:
        found = [match.group() for match in names]
        yield MarkupProblem(
            _describe(found, "an HTML character reference and would be printed"),
            _keep(found[0], "type the character itself"),
        )


@lru_cache(maxsize=1)
def _compile_forms() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return the forms with compiled patterns: most copy has none of their characters."""
    return tuple(
        (re.compile(rf"(?<!\\)(?:{pattern})", re.MULTILINE), name, hint)
        for pattern, name, hint in FORMS
    )


def _is_character(name: str) -> bool:
    from html.entities import name2codepoint  # 3 ms, and most copy has no character references

    return name.startswith("#") or name in name2codepoint or name == "apos"


def _describe(found: list[str], name: str) -> str:
    first = found[0] if len(found[0]) <= MAX_SHOWN else f"{found[0][:MAX_SHOWN]}…"
    more = f" ({len(found)} times)" if len(found) > 1 else ""
    return f"'{first}' is {name}{more}"


def _keep(first: str, hint: str) -> str:
    """Return the hint with how to print the text as it is."""
    return hint if first.startswith(("\\", "'", "%")) else f"{hint}; \\{first[0]} to print it"
