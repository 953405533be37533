"""Writes a process as BPMN 2.0 XML with its drawing, so that other tools open it.

What BPMN has no word for (working days, assignments, Welsh) stands in attributes of a namespace of our own.
"""

import json
from html import escape
from typing import Any

from townhall.kernel.catalogue.processes.layout import Box, events, laid_out
from townhall.kernel.catalogue.processes.model import ROOT, Definition, Node, Text, Timer, Way
from townhall.kernel.catalogue.processes.writing import node_text, timer_text, variable_text, way_text

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


def as_bpmn(definition: Definition) -> str:
    """The process as a BPMN document."""
    return Writer(definition).document()


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


class Writer:
    """Writes one document, and keeps where each element of it is drawn."""

    def __init__(self, definition: Definition) -> None:
        self.definition, self.boxes = definition, laid_out(definition)
        self.lines: list[str] = []
        self.places: dict[str, Box] = {}
        self.flows: list[tuple[str, str, str]] = []

    def put(self, tag: str, inside: str = "", **values: Any) -> None:
        """Add an element; its attributes are named with _ for the colon."""
        told = attributes({name.replace("townhall_", "townhall:"): value for name, value in values.items()})
        self.lines.append(f"<bpmn:{tag}{told}>{inside}</bpmn:{tag}>" if inside else f"<bpmn:{tag}{told}/>")

    def begin(self, tag: str, **values: Any) -> None:
        """Open an element that others stand in."""
        self.put(tag, "|", **values)
        self.lines[-1] = self.lines[-1].partition(">|<")[0] + ">"

    def document(self) -> str:
        """The whole."""
        root, title = self.definition.root, self.definition.title
        spaces = {f"xmlns:{name}": space for name, space in SPACES.items()}
        head = attributes({**spaces, "targetNamespace": SPACES["townhall"], "id": "definitions"})
        for name, text in self.definition.messages.items():
            self.put("message", id=id_of("m", name), **titled(text), townhall_event=name)
        frame = self.definition.frames[ROOT]
        more = node_text(root)
        for key, held in (("facts", frame.facts), ("variables", frame.kept)):
            if held:
                more[key] = {name: variable_text(each) for name, each in held.items()}
        self.begin("process", id="process", isExecutable="false", **titled(title), townhall_more=more)
        self.inside(root)
        self.lines.append("</bpmn:process>")
        body = "\n".join([*self.lines, *self.drawing()])
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions{head}>\n{body}\n</bpmn:definitions>\n'

    def inside(self, node: Node) -> None:
        """What stands in a state."""
        if node.kind == "parallel":
            self.side_by_side(node)
        else:
            start, first = id_of("start", node.path), node.children[node.start]
            self.put("startEvent", id=start)
            self.places[start] = Box(self.boxes[node.path].x + 10, self.boxes[first.path].middle - 15, 30, 30)
            self.flow(start, id_of("s", first.path))
        for child in node.children.values():
            self.state(child)
        if node.path == ROOT:
            for event, ways in grouped(node).items():
                self.around_all(node, event, ways)

    def side_by_side(self, node: Node) -> None:
        """Regions: a gateway forks to them, and another joins them."""
        box = self.boxes[node.path]
        edges = {"start": 4, "fork": 4, "join": box.width - 34, "over": box.width - 34}
        for number, (sort, x) in enumerate(edges.items()):
            tag = {"start": "startEvent", "over": "endEvent"}.get(sort, "parallelGateway")
            self.put(tag, id=id_of(sort, node.path), townhall_part=sort)
            self.places[id_of(sort, node.path)] = Box(box.x + x, box.y + 30 + 36 * (number % 3), 30, 30)
        self.flow(id_of("start", node.path), id_of("fork", node.path))
        for region in node.children.values():
            self.flow(id_of("fork", node.path), id_of("s", region.path))
            self.flow(id_of("s", region.path), id_of("join", node.path))
        self.flow(id_of("join", node.path), id_of("over", node.path))

    def state(self, node: Node) -> None:
        """A state, with the ways out of it."""
        tag, identity = tag_of(node), id_of("s", node.path)
        told = titled(node.title) | {"townhall_state": node.name, "townhall_more": node_text(node)}
        self.places[identity] = self.boxes[node.path]
        if tag == "callActivity":
            self.put(tag, id=identity, calledElement=node.calls, **told)
        elif node.children:
            self.begin(tag, id=identity, **told)
            self.inside(node)
            self.lines.append(f"</bpmn:{tag}>")
        else:
            waits = "false" if node.service and node.then else ""
            self.put(tag, id=identity, **told, townhall_waits=waits)
        for number, (event, ways) in enumerate(grouped(node).items()):
            if event in {"", "done"}:
                self.ways(node, identity, event or "next", ways)
                continue
            box, boundary = self.boxes[node.path], id_of("b", node.path, event)
            self.places[boundary] = Box(box.x + 12 + 36 * number, box.y + box.height - 15, 30, 30)
            leaves = any(way.target is not None for way in ways)
            stays = "" if leaves else "false"
            self.put(
                "boundaryEvent", self.trigger(node, event), id=boundary, attachedToRef=identity, cancelActivity=stays,
                **self.event_told(node, event),
            )  # fmt: skip
            self.ways(node, boundary, event, ways)

    def around_all(self, node: Node, event: str, ways: list[Way]) -> None:
        """What may happen at any time in the process: a sub-process that an event starts."""
        place, identity, start = self.boxes[node.path], id_of("e", event), id_of("b", event)
        row = 60 * len([each for each in self.places if each.startswith("e.")])
        self.places[identity] = Box(place.x, place.y + place.height + 20 + row, 200, 50)
        self.places[start] = Box(place.x + 10, place.y + place.height + 30 + row, 30, 30)
        self.begin("subProcess", id=identity, triggeredByEvent="true")
        self.put("startEvent", self.trigger(node, event), id=start, **self.event_told(node, event))
        self.ways(node, start, event, ways)
        self.lines.append("</bpmn:subProcess>")

    def event_told(self, node: Node, event: str) -> dict[str, Any]:
        """The name of what may happen, and for a timer its details."""
        if event.startswith("@"):
            timer = node.timers[event[1:]]
            return {"name": timer.name, "townhall_event": event, "townhall_more": timer_text(timer)}
        return titled(self.definition.messages.get(event) or Text(event)) | {"townhall_event": event}

    def trigger(self, node: Node, event: str) -> str:
        """What a boundary event waits for."""
        if event == "failed":
            return "<bpmn:errorEventDefinition/>"
        if not event.startswith("@"):
            return f'<bpmn:messageEventDefinition messageRef="{id_of("m", event)}"/>'
        return f"<bpmn:timerEventDefinition>{time_of(node.timers[event[1:]])}</bpmn:timerEventDefinition>"

    def ways(self, node: Node, source: str, event: str, ways: list[Way]) -> None:
        """The ways of one event: straight on, or through a gateway that decides which."""
        decides = tag_of(node) == "exclusiveGateway" and event == "next"
        if (len(ways) > 1 or ways[0].guard is not None) and not decides:
            gateway, box = id_of("g", node.path, event), self.places[source]
            last = "" if ways[-1].guard else id_of("f", node.path, event, str(len(ways)))
            self.put("exclusiveGateway", id=gateway, townhall_part="gateway", default=last)
            self.places[gateway] = Box(box.x + box.width + 8, box.middle - 20, 40, 40)
            self.flow(source, gateway)
            source = gateway
        for number, way in enumerate(ways, 1):
            flow = id_of("f", node.path, event, str(number))
            self.flow(source, self.target(node, flow, way), flow, way)

    def target(self, node: Node, flow: str, way: Way) -> str:
        """The element that a way leads to: a neighbour, else an end that says where it goes on."""
        target = self.definition.nodes[way.target] if way.target is not None else None
        if target is not None and target.parent is node.parent and node.path != ROOT:
            return id_of("s", target.path)
        end, box = id_of("x", flow), self.boxes[node.path]
        row = len([each for each in self.places if each.startswith("x.")]) % 5
        self.places[end] = Box(box.x + box.width + 20, box.y + box.height - 10 + 34 * row, 26, 26)
        name = f"→ {target.title.en}" if target else ""
        self.put("endEvent", id=end, name=name, townhall_part="end", townhall_to=way.wanted)
        return end

    def flow(self, source: str, target: str, identity: str = "", way: Way | None = None) -> None:
        """An arrow."""
        identity = identity or id_of("f", source, target)
        self.flows.append((identity, source, target))
        condition = ""
        if way and way.guard:
            kind = f'xsi:type="bpmn:tFormalExpression" language="{FEEL}"'
            condition = f"<bpmn:conditionExpression {kind}>{escape(way.guard.text)}</bpmn:conditionExpression>"
        more = way_text(way) if way else {}
        self.put("sequenceFlow", condition, id=identity, sourceRef=source, targetRef=target, townhall_more=more)

    def drawing(self) -> list[str]:
        """Where everything stands."""
        lines = ['<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="process">']
        for identity, box in self.places.items():
            bounds = f'<dc:Bounds x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"/>'
            told = f'id="shape.{identity}" bpmnElement="{identity}" isExpanded="true"'
            lines.append(f"<bpmndi:BPMNShape {told}>{bounds}</bpmndi:BPMNShape>")
        for identity, source, target in self.flows:
            one, other = self.places[source], self.places[target]
            points = ((one.x + one.width, one.middle), (other.x, other.middle))
            way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
            lines.append(f'<bpmndi:BPMNEdge id="edge.{identity}" bpmnElement="{identity}">{way}</bpmndi:BPMNEdge>')
        return [*lines, "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"]


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
