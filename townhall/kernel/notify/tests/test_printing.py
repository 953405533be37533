"""Letters on paper: tagged, in large print too, and with the address where the window is."""

import re
from datetime import UTC, datetime

import pytest

from tests.pdfs import about, faults, reading
from townhall.kernel.notify import printing, rules
from townhall.kernel.notify.message import Message

pytestmark = pytest.mark.django_db
BLOCKS = rules.fill("# Next\n\nDear Tŷ,\n\n* one\n* two\n\n^ ((code))", {"code": "#let x = 1 [$a$]"}, base_url="")


def message(**more: object) -> Message:
    usual: dict[str, object] = {
        "reference": "0197.1",
        "channel": "post",
        "to": "",
        "sender": "Northmere Borough Council",
        "subject": "About a lamp",
        "blocks": BLOCKS,
        "language": "cy",
        "at": datetime(2026, 5, 12, tzinfo=UTC),
        "address": rules.Address(name="Asha", lines=("4 Wool Lane", "NM1 2AB")),
    }
    return Message(**(usual | more))  # pyright: ignore[reportArgumentType]


def test_a_letter_is_a_tagged_pdf_in_its_language() -> None:
    data = printing.pdf(message())
    assert faults(data) == []
    assert about(data)["language"] == "cy-GB"
    assert [(tag, words) for tag, words in reading(data) if tag.startswith(("H", "L"))] == [
        ("H1", "About a lamp"), ("H2", "Next"), ("Lbl", "•"), ("LBody", "one"), ("Lbl", "•"), ("LBody", "two"),
    ]  # fmt: skip


def test_a_letter_with_a_sign_that_no_font_has_is_printed_all_the_same() -> None:
    data = printing.pdf(message(blocks=rules.fill("Thank you ((words))", {"words": "👩🏽‍🚒"}, base_url="")))
    assert faults(data) == []


def test_large_print_takes_more_room() -> None:
    pages = [len(printing.pictures(message(blocks=BLOCKS * 8, is_large_print=large))) for large in (False, True)]
    assert pages[0] < pages[1]


def test_what_a_person_wrote_is_never_the_layouts_own_commands() -> None:
    hostile = rules.fill("((words))", {"words": '#panic("no") #read("/etc/passwd") = Heading \\ $x$'}, base_url="")
    assert printing.pdf(message(blocks=hostile)).startswith(b"%PDF")


def test_the_same_letter_has_the_same_pages() -> None:
    strip = re.compile(rb"/(ID|CreationDate|ModDate)[^\n]*|<xmp:\w+Date>[^<]*|<xmpMM:[^>]*>[^<]*")
    one, two = (strip.sub(b"", printing.pdf(message())) for _ in range(2))
    assert len(one) == len(two)
