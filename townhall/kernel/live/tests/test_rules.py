import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.live.rules import Message, Viewer, may_hear, packed, wants


def message(**fields):
    usual = {
        "id": "1",
        "kind": "cases.case_opened.v1",
        "case": "c",
        "number": 1,
        "public": False,
        "team": "",
        "people": [],
    }
    return Message(**(usual | fields))


@pytest.mark.parametrize(
    ("viewer", "told", "hears"),
    [
        (Viewer(), message(public=True), True),
        (Viewer(), message(), False),
        (Viewer(person="p"), message(people=["p"]), True),
        (Viewer(person="p"), message(people=["q"]), False),
        (Viewer(person="p", teams=frozenset({"t"})), message(team="t"), True),
        (Viewer(person="p", teams=frozenset({"t"})), message(team="u"), False),
        (Viewer(person="p", sees_unassigned=True), message(), True),
        (Viewer(person="p", sees_unassigned=True), message(team="u"), False),
        (Viewer(person="p", sees_all=True), message(team="u"), True),
    ],
)
def test_one_hears_of_what_one_may_see(viewer, told, hears):
    assert may_hear(viewer, told) is hears


def test_a_page_hears_of_what_it_asked_for():
    assert wants(frozenset({"case:c"}), message())
    assert not wants(frozenset({"case:d"}), message())
    assert wants(frozenset({"queue"}), message())
    assert not wants(frozenset({"public"}), message())
    assert not wants(frozenset(), message(public=True))


@given(st.lists(st.builds(message, kind=st.text(max_size=200)), max_size=60))
def test_messages_fit_into_notifications_and_none_is_lost(messages):
    packs = packed(messages)
    assert all(len(pack.encode()) < 8000 for pack in packs)
    assert [one for pack in packs for one in msgspec.json.decode(pack, type=list[Message])] == messages
