"""Cases go through processes as their files say."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.engine import Refused, Unreadable, read_state, start
from townhall.kernel.catalogue.processes.tests.making import Case, bulky, process

PAID = ("done", "pay")


def test_a_case_goes_from_the_form_to_the_collection() -> None:
    case = Case(bulky(), items=5)
    assert case.where == "pay"
    assert case.moved.orders[-1].details == {"name": "collection", "with": {"amount_pence": 3500}}
    assert case.send("done", "pay").where == "prepare/crew/assign prepare/slot/book"
    assert case.send("done", "prepare/slot/book").where == "prepare/crew/assign prepare/slot/booked"
    assert case.send("done", "prepare/crew/assign").where == "collect"
    assert case.send("done", "collect", found=False).where == "prepare/crew/assign prepare/slot/book"
    assert case.values["visits"] == 1
    case.send("done", "prepare/slot/book").send("done", "prepare/crew/assign").send("done", "collect", found=True)
    assert (case.moved.state.status, case.where) == ("ended", "collected")
    assert case.orders == ["letter collected", "drop @late"]


def test_a_task_says_who_does_it_and_by_when() -> None:
    case = Case(bulky(), items=1).send("done", "pay")
    order = next(each for each in case.moved.orders if each.kind == "task")
    assert order.details["who"] == "waste"
    assert order.details["skills"] == ["lifting"]
    assert order.details["form"] == "crew"
    assert order.details["due"] == "2026-05-18T09:00:00+00:00"
    assert order.details["title"] == {"en": "Assign a crew", "cy": "Pennu criw"}


def test_a_message_leaves_everything_and_undoes_the_latest_first() -> None:
    case = Case(bulky(), items=1).send("done", "pay").send("done", "prepare/crew/assign")
    case.send("message", "withdrawn")
    assert (case.where, case.moved.state.status) == ("stopped", "ended")
    assert case.orders == ["drop prepare/slot/book#4", "letter crew_stood_down", "payment refund", "drop @late"]


def test_cancelling_undoes_the_latest_first_and_leaves_nothing_open() -> None:
    case = Case(bulky(), items=1).send("done", "pay").send("done", "prepare/crew/assign")
    case.send("cancel", reason="Asked twice")
    assert (case.where, case.moved.state.status) == ("", "cancelled")
    assert case.orders == ["drop prepare/slot/book#4", "letter crew_stood_down", "payment refund", "drop @late"]
    assert case.moved.state.timers == {}


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (("done", "pay#1"), "not open, or no longer"),
        (("done", "price#1"), "not open, or no longer"),
        (("message", "unknown"), "knows no message"),
        (("due", "@late"), "not due before 2026-06-08"),
        (("due", "@other"), "no timer '@other' now"),
        (("jump", "collect"), "needs a reason"),
        (("jump", "nowhere", "because"), "no state 'nowhere'"),
        (("jump", "prepare/crew", "because"), "no state 'prepare/crew'"),
        (("cancel",), "needs a reason"),
        (("dance",), "no event 'dance'"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(event: tuple[str, ...], says: str) -> None:
    case = Case(bulky(), items=1)
    before = json.dumps(case.moved.state.kept())
    with pytest.raises(Refused, match=says):
        case.send(*event)
    assert json.dumps(case.moved.state.kept()) == before


def test_nothing_happens_after_the_end() -> None:
    case = Case(bulky(), items=1).send("failed", "pay")
    with pytest.raises(Refused, match="has ended"):
        case.send("message", "withdrawn")


def test_a_timer_is_taken_when_it_is_due_and_only_once() -> None:
    case = Case(bulky(), items=1).later(days=28)
    assert case.send("due", "@late").orders == ["letter delay"]
    assert case.where == "pay"
    with pytest.raises(Refused, match="no timer"):
        case.send("due", "@late")


def test_an_officer_puts_a_case_elsewhere_and_the_timeline_says_why() -> None:
    case = Case(bulky(), items=1).send("jump", "collect", reason="Paid by cheque")
    assert case.where == "collect"
    assert case.orders == ["drop pay#2", "task collect#3"]
    assert ("jump", "collect", "Paid by cheque") in [(each.kind, each.state, each.note) for each in case.moved.steps]


def test_a_jump_inside_a_region_leaves_the_others_alone() -> None:
    case = Case(bulky(), items=1).send("done", "pay")
    assert (
        case.send("jump", "prepare/slot/booked", reason="By phone").where == "prepare/crew/assign prepare/slot/booked"
    )


SUB = """
work:
  name: NAME
  start: first
  states:
    first: {name: NAME, task: {who: a}, on: {done: second}}
    second: {name: NAME, task: {who: a}, on: {done: good, failed: bad}}
    good: {name: NAME, final: true}
    bad: {name: NAME, final: true}
  on:
    done: [{if: 'result.outcome = "good"', to: over}, {to: rework}]
    hold: {to: held}
held:
  name: NAME
  pauses: slow
  on: {go_on: {to: work, resume: true}}
rework: {name: NAME, task: {who: b}, on: {done: over}}
over: {name: NAME, final: true}
"""
HOLD = "messages: {hold: {en: Hold, cy: Dal}, go_on: {en: Go on, cy: Ymlaen}}\nafter: {name: slow, working days: 10}"


def test_a_sub_process_tells_how_it_ended() -> None:
    case = Case(process(SUB, HOLD)).send("done", "work/first")
    assert Case(process(SUB, HOLD)).send("done", "work/first").send("failed", "work/second").where == "rework"
    assert case.send("done", "work/second").where == "over"


def test_work_goes_on_where_it_was_left() -> None:
    case = Case(process(SUB, HOLD)).send("done", "work/first").send("message", "hold")
    assert case.where == "held"
    assert case.send("message", "go_on").where == "work/second"


def test_a_clock_stands_still_while_nobody_can_go_on() -> None:
    case = Case(process(SUB, HOLD)).later(days=2).send("message", "hold")
    assert case.moved.state.timers == {}
    assert case.moved.state.paused == {"@slow": ["held", 8]}
    case.later(days=30).send("message", "go_on")
    assert case.moved.state.timers == {"@slow": "2026-06-24T09:00:00+00:00"}


def test_a_clock_tells_the_day_on_which_it_is_due_anew_after_it_stood_still() -> None:
    kept = HOLD.replace("working days: 10}", "working days: 10, keep: answer_by}") + "\nvariables: {answer_by: date}"
    case = Case(process(SUB, kept))
    assert case.moved.state.values[""]["answer_by"] == case.moved.state.timers["@slow"][:10]
    case.send("message", "hold").later(days=30).send("message", "go_on")
    assert case.moved.state.values[""]["answer_by"] == case.moved.state.timers["@slow"][:10]


def test_days_are_those_of_the_united_kingdom() -> None:
    head = """
    variables: {began: date, answer_by: date}
    entry: [{set: {began: today()}}]
    after: {name: slow, days: 1, keep: answer_by}
    """
    moved = start(process("look: {name: NAME, final: true}", head), {}, at=datetime(2026, 6, 10, 23, 30, tzinfo=UTC))
    assert moved.state.values[""] == {"began": "2026-06-11", "answer_by": "2026-06-12"}


@pytest.mark.parametrize("variables", ["", "\nvariables: {answer_by: string}"])
def test_a_clock_keeps_its_day_only_in_a_date(variables: str) -> None:
    kept = HOLD.replace("working days: 10}", "working days: 10, keep: answer_by}") + variables
    with pytest.raises(ModelError, match="No variable 'answer_by' is a date"):
        process(SUB, kept)


CALLED = """
name: {en: Visit, cy: Ymweliad}
facts: {place: string}
variables: {score: {type: number, begins: 1}}
states:
  look:
    name: {en: Look, cy: Edrych}
    task: {who: inspector}
    on: {done: {set: {score: score + string length(place)}, to: seen}}
  seen: {name: {en: Seen, cy: Wedi'i weld}, final: true}
"""


def test_a_called_process_has_variables_of_its_own_that_its_caller_can_read(tmp_path: Path) -> None:
    (tmp_path / "visit.yaml").write_text(CALLED)
    definition = process(
        """
        inspect: {name: NAME, call: visit, with: {place: street}, on: {done: {set: {total: inspect.score}, to: over}}}
        over: {name: NAME, final: true}
        """,
        "facts: {street: string}\nvariables: {total: number}",
        tmp_path,
    )
    case = Case(definition, street="Mill").send("done", "inspect/look")
    assert (case.where, case.values["total"]) == ("over", 5)


def test_one_region_is_enough_where_the_file_says_so() -> None:
    region = (
        "{name: NAME, states: {wait: {name: NAME, task: {who: a}, on: {done: end}}, end: {name: NAME, final: true}}}"
    )
    definition = process(
        f"""
        both: {{name: NAME, join: any, on: {{done: over}}, regions: {{one: {region}, two: {region}}}}}
        over: {{name: NAME, final: true}}
        """
    )
    case = Case(definition).send("done", "both/two/wait")
    assert case.where == "over"
    assert case.orders == ["drop both/one/wait#1"]


def test_a_moment_that_the_answers_say_is_a_timer() -> None:
    states = (
        "wait: {name: NAME, after: {at: 'date(day) - duration(\"P1D\")', to: over}}\nover: {name: NAME, final: true}"
    )
    case = Case(process(states, "facts: {day: string}"), day="2026-06-10")
    assert case.moved.state.timers == {"wait@timer_1": "2026-06-09T00:00:00+00:00"}
    nothing = Case(process(states, "facts: {day: string}"), day="soon")
    assert nothing.moved.state.timers == {}
    assert any("not set" in each.note for each in nothing.moved.steps)


def test_a_moment_in_a_zone_is_a_timer() -> None:
    states = "wait: {name: NAME, after: {at: 'date and time(when)', to: over}}\nover: {name: NAME, final: true}"
    case = Case(process(states, "facts: {when: string}"), when="2026-06-10T09:00:00@Europe/London")
    assert case.moved.state.timers == {"wait@timer_1": "2026-06-10T09:00:00+01:00"}


MINE = "{name: NAME, task: {who: a}, on: {done: end, stop: end}}"
THEIRS = "{name: NAME, task: {who: a}, on: {done: end}}"


def test_a_message_goes_to_the_innermost_states_first() -> None:
    one, two = (
        f"{{name: NAME, states: {{wait: {each}, end: {{name: NAME, final: true}}}}}}" for each in (THEIRS, MINE)
    )
    definition = process(
        f"""
        both: {{name: NAME, on: {{done: over, stop: over}}, regions: {{one: {one}, two: {two}}}}}
        over: {{name: NAME, final: true}}
        """,
        "messages: {stop: {en: Stop, cy: Stopio}}",
    )
    case = Case(definition).send("message", "stop")
    assert case.where == "over"
    assert [each.state for each in case.moved.steps if each.kind == "entered"] == ["both/two/end", "over"]


def test_a_value_that_is_too_long_to_keep_is_refused() -> None:
    states = "a: {name: NAME, task: {who: a}, on: {done: {set: {kept: result.text}, to: over}}}\n"
    states += "over: {name: NAME, final: true}"
    with pytest.raises(Refused, match="longer than"):
        Case(process(states, "variables: {kept: string}")).send("done", "a", text="x" * 3000)


def test_the_state_is_kept_as_small_json_and_read_again() -> None:
    definition = bulky()
    case = Case(definition, items=5).send("done", "pay")
    kept = json.dumps(case.moved.state.kept())
    assert len(kept) < 1024
    assert read_state(definition, json.loads(kept), {"items": 5}) == case.moved.state


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hash": "0"}, "another version"),
        ({"active": {"nowhere": 1}}, "no state 'nowhere'"),
        ({"active": {"prepare": 1}}, "no state 'prepare'"),
        ({"active": {"pay": 1, "collect": 2}}, "not in one state"),
        ({"active": {"prepare/crew/assign": 1}}, "not in one state of 'prepare'"),
        ({"active": {}}, "not in one state"),
        ({"status": "asleep"}, "no status"),
        ({"timers": {"@x": "2026-01-01"}}, "no timer '@x'"),
        ({"colour": "red"}, "no case"),
        ({"active": ["pay"]}, "no case"),
        ({"values": {}}, "variables are not those"),
        ({"values": {"": [1]}}, "no case"),
        ({"undo": [{}]}, "no case"),
        ({"undo": ["nowhere"]}, "no 'nowhere'"),
        ({"history": {"prepare": 1}}, "no case"),
        ({"status": []}, "no case"),
    ],
)
def test_a_state_that_was_tampered_with_is_refused(change: dict[str, object], says: str) -> None:
    definition = bulky()
    kept = Case(definition, items=1).moved.state.kept()
    with pytest.raises(Unreadable, match=says):
        read_state(definition, kept | change, {})


def test_only_the_content_makes_a_version() -> None:
    states = "over: {name: NAME, final: true}"
    assert process(states).hash == process(f"# a note\n{states}\n").hash
    assert process(states).hash != process("ended: {name: NAME, final: true}").hash
