"""Cases of generated packages, taken through whatever happens, and what must be so of each of their states."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume
from hypothesis import strategies as st

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.forms.engine import submitted
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.packages.calendars import NationCalendar
from townhall.kernel.catalogue.packages.model import Example, Package
from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.packages.running import Budget, Trial
from townhall.kernel.catalogue.packages.tests.asking import answers, right
from townhall.kernel.catalogue.packages.tests.generating import packages
from townhall.kernel.catalogue.processes.engine import Event, Refused, State, read_state, send
from townhall.kernel.catalogue.processes.states import RUNNING, is_wrong
from townhall.kernel.catalogue.processes.tests.generating import events

MONDAY = datetime(2026, 5, 11, 9, tzinfo=UTC)
FACTS = {"today": "2026-05-11"}
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
ROUND = "does it go round?"
UNUSABLE = ("is never asked.", "comes round to itself without waiting.")
"""What may be said of a package that was made at random: it is left."""
BROUGHT: tuple[dict[str, Any], ...] = (
    {}, {"yes": True}, {"yes": "perhaps", "more": [1, None]}, {"on": "2026-06-02", "time": "09:00", "reference": "AB"},
    {"reference": "AB", "amount_pence": 2500}, {"value": "a", "why": "none"},
)  # fmt: skip


@st.composite
def sound(draw: st.DrawFn) -> Package:
    """A package in which nothing is wrong."""
    package, problems = examined_files("made", draw(packages()), run_examples=False)
    assume(not any(each.message.endswith(UNUSABLE) for each in problems))
    assert package is not None
    assert [str(each) for each in problems] == []
    return package


@st.composite
def filled_in(draw: st.DrawFn) -> list[tuple[Form, dict[str, Any]]]:
    """The form of a package with several people's answers."""
    form = draw(sound()).form
    return [(form, each) for each in draw(st.lists(answers(form), min_size=3, max_size=6))]


def check_a_case(data: st.DataObject, package: Package, length: int) -> None:
    """Take a case through, and look at each of its states."""
    trial = begun(data, package)
    for state in go_through(data, trial, length):
        check(trial, state)


def begun(data: st.DataObject, package: Package) -> Trial:
    """A case of somebody who filled the form in as it should be; not one whose process goes round at once."""
    found = submitted(package.form, data.draw(answers(package.form, right)), facts=FACTS)
    assume(not found.mistakes)
    trial = Trial(package, Example("", Place(""), "", "", "england"), found.answers, MONDAY, Budget())
    try:
        trial.begin()
    except Refused as problem:
        going_round = ROUND in str(problem)
        assume(not going_round)
        raise
    return trial


def go_through(data: st.DataObject, trial: Trial, length: int) -> list[State]:
    """The states that a case comes to while anything may happen, now and then some days apart."""
    found, refused = [state_of(trial)], list[str]()
    for _ in range(length):
        event = data.draw(events(trial.package.process, found[-1], BROUGHT))
        later = trial.at + timedelta(hours=data.draw(st.sampled_from([0, 1, 60])))
        try:
            trial.wait(later)
            trial.send(event)
        except Refused as problem:
            refused.append(str(problem))
        found.append(state_of(trial))
    assert all(each.endswith((".", "?")) for each in refused)
    return found


def state_of(trial: Trial) -> State:
    """Where a case is."""
    assert trial.state is not None
    return trial.state


def check(trial: Trial, state: State) -> None:
    """A state is a declared one, comes back as it was from where it is kept, and is not the last by mistake."""
    process = trial.package.process
    assert is_wrong(process, state) == ""
    assert read_state(process, json.loads(json.dumps(state.kept())), state.answers) == state
    assert state.status != RUNNING or leads_on(trial, state), state.active


def leads_on(trial: Trial, state: State) -> bool:
    """Whether something is asked of somebody, and the case goes on when that is done, or says that it goes round."""
    process, calendar = trial.package.process, NationCalendar("england")
    for path, number in state.active.items():
        if process.nodes[path].waits:
            try:
                moved = send(process, state, Event("done", f"{path}#{number}"), at=trial.at, calendar=calendar)
            except Refused as problem:
                return ROUND in str(problem)
            return moved.state != state
    return False
