"""Each kind of question: what a browser sends, the answer that it becomes, and what is wrong with others."""

from typing import Any

import pytest

from townhall.kernel.catalogue.forms.engine import Upload, checked, submitted, summary
from townhall.kernel.catalogue.forms.tests.making import one, rules

COLOURS = "options: {red: W, blue: W, none: W}"
UPLOADS = {
    "a1": Upload("plan.pdf", 2_000, "application/pdf"),
    "b2": Upload("film.mp4", 2_000, "video/mp4"),
    "c3": Upload("large.pdf", 99_000_000, "application/pdf"),
}
PLAN = {"file": "a1", "name": "plan.pdf", "size": 2_000, "type": "application/pdf"}


@pytest.mark.parametrize(
    ("question", "sent", "answer"),
    [
        ("type: text", {"q": " Ann Lee "}, "Ann Lee"),
        ("type: long_text", {"q": "one\r\ntwo"}, "one\ntwo"),
        ("type: number", {"q": "1,200"}, 1200),
        ("type: number, decimals: 2", {"q": "-1.50"}, -1.5),
        ("type: money", {"q": "£1,250.50"}, 1250.5),
        ("type: date", {"q.day": "1", "q.month": "3", "q.year": "2026"}, "2026-03-01"),
        ("type: date", {"q.day": "29", "q.month": "Chwefror", "q.year": "2024"}, "2024-02-29"),
        ("type: date", {"q": "2026-03-01"}, "2026-03-01"),
        ("type: yes_no", {"q": "no"}, False),
        (f"type: radios, {COLOURS}", {"q": "red"}, "red"),
        (f"type: checkboxes, {COLOURS}", {"q": ["red", "blue"]}, ["red", "blue"]),
        (f"type: select, {COLOURS}", {"q": "geiriau"}, "red"),
        (
            "type: address",
            {"q.line_1": "1  High St", "q.town": "Northmere", "q.postcode": "aa31ab", "q.uprn": "100"},
            {"line_1": "1 High St", "town": "Northmere", "postcode": "AA3 1AB", "uprn": "100"},
        ),
        ("type: place", {"q.latitude": "52.5", "q.longitude": "-1.25"}, {"latitude": 52.5, "longitude": -1.25}),
        ("type: files", {"q": ["a1"]}, [PLAN]),
        ("type: email", {"q": "ann@example.com"}, "ann@example.com"),
        ("type: phone", {"q": "+44 808 157 0192"}, "+44 808 157 0192"),
        ("type: ni_number", {"q": "ab 12 34 56 c"}, "AB123456C"),
        (
            "type: bank_details",
            {"q.account_name": "A Lee", "q.sort_code": "30-94-30", "q.account_number": "0073 3445"},
            {"account_name": "A Lee", "sort_code": "309430", "account_number": "00733445"},
        ),
        ("type: declaration", {"q": "yes"}, True),
        (
            "type: signature",
            {"q.name": "Bo Lee", "q.email": "bo@example.com", "q.signed_at": "2026-01-01T00:00:00Z"},
            {"name": "Bo Lee", "email": "bo@example.com"},
        ),
        ("type: group, questions: {x: {type: text, label: W}}", {"q.4.x": "b", "q.1.x": "a"}, [{"x": "a"}, {"x": "b"}]),
        (f"type: matrix, rows: {{bins: W, parks: W}}, {COLOURS}", {"q.bins": "red", "q.parks": "blue"},
         {"bins": "red", "parks": "blue"}),
    ],
)  # fmt: skip
def test_what_is_sent_becomes_an_answer(question: str, sent: dict[str, Any], answer: Any) -> None:
    form = one(question)
    found = checked(form, "first", sent, {}, uploads=UPLOADS)
    assert rules(found.mistakes) == []
    assert found.answers == {"q": answer}
    assert submitted(form, found.answers).answers == {"q": answer}
    assert all(each.answer for each in summary(form, found.answers))


@pytest.mark.parametrize(
    ("question", "sent", "wrong"),
    [
        ("type: text", {}, ("q", "missing")),
        ("type: text, max: 3", {"q": "four"}, ("q", "too_long")),
        ("type: text, min: 5", {"q": "four"}, ("q", "too_short")),
        ("type: text", {"q": "a\x00b"}, ("q", "characters")),
        ("type: number", {"q": "many"}, ("q", "whole")),
        ("type: number", {"q": "1.5"}, ("q", "whole")),
        ("type: number, decimals: 1", {"q": "1.55"}, ("q", "decimals")),
        ("type: number, decimals: 1", {"q": "5,5"}, ("q", "number")),
        ("type: number", {"q": "1" * 16}, ("q", "whole")),
        ("type: number, min: 1", {"q": "0"}, ("q", "too_small")),
        ("type: number, max: 9", {"q": "10"}, ("q", "too_large")),
        ("type: money", {"q": "1.505"}, ("q", "money")),
        ("type: date", {"q.day": "31", "q.month": "2", "q.year": "2026"}, ("q.day", "no_date")),
        ("type: date", {"q.day": "1", "q.year": "2026"}, ("q.month", "no_month")),
        ("type: date", {"q.day": "1", "q.month": "1", "q.year": "26"}, ("q.year", "year")),
        ("type: yes_no", {"q": "perhaps"}, ("q", "option")),
        (f"type: radios, {COLOURS}", {"q": "green"}, ("q", "option")),
        (f"type: radios, {COLOURS}", {}, ("q", "unchosen")),
        (f"type: checkboxes, none: none, {COLOURS}", {"q": ["red", "none"]}, ("q", "alone")),
        (f"type: checkboxes, max: 1, {COLOURS}", {"q": ["red", "blue"]}, ("q", "too_many")),
        (f"type: select, {COLOURS}", {"q": "green"}, ("q", "option")),
        ("type: address", {"q.line_1": "1 High St", "q.town": "T", "q.postcode": "123"}, ("q.postcode", "postcode")),
        ("type: address", {"q.town": "T", "q.postcode": "AA3 1AB"}, ("q.line_1", "line_1")),
        ("type: place", {"q.latitude": "95", "q.longitude": "0"}, ("q", "place")),
        ("type: files", {"q": ["zz"]}, ("q", "files_unknown")),
        ("type: files", {"q": ["b2"]}, ("q", "files_type")),
        ("type: files", {"q": ["c3"]}, ("q", "files_large")),
        ("type: email", {"q": "ann@"}, ("q", "email")),
        ("type: phone", {"q": "12"}, ("q", "phone")),
        ("type: ni_number", {"q": "BG123456A"}, ("q", "ni_number")),
        ("type: bank_details", {"q.account_name": "A", "q.sort_code": "1", "q.account_number": "00733445"},
         ("q.sort_code", "sort_code")),
        ("type: declaration", {}, ("q", "undeclared")),
        ("type: group, questions: {x: {type: text, label: W}}", {}, ("q", "items_few")),
        ("type: group, max: 1, questions: {x: {type: text, label: W}}", {"q.0.x": "a", "q.1.x": "b"},
         ("q", "items_many")),
        (f"type: matrix, rows: {{bins: W, parks: W}}, {COLOURS}", {"q.bins": "red"}, ("q.parks", "row")),
    ],
)  # fmt: skip
def test_what_cannot_be_an_answer_says_where_and_why(
    question: str, sent: dict[str, Any], wrong: tuple[str, str]
) -> None:
    found = checked(one(question), "first", sent, {}, uploads=UPLOADS)
    assert rules(found.mistakes) == [wrong]
    assert all(each.text.en and each.text.cy and "{" not in each.text.en + each.text.cy for each in found.mistakes)


def test_where_a_number_may_have_decimals_the_message_shows_one() -> None:
    (wrong,) = checked(one("type: number, decimals: 1"), "first", {"q": "5,5"}, {}).mistakes
    assert wrong.text.en.endswith("must be a number, like 5.5")
    assert wrong.text.cy.endswith("rhaid rhoi rhif, fel 5.5")


@pytest.mark.parametrize(
    "answer", [None, 0, 1.5, True, "", "x" * 20_000, [], [1], [{}], {}, {"x": {}}, float("nan"), 10**40, [[["a"]]]]
)
@pytest.mark.parametrize(
    "question",
    [
        "type: text", "type: number", "type: money", "type: date", f"type: radios, {COLOURS}", "type: address",
        f"type: checkboxes, {COLOURS}", "type: place", "type: files", "type: ni_number", "type: bank_details",
        "type: signature", "type: group, questions: {x: {type: text, label: W}}", "type: email", "type: phone",
        f"type: matrix, rows: {{bins: W}}, {COLOURS}",
    ],
)  # fmt: skip
def test_an_answer_of_another_kind_is_a_mistake_and_never_a_fault(question: str, answer: Any) -> None:
    form = one(question)
    if question in {"type: number", "type: money"} and answer in (0, 1.5) and answer is not False:
        return
    assert submitted(form, {"q": answer}).mistakes
    assert all(each.answer is None for each in summary(form, {"q": answer}))
