"""What is wrong with a file is told with its file, its line and the cure."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.engine import Event, Refused, load, read, send, start
from townhall.kernel.catalogue.processes.tests.making import BULKY, MONDAY, bulky, process

TASK = "{name: NAME, task: {who: a}, on: {done: over}}"
OVER = "over: {name: NAME, final: true}"
INSIDE = "states: {b: {name: NAME, final: true}}"


def told(states: str, head: str = "", folder: Path | None = None) -> str:
    """What is said about a process, whether it can be read or not."""
    try:
        return "\n".join(map(str, process(states, head, folder).problems))
    except ModelError as problem:
        return str(problem)


@pytest.mark.parametrize(
    ("states", "says"),
    [
        (
            f"a: {{name: NAME, task: {{who: a}}, on: {{done: ovr}}}}\n{OVER}",
            "There is no state 'ovr'. Did you mean 'over'",
        ),
        (f"a: {TASK}\nb: {TASK}\n{OVER}", "process.yaml:5: 'b' is never reached. Lead a way to it"),
        (f"a: {{name: NAME}}\n{OVER}", "'a' is a dead end: nothing leads out of it. Add a way"),
        (f"a: {{name: NAME, task: {{who: a}}}}\n{OVER}", "does not say what comes when it is done"),
        ("a: {name: NAME, task: {who: a}, on: {done: a}}", "The process has no end"),
        (f"a: {{name: NAME, next: b}}\nb: {{name: NAME, next: a}}\n{OVER}", "comes round to itself without waiting"),
        (
            f"a: {{name: NAME, {INSIDE}, on: {{done: [{{if: 1 = 1, to: a}}, over]}}}}\n{OVER}",
            "comes round to itself without waiting",
        ),
        (f"a: {{name: NAME, next: [{{if: 1 = 1, to: over}}]}}\n{OVER}", "Where no 'if' holds, 'a' is a dead end"),
        (f"a: {{name: NAME, next: [over, over]}}\n{OVER}", "No way after this one is ever tried"),
        (
            f"a: {{name: NAME, payment: {{name: x, with: {{amount_pence: 1}}}}, on: {{done: over}}}}\n{OVER}",
            "when it fails",
        ),
        (f"a: {{name: NAME, payment: x, on: {{done: over, failed: over}}}}\n{OVER}", "does not say how much"),
        (f"a: {{name: {{en: Only}}, next: over}}\n{OVER}", "'Only' has no Welsh. Write it after 'cy:'"),
        (f"a: {{name: Only, next: over}}\n{OVER}", "'Only' has no Welsh"),
        (f"a: {{name: {{cy: Dim ond}}, next: over}}\n{OVER}", "'Dim ond' has no English"),
        (f"a: {{next: over}}\n{OVER}", "'a' has no name for people. Add 'name'"),
        (f"a: {{name: NAME, on: {{gone: over}}}}\n{OVER}", "There is no message 'gone'. Name it under 'messages'"),
        (f"a: {{name: NAME, next: {{if: itms > 1, to: over}}}}\n{OVER}", "speaks of 'itms', which is nothing here"),
        (f"a: {{name: NAME, next: {{if: '1 +', to: over}}}}\n{OVER}", "is not FEEL"),
        (f"a: {{name: NAME, next: {{set: {{b: 1}}, to: over}}}}\n{OVER}", "'b' is not under 'variables'"),
        (f"a: {{name: NAME, tsk: x}}\n{OVER}", "There is no 'tsk' here"),
        (f"a: {{name: NAME, task: {{skills: [x]}}, on: {{done: over}}}}\n{OVER}", "does not say who does it"),
        (f"a: {{name: NAME, task: {{who: a}}, letter: x}}\n{OVER}", "both task and letter. Make two states of it"),
        (f"a: {{name: NAME, after: {{days: many, to: over}}}}\n{OVER}", "'many' is not a whole number"),
        (f"a: {{name: NAME, after: {{days: 1, hours: 2, to: over}}}}\n{OVER}", "says once how long"),
        (f"a: {{name: NAME, after: {{days: 1, nation: france, to: over}}}}\n{OVER}", "no nation 'france'"),
        (f"a: {{name: NAME, pauses: slow, next: over}}\n{OVER}", "no timer 'slow' that 'a' could pause"),
        (f"a: {{name: NAME, call: nowhere, on: {{done: over}}}}\n{OVER}", "nowhere.yaml is not there"),
        (f"Big Name: {TASK}\n{OVER}", "'Big Name' cannot be a name. Use small letters"),
        (f"a: {TASK}\na: {TASK}\n{OVER}", "The key 'a' comes twice"),
        (f"a: {TASK}\nover: {{name: NAME, final: true, on: {{done: a}}}}", "is final and has ways out"),
        (
            f"a: {{name: NAME, regions: {{b: {{name: NAME, states: {{c: {{name: NAME, final: true}}}}}}}}}}\n{OVER}",
            "fewer than two",
        ),
        (f"a: {{name: NAME, next: {{to: over, resume: true}}}}\n{OVER}", "'over' has nothing to resume"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_cure(states: str, says: str) -> None:
    found = told(states)
    assert says in found
    assert found.startswith("process.yaml:")


def test_a_message_that_nobody_waits_for_is_told() -> None:
    assert "Nothing ever waits for the message 'gone'" in told(f"a: {TASK}\n{OVER}", "messages: {gone: {en: A, cy: A}}")


def test_a_way_leads_from_no_region_into_another() -> None:
    region = (
        "{name: NAME, states: {WAIT: {name: NAME, task: {who: a}, on: {done: TO}}, END: {name: NAME, final: true}}}"
    )
    one = region.replace("WAIT", "p").replace("TO", "both/two/q").replace("END", "r")
    two = region.replace("WAIT", "q").replace("TO", "s").replace("END", "s")
    found = told(f"both: {{name: NAME, regions: {{one: {one}, two: {two}}}, on: {{done: over}}}}\n{OVER}")
    assert "is in another region of 'both'" in found


def test_the_letters_and_decisions_of_a_package_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "there.md").write_text("Hello")
    states = f"a: {{name: NAME, letter: there, next: b}}\nb: {{name: NAME, letter: lost, next: over}}\n{OVER}"
    assert told(states, folder=tmp_path) == "process.yaml:5: There is no file for the letter 'lost'. Add lost.md."


def test_a_process_that_calls_itself_is_refused(tmp_path: Path) -> None:
    text = "name: {en: A, cy: A}\nstates: {a: {name: {en: A, cy: A}, call: loop, on: {done: b}}}"
    (tmp_path / "loop.yaml").write_text(text)
    with pytest.raises(ModelError, match=r"loop\.yaml calls itself"):
        load(tmp_path / "loop.yaml")


def test_no_case_begins_in_a_process_with_mistakes() -> None:
    with pytest.raises(Refused, match="has mistakes"):
        start(process(f"a: {{name: Only, next: over}}\n{OVER}"), {}, at=MONDAY)


def test_the_example_of_these_tests_has_no_mistakes() -> None:
    assert bulky().problems == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"a: &x [*x]", b"- " * 3000, b"states: []", b"states: {}", b"[" * 3000]
)
def test_a_hostile_file_ends_in_a_sentence(content: bytes) -> None:
    with pytest.raises(ModelError):
        read(content, "hostile.yaml")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(BULKY) - 1), st.text(max_size=6))
def test_no_damage_to_a_file_makes_anything_but_a_process_or_a_sentence(place: int, text: str) -> None:
    try:
        found = read((BULKY[:place] + text + BULKY[place + len(text) :]).encode(), "damaged.yaml")
    except ModelError:
        return
    assert found.problems == [] or all(str(each.place).startswith("damaged.yaml") for each in found.problems)


def test_an_endless_expression_is_refused_and_cancelling_still_ends() -> None:
    long = "count(for i in 1..100000 return i) > 0"
    definition = process(
        f"a: {{name: NAME, task: {{who: a}}, exit: [{{set: {{x: {long!r}}}}}], on: {{done: over}}}}\n{OVER}",
        "variables: {x: boolean}",
    )
    case = start(definition, {}, at=MONDAY)
    with pytest.raises(Refused, match="steps"):
        send(definition, case.state, Event("done", "a#1"), at=MONDAY)
    assert send(definition, case.state, Event("cancel", reason="stuck"), at=MONDAY).state.status == "cancelled"
