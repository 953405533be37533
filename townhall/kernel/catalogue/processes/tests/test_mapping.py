"""Running cases move to another version of their process, and back."""

from pathlib import Path

import pytest

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.engine import WEEKDAYS, Definition, Moved, read
from townhall.kernel.catalogue.processes.mapping import Mapping, NotMigrated, checked, load_mapping, migrated
from townhall.kernel.catalogue.processes.states import is_wrong
from townhall.kernel.catalogue.processes.tests.making import BULKY, MONDAY, Case, bulky


def changed(*pairs: tuple[str, str]) -> Definition:
    """Another version of the example."""
    text = BULKY
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    found = read(text.encode(), "next.yaml")
    assert found.problems == []
    return found


def moved(mapping: Mapping, case: Case) -> Moved:
    """A case in the other version."""
    assert mapping.problems == []
    return migrated(mapping, case.moved.state, at=MONDAY, calendar=WEEKDAYS)


def test_a_state_with_another_name_goes_on_under_it() -> None:
    old, new = bulky(), changed(("collect:", "fetch:"), ("done: collect}", "done: fetch}"))
    case = Case(old, items=1).send("jump", "collect", reason="Paid")
    mapping = checked(Mapping(old, new, {"collect": "fetch"}))
    there = moved(mapping, case)
    assert there.state.active == {"fetch": 3}
    assert [(each.kind, each.key, each.details) for each in there.orders] == [
        ("rename", "collect#3", {"to": "fetch#3"})
    ]
    assert is_wrong(new, there.state) == ""
    back = migrated(mapping.back(), there.state, at=MONDAY, calendar=WEEKDAYS)
    assert back.state == case.moved.state


def test_what_stands_in_a_state_moves_with_it() -> None:
    old, new = (
        bulky(),
        changed(("prepare:", "ready:"), ("done: prepare,", "done: ready,"), ("to: prepare}", "to: ready}")),
    )
    case = Case(old, items=1).send("done", "pay").send("done", "prepare/crew/assign")
    there = moved(checked(Mapping(old, new, {"prepare": "ready"})), case).state
    assert sorted(there.active) == ["ready/crew/assigned", "ready/slot/book"]
    assert there.undo == ["pay", "ready/crew/assign"]


def test_a_variable_keeps_its_value_and_a_new_one_begins() -> None:
    old, new = bulky(), changed(("{fee: number,", "{fee: number, zone: {type: number, begins: 7},"))
    there = moved(checked(Mapping(old, new, {})), Case(old, items=5))
    assert there.state.values == {"": {"fee": 3500, "visits": 0, "zone": 7}}


def test_a_timer_that_is_new_is_set_and_one_that_is_gone_is_dropped() -> None:
    old, new = bulky(), changed(("name: late, working days: 20", "name: later, days: 3"))
    there = moved(checked(Mapping(old, new, {})), Case(old, items=1))
    assert there.state.timers == {"@later": "2026-05-14T09:00:00+00:00"}
    assert [(each.kind, each.key) for each in there.orders] == [("drop", "@late"), ("timer", "@later")]


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ({"collect": "prepare"}, "which has states inside"),
        ({"collect": "stopped"}, "only one of them is final"),
        ({"collect": "price"}, "goes on by itself"),
        ({"prepare/crew/assign": "collect"}, "what they become cannot"),
    ],
)
def test_a_mapping_that_cannot_hold_is_told(states: dict[str, str], says: str) -> None:
    mapping = checked(Mapping(bulky(), bulky(), states))
    assert says in str(mapping.problems[0])
    with pytest.raises(NotMigrated, match="has mistakes"):
        migrated(mapping, Case(bulky(), items=1).moved.state, at=MONDAY, calendar=WEEKDAYS)


def test_a_case_in_a_state_that_is_new_stays_in_the_new_version_and_others_come_back() -> None:
    old = bulky()
    new = changed((
        "  collected: {name",
        "  weigh: {name: {en: Weigh, cy: Pwyso}, task: {who: waste}, on: {done: collected}}\n  collected: {name",
    ), ("{to: collected, do", "{to: weigh, do"))  # fmt: skip
    back = checked(Mapping(old, new, {})).back()
    case = Case(new, items=1)
    assert moved(back, case).state == Case(old, items=1).moved.state
    with pytest.raises(NotMigrated, match="in 'weigh', which the other version has not"):
        moved(back, case.send("jump", "weigh", reason="Found"))


def test_two_states_that_became_one_have_no_way_back() -> None:
    old, new = bulky(), bulky()
    with pytest.raises(NotMigrated, match="no one way back"):
        Mapping(old, new, {"stopped": "collected"}).back()


def test_a_mapping_file_names_what_it_is_for(tmp_path: Path) -> None:
    old, new = bulky(), changed(("collect:", "fetch:"), ("done: collect}", "done: fetch}"))
    path = tmp_path / "mapping.yaml"
    path.write_text(f"from: '{old.hash[:12]}'\nto: '{new.hash[:12]}'\nstates: {{collect: fetch}}\n")
    assert load_mapping(path, old, new).states == {"collect": "fetch"}
    path.write_text("states:\n  collect: fech\n")
    with pytest.raises(ModelError, match=r"mapping.yaml:2: There is no state 'fech'"):
        load_mapping(path, old, new)
    path.write_text("from: '0000'\n")
    with pytest.raises(ModelError, match=r"another version than 'from' says"):
        load_mapping(path, old, new)


def test_what_is_not_wanted_any_more_is_dropped_and_what_is_wanted_instead_is_asked_for() -> None:
    case = Case(bulky(), items=1).send("jump", "collect", reason="Paid")
    there = moved(checked(Mapping(bulky(), bulky(), {"collect": "pay"}), {"collect"}), case)
    assert there.state.active == {"pay": 4}
    assert [(each.kind, each.key) for each in there.orders] == [("drop", "collect#3"), ("payment", "pay#4")]
    assert there.orders[1].details["with"] == {"amount_pence": 2500}
    assert is_wrong(bulky(), there.state) == ""
