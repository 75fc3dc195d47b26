"""Edits of single entries in PO files: everything else stays byte for byte, and the result reads back as given."""

from __future__ import annotations

import subprocess
import time

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brochure.errors import InputError
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats import po
from brochure.l10n.po_edit import (
    EntryChange,
    add_entries,
    add_entry,
    add_translator_comment,
    change_entries,
    set_translation,
)
from tests.programs import need
from tests.quick import examples

TEXT = """\
# Translators: keep this comment.
msgid ""
msgstr ""
"Project-Id-Version: leaflet\\n"
"X-Own-Field: kept\\n"

#. page 1, frame words
#: content/en.yaml:3
#, no-wrap
msgctxt "cover.title"
msgid "Welcome"
msgstr "Bienvenue"

# Not sure of this.
#. page 2
#, fuzzy, no-wrap
#| msgctxt "cover.lead"
#| msgid ""
#| "Come\\n"
#| "in"
msgctxt "cover.lead"
msgid ""
"Come in,\\n"
"please"
msgstr ""
"Entrez,\\n"
"s'il vous "
"plaît"
msgctxt "last"
msgid "End"
msgstr ""

#~ msgctxt "cover.title"
#~ msgid "Old title"
#~ msgstr "Ancien titre"
"""


def read(data: bytes) -> Catalogue:
    catalogue, findings = po.read(data, "content/fr.po", "fr")
    assert findings == ()
    return catalogue


def edit(key: str, text: str, **options: object) -> str:
    return set_translation(TEXT.encode(), key, text, **options).decode()  # type: ignore[arg-type]


def test_one_line_changes() -> None:
    assert edit("cover.title", "Salut", fuzzy=False) == TEXT.replace('"Bienvenue"', '"Salut"')


def test_an_obsolete_entry_with_the_same_key_is_left_alone() -> None:
    assert 'msgstr "Ancien titre"' in edit("cover.title", "Salut", fuzzy=False)


def test_nothing_changes_if_the_text_is_the_same() -> None:
    assert edit("cover.title", "Bienvenue", fuzzy=False) == TEXT
    assert edit("cover.lead", "Entrez,\ns'il vous plaît", fuzzy=True) == TEXT


def test_clearing_fuzzy_keeps_other_flags_and_removes_the_previous_source() -> None:
    done = edit("cover.lead", "Entrez,\ns'il vous plaît", fuzzy=False)
    previous = TEXT[TEXT.index("#| msgctxt") : TEXT.index('msgctxt "cover.lead"\nmsgid')]
    assert done == TEXT.replace("#, fuzzy, no-wrap", "#, no-wrap").replace(previous, "")


def test_setting_fuzzy_adds_the_flag_to_the_others_or_a_line_of_its_own() -> None:
    assert edit("cover.title", "Bienvenue", fuzzy=True) == TEXT.replace(
        "#, no-wrap\nmsgctxt", "#, fuzzy, no-wrap\nmsgctxt"
    )
    assert edit("last", "Fin", fuzzy=True) == TEXT.replace(
        'msgctxt "last"\nmsgid "End"\nmsgstr ""',
        '#, fuzzy\nmsgctxt "last"\nmsgid "End"\nmsgstr "Fin"',
    )


def test_a_text_of_several_lines_is_divided_at_its_line_ends() -> None:
    assert edit("last", 'a\n\n"b"\\', fuzzy=False).count(
        'msgstr ""\n"a\\n"\n"\\n"\n"\\"b\\"\\\\"\n'
    )


def test_the_source_can_be_brought_up_to_date() -> None:
    one = read(edit("cover.title", "Salut", fuzzy=False, source="Hello\nyou").encode())
    assert (one.entries["cover.title"].source, one.entries["cover.title"].text) == (
        "Hello\nyou",
        "Salut",
    )


def test_a_comment_goes_below_the_translator_comments_and_is_added_once() -> None:
    once = add_translator_comment(TEXT.encode(), "cover.lead", "One.\n\n#2 is wrong.")
    assert once.decode() == TEXT.replace(
        "# Not sure of this.\n", "# Not sure of this.\n# One.\n#\n# #2 is wrong.\n"
    )
    assert add_translator_comment(once, "cover.lead", "One.\n\n#2 is wrong.") == once
    assert read(once).entries["cover.lead"].notes == "Not sure of this.\nOne.\n\n#2 is wrong."


def test_a_first_comment_goes_above_the_entry() -> None:
    done = add_translator_comment(TEXT.encode(), "last", "Say more?")
    assert done.decode() == TEXT.replace('msgctxt "last"', '# Say more?\nmsgctxt "last"')


def test_a_message_is_added_before_the_obsolete_ones() -> None:
    done = add_entry(TEXT.encode(), "new.one", "New", "Nouveau", fuzzy=True)
    new = '\n#, fuzzy\nmsgctxt "new.one"\nmsgid "New"\nmsgstr "Nouveau"\n'
    at = TEXT.index("\n#~")
    assert done.decode() == TEXT[:at] + new + TEXT[at:]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b'msgid ""\nmsgstr "Language: fr\\n"'])
def test_a_message_is_added_to_a_file_without_messages(data: bytes) -> None:
    done = add_entry(data, "a", "A", "B", fuzzy=False)
    assert done.startswith(data)
    assert read(done).entries["a"].text == "B"


@pytest.mark.parametrize("key", ["missing", "", "cover"])
def test_an_unknown_message(key: str) -> None:
    with pytest.raises(KeyError):
        set_translation(TEXT.encode(), key, "x", fuzzy=False)
    with pytest.raises(KeyError):
        add_translator_comment(TEXT.encode(), key, "x")


PLURAL = 'msgctxt "n"\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "un"\nmsgstr[1] "plusieurs"\n'


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (TEXT.replace('"Bienvenue"', '"Bienvenue').encode(), "po-form", 12),
        (TEXT.encode("latin-1"), "po-encoding", 28),
        (("\ufeff" + TEXT + PLURAL.replace('"n"', '"cover.title"')).encode(), "", 0),
        (("\ufeff" + PLURAL.replace('"n"', '"cover.title"')).encode(), "po-form", 1),
    ],
)
def test_invalid_files(data: bytes, code: str, line: int) -> None:
    if not code:
        assert set_translation(data, "cover.title", "x", fuzzy=False).endswith(
            PLURAL[-20:].encode()
        )
        return
    with pytest.raises(InputError) as caught:
        set_translation(data, "cover.title", "x", fuzzy=False, label="fr.po")
    assert [(one.code, one.span and one.span.line) for one in caught.value.findings] == [
        (code, line)
    ]


@pytest.mark.parametrize("text", ["a\u2028b", "a\x85b", "a\x00", "\x1b[31m", "\ud800"])
def test_characters_that_po_cannot_store_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        set_translation(TEXT.encode(), "last", text, fuzzy=False)
    with pytest.raises(InputError):
        add_entry(TEXT.encode(), "new", text, "x", fuzzy=False)


def test_several_entries_change_at_once() -> None:
    changes = {
        "last": EntryChange("Fin", fuzzy=True, comments=("One", "Two", "One")),
        "cover.title": EntryChange("Salut", source="Hello"),
        "cover.lead": EntryChange(comments=("Three",)),
    }
    at_once = change_entries(TEXT.encode(), changes)
    one = set_translation(TEXT.encode(), "last", "Fin", fuzzy=True)
    one = set_translation(one, "cover.title", "Salut", fuzzy=False, source="Hello")
    for key, text in (("last", "One"), ("last", "Two"), ("cover.lead", "Three")):
        one = add_translator_comment(one, key, text)
    assert at_once == one
    new = {"x": EntryChange("X", source="x", comments=("Why?",)), "y": EntryChange("Y", source="y")}
    added = add_entries(TEXT.encode(), new)
    alone = add_entry(TEXT.encode(), "x", "x", "X", fuzzy=False)
    alone = add_translator_comment(add_entry(alone, "y", "y", "Y", fuzzy=False), "x", "Why?")
    assert added == alone


def test_changes_of_a_large_file_take_time_in_proportion() -> None:
    keys = [f"k{number}" for number in range(3_000)]
    entries = (f'msgctxt "{key}"\nmsgid "a"\nmsgstr "b"\n\n' for key in keys)
    data = ('msgid ""\nmsgstr "Language: fr\\n"\n\n' + "".join(entries)).encode()
    began = time.process_time()
    change_entries(data, {key: EntryChange("c", fuzzy=True, comments=("d",)) for key in keys})
    assert time.process_time() - began < 5


# Properties

CONTROLS = [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF]
storable = st.text(
    st.sampled_from('"\\\n\t\r#~|,: {}ab')
    | st.characters(codec="utf-8", exclude_characters=[chr(one) for one in CONTROLS]),
    max_size=20,
)
comment = st.text(st.sampled_from('ab #:.,~|"\\é'), max_size=12).map(str.strip)


@st.composite
def entries(draw: st.DrawFn, key: str) -> list[str]:
    """Return the lines of an entry, written in a form that polib reads but would not write."""
    lines = [f"# {one}".rstrip() for one in draw(st.lists(comment, max_size=2))]
    lines += [f"#. {one or 'x'}" for one in draw(st.lists(comment, max_size=2))]
    flags = draw(st.lists(st.sampled_from(["fuzzy", "no-wrap", "c-format"]), unique=True))
    lines += [f"#, {', '.join(flags)}"] if flags else []
    if draw(st.booleans()):
        lines += [f'#| msgctxt "{key}"', '#| msgid ""', '#| "before\\n"', '#| "that"']
    for keyword, text in (("msgctxt", key), ("msgid", draw(storable)), ("msgstr", draw(storable))):
        lines += field(draw, keyword, text)
    if draw(st.integers(0, 9)) == 0:
        lines = [f"#~ {one}" if not one.startswith("#") else one for one in lines]
    return [*lines, ""] if draw(st.booleans()) else lines


def field(draw: st.DrawFn, keyword: str, text: str) -> list[str]:
    parts, rest = [], text
    while rest and draw(st.booleans()):
        cut = draw(st.integers(0, len(rest)))
        parts.append(rest[:cut])
        rest = rest[cut:]
    quoted = [f'"{escape(one)}"' for one in (*parts, rest)]
    return [f"{keyword} {quoted[0]}", *quoted[1:]]


def escape(text: str) -> str:
    for letter, written in (
        ("\\", "\\\\"),
        ('"', '\\"'),
        ("\n", "\\n"),
        ("\t", "\\t"),
        ("\r", "\\r"),
    ):
        text = text.replace(letter, written)
    return text


HEADER = [
    "# File comment",
    'msgid ""',
    'msgstr ""',
    '"Language: fr\\n"',
    '"X-Odd:  two  spaces\\n"',
]


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, bytes, bytes, str]:
    """Return a file in three parts, of which the second is an entry, and the entry's key."""
    made = [HEADER, *(draw(entries(f"key{number}")) for number in range(3))]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    parts = ["".join(line + end for line in one).encode() for one in made]
    if draw(st.booleans()):
        parts[-1] = parts[-1].removesuffix(end.encode())
    parts[0] = draw(st.sampled_from(["", "\ufeff"])).encode() + parts[0]
    at = draw(st.integers(1, 3))
    return b"".join(parts[:at]), parts[at], b"".join(parts[at + 1 :]), f"key{at - 1}"


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(files(), storable, st.booleans())
def test_an_edit_reads_back_and_leaves_all_other_bytes(
    parts: tuple[bytes, bytes, bytes, str], text: str, fuzzy: bool
) -> None:
    head, entry, tail, key = parts
    before = read(head + entry + tail).entries.get(key)
    assume(before is not None)
    assert before is not None
    done = set_translation(head + entry + tail, key, text, fuzzy=fuzzy)
    after = read(done).entries[key]
    assert (after.text, after.fuzzy, after.source) == (text, fuzzy, before.source)
    assert (after.notes, after.comments) == (before.notes, before.comments)
    assert after.previous == (before.previous if fuzzy else None)
    assert done.startswith(head)
    assert done.endswith(tail)
    assert set_translation(done, key, text, fuzzy=fuzzy) == done


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(files(), st.lists(comment.filter(bool), min_size=1, max_size=3))
def test_a_comment_reads_back_and_leaves_all_other_bytes(
    parts: tuple[bytes, bytes, bytes, str], words: list[str]
) -> None:
    head, entry, tail, key = parts
    before = read(head + entry + tail).entries.get(key)
    assume(before is not None)
    assert before is not None
    done = add_translator_comment(head + entry + tail, key, "\n".join(words))
    after = read(done).entries[key]
    assert "\n".join(words) in after.notes
    assert after.notes.startswith(before.notes)
    assert (after.text, after.fuzzy) == (before.text, before.fuzzy)
    added = done[len(head) : len(done) - len(tail)]
    assert done == head + added + tail
    for line in entry.splitlines(keepends=True):
        assert line in added


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(files(), storable, storable)
def test_an_added_message_reads_back_and_leaves_all_other_bytes(
    parts: tuple[bytes, bytes, bytes, str], source: str, text: str
) -> None:
    data = b"".join(parts[:3])
    before = read(data)
    done = add_entry(data, "added", source, text, fuzzy=False)
    after = read(done)
    assert (after.entries["added"].source, after.entries["added"].text) == (source, text)
    others = {key: one.text for key, one in after.entries.items() if key != "added"}
    assert others == {key: one.text for key, one in before.entries.items()}
    assert [one.key for one in after.obsolete] == [one.key for one in before.obsolete]
    same = next((at for at in range(len(data)) if done[at] != data[at]), len(data))
    assert done.endswith(data[same:])


def test_gettext_reads_the_result_as_its_own() -> None:
    """Clearing fuzzy has the same result as `msgattrib --clear-fuzzy --clear-previous`."""
    need("msgattrib")
    data = TEXT.replace("X-Own-Field: kept", "Content-Type: text/plain; charset=UTF-8").encode()
    done = set_translation(data, "cover.lead", "Entrez,\ns'il vous plaît", fuzzy=False)
    clear = ["msgattrib", "--clear-fuzzy", "--clear-previous", "--no-wrap", "-"]
    expected = subprocess.run(clear, input=data, capture_output=True, check=True, timeout=20).stdout
    show = ["msgcat", "--no-wrap", "-"]
    own = subprocess.run(show, input=done, capture_output=True, check=True, timeout=20).stdout
    assert own == expected
