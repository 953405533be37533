"""Processes are drawn, and go to other tools and come back."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.xmltree import XmlElement, read_xml
from townhall.kernel.catalogue.processes.bpmn import Writer, as_bpmn
from townhall.kernel.catalogue.processes.bpmn_reading import read_document
from townhall.kernel.catalogue.processes.drawing import Drawing, as_svg
from townhall.kernel.catalogue.processes.layout import Sheet
from townhall.kernel.catalogue.processes.reading import read
from townhall.kernel.catalogue.processes.rows import Box
from townhall.kernel.catalogue.processes.tests.generating import texts
from townhall.kernel.catalogue.processes.tests.making import Case, bulky, process


def all_in(element: XmlElement) -> list[XmlElement]:
    """An element and everything in it."""
    return [element, *(each for child in element.children for each in all_in(child))]


def test_a_drawing_can_be_read_without_being_seen() -> None:
    root = read_xml(as_svg(bulky()).encode(), "bulky.svg", DEFAULT)
    assert (root.name, root.attributes["role"], root.attributes["lang"]) == ("svg", "img", "en")
    assert root.text_of("title") == "Bulky waste"
    description = root.text_of("desc")
    assert "It begins with Price." in description
    assert "Collect (task for waste); if result.found = false: to Prepare; otherwise: to Collected." in description
    assert "Collected. It ends here." in description


def test_a_drawing_is_there_in_welsh() -> None:
    root = read_xml(as_svg(bulky(), "cy").encode(), "bulky.svg", DEFAULT)
    assert root.text_of("title") == "Gwastraff swmpus"
    assert "Mae'n dechrau gyda Pris." in root.text_of("desc")
    assert "Collect" not in [each.text for each in all_in(root)]


def lies_over(one: Box, other: Box) -> bool:
    """Whether two boxes have room in common."""
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def look_at(sheet: Sheet) -> None:
    """No box, label or line lies over another box, and what stands in a box is inside it."""
    for name, inside in sheet.insides.items():
        held, around = [sheet.boxes[each] for each in inside.names], sheet.boxes[name]
        labels = [each.label for each in inside.lines if each.label]
        for one, other in combinations([*held, *labels], 2):
            assert not lies_over(one, other)
        for box in [*held, *labels]:
            assert around.x <= box.x
            assert box.x + box.width <= around.x + around.width
            assert around.y < box.y
            assert box.y + box.height <= around.y + around.height
        for line in inside.lines:
            for (x, y), (_, down) in pairwise(line.points):
                way = Box(x, min(y, down) + 1, 1, abs(down - y) - 2)
                assert not any(lies_over(way, box) for box in held)


def test_nothing_in_a_drawing_lies_over_anything_else() -> None:
    look_at(Drawing(bulky(), "en").sheet)
    look_at(Drawing(bulky(), "cy").sheet)


@settings(max_examples=40, deadline=None)
@given(texts())
def test_nothing_in_the_drawing_of_any_process_lies_over_anything_else(text: str) -> None:
    definition = read(text.encode(), "generated.yaml")
    look_at(Drawing(definition, "en").sheet)
    writer = Writer(definition)
    writer.document()
    look_at(writer.sheet)


def test_a_drawing_of_too_much_is_refused_with_a_cure() -> None:
    states = [
        f"s{each}: {{name: NAME, task: {{who: a}}, on: {{done: s{each + 1}, failed: s0}}}}" for each in range(300)
    ]
    definition = process("\n".join([*states, "s300: {name: NAME, final: true}"]))
    with pytest.raises(ModelError, match=r"^process\.yaml: There are too many .* Take the process apart"):
        as_svg(definition)


def test_every_element_of_a_diagram_is_drawn_and_named_once() -> None:
    found = all_in(read_xml(as_bpmn(bulky()).encode(), "bulky.bpmn", DEFAULT))
    identities = [each.attributes["id"] for each in found if "id" in each.attributes]
    assert len(identities) == len(set(identities))
    drawn = {each.attributes["bpmnElement"] for each in found if each.name in {"BPMNShape", "BPMNEdge"}}
    outside = {"definitions", "process", "message", "BPMNDiagram", "BPMNPlane", "BPMNShape", "BPMNEdge"}
    assert {each.attributes["id"] for each in found if "id" in each.attributes and each.name not in outside} == drawn
    for each in found:
        if each.name == "sequenceFlow":
            assert {each.attributes["sourceRef"], each.attributes["targetRef"]} <= drawn


def test_a_process_comes_back_from_bpmn_and_works_the_same() -> None:
    again = read_document(as_bpmn(bulky()).encode(), "bulky.bpmn")
    assert as_bpmn(again) == as_bpmn(bulky())
    case = Case(again, items=5).send("done", "pay").send("message", "withdrawn")
    assert (case.where, case.orders[-2:]) == ("stopped", ["payment refund", "drop @late"])
