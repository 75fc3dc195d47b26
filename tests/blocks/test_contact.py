"""Contact blocks: lines that stay together, the label column, links and unbroken numbers."""

from __future__ import annotations

import pytest

from brochure.blocks._contact_links import address_uri, find_links, telephone_uri
from tests.blocks.setting import LEFT, TOP, Scene, placed

COPY = """
a:
  name: The Office
  street: PO Box 336
  city: London
  t: T
  f: Fax
  phone: "+1 519-679-5030"
  fax: 519.679.3358
  mail: info@ijm.ca
  web: IJM.org/give
  linked: "[Write to us](mailto:a@b.org)"
"""
BLOCK = """
- contact: a.name
  lines: [a.street, a.city]
  numbers:
    - {label: a.t, text: a.phone}
    - {label: a.f, text: a.fax, link: none}
  addresses: [a.mail, a.web]
"""
STYLES = "contact: {size: 10 pt, leading: 13 pt}"
SCENE = Scene(styles=STYLES)


def test_lines_are_one_leading_apart() -> None:
    page = placed(BLOCK, COPY, SCENE)
    first = TOP - page.cap_height("contact")
    ys = {text: y for text, _, y in page.lines}
    wanted = ["The Office", "PO Box 336", "London", "T", "Fax", "info@ijm.ca", "IJM.org/give"]
    assert [ys[text] for text in wanted] == pytest.approx([first - 13 * at for at in range(7)])
    assert page.run("The Office").glyphs.face.weight == 600


def test_numbers_start_after_the_widest_label() -> None:
    page = placed(BLOCK, COPY, SCENE)
    t, fax = page.run("T"), page.run("Fax")
    assert (t.x, fax.x) == (LEFT, LEFT)
    # 0.6 em of 10 pt after the wider one; a line without a label is at the edge.
    number = LEFT + fax.glyphs.width + 6
    assert page.line("+1 519-679-5030")[0] == pytest.approx(number)
    assert page.line("519.679.3358")[0] == pytest.approx(number)
    assert page.line("info@ijm.ca")[0] == LEFT


def test_links_are_made_from_the_text_by_default() -> None:
    page = placed(BLOCK, COPY, SCENE)
    targets = ["tel:+15196795030", "mailto:info@ijm.ca", "https://ijm.org/give"]
    assert [link.target for link in page.links] == targets
    # Each as wide as its words.
    assert page.links[0].rect.width == pytest.approx(page.run("+1 519-679-5030").glyphs.width)


def test_custom_link() -> None:
    block = "- contact: a.name\n  addresses:\n    - {text: a.web, link: 'https://www.ijm.ca'}\n    - a.linked\n"
    page = placed(block, COPY, SCENE)
    assert [link.target for link in page.links] == ["https://www.ijm.ca", "mailto:a@b.org"]


def test_invalid_link_is_reported() -> None:
    block = "- contact: a.name\n  addresses: {text: a.web, link: ijm.ca}\n"
    assert placed(block, COPY, SCENE, expect=("link-form",)).links == []


def test_numbers_are_never_broken() -> None:
    # Wide enough for the number alone; a space and two hyphens would let it be broken in 65 pt.
    page = placed("- contact:\n  numbers: a.phone", COPY, Scene(width=80, styles=STYLES))
    assert [text for text, _, _ in page.lines] == ["+1 519-679-5030"]
    narrow = Scene(width=65, styles=STYLES)
    page = placed("- contact:\n  numbers: a.phone", COPY, narrow, expect=("line-too-wide",))
    assert [text for text, _, _ in page.lines] == ["+1 519-679-5030"]
    broken = placed("- text: a.phone", COPY, narrow)
    assert len(broken.lines) == 2


def test_numbers_keep_their_direction_in_right_to_left_text() -> None:
    page = placed(BLOCK, COPY, Scene(styles=STYLES, language="ar"))
    fax, number = page.run("Fax"), page.run("+1 519-679-5030")
    assert fax.x + fax.glyphs.width == pytest.approx(250)
    # The whole number is one run from left to right, its plus sign first; it ends 6 pt before the labels.
    assert number.glyphs.left_to_right
    assert number.x + number.glyphs.width == pytest.approx(fax.x - 6)
    # The extracted text includes the isolate (UAX #9): LRI, the number, PDI.
    same = [run.glyphs.text for run in page.runs if run.tag == number.tag]
    assert "".join(same) == "\u2066+1 519-679-5030\u2069"
    assert page.links[0].target == "tel:+15196795030"


def test_the_block_stays_together() -> None:
    # Below a line of 6.7 pt seven leadings of 13 pt would reach 97.7 pt.
    scene = Scene(width=410, height=95, frame="columns: 2\ngutter: 10 pt", styles=STYLES)
    page = placed("- text: a.street\n" + BLOCK, COPY, scene)
    assert {x for text, x, _ in page.lines if text in ("The Office", "IJM.org/give")} == {260}


def test_gaps_and_styles() -> None:
    block = (
        BLOCK
        + "  gap: 7 pt\n  label-gap: 20 pt\n  style: body\n  name-style: lead\n  label-style: caption\n"
    )
    page = placed(block, COPY)
    assert page.run("The Office").glyphs.size == pytest.approx(13.5)
    assert page.run("Fax").glyphs.size == pytest.approx(8)
    # Body leading is 12 pt; 7 pt more above the numbers and above the addresses.
    assert page.line("London")[1] - page.line("T")[1] == pytest.approx(19)
    assert page.line("Fax")[1] - page.line("info@ijm.ca")[1] == pytest.approx(19)
    assert page.line("519.679.3358")[0] == pytest.approx(LEFT + page.run("Fax").glyphs.width + 20)


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("519.679.5030", "tel:5196795030"),
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("+855 23 216 000 ext. 12", "tel:+85523216000;ext=12"),
        ("(613) 555-0101 x7", "tel:6135550101;ext=7"),
        ("+1 (613) 555-0101", "tel:+16135550101"),
        ("030/1234567", "tel:0301234567"),
        ("1\u2011800\u2011555\u20110101", "tel:18005550101"),
        ("+33\u00a01\u202f23 45 67 89", "tel:+33123456789"),
        ("٠١٢ ٣٤٥", "tel:012345"),
        ("112", "tel:112"),
        ("T: +855 23 216 000", None),
        ("1-800-555-0101 (24/7)", None),
        ("+44 20 7946 0018 (9–5)", None),
        ("+1 613 555 0101 / 0102", None),
        ("613 555 0101/0102", None),
        ("555 0101–0103", None),
        ("*2345", None),
        ("0800 FLOWERS", None),
        ("1234567890123456", None),
        ("12", None),
        ("to be announced", None),
        ("", None),
    ],
)
def test_telephone_numbers(text: str, uri: str | None) -> None:
    assert telephone_uri(text) == uri


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("IJM.ca/Research", "https://ijm.ca/Research"),
        ("http://ijm.ca", "http://ijm.ca"),
        ("info@ijm.ca", "mailto:info@ijm.ca"),
        ("example.org.", "https://example.org"),
        ("example.org:8080/a?b=c#d", "https://example.org:8080/a?b=c#d"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("BÜCHER.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("zoë@bücher.example", "mailto:zo%C3%AB@xn--bcher-kva.example"),
        ("例え.テスト", "https://xn--r8jz45g.xn--zckzah"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("info [at] example.org", None),
        ("@lampschool", None),
        ("Lamp on example.org", None),
        ("example", None),
        ("example..org", None),
        ("-ü-.example", None),
        ("a@b", None),
        ("", None),
    ],
)
def test_addresses(text: str, uri: str | None) -> None:
    assert address_uri(text) == uri


@pytest.mark.parametrize(
    ("text", "number", "links"),
    [
        (
            "info@example.org, www.example.org",
            False,
            [
                ("info@example.org", "mailto:info@example.org"),
                ("www.example.org", "https://www.example.org"),
            ],
        ),
        (
            "613 555 0101 / 613 555 0102",
            True,
            [("613 555 0101", "tel:6135550101"), ("613 555 0102", "tel:6135550102")],
        ),
        ("613 555 0101, 0102", True, []),
        ("info@example.org, at noon", False, []),
        ("\u2068info@example.org\u2069", False, [("info@example.org", "mailto:info@example.org")]),
    ],
)
def test_several_in_one_line(text: str, number: bool, links: list[tuple[str, str]]) -> None:
    found = find_links(text, number=number)
    assert [(text[one.start : one.end], one.target) for one in found] == links


def test_each_link_of_a_line_covers_its_own_words() -> None:
    copy = COPY + '  both: "info@ijm.ca, **IJM.org**"\n'
    page = placed("- contact: a.name\n  addresses: a.both", copy, SCENE)
    assert [link.target for link in page.links] == ["mailto:info@ijm.ca", "https://ijm.org"]
    first, second = (link.rect for link in page.links)
    assert first.right < second.x
    assert first.width == pytest.approx(page.run("info@ijm.ca").glyphs.width, abs=0.01)


def test_a_line_that_is_not_linked_is_noted() -> None:
    copy = COPY + '  hours: "555 0101 (24/7)"\n'
    block = "- contact: a.name\n  numbers: [a.hours, {text: a.hours, link: none}]"
    [note] = placed(block, copy, SCENE, expect=("link-none",)).findings
    assert note.severity.value == "note"
    linked = "- contact: a.name\n  numbers: {text: a.hours, link: 'tel:5550101'}"
    assert [link.target for link in placed(linked, copy, SCENE).links] == ["tel:5550101"]
