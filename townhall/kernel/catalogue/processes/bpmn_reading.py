"""Reads a subset of BPMN 2.0: tasks, services, exclusive gateways, sub-processes, regions as we write them, and events.

What is not in the subset is refused with a sentence; only notes, lanes and data sheets are passed over.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.xmltree import XmlElement, read_xml
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode
from townhall.kernel.catalogue.processes.bpmn_words import SPACES
from townhall.kernel.catalogue.processes.expressions import LIMITS
from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.reading import content_of, read_tree
from townhall.kernel.catalogue.processes.writing import tree

TASKS = {"task", "userTask", "manualTask"}
SERVICES = {"serviceTask": "webhook", "sendTask": "letter", "businessRuleTask": "decision"}
STATES = {*TASKS, *SERVICES, "receiveTask", "exclusiveGateway", "endEvent", "subProcess", "callActivity"}
BESIDE = {
    "startEvent", "sequenceFlow", "boundaryEvent", "parallelGateway", "documentation", "extensionElements",
    "ioSpecification", "incoming", "outgoing", "textAnnotation", "association", "laneSet",
    "messageEventDefinition", "timerEventDefinition", "errorEventDefinition",
}  # fmt: skip
LIMIT = "Take it out, or draw it with tasks, exclusive gateways, sub-processes and events at their edge."
DURATION = re.compile(r"P(?:([0-9]+)D|T([0-9]+)H|T([0-9]+)M)")
OFFICER = "officer"
"""Who does a task of a diagram that does not say."""


def read_bpmn(path: Path) -> Definition:
    """The process of a BPMN file. Raises ModelError with file, line and cure."""
    return read_document(content_of(path, Place(path.name)), path.name, path.parent)


def read_document(content: bytes, file: str, folder: Path | None = None) -> Definition:
    """The process of a BPMN document. Raises ModelError."""
    root = read_xml(content, file, LIMITS)
    if root.namespace != SPACES["bpmn"] or root.name != "definitions":
        raise ModelError("This is no BPMN 2.0 document.", Place(file, root.line), "Save it as BPMN 2.0 XML.")
    processes = root.all("process")
    pools = [pool for each in root.all("collaboration") for pool in each.all("participant", "messageFlow")]
    if len(processes) != 1 or len(pools) > 1:
        cure = "Save one process, in one pool or in none."
        raise ModelError(f"There are {len(processes)} processes, {len(pools)} pools.", Place(file, root.line), cure)
    return read_tree(Diagram(file, root).whole(processes[0]), file, folder)


class Diagram:
    """Makes the tree of a process of the elements of a document."""

    def __init__(self, file: str, root: XmlElement) -> None:
        self.file = file
        self.messages = {each.attributes.get("id", ""): each for each in root.all("message")}
        self.keys: dict[str, str] = {}
        self.flows: dict[str, list[XmlElement]] = {}
        self.elements: dict[str, XmlElement] = {}

    def place(self, element: XmlElement) -> Place:
        """Where an element stands."""
        return Place(self.file, element.line)

    def refuse(self, element: XmlElement, message: str, cure: str = LIMIT) -> ModelError:
        """An error at an element."""
        return ModelError(message, self.place(element), cure)

    def whole(self, process: XmlElement) -> YamlNode:
        """The tree of the process."""
        made = self.named(process) | self.more(process) | self.container(process)
        if self.messages:
            made["messages"] = {self.event_name(each): self.named(each)["name"] for each in self.messages.values()}
        return tree(made, self.place(process))

    def named(self, element: XmlElement) -> dict[str, Any]:
        """The name for people; without Welsh where there is none."""
        name, cy = " ".join(element.attributes.get("name", "").split()), element.attributes.get("cy", "")
        name = name or element.attributes.get("id", element.name)
        return {"name": tree({"en": name, "cy": cy} if cy else name, self.place(element))}

    def more(self, element: XmlElement) -> dict[str, Any]:
        """What stands in our own attribute."""
        try:
            found = json.loads(element.attributes.get("more", "{}"))
        except (ValueError, RecursionError) as problem:
            raise self.refuse(element, "What stands in townhall:more is not JSON.", "Take it out.") from problem
        if not isinstance(found, dict):
            raise self.refuse(element, "What stands in townhall:more is no object.", "Take it out.")
        return {name: tree(value, self.place(element)) for name, value in found.items()}

    def key(self, element: XmlElement) -> str:
        """The name of a state for the machine: as it was written by us, else made of what people see."""
        identity = element.attributes.get("id", "")
        if identity not in self.keys:
            plain = unicodedata.normalize("NFKD", element.attributes.get("name") or identity).lower()
            made = re.sub("[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_")[:40]
            made = element.attributes.get("state") or (made if made[:1].isalpha() else f"state_{made}".strip("_"))
            taken = set(self.keys.values()) if "state" not in element.attributes else set[str]()
            number = next(each for each in range(1, 10_000) if (f"{made}_{each}" if each > 1 else made) not in taken)
            self.keys[identity] = f"{made}_{number}" if number > 1 else made
        return self.keys[identity]

    def container(self, element: XmlElement) -> dict[str, Any]:
        """The states that stand in a process or sub-process."""
        for each in element.children:
            if each.namespace == SPACES["bpmn"] and each.name not in STATES | BESIDE:
                raise self.refuse(each, f"{each.name!r} is not read.")
            if each.name == "sequenceFlow":
                self.flows.setdefault(each.attributes.get("sourceRef", ""), []).append(each)
            self.elements[each.attributes.get("id", "")] = each
        if any(each.attributes.get("part") == "fork" for each in element.all("parallelGateway")):
            regions = {self.key(each): self.region(each) for each in element.all("subProcess")}
            return {"regions": tree(regions, self.place(element))}
        for each in element.all("parallelGateway"):
            raise self.refuse(each, "A parallel gateway is only read as we write it: inside a sub-process of regions.")
        return self.one_after_another(element)

    def one_after_another(self, element: XmlElement) -> dict[str, Any]:
        """States, and what may happen around them at any time."""
        starts = [
            each for each in element.all("startEvent") if not each.all(*BESIDE - {"outgoing", "extensionElements"})
        ]
        if len(starts) != 1:
            raise self.refuse(element, f"There are {len(starts)} plain start events, not one.", "Draw one.")
        made: dict[str, Any] = {"start": self.target(self.only(starts[0]))["to"]}
        states: dict[str, Any] = {}
        for each in element.children:
            if each.name == "subProcess" and each.attributes.get("triggeredByEvent") == "true":
                self.container_of_event(each, made)
            elif each.name in STATES and "part" not in each.attributes:
                states[self.key(each)] = self.state(each, element)
        return made | {"states": tree(states, self.place(element))}

    def container_of_event(self, element: XmlElement, made: dict[str, Any]) -> None:
        """What may happen at any time."""
        for each in element.children:
            if each.name == "sequenceFlow":
                self.flows.setdefault(each.attributes.get("sourceRef", ""), []).append(each)
            self.elements[each.attributes.get("id", "")] = each
        for start in element.all("startEvent"):
            self.event(start, made)

    def region(self, element: XmlElement) -> YamlNode:
        """One of several that go on side by side."""
        return tree(self.named(element) | self.container(element), self.place(element))

    def state(self, element: XmlElement, around: XmlElement) -> YamlNode:
        """One state."""
        for each in element.children:
            if "Loop" in each.name or element.attributes.get("isForCompensation") == "true":
                raise self.refuse(each, "Loops, and tasks that undo others, are not read.", "Draw a way back instead.")
        made = self.named(element) | self.more(element)
        identity = element.attributes.get("id", "")
        if element.name == "endEvent":
            made["final"] = True
        elif element.name in TASKS and "task" not in made:
            made["task"] = {"who": OFFICER}
        elif element.name in SERVICES and not made.keys() & {*SERVICES.values(), "payment", "booking", "document"}:
            made[SERVICES[element.name]] = self.key(element)
        elif element.name == "subProcess":
            made |= self.container(element)
        ways = [way for flow in self.flows.get(identity, ()) for way in self.through(flow)]
        default = element.attributes.get("default")
        ways = sorted(ways, key=lambda each: each[0] == default)
        if ways:
            goes_on = element.name == "exclusiveGateway" or element.attributes.get("waits") == "false"
            listed = [way for _, way in ways]
            made |= {"next": listed} if goes_on else {"on": {"done": listed}}
        for each in around.all("boundaryEvent"):
            if each.attributes.get("attachedToRef") == identity:
                self.event(each, made)
        return tree(made, self.place(element))

    def event(self, element: XmlElement, made: dict[str, Any]) -> None:
        """Add the ways of a message, an error or a timer to a state."""
        ways = [way for flow in self.flows.get(element.attributes.get("id", ""), ()) for _, way in self.through(flow)]
        timer = element.first("timerEventDefinition")
        if timer is not None:
            name = self.event_name(element).removeprefix("@")
            span = self.more(element) or self.span(timer)
            made["after"] = [*made.get("after", []), *(span | way | {"name": name} for way in ways)]
        elif element.first("messageEventDefinition", "errorEventDefinition") is None:
            raise self.refuse(element, "This event is neither a message, an error nor a timer.")
        else:
            message = element.first("messageEventDefinition")
            sent = self.messages.get(message.attributes.get("messageRef", "")) if message else None
            if message is not None and sent is None:
                raise self.refuse(element, "The event does not say which message.", "Give it a message.")
            made["on"] = made.get("on", {}) | {self.event_name(sent) if sent else "failed": ways}

    def event_name(self, element: XmlElement) -> str:
        """The name of a message or timer for the machine."""
        return element.attributes.get("event") or self.key(element)

    def span(self, timer: XmlElement) -> dict[str, Any]:
        """How long a timer of another tool is. Raises ModelError."""
        text = timer.text_of("timeDuration")
        found = DURATION.fullmatch(text)
        if found is None:
            raise self.refuse(timer, f"{text or 'This timer'!r} is not read.", "Use a duration in days or hours: P10D.")
        number = next(index for index, each in enumerate(found.groups()) if each)
        return {("days", "hours", "minutes")[number]: found.groups()[number]}

    def only(self, element: XmlElement) -> XmlElement:
        """The only arrow out of an element. Raises ModelError."""
        flows = self.flows.get(element.attributes.get("id", ""), [])
        if len(flows) != 1:
            raise self.refuse(element, f"{len(flows)} arrows begin here, not one.", "Draw one.")
        return flows[0]

    def through(self, flow: XmlElement) -> Iterator[tuple[str, dict[str, Any]]]:
        """The ways that an arrow comes to, through the gateways that only say which."""
        target = self.elements.get(flow.attributes.get("targetRef", ""))
        if target is not None and target.attributes.get("part") == "gateway":
            for each in self.flows.get(target.attributes.get("id", ""), ()):
                yield from self.through(each)
            return
        yield flow.attributes.get("id", ""), self.target(flow) | self.condition(flow) | self.more(flow)

    def target(self, flow: XmlElement) -> dict[str, Any]:
        """Where an arrow leads."""
        target = self.elements.get(flow.attributes.get("targetRef", ""))
        if target is None or target.name not in STATES | {"parallelGateway"}:
            raise self.refuse(flow, "The arrow leads nowhere.", "Draw it to a state beside it.")
        if target.attributes.get("part") == "end":
            return {"to": target.attributes["to"]} if "to" in target.attributes else {}
        return {"to": self.key(target)}

    def condition(self, flow: XmlElement) -> dict[str, Any]:
        """The condition of an arrow, where it is FEEL. Raises ModelError for another language."""
        found = flow.first("conditionExpression")
        text = found.text.strip() if found else ""
        language = found.attributes.get("language", "") if found else ""
        if text and language and "FEEL" not in language.upper():
            raise self.refuse(flow, f"The condition {text!r} is in {language}.", "Write it in FEEL.")
        return {"if": tree(text, self.place(flow))} if text else {}
