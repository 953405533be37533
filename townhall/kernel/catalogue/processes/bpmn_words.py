"""The words of BPMN 2.0: elements, attributes and durations for what stands in a process."""

import json
from html import escape
from typing import Any

from townhall.kernel.catalogue.processes.model import Node, Text, Timer, Way
from townhall.kernel.catalogue.processes.rows import Box
from townhall.kernel.catalogue.processes.words import events

SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "townhall": "urn:townhall:process:1",
}
FEEL = "https://www.omg.org/spec/DMN/20240513/FEEL/"
LETTERS = {"minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D", "working days": "P{}D"}
SERVICE_TAGS = {"letter": "sendTask", "decision": "businessRuleTask"}


def attributes(values: dict[str, Any]) -> str:
    """Attributes of an element; those that are empty are left out, and what is no text is JSON."""
    texts = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in values.items()
        if value not in ("", None, {})
    }
    return "".join(f' {name}="{escape(text)}"' for name, text in texts.items())


def id_of(sort: str, *parts: str) -> str:
    """An identifier: what it is for, and the path."""
    return ".".join([sort, *(each.replace("/", ".").replace("@", "-") for each in parts if each)])


def tag_of(node: Node) -> str:
    """The BPMN element of a state."""
    if node.children:
        return "callActivity" if node.calls else "subProcess"
    if node.kind == "final":
        return "endEvent"
    if node.task:
        return "userTask"
    if node.service:
        return SERVICE_TAGS.get(node.service.kind, "serviceTask")
    return "exclusiveGateway" if node.then else "receiveTask"


def bounds(box: Box) -> str:
    """Where something stands."""
    return f'<dc:Bounds x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"/>'


def titled(text: Text) -> dict[str, Any]:
    """A text as attributes."""
    return {"name": text.en, "townhall_cy": text.cy}


def grouped(node: Node) -> dict[str, list[Way]]:
    """The ways out of a state by what they wait for."""
    made: dict[str, list[Way]] = {}
    for event, way in events(node):
        made.setdefault(event, []).append(way)
    return made


def time_of(timer: Timer) -> str:
    """When a timer is due, in BPMN's words."""
    if timer.moment:
        return f"<bpmn:timeDate>{escape(timer.moment.text)}</bpmn:timeDate>"
    return f"<bpmn:timeDuration>{LETTERS[timer.span].format(timer.count)}</bpmn:timeDuration>"
