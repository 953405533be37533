"""Placeholders, structure and links: what a letter's text becomes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.notify import rules
from townhall.kernel.notify.registries import letter_kinds, load_folder
from townhall.kernel.notify.rules import Block, Span

BASE = "https://northmere.example"
FILE = """---
title: We have your report
subject_en: We have your report ((reference))
subject_cy: Mae gennym eich adroddiad ((reference))
placeholders:
  reference: 9TX2-MKD
  link: /reports/9TX2-MKD
  is_late: yes
---
Thank you.

See ((link))

--- cy ---
Diolch.

Gweler ((link))
"""


def filled(text: str, **values: Any) -> list[Block]:
    return rules.fill(text, values, base_url=BASE)


def test_a_letters_file_is_read() -> None:
    wording = rules.parse_letter(FILE)
    assert wording.title == "We have your report"
    assert wording.parts("en") == ("We have your report ((reference))", "Thank you.\n\nSee ((link))")
    assert wording.parts("cy")[1] == "Diolch.\n\nGweler ((link))"
    assert wording.examples["link"] == "/reports/9TX2-MKD"
    assert wording.used == {"reference", "link"}


def test_a_letter_without_welsh_says_so() -> None:
    wording = rules.parse_letter(FILE.partition("--- cy ---")[0])
    assert wording.has("en")
    assert not wording.has("cy")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("Dear resident", "front matter"),
        ("---\ntitle: x\n---\nbody", "subject_en"),
        ("---\ntitle: x\nsubject_en: y\n---\n\n", "English body"),
        ("---\ntitle\n---\nbody", "not a line of front matter"),
    ],
)
def test_a_mistake_in_a_letters_file_is_named(source: str, says: str) -> None:
    with pytest.raises(rules.TextMistake, match=says):
        rules.parse_letter(source)


@pytest.mark.parametrize(
    ("source", "says"),
    [("nothing", "front matter"), ("---\ntitle: x\nsubject_en: y\n---\nDear ((name))", "no example for: name")],
)
def test_a_mistake_names_its_file(tmp_path: Path, source: str, says: str) -> None:
    (tmp_path / "wrong.md").write_text(source)
    with pytest.raises(rules.TextMistake, match=rf"wrong\.md of reports: .*{says}"):
        load_folder(tmp_path, "reports")


def test_our_own_letters_are_there_in_both_languages() -> None:
    for code in ("sign_in_code", "sign_in_code_by_post"):
        assert letter_kinds[code].wording.has("cy")


def test_values_go_in_their_places() -> None:
    assert filled("Dear ((name)),\n\nIt is ((day)).", name="Asha", day="Monday") == [
        Block("paragraph", (Span("words", "Dear "), Span("value", "Asha"), Span("words", ","))),
        Block("paragraph", (Span("words", "It is "), Span("value", "Monday"), Span("words", "."))),
    ]


def test_headings_items_and_insets_come_from_the_text() -> None:
    kinds = [block.kind for block in filled("# Next\nWe look at it:\n* one\n- two\n\n^ ((code))", code="123")]
    assert kinds == ["heading", "paragraph", "item", "item", "inset"]


def test_words_appear_only_where_their_value_says_yes() -> None:
    text = "Fixed.\n\n((is_late??We missed our date, and are sorry.))"
    assert len(filled(text, is_late=True)) == 2
    for no in (False, None, "", 0, "no", [], rules.Said("No", is_yes=False), rules.Said("Na", is_yes=False)):
        assert len(filled(text, is_late=no)) == 1
    assert rules.fill_line("A ((b??b)) c.", {"b": rules.Said("No", is_yes=False)}) == "A c."
    assert [block.text for block in filled("A ((b??b)) c ((b)).", b=False)] == ["A c False."]


def test_a_missing_value_is_named() -> None:
    with pytest.raises(rules.MissingValues, match="name"):
        filled("Dear ((name))")


def test_an_empty_paragraph_goes() -> None:
    assert [block.text for block in filled("One\n\n((note))\n\nTwo", note="")] == ["One", "Two"]


def test_what_a_person_wrote_makes_no_structure_and_no_link() -> None:
    hostile = "# Big\n* [pay here](https://evil.example)\nhttps://evil.example ((code)) <script>alert(1)</script>"
    (block,) = filled("They wrote: ((words))", words=hostile, code="1")
    assert block.kind == "paragraph"
    assert {span.kind for span in block.spans} == {"words", "value"}
    html = rules.as_html([block])
    assert "<a" not in html
    assert "<script" not in html
    assert "((code))" in block.text
    notify = rules.as_notify([block])
    assert "[pay here](" not in notify
    assert "\n\\* \\[pay here\\]\\(" in notify


@pytest.mark.parametrize("link", ["/reports/9TX2-MKD", f"{BASE}/reports/9TX2-MKD"])
def test_a_link_leads_to_our_own_site(link: str) -> None:
    (block,) = filled("See ((link))", link=link)
    assert block.spans[1] == Span("link", f"{BASE}/reports/9TX2-MKD")


@pytest.mark.parametrize(
    "link",
    ["https://evil.example/", "//evil.example", "/\\evil.example", f"{BASE}.evil.example/", "javascript:alert(1)", "x"],
)
def test_a_link_that_leads_elsewhere_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="our own site only"):
        filled("See ((unfollow_link))", unfollow_link=link)


def test_an_address_that_the_council_wrote_is_a_link() -> None:
    (block,) = filled("Read https://www.gov.uk/report, or call.")
    assert block.spans[1] == Span("link", "https://www.gov.uk/report")


def test_a_subject_is_one_line() -> None:
    assert rules.fill_line("About ((title))", {"title": "a\r\nBcc: x@example.org"}) == "About a Bcc: x@example.org"


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_and_value_make_a_letter_that_can_be_kept(text: str, value: str) -> None:
    values = dict.fromkeys(rules.placeholders_in(text), "x") | {"name": value}
    try:
        blocks = rules.fill(f"{text}\n\n((name))", values, base_url=BASE)
    except ValueError:
        return
    assert rules.from_json(rules.to_json(blocks)) == blocks
    for look in (rules.as_text, rules.as_html, rules.as_notify):
        look(blocks)
    rules.as_sms(blocks, "Northmere")


def test_plain_text_has_one_line_an_item() -> None:
    assert rules.as_text(filled("Bring:\n* a\n* b\n\nThen come.")) == "Bring:\n\n- a\n- b\n\nThen come."


def test_html_lists_open_and_close() -> None:
    assert rules.as_html(filled("* a\n* b")) == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"


def test_a_text_message_drops_the_greeting_and_keeps_the_link() -> None:
    text = f"# Title\n\nDear Asha,\n\nFirst.\n\n{'Long. ' * 80}\n\nLast.\n\nSee ((link))"
    shown = rules.as_sms(filled(text, link="/r/1"), "Northmere")
    assert shown == f"Northmere: First.\nSee {BASE}/r/1"
    assert len(shown) <= 459


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ŵ" * 70, 1),
        ("ŵ" * 71, 2),
        ("", 1),
        ("a" * 459, 3),
    ],
)
def test_a_text_message_is_counted_as_networks_count(text: str, parts: int) -> None:
    assert rules.sms_parts(text) == parts
