"""The catalogue's own checks: what they let through and what they stop."""

from babel.messages.catalog import Catalog, Message

from townhall.kernel.design import translating

MANY = ("%(num)s day", "%(num)s days")


def said(text, welsh, **more):
    return list(translating.faults(Message(text, welsh, **more)))


def test_a_text_with_the_same_placeholders_is_right():
    assert said("Due %(day)s", "I'w wneud erbyn %(day)s") == []


def test_an_empty_text_is_missing():
    assert said("Due", "") == ["no text: Due"]


def test_a_guessed_text_must_be_read():
    assert said("Due", "Wedi'i wneud", flags=["fuzzy"]) == ["guessed, not read: Due"]


def test_a_lost_placeholder_is_found():
    assert said("Due %(day)s", "I'w wneud") == ["other placeholders: Due %(day)s"]


def test_a_form_for_one_may_leave_its_number_out():
    assert said(MANY, ("dim", "diwrnod", "%(num)s ddiwrnod", "tri", "chwech", "%(num)s diwrnod")) == []


def test_a_form_that_is_missing_is_found():
    assert said(MANY, ("", "a", "b", "c", "d", "%(num)s e")) == ["no text: %(num)s day"]


def test_a_lone_per_cent_sign_would_break_the_page():
    assert said("%(num)s%% late", "%(num)s% yn hwyr") == ["a lone per cent sign: %(num)s%% late"]


def test_sentences_come_and_go_with_the_source():
    catalogue, template = Catalog(locale="cy"), Catalog()
    catalogue.add("Old", "Hen")
    template.add("New")
    assert translating.problems(catalogue, template) == ["no text: New", "nothing says this: Old"]
    translating.renew(catalogue, template)
    assert translating.problems(catalogue, template) == ["no text: New"]


def test_the_source_is_read_in_python_and_in_templates():
    found = {str(message.id) for message in translating.found_in_source()}
    assert {"Being looked at", "Skip to main content"} <= found
