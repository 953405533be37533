"""Files made to hurt end in a sentence with file, line and cure, and soon."""

from pathlib import Path

import pytest

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.bpmn_reading import read_document
from townhall.kernel.catalogue.processes.drawing import as_svg
from townhall.kernel.catalogue.processes.engine import Refused, load, read, start
from townhall.kernel.catalogue.processes.tests.making import BOTH, MONDAY, Case, process

NAME = f"name: {BOTH}"
OVER = f"over: {{{NAME}, final: true}}"
TASK = f"{{{NAME}, task: {{who: a}}, on: {{done: over}}}}"


def nested(depth: int) -> str:
    """States in states."""
    return f"a: {{{NAME}, states: {{" * depth + OVER + "}}" * depth


HOSTILE = {
    "anchors": "x: &a [b]\nstates: {a: *a}",
    "tags": "states: !!python/object:os.system {a: b}",
    "duplicates": f"states:\n  a: {TASK}\n  a: {TASK}",
    "states": "states: {" + ", ".join(f"s{each}: {{}}" for each in range(2_100)) + "}",
    "depth": f"{NAME}\nstates: {{{nested(14)}}}",
    "more depth": f"{NAME}\nstates: {{{nested(40)}}}",
    "ways": f"{NAME}\nstates: {{a: {{{NAME}, next: [{'over, ' * 25_000}over]}}, {OVER}}}",
    "actions": f"{NAME}\nentry: [{'{letter: a}, ' * 25_000}]\nstates: {{{OVER}}}",
    "values": f"{NAME}\nskills: [{'a, ' * 210_000}]\nstates: {{{OVER}}}",
    "variables": f"{NAME}\nvariables: {{{', '.join(f'v{each}: number' for each in range(600))}}}\nstates: {{{OVER}}}",
    "size": f"# {'x' * 1_000_001}\n{NAME}\nstates: {{{OVER}}}",
    "character": f"{NAME}\nstates: {{{OVER}}}\n\x07",
    "documents": f"{NAME}\n---\n{NAME}",
    "empty": "",
    "expression": f"{NAME}\nstates: {{a: {{{NAME}, next: {{if: {'(' * 500}1{')' * 500}, to: over}}}}, {OVER}}}",
}


@pytest.mark.parametrize("sort", HOSTILE)
def test_a_hostile_file_is_refused_with_its_line_and_a_cure(sort: str) -> None:
    with pytest.raises(ModelError) as caught:
        read(HOSTILE[sort].encode(), "hostile.yaml")
    assert str(caught.value).startswith("hostile.yaml")
    assert caught.value.place.line or sort in {"size", "empty"}
    assert caught.value.cure


def told(text: str) -> list[tuple[int, str]]:
    """The line and the cure of everything that is wrong with a file."""
    try:
        return [(each.place.line, each.cure) for each in read(text.encode(), "wrong.yaml").problems]
    except ModelError as problem:
        return [(problem.place.line, problem.cure)]


@pytest.mark.parametrize("wrong", ["null", "[]", "{}", "[[a]]", "{a: {b: c}}", "true", "-1", "'  '", "2026-01-01"])
@pytest.mark.parametrize(
    "key",
    ["name", "start", "states", "on", "after", "entry", "task", "next", "payment", "regions", "join", "call", "with",
     "pauses", "final", "undo", "messages", "facts", "variables"],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_told_with_its_line(key: str, wrong: str) -> None:
    for text in (
        f"{NAME}\n{key}: {wrong}\nstates: {{a: {TASK}, {OVER}}}",
        f"{NAME}\nstates:\n  a: {{{NAME}, {key}: {wrong}}}\n  {OVER}",
    ):
        assert all(line and cure for line, cure in told(text))


def test_very_many_mistakes_are_told_up_to_a_hundred() -> None:
    states = "\n".join(f"s{each}: {{name: Only, next: nowhere}}" for each in range(1_500))
    assert len(process(states).problems) == 100


@pytest.mark.parametrize(
    "states",
    [
        f"a: {{{NAME}, next: b}}\nb: {{{NAME}, states: {{c: {{{NAME}, next: a}}}}}}\n{OVER}",
        f"a: {{{NAME}, states: {{c: {{{NAME}, final: true}}}}, on: {{done: a}}}}\n{OVER}",
    ],
)
def test_states_that_never_settle_are_told(states: str) -> None:
    definition = process(states)
    assert any("comes round to itself" in each.message for each in definition.problems)
    definition.problems.clear()
    with pytest.raises(Refused, match="does it go round"):
        start(definition, {}, at=MONDAY)


def test_a_hundred_regions_go_on_side_by_side() -> None:
    inside = f"states: {{t: {{{NAME}, task: {{who: a}}, on: {{done: f}}}}, f: {{{NAME}, final: true}}}}"
    regions = ", ".join(f"r{each}: {{{NAME}, {inside}}}" for each in range(100))
    case = Case(process(f"all: {{{NAME}, regions: {{{regions}}}, on: {{done: over}}}}\n{OVER}"))
    for each in range(100):
        case.send("done", f"all/r{each}/t")
    assert case.where == "over"


def test_files_that_call_each_other_many_times_over_are_refused(tmp_path: Path) -> None:
    for each in range(11):
        calls = ", ".join(f"c{number}: {{{NAME}, call: p{each + 1}, on: {{done: over}}}}" for number in range(4))
        (tmp_path / f"p{each}.yaml").write_text(f"# {'x' * 100_000}\n{NAME}\nstates: {{{calls}, {OVER}}}")
    (tmp_path / "p11.yaml").write_text(f"{NAME}\nstates: {{{OVER}}}")
    with pytest.raises(ModelError, match="more than 2,000 states"):
        load(tmp_path / "p0.yaml")


def test_a_diagram_that_is_nested_very_deep_is_refused() -> None:
    flow = "<sequenceFlow id='f{0}' sourceRef='s{0}' targetRef='p{0}'/>"
    begins = "<startEvent id='s{0}'/>" + flow + "<subProcess id='p{0}'>"
    inside = "".join(begins.format(each) for each in range(180)) + "</subProcess>" * 180
    space = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    text = f"<definitions xmlns='{space}'><process id='p'>{inside}</process></definitions>"
    with pytest.raises(ModelError) as caught:
        read_document(text.encode(), "deep.bpmn")
    assert caught.value.place.line == 1
    assert caught.value.cure


def test_a_line_of_two_thousand_states_is_read_checked_and_drawn() -> None:
    states = [f"s{each}: {{{NAME}, task: {{who: a}}, on: {{done: s{each + 1}}}}}" for each in range(1_990)]
    definition = process("\n".join([*states, f"s1990: {{{NAME}, final: true}}"]))
    assert definition.problems == []
    assert as_svg(definition).count("<rect") == 1_992
