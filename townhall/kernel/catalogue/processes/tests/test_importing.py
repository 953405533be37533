"""Diagrams are written as processes in YAML that do the same; what is left behind is listed."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.xmltree import read_xml
from townhall.kernel.catalogue.processes.bpmn import as_bpmn
from townhall.kernel.catalogue.processes.bpmn_reading import read_document
from townhall.kernel.catalogue.processes.command import main
from townhall.kernel.catalogue.processes.importing import imported
from townhall.kernel.catalogue.processes.reading import read
from townhall.kernel.catalogue.processes.tests.generating import texts
from townhall.kernel.catalogue.processes.tests.making import bulky

AT = "2026-05-11T09:00:00+00:00"
EVENTS = [
    {"kind": "done", "name": "pay"},
    {"kind": "done", "name": "prepare/crew/assign"},
    {"kind": "done", "name": "prepare/slot/book"},
    {"kind": "wait", "at": "2026-06-09"},
    {"kind": "done", "name": "collect", "data": {"found": True}},
]
SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def drawn(inside: str, beside: str = "") -> bytes:
    """A diagram of another tool, with a start, a task and an end."""
    line = (
        '<startEvent id="s"/><task id="t" name="Look at it"/><endEvent id="e"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/>'
    )
    process = f'<process id="p" name="P">\n{line}{inside}</process>'
    return f'<definitions xmlns="{SPACE}">{process}{beside}</definitions>'.encode()


def test_a_diagram_that_is_brought_in_is_checked_and_runs_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diagram, process = tmp_path / "bulky.bpmn", tmp_path / "process.yaml"
    diagram.write_text(as_bpmn(bulky()), encoding="utf-8")
    assert main(["import", str(diagram), "--to", str(process)]) == 0
    assert main(["check", str(process)]) == 0
    capsys.readouterr()
    said: list[str] = []
    for file in (diagram, process):
        words = ["run", str(file), "--answers", '{"items": 5}', "--events", json.dumps(EVENTS), "--at", AT, "--json"]
        assert main(words) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert '"status": "ended"' in said[0].splitlines()[-1]


def test_whatever_is_read_of_diagrams_of_other_tools_is_written_as_the_same_process(shared_data: Path) -> None:
    count = 0
    for path in sorted((shared_data / "workflow" / "bpmn-miwg").glob("*.bpmn")):
        content = path.read_bytes()
        for each in read_xml(content, path.name, DEFAULT).all("process"):
            try:
                wanted = read_document(content, path.name, process=each.attributes["id"])
            except ModelError:
                continue
            found = read(imported(content, path.name, each.attributes["id"]).text.encode(), "process.yaml")
            assert (found.hash, found.nodes.keys()) == (wanted.hash, wanted.nodes.keys()), path.name
            count += 1
    assert count > 10


def test_a_message_that_asks_by_a_form_comes_back_with_it() -> None:
    text = """
name: {en: Question, cy: Cwestiwn}
messages: {clarified: {en: It was made clear, cy: Eglurwyd, form: clarified}, left: {en: Left, cy: Gadawodd}}
states:
  wait: {name: {en: Wait, cy: Aros}, on: {clarified: end, left: end}}
  end: {name: {en: End, cy: Diwedd}, final: true}
"""
    written = as_bpmn(read(text.encode(), "made.yaml"))
    again = read(imported(written.encode(), "made.bpmn").text.encode(), "made.bpmn")
    assert {name: (each.text.cy, each.form) for name, each in again.messages.items()} == {
        "clarified": ("Eglurwyd", "clarified"), "left": ("Gadawodd", ""),
    }  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(texts())
def test_a_process_that_was_drawn_comes_back_as_it_was(text: str) -> None:
    written = as_bpmn(read(text.encode(), "made.yaml"))
    again = read(imported(written.encode(), "made.bpmn").text.encode(), "made.bpmn")
    assert as_bpmn(again) == written


def test_what_is_left_behind_is_said_with_its_line_and_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "<textAnnotation id='n'><text>Ask the depot first</text></textAnnotation><dataObject id='d' name='Plan'/>"
    file = tmp_path / "noted.bpmn"
    file.write_bytes(drawn(note, "<process id='q' name='Depot'/><collaboration id='c'/>"))
    assert main(["import", str(file), "--process", "p"]) == 0
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "left: line 2: 'collaboration' is not carried over: c.",
        "left: line 2: 'process' is not carried over: Depot.",
        "left: line 2: 'textAnnotation' is not carried over: Ask the depot first.",
        "left: line 2: 'dataObject' is not carried over: Plan.",
    ]
    assert read(told.out.encode(), "process.yaml").nodes.keys() == {"", "look_at_it", "e"}


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (DOCTYPE + drawn(""), "declares a document type or entities"),
        (b"<definitions/>", "no BPMN 2.0 document"),
        (drawn('<complexGateway id="x"/>'), "noted.bpmn:2: 'complexGateway' is not read"),
        (b"GIF89a", "This is not XML"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_written(
    content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, target = tmp_path / "noted.bpmn", tmp_path / "process.yaml"
    file.write_bytes(content)
    assert main(["import", str(file), "--to", str(target)]) == 1
    assert says in capsys.readouterr().err
    assert not target.exists()
