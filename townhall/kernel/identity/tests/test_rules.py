"""Addresses in the forms that people type, and places to go on to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.identity import rules


@pytest.mark.parametrize(
    "typed",
    ["07700 900142", "07700900142", "+44 7700 900142", "0044 7700 900 142", "+44 (0)7700 900142", " 07700-900-142 "],
)
def test_a_mobile_number_is_one_number_however_it_is_typed(typed: str) -> None:
    assert rules.contact(typed) == rules.Contact("sms", "+447700900142")


@pytest.mark.parametrize("typed", ["01632 960001", "0770", "+33 612345678", "12345", "", "hello", "07700 90014x"])
def test_codes_go_to_uk_mobiles_only(typed: str) -> None:
    assert rules.contact(typed) is None


def test_a_landline_is_a_telephone_number_all_the_same() -> None:
    assert rules.tidy_phone("01632 960 001") == "+441632960001"
    assert rules.national("+441632960001") == "01632 960001"


@pytest.mark.parametrize("typed", ["asha@example.org", " asha@EXAMPLE.org ", "a.b+c@mail.example.org"])
def test_an_email_address_keeps_its_name_and_has_its_domain_in_small_letters(typed: str) -> None:
    found = rules.contact(typed)
    assert found is not None
    assert found.channel == "email"
    assert found.address == typed.strip().rpartition("@")[0] + "@" + typed.strip().rpartition("@")[2].lower()


@pytest.mark.parametrize(
    "typed",
    [
        "@example.org",
        "asha@",
        "asha@localhost",
        "a b@example.org",
        "asha@example.org\nBcc: x@example.org",
        "a@b@c.d,e@f.g",
    ],
)
def test_what_cannot_be_an_address_is_none(typed: str) -> None:
    assert rules.contact(typed) is None


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/",
        "javascript:alert(1)",
        "/a\nb", "/\tevil.example", " /work/", "", "work/", "/ok\\..\\x", "http:/evil.example",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(address: str) -> None:
    assert rules.path_here(address) == ""


@pytest.mark.parametrize("address", ["/", "/work/?status=open&page=2", "/reports/9TX2-MKD/#updates"])
def test_a_path_of_this_site_is_kept(address: str) -> None:
    assert rules.path_here(address) == address


@given(st.text())
def test_a_path_that_is_kept_begins_with_one_slash(address: str) -> None:
    kept = rules.path_here(address)
    assert kept == "" or (kept == address and kept[0] == "/" and kept[1:2] not in {"/", "\\"})


@given(st.text(alphabet="0123456789+ ()-", max_size=20))
def test_tidying_a_number_twice_changes_nothing(typed: str) -> None:
    once = rules.tidy_phone(typed)
    assert rules.tidy_phone(once) == once


def test_postcodes_are_written_one_way() -> None:
    assert rules.tidy_postcode("nm26rd") == "NM2 6RD"
    assert rules.tidy_postcode("sw1a 1aa") == "SW1A 1AA"
    assert rules.tidy_postcode("not one") == ""


def test_a_masked_address_is_known_to_its_owner_only() -> None:
    assert rules.masked(rules.Contact("email", "asha@example.org")) == "a…@example.org"
    assert rules.masked(rules.Contact("sms", "+447700900142")) == "… 142"


def test_a_device_is_named_in_two_words() -> None:
    agent = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
    )
    assert rules.device(agent) == "Chrome, Windows"
    assert rules.device("") == "?"
