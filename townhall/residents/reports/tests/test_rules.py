import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.residents.reports import rules
from townhall.residents.reports.defaults import default_categories
from townhall.residents.reports.rules import redaction, steps
from townhall.residents.reports.rules.nearness import Likeness

CATEGORIES = [
    rules.Described(row["code"], (row["name"], row["name_cy"]), tuple(row["keywords"])) for row in default_categories()
]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("mattress dumped behind hope st", "fly_tipping"),
        ("lamppost flikering", "street_light"),
        ("theres dog poo everywhere", "dog_fouling"),
        ("tyre burst on massive pot hole", "pothole"),
        ("golau stryd wedi torri", "street_light"),
        ("baw ci ar y llwybr", "dog_fouling"),
        ("bins not emptied again", "missed_bin"),
        ("swing is brokn", "play_equipment"),
        ("GRAFITTI ON THE BRIDGE", "graffiti"),
        ("mae twll yn y ffordd", "pothole"),
    ],
)
def test_words_find_their_category_with_slang_mistakes_and_welsh(typed, code):
    assert rules.suggest(typed, CATEGORIES)[0] == code


def test_words_about_nothing_suggest_nothing():
    assert rules.suggest("hello there", CATEGORIES) == []


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_searched_redacted_and_titled(text):
    rules.suggest(text, CATEGORIES)
    rules.danger_in(text)
    assert len(rules.title_of(text)) <= 120
    assert rules.redact(rules.redact(text)) == rules.redact(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ring 07700 900142 now", "ring [phone number removed] now"),
        ("ring (01632) 960 001", "ring [phone number removed]"),
        ("ring +44 7700 900142", "ring [phone number removed]"),
        ("write to asha.begum@example.org.", "write to [e-mail removed]."),
        ("white van AB12 CDE dumped it", "white van [number plate removed] dumped it"),
        ("he lives at NM1 4PB", "he lives at NM1"),
        ("My name is Asha Begum and", "My name is [name removed] and"),
        ("see https://example.org/a?b", "see [web address removed]"),
        ("NI number QQ 12 34 56 C", "NI number QQ 12 34 56 C"),
        ("NI number AB 12 34 56 C", "NI number [number removed]"),
    ],
)
def test_personal_data_is_taken_out(typed, shown):
    assert rules.redact(typed) == shown


@pytest.mark.parametrize("pattern", [redaction.POSTCODE, redaction.NAMED, *(one[0] for one in redaction.REMOVED)])
def test_whatever_is_taken_out_is_hinted_at(pattern):
    @given(text=st.from_regex(pattern))
    @settings(max_examples=200, deadline=None, database=None)
    def check(text):
        assert redaction.HINTS.search(text)

    check()


def test_a_note_of_what_was_removed_is_in_the_writers_language():
    assert rules.redact("Ffoniwch 07700 900142", "cy") == "Ffoniwch [tynnwyd rhif ffôn]"


@pytest.mark.parametrize(
    "text", ["12 bags by the M6 bridge", "2 mattresses, 3 chairs", "light 14 outside 22 Chapel Street"]
)
def test_ordinary_numbers_stay(text):
    assert rules.redact(text) == text


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("HUGE MATTRESS ON STREET!! please come", "Huge mattress on street"),
        ("two bags. then more", "Two bags"),
        ("", ""),
        (
            "a very long text that goes on and on about the same bag of rubbish for ever",
            "A very long text that goes on and on about the same bag of...",
        ),
    ],
)
def test_a_title_is_the_first_sentence_cut_between_words(typed, title):
    assert rules.title_of(typed) == title


@pytest.mark.parametrize(
    "text", ["the child seat was dumped", "kids playing in the park", "he hit the lamp post", "dead badger"]
)
def test_ordinary_words_are_no_danger(text):
    assert rules.danger_in(text) == ""


def test_every_default_category_speaks_welsh_and_asks_readable_questions():
    for row in default_categories():
        assert row["name_cy"]
        assert row["next_step_cy"]
        for question in rules.questions(row["questions"]):
            assert question.words("cy") != question.words("en")
            assert all(option.text_cy for option in question.options)


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [("number", "x", "number"), ("number", "0", "small"), ("number", "6", "large"), ("yesno", "perhaps", "choice"),
     ("text", "", "missing"), ("text", "a" * 201, "long")],
)  # fmt: skip
def test_an_answer_that_will_not_do_says_why(kind, value, reason):
    asked = rules.Question(code="q", kind=kind, text="Q", smallest=1, largest=5)
    with pytest.raises(rules.BadAnswer) as bad:
        rules.check_answer(asked, value)
    assert bad.value.reason == reason


def test_pages_come_in_order_and_none_can_be_skipped():
    asks = rules.Asks(required=("size",), has_questions=True)
    answers = {"text": "a", "category": "fly_tipping", "where": {"easting": 1, "northing": 2}}
    assert steps.next_step(answers, asks) == "questions"
    assert not steps.may_open("contact", answers, asks)
    assert steps.may_open("what", answers, asks)


def test_a_finished_report_goes_back_to_checking_after_a_change():
    answers = {
        "text": "a",
        "category": "c",
        "where": {"easting": 1},
        "photos_seen": True,
        "contact": {"how": "anonymous"},
    }
    assert steps.next_step(answers | {"text": "b"}, rules.Asks()) == "check"


def test_another_category_keeps_what_both_ask():
    answers = {"category": "a", "questions": {"size": "van", "danger": "no"}, "nearby_seen": True}
    assert steps.with_category(answers, "b", ["size"]) == {"category": "b", "questions": {"size": "van"}}


def test_a_close_new_open_report_ranks_before_a_far_old_one():
    near, far = Likeness(8, 1, 0.5, is_open=True), Likeness(200, 40, 0.0, is_open=True)
    assert rules.rank(near) < rules.rank(far)
    assert rules.may_be_same(near)
    assert not rules.may_be_same(Likeness(251, 1, 1.0, is_open=True))
    assert not rules.may_be_same(Likeness(10, 31, 1.0, is_open=False))


def test_a_filter_survives_its_address():
    filters = rules.read_filters({"category": "graffiti", "status": "late", "days": "30", "page": "3"})
    assert filters.query() == "category=graffiti&status=late&days=30&page=3"
    assert filters.query(ward="E05999001") == "category=graffiti&status=late&ward=E05999001&days=30"


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["category", "status", "ward", "days", "q", "sort", "page"]), st.text(max_size=40))
)
def test_any_address_can_be_read(values):
    filters = rules.read_filters(values)
    assert 1 <= filters.page <= 2_000
    assert "\0" not in filters.q
