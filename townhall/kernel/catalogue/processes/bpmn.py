"""Writes a process as BPMN 2.0 XML with its drawing, so that other tools open it.

What BPMN has no word for (working days, assignments, Welsh) stands in attributes of a namespace of our own.
"""

from html import escape
from typing import Any

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.processes.bpmn_words import (
    FEEL,
    SPACES,
    attributes,
    bounds,
    grouped,
    id_of,
    tag_of,
    time_of,
    titled,
)
from townhall.kernel.catalogue.processes.layers import Line
from townhall.kernel.catalogue.processes.layout import Inside, Sheet
from townhall.kernel.catalogue.processes.model import ROOT, Definition, Node, Text, Way
from townhall.kernel.catalogue.processes.rows import Box
from townhall.kernel.catalogue.processes.writing import node_text, timer_text, variable_text, way_text

TASK, EVENT, GATEWAY = (170, 62), (30, 30), (40, 40)
LETTER, MOST, HEAD = 6, 200, 34
"""The width of a letter at an arrow, the most of all of them, and the room for the name of what others stand in."""


def as_bpmn(definition: Definition) -> str:
    """The process as a BPMN document."""
    return Writer(definition).document()


class Writer:
    """Writes one document, and keeps where each element of it is drawn."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.lines: list[str] = []
        self.sheet = Sheet(Place(definition.file))
        self.around: list[str] = []
        self.hosts: dict[str, str] = {}
        self.flows: list[tuple[str, str, Line]] = []

    def put(self, tag: str, inside: str = "", **values: Any) -> None:
        """Add an element; its attributes are named with _ for the colon."""
        told = attributes({name.replace("townhall_", "townhall:"): value for name, value in values.items()})
        self.lines.append(f"<bpmn:{tag}{told}>{inside}</bpmn:{tag}>" if inside else f"<bpmn:{tag}{told}/>")

    def begin(self, tag: str, identity: str, **values: Any) -> None:
        """Open an element that others stand in."""
        self.put(tag, "|", id=identity, **values)
        self.lines[-1] = self.lines[-1].partition(">|<")[0] + ">"
        if self.around:
            self.place(identity, TASK)
        else:
            self.sheet.boxes[identity] = Box(0, 0, 0, 0)
        self.sheet.insides[identity] = Inside(HEAD)
        self.around.append(identity)

    def end(self, tag: str) -> None:
        """Close it."""
        self.lines.append(f"</bpmn:{tag}>")
        self.around.pop()

    def place(self, identity: str, size: tuple[int, int]) -> None:
        """Let an element be drawn."""
        self.sheet.put(self.around[-1], identity, *size)

    def document(self) -> str:
        """The whole."""
        root, title = self.definition.root, self.definition.title
        spaces = {f"xmlns:{name}": space for name, space in SPACES.items()}
        head = attributes({**spaces, "targetNamespace": SPACES["townhall"], "id": "definitions"})
        for name, each in self.definition.messages.items():
            form = {"townhall_form": each.form} if each.form else {}
            self.put("message", id=id_of("m", name), **titled(each.text), townhall_event=name, **form)
        frame = self.definition.frames[ROOT]
        more = node_text(root)
        for key, held in (("facts", frame.facts), ("variables", frame.kept)):
            if held:
                more[key] = {name: variable_text(each) for name, each in held.items()}
        self.begin("process", "process", isExecutable="false", **titled(title), townhall_more=more)
        self.inside(root)
        self.end("process")
        body = "\n".join([*self.lines, *self.drawing()])
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions{head}>\n{body}\n</bpmn:definitions>\n'

    def inside(self, node: Node) -> None:
        """What stands in a state."""
        if node.kind == "parallel":
            self.side_by_side(node)
        else:
            start = id_of("start", node.path)
            self.put("startEvent", id=start)
            self.place(start, EVENT)
            self.flow(start, id_of("s", node.children[node.start].path))
        for child in node.children.values():
            self.state(child)
        if node.path == ROOT:
            for event, ways in grouped(node).items():
                self.around_all(node, event, ways)

    def side_by_side(self, node: Node) -> None:
        """Regions: a gateway forks to them, and another joins them."""
        for sort in ("start", "fork", "join", "over"):
            tag = {"start": "startEvent", "over": "endEvent"}.get(sort, "parallelGateway")
            self.put(tag, id=id_of(sort, node.path), townhall_part=sort)
            self.place(id_of(sort, node.path), EVENT if tag.endswith("Event") else GATEWAY)
        self.flow(id_of("start", node.path), id_of("fork", node.path))
        for region in node.children.values():
            self.flow(id_of("fork", node.path), id_of("s", region.path))
            self.flow(id_of("s", region.path), id_of("join", node.path))
        self.flow(id_of("join", node.path), id_of("over", node.path))

    def state(self, node: Node) -> None:
        """A state, with the ways out of it."""
        tag, identity = tag_of(node), id_of("s", node.path)
        told = titled(node.title) | {"townhall_state": node.name, "townhall_more": node_text(node)}
        if node.children and tag != "callActivity":
            self.begin(tag, identity, **told)
            self.inside(node)
            self.end(tag)
        else:
            calls = {"calledElement": node.calls} if node.calls else {}
            waits = "false" if node.service and node.then else ""
            self.put(tag, id=identity, **calls, **told, townhall_waits=waits)
            self.place(identity, {"endEvent": EVENT, "exclusiveGateway": GATEWAY}.get(tag, TASK))
        for event, ways in grouped(node).items():
            if event in {"", "done"}:
                self.ways(node, identity, event or "next", ways)
                continue
            boundary = self.hosted(identity, id_of("b", node.path, event))
            stays = "" if any(way.target is not None for way in ways) else "false"
            self.put(
                "boundaryEvent", self.trigger(node, event), id=boundary, attachedToRef=identity, cancelActivity=stays,
                **self.event_told(node, event),
            )  # fmt: skip
            self.ways(node, boundary, event, ways)

    def hosted(self, host: str, boundary: str) -> str:
        """An event at the edge of an element: it is drawn where its arrow leaves that."""
        self.hosts[boundary] = host
        return boundary

    def around_all(self, node: Node, event: str, ways: list[Way]) -> None:
        """What may happen at any time in the process: a sub-process that an event starts."""
        start = id_of("b", event)
        self.begin("subProcess", id_of("e", event), triggeredByEvent="true")
        self.put("startEvent", self.trigger(node, event), id=start, **self.event_told(node, event))
        self.place(start, EVENT)
        self.ways(node, start, event, ways)
        self.end("subProcess")

    def event_told(self, node: Node, event: str) -> dict[str, Any]:
        """The name of what may happen, and for a timer its details."""
        if event.startswith("@"):
            timer = node.timers[event[1:]]
            return {"name": timer.name, "townhall_event": event, "townhall_more": timer_text(timer)}
        message = self.definition.messages.get(event)
        return titled(message.text if message else Text(event)) | {"townhall_event": event}

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
            gateway = id_of("g", node.path, event)
            last = "" if ways[-1].guard else id_of("f", node.path, event, str(len(ways)))
            self.put("exclusiveGateway", id=gateway, townhall_part="gateway", default=last)
            self.place(gateway, GATEWAY)
            self.flow(source, gateway)
            source = gateway
        for number, way in enumerate(ways, 1):
            flow = id_of("f", node.path, event, str(number))
            self.flow(source, self.target(node, flow, way), flow, way)

    def target(self, node: Node, flow: str, way: Way) -> str:
        """The element that a way leads to: a neighbour, else an end that says where it goes on."""
        target = way.target
        if target is not None and target.parent is node.parent and node.path != ROOT:
            return id_of("s", target.path)
        end = id_of("x", flow)
        self.place(end, EVENT)
        name = f"→ {target.title.en}" if target else ""
        self.put("endEvent", id=end, name=name, townhall_part="end", townhall_to=way.wanted)
        return end

    def flow(self, source: str, target: str, identity: str = "", way: Way | None = None) -> None:
        """An arrow."""
        identity, condition, guard = identity or id_of("f", source, target), "", way.guard if way else None
        if guard:
            kind = f'xsi:type="bpmn:tFormalExpression" language="{FEEL}"'
            condition = f"<bpmn:conditionExpression {kind}>{escape(guard.text)}</bpmn:conditionExpression>"
        name, more = guard.text if guard else "", way_text(way) if way else {}
        self.put(
            "sequenceFlow", condition, id=identity, name=name, sourceRef=source, targetRef=target, townhall_more=more
        )
        label = Box(0, 0, min(MOST, len(name) * LETTER), 14) if name else None
        line = Line(self.hosts.get(source, source), target, label)
        self.sheet.insides[self.around[-1]].lines.append(line)
        self.flows.append((identity, source, line))

    def drawing(self) -> list[str]:
        """Where everything stands."""
        self.sheet.settle("process")
        for _, source, line in self.flows:
            if source in self.hosts:
                x, y = line.points[0]
                self.sheet.boxes[source] = Box(x - EVENT[0] // 2, y - EVENT[1] // 2, *EVENT)
        lines = ['<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="process">']
        for identity, box in self.sheet.boxes.items():
            told = f'id="shape.{identity}" bpmnElement="{identity}" isExpanded="true"'
            if identity != "process":
                lines.append(f"<bpmndi:BPMNShape {told}>{bounds(box)}</bpmndi:BPMNShape>")
        for identity, _, line in self.flows:
            way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in dict.fromkeys(line.points))
            label = f"<bpmndi:BPMNLabel>{bounds(line.label)}</bpmndi:BPMNLabel>" if line.label else ""
            told = f'id="edge.{identity}" bpmnElement="{identity}"'
            lines.append(f"<bpmndi:BPMNEdge {told}>{way}{label}</bpmndi:BPMNEdge>")
        return [*lines, "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"]
