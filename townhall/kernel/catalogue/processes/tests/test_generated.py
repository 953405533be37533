"""Whatever the process and whatever happens: cases stay in declared states, and events are taken or refused."""

import json
import re
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.kernel.catalogue.processes.bpmn import as_bpmn
from townhall.kernel.catalogue.processes.bpmn_reading import read_document
from townhall.kernel.catalogue.processes.drawing import as_svg
from townhall.kernel.catalogue.processes.engine import (
    WEEKDAYS,
    Definition,
    Event,
    Moved,
    Refused,
    State,
    read,
    read_state,
    send,
    start,
)
from townhall.kernel.catalogue.processes.mapping import Mapping, checked, migrated
from townhall.kernel.catalogue.processes.states import is_wrong
from townhall.kernel.catalogue.processes.tests.generating import events, texts
from townhall.kernel.catalogue.processes.tests.making import MONDAY

Told = list[tuple[Event, datetime]]


def journey(data: st.DataObject, definition: Definition, length: int = 12) -> tuple[list[State], Told]:
    """The states that a case goes through, and the events that were taken."""
    at = MONDAY
    moved = start(definition, {"n": 2}, at=at)
    states, taken, refused = [moved.state], Told(), list[str]()
    for _ in range(length):
        event = data.draw(events(definition, moved.state))
        at += timedelta(hours=data.draw(st.sampled_from([0, 1, 60])))
        try:
            moved = send(definition, moved.state, event, at=at)
        except Refused as problem:
            refused.append(str(problem))
            continue
        states.append(moved.state)
        taken.append((event, at))
    assert all(each.endswith((".", "?")) for each in refused)
    return states, taken


def cancelled(definition: Definition, state: State) -> Moved:
    """The case, ended before its time."""
    return send(definition, state, Event("cancel", reason="because"), at=MONDAY)


@settings(max_examples=60, deadline=None)
@given(texts(), st.data())
def test_a_case_never_enters_an_undeclared_state(text: str, data: st.DataObject) -> None:
    definition = read(text.encode(), "made.yaml")
    assert [
        each for each in definition.problems if not re.search("never reached|ever waits|comes round", each.message)
    ] == []
    definition.problems.clear()
    for state in journey(data, definition)[0]:
        assert is_wrong(definition, state) == ""
        assert read_state(definition, json.loads(json.dumps(state.kept())), state.answers) == state


@settings(max_examples=25, deadline=None)
@given(texts(), st.data())
def test_the_same_events_bring_the_same_state(text: str, data: st.DataObject) -> None:
    definition = read(text.encode(), "made.yaml")
    definition.problems.clear()
    states, taken = journey(data, definition)
    again = start(definition, {"n": 2}, at=MONDAY)
    for event, at in taken:
        again = send(definition, again.state, event, at=at)
    assert again.state == states[-1]


@settings(max_examples=25, deadline=None)
@given(texts(), st.data())
def test_cancelling_always_ends_with_nothing_open(text: str, data: st.DataObject) -> None:
    definition = read(text.encode(), "made.yaml")
    definition.problems.clear()
    for state in journey(data, definition)[0]:
        if state.status == "running":
            moved = cancelled(definition, state)
            assert moved.state.status == "cancelled"
            assert (moved.state.active, moved.state.timers, moved.state.undo) == ({}, {}, [])


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_case_comes_back_from_another_version_as_it_was(data: st.DataObject) -> None:
    text = data.draw(texts(prefix="old_"))
    old = read(text.encode(), "old.yaml")
    new = read(text.replace("old_", "new_").encode(), "new.yaml")
    for each in (old, new):
        each.problems.clear()
    there = checked(Mapping(old, new, {path: path.replace("old_", "new_") for path in old.nodes}))
    assert there.problems == []
    back = there.back()
    for state in journey(data, old)[0]:
        moved = migrated(there, state, at=MONDAY, calendar=WEEKDAYS)
        assert is_wrong(new, moved.state) == ""
        assert migrated(back, moved.state, at=MONDAY, calendar=WEEKDAYS).state == state


@settings(max_examples=20, deadline=None)
@given(texts())
def test_a_process_comes_back_from_bpmn_as_it_was(text: str) -> None:
    definition = read(text.encode(), "made.yaml")
    written = as_bpmn(definition)
    again = read_document(written.encode(), "made.bpmn")
    assert as_bpmn(again) == written
    assert as_svg(again) == as_svg(definition)
    assert again.nodes.keys() == definition.nodes.keys()
