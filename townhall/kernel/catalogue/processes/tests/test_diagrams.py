"""Diagrams of other tools become processes that do what they say, or are refused with a sentence."""

from pathlib import Path

import pytest

from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.xmltree import read_xml
from townhall.kernel.catalogue.processes.bpmn import as_bpmn
from townhall.kernel.catalogue.processes.bpmn_reading import read_bpmn, read_document
from townhall.kernel.catalogue.processes.drawing import as_svg
from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.tests.making import Case

READ = {"A.1.0": 1, "A.4.0": 2, "A.4.1": 2, "B.2.0": 1, "C.2.0": 4, "C.4.0": 2, "C.9.1": 1}
"""How many processes of each diagram are read."""


def processes_of(path: Path) -> list[str]:
    """The identifiers of the processes of a diagram."""
    root = read_xml(path.read_bytes(), path.name, DEFAULT)
    return [each.attributes["id"] for each in root.all("process")]


def test_diagrams_of_other_tools_are_read_or_refused_with_a_sentence(shared_data: Path) -> None:
    """Those of the BPMN interchange group: what is in our subset is read, and comes back; nothing else goes wrong."""
    found: dict[str, int] = {}
    refused: dict[str, ModelError] = {}
    for path in sorted((shared_data / "workflow" / "bpmn-miwg").glob("*.bpmn")):
        for identity in processes_of(path):
            try:
                definition = read_bpmn(path, identity)
            except ModelError as problem:
                refused[f"{path.name}:{identity}"] = problem
                continue
            found[path.stem] = found.get(path.stem, 0) + 1
            assert as_bpmn(read_document(as_bpmn(definition).encode(), path.name)) == as_bpmn(definition)
            assert as_svg(definition)
    assert found == READ
    assert all(str(each).startswith(f"{name.partition(':')[0]}:") and each.cure for name, each in refused.items())


def diagram(inside: str) -> bytes:
    """A BPMN document of another tool."""
    model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    return f'<definitions xmlns="{model}"><process id="p" name="P">{inside}</process></definitions>'.encode()


LINE = (
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
    '<sequenceFlow id="g" sourceRef="t" targetRef="e"/>'
)


def test_a_diagram_of_another_tool_becomes_a_process() -> None:
    timer = "<timerEventDefinition><timeDuration>P5D</timeDuration></timerEventDefinition>"
    definition = read_document(
        diagram(
            f'{LINE}<userTask id="t" name="Check it"/><endEvent id="e" name="Over"/><endEvent id="l" name="Late"/>'
            f'<boundaryEvent id="b" attachedToRef="t" name="Too late">{timer}</boundaryEvent>'
            '<sequenceFlow id="h" sourceRef="b" targetRef="l"/>'
        ),
        "other.bpmn",
    )
    assert list(definition.nodes) == ["", "check_it", "over", "late"]
    assert definition.nodes["check_it"].timers["too_late"].count == 5
    assert {each.message.rpartition(" has ")[2] for each in definition.problems} == {"no Welsh."}


def drawn(*parts: str) -> Definition:
    """A process of elements, and of arrows written as `from>to`, or `from>to:condition`, or `from>to=name`."""
    inside = ""
    for number, part in enumerate(parts):
        if part.startswith("<"):
            inside += part
            continue
        ends, _, condition = part.partition(":")
        ends, _, name = ends.partition("=")
        source, target = ends.split(">")
        asked = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        told = f'id="f{number}" name="{name}" sourceRef="{source}" targetRef="{target}"'
        inside += f"<sequenceFlow {told}>{asked}</sequenceFlow>"
    definition = read_document(diagram(inside), "other.bpmn")
    definition.problems = [each for each in definition.problems if "has no Welsh" not in each.message]
    return definition


START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
A, B = '<userTask id="a"/>', '<userTask id="b"/>'


def gateways(sort: str) -> str:
    """A gateway that parts, and one that joins."""
    return f'<{sort}Gateway id="p"/><{sort}Gateway id="j"/>'


def test_branches_between_two_gateways_go_on_side_by_side() -> None:
    case = Case(drawn(START, END, A, B, gateways("parallel"), "s>p", "p>a", "p>b", "a>j", "b>j", "j>e"))
    assert case.where == "p/branch_1/a p/branch_2/b"
    assert case.send("done", "p/branch_2/b").where == "p/branch_1/a p/branch_2/joined"
    assert case.send("done", "p/branch_1/a").where == "e"


def test_arrows_that_leave_a_task_at_once_go_on_side_by_side() -> None:
    ends = '<endEvent id="x"/><endEvent id="y"/>'
    case = Case(drawn(START, ends, '<task id="t"/>', A, B, "s>t", "t>a", "t>b", "a>x", "b>y")).send("done", "t")
    case.send("done", "t_fork/branch_1/a").send("done", "t_fork/branch_2/b")
    assert (case.where, case.moved.state.status) == ("t_fork_over", "ended")


@pytest.mark.parametrize(
    ("answers", "where"),
    [("[true, false]", "p/branch_1/a p/branch_2/joined"), ("[false, false]", "p/branch_1/joined p/branch_2/b")],
)
def test_an_inclusive_gateway_begins_what_its_conditions_ask_for(answers: str, where: str) -> None:
    parts = gateways("inclusive").replace('id="p"', 'id="p" default="f7"')
    case = Case(drawn(START, END, A, B, parts, "s>p", f"p>a:{answers}[1]", "p>b", "a>j", "b>j", "j>e"))
    assert case.where == where


def test_a_gateway_without_conditions_goes_by_the_names_of_its_arrows() -> None:
    parts = (START, END, A, B, '<exclusiveGateway id="g"/>', "s>a", "a>g", "g>b=Yes", "g>e=No", "b>e")
    assert Case(drawn(*parts)).send("done", "a", way="Yes").where == "b"
    assert Case(drawn(*parts)).send("done", "a", way="No").where == "e"


CATCH = '<intermediateCatchEvent id="{}">{}</intermediateCatchEvent>'
MESSAGE = CATCH.format("answer", "<messageEventDefinition/>")
TIMER = "<timerEventDefinition><timeDuration>P1W</timeDuration></timerEventDefinition>"


def test_a_gateway_waits_for_whichever_event_comes_first() -> None:
    parts = (MESSAGE, CATCH.format("late", TIMER), '<eventBasedGateway id="g"/>')
    definition = drawn(START, END, A, *parts, "s>g", "g>answer", "g>late", "answer>e", "late>a", "a>e")
    assert Case(definition).send("message", "answer").where == "e"
    assert Case(definition).later(days=7).send("due", "g@late").where == "a"


def test_an_event_that_does_not_leave_its_state_repeats_what_it_does() -> None:
    cycle = TIMER.replace("timeDuration", "timeCycle").replace("P1W", "R2/P1D")
    edge = f'<boundaryEvent id="daily" attachedToRef="a" cancelActivity="false">{cycle}</boundaryEvent>'
    remind = '<sendTask id="remind"/><endEvent id="sent"/>'
    case = Case(drawn(START, END, A, edge, remind, "s>a", "a>e", "daily>remind", "remind>sent"))
    assert case.moved.state.timers == {
        "a@daily": "2026-05-12T09:00:00+00:00", "a@daily_2": "2026-05-13T09:00:00+00:00",
    }  # fmt: skip
    assert case.later(days=1).send("due", "a@daily").orders == ["letter remind"]
    assert case.where == "a"


def test_an_error_inside_a_sub_process_is_caught_at_its_edge() -> None:
    error = '<endEvent id="bad"><errorEventDefinition/></endEvent>'
    flows = (
        '<sequenceFlow id="i1" sourceRef="i" targetRef="a"/><sequenceFlow id="i2" sourceRef="a" targetRef="g"/>'
        '<sequenceFlow id="i3" name="good" sourceRef="g" targetRef="ok"/>'
        '<sequenceFlow id="i4" name="bad" sourceRef="g" targetRef="bad"/>'
    )
    inside = f'<startEvent id="i"/>{A}<exclusiveGateway id="g"/><endEvent id="ok"/>{error}{flows}'
    edge = '<boundaryEvent id="c" attachedToRef="w"><errorEventDefinition/></boundaryEvent>'
    definition = drawn(START, END, B, f'<subProcess id="w">{inside}</subProcess>', edge, "s>w", "w>e", "c>b", "b>e")
    assert Case(definition).send("done", "w/a", way="good").where == "e"
    assert Case(definition).send("done", "w/a", way="bad").where == "b"


def test_an_event_at_any_time_leaves_everything() -> None:
    inside = (
        f'<startEvent id="i"><messageEventDefinition/></startEvent>{B}<endEvent id="x"/>'
        '<sequenceFlow id="i1" sourceRef="i" targetRef="b"/><sequenceFlow id="i2" sourceRef="b" targetRef="x"/>'
    )
    event = f'<subProcess id="stop" triggeredByEvent="true">{inside}</subProcess>'
    case = Case(drawn(START, END, A, event, "s>a", "a>e")).send("message", "i")
    assert case.where == "stop/b"
    assert case.send("done", "stop/b").where == "stop_over"


def test_a_lane_says_who_does_what_stands_in_it() -> None:
    lanes = '<laneSet><lane name="Waste  team"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    case = Case(drawn(lanes, START, END, A, "s>a", "a>e"))
    assert case.moved.orders[0].details["who"] == "Waste team"


def test_of_several_processes_one_is_asked_for() -> None:
    content = diagram(f"{LINE}<task id='t'/><endEvent id='e'/>").replace(b"</definitions>", b"")
    content += b'<process id="q"/></definitions>'
    with pytest.raises(ModelError, match=r"There are 2 processes, not one\. Say which: p or q"):
        read_document(content, "two.bpmn")
    assert list(read_document(content, "two.bpmn", process="p").nodes) == ["", "t", "e"]


TASK = f'{LINE}<task id="t"/><endEvent id="e"/>'
OTHER = '<endEvent id="e"/><task id="u"/><sequenceFlow id="h" sourceRef="{}" targetRef="{}"/>'
REPEATED = "<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>"
THROWN = '<intermediateThrowEvent id="t"><signalEventDefinition/></intermediateThrowEvent>'


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("", "0 start events"),
        (LINE, "The arrow leads nowhere"),
        ('<startEvent id="s"/><complexGateway id="t"/>', "'complexGateway' is not read"),
        (f'{LINE}<parallelGateway id="t"/>{OTHER.format("u", "t")}', "Nothing that begins side by side ends here"),
        (f'{LINE}<parallelGateway id="t"/>{OTHER.format("t", "t")}', "side by side does not end so"),
        (f'{LINE}{THROWN}<endEvent id="e"/>', "'signalEventDefinition' is not read"),
        (f'{TASK}<task id="t"/>', "The identifier 't' comes twice"),
        (f'{TASK}<boundaryEvent id="b" attachedToRef="t">{REPEATED}</boundaryEvent>', "'R/P1D' is not read"),
        (f'{LINE}<userTask id="t"><standardLoopCharacteristics/></userTask><endEvent id="e"/>', "Loops"),
        (f'{TASK}<boundaryEvent id="b" attachedToRef="t"/>', "neither a message"),
    ],
)
def test_what_is_not_in_the_subset_is_refused_with_its_line(inside: str, says: str) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        read_document(diagram(inside), "other.bpmn")
    assert str(caught.value).startswith("other.bpmn:1:")
