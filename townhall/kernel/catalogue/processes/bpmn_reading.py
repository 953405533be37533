"""Reads a subset of BPMN 2.0: tasks, services, gateways, sub-processes, branches side by side, and events.

What is not in the subset is refused with a sentence; only notes and data are passed over.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.xmltree import XmlElement, read_xml
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode
from townhall.kernel.catalogue.processes.bpmn_flows import CURE, FORKS, MOST_FORKS
from townhall.kernel.catalogue.processes.bpmn_ways import WaysOut
from townhall.kernel.catalogue.processes.bpmn_words import SPACES
from townhall.kernel.catalogue.processes.expressions import LIMITS
from townhall.kernel.catalogue.processes.model import SERVICES as KINDS
from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.reading import MOST_STATES, content_of, read_tree
from townhall.kernel.catalogue.processes.writing import tree

TASKS = {"task", "userTask", "manualTask"}
SERVICES = {"serviceTask": "webhook", "sendTask": "letter", "businessRuleTask": "decision", "scriptTask": "webhook"}
GOES_ON = {"exclusiveGateway", "intermediateThrowEvent", *FORKS}
STATES = {
    *TASKS, *SERVICES, *GOES_ON, "receiveTask", "endEvent", "subProcess", "callActivity", "eventBasedGateway",
    "intermediateCatchEvent",
}  # fmt: skip
BESIDE = {
    "startEvent", "sequenceFlow", "boundaryEvent", "documentation", "extensionElements", "ioSpecification", "incoming",
    "outgoing", "textAnnotation", "association", "laneSet", "dataObject", "dataObjectReference", "dataStoreReference",
    "dataInputAssociation", "dataOutputAssociation", "property", "group", "messageEventDefinition",
    "timerEventDefinition", "errorEventDefinition",
}  # fmt: skip
PLAIN = {"messageEventDefinition", "signalEventDefinition"}
"""What may start a process: it is begun from outside."""
OVER = {"name": {"en": "Over", "cy": "Drosodd"}, "final": True}
BESIDES = {"en": "Side by side", "cy": "Ochr yn ochr"}


def read_bpmn(path: Path, process: str = "") -> Definition:
    """The process of a BPMN file; where there are several, the one of a name. Raises ModelError with line and cure."""
    return read_document(content_of(path, Place(path.name)), path.name, path.parent, process)


def read_document(content: bytes, file: str, folder: Path | None = None, process: str = "") -> Definition:
    """The process of a BPMN document. Raises ModelError."""
    root = document_of(content, file)
    return read_tree(tree_of(root, process_of(root, file, process), file), file, folder)


def document_of(content: bytes, file: str) -> XmlElement:
    """The root of a BPMN document. Raises ModelError where it is none."""
    root = read_xml(content, file, LIMITS)
    if root.namespace != SPACES["bpmn"] or root.name != "definitions":
        raise ModelError("This is no BPMN 2.0 document.", Place(file, root.line), "Save it as BPMN 2.0 XML.")
    return root


def process_of(root: XmlElement, file: str, process: str = "") -> XmlElement:
    """The only process of a document; where there are several, the one of a name. Raises ModelError."""
    processes = {each.attributes.get("id", ""): each for each in root.all("process")}
    if process not in processes and (process or len(processes) != 1):
        message = f"There is no process {process!r}." if process else f"There are {len(processes)} processes, not one."
        raise ModelError(message, Place(file, root.line), f"Say which: {' or '.join(processes) or 'draw one'}.")
    return processes[process or next(iter(processes))]


def tree_of(root: XmlElement, process: XmlElement, file: str) -> YamlNode:
    """A process of a document, as `process.yaml` would have it. Raises ModelError for what is not in the subset."""
    try:
        return Diagram(file, root).whole(process)
    except RecursionError as problem:
        raise ModelError("The diagram is nested too deep.", Place(file, root.line), "Take it apart.") from problem


class Diagram(WaysOut):
    """Makes the tree of a process of the elements of a document."""

    def whole(self, process: XmlElement) -> YamlNode:
        """The tree of the process."""
        made = self.named(process) | self.more(process) | self.container(process)
        told = {self.event_name(each): each for each in self.messages.values() if "event" in each.attributes}
        if told := told | self.waited:
            made["messages"] = {name: self.message(each) for name, each in told.items()}
        return tree(made, self.place(process))

    def message(self, element: XmlElement) -> Any:
        """The words of a message, with the form for what is said with it."""
        name, form = self.named(element)["name"], element.attributes.get("form")
        said = name.held if isinstance(name.held, dict) else {"en": name}
        return said | {"form": form} if form else name

    def container(self, element: XmlElement) -> dict[str, Any]:
        """The states that stand in a process or sub-process."""
        self.take(element)
        if any(each.attributes.get("part") == "fork" for each in element.all("parallelGateway")):
            return {"regions": {self.key(each): self.region(each) for each in element.all("subProcess")}}
        is_event = element.attributes.get("triggeredByEvent") == "read"
        starts = [each for each in element.all("startEvent") if is_event or not definitions(each) - PLAIN]
        if len(starts) != 1:
            raise self.refuse(element, f"There are {len(starts)} start events, not one.", "Draw one.")
        made: dict[str, Any] = {}
        for each in element.all("subProcess"):
            if each.attributes.get("triggeredByEvent") == "true":
                self.at_any_time(each, made)
        for each in element.all("boundaryEvent"):
            if each.attributes.get("cancelActivity") == "false" and "event" not in each.attributes:
                self.beside[each.attributes.get("id", "")] = self.done_beside(each)
        return made | self.sequence(element.children, self.only(starts[0]), element)

    def take(self, element: XmlElement) -> None:
        """Look at what stands in a process or sub-process. Raises ModelError for what is not in the subset."""
        for each in element.children:
            if each.namespace == SPACES["bpmn"] and each.name not in STATES | BESIDE:
                raise self.refuse(each, f"{each.name!r} is not read.")
        self.flows.take(element)
        if len(self.flows.elements) > MOST_STATES:
            raise self.refuse(element, f"There are more than {MOST_STATES:,} elements.", "Take the process apart.")
        for each in element.all("laneSet"):
            self.take_lanes(each)

    def sequence(self, members: Iterable[XmlElement], first: XmlElement, around: XmlElement) -> dict[str, Any]:
        """States one after another; what goes on side by side between two gateways is one of them."""
        members = [each for each in members if each.name in STATES and "part" not in each.attributes]
        forks = [each for each in members if each.name in FORKS and len(self.flows.outgoing(each)) > 1]
        if len(forks) > MOST_FORKS:
            raise self.refuse(forks[-1], f"More than {MOST_FORKS} gateways part this.", "Take the process apart.")
        parted = {each.attributes["id"]: self.flows.branches(each) for each in forks}
        inner = {name for _, branches in parted.values() for branch in branches for name in branch}
        inner |= {join.attributes["id"] for join, _ in parted.values() if join}
        self.joins |= {join.attributes["id"] for join, _ in parted.values() if join}
        states: dict[str, Any] = {}
        for each in members:
            identity = each.attributes.get("id", "")
            if identity not in inner and each.attributes.get("triggeredByEvent") != "true" and not self.is_caught(each):
                key = self.key(each)
                states[key] = self.fork(each, *parted[identity]) if identity in parted else self.state(each, around)
                if each.attributes.get("triggeredByEvent") == "read" or parted.get(identity, (each,))[0] is None:
                    states[f"{key}_over"] = OVER
        return {"start": self.target(first)["to"], "states": states}

    def fork(self, element: XmlElement, join: XmlElement | None, branches: list[dict[str, XmlElement]]) -> YamlNode:
        """What goes on side by side from a gateway on: where it is inclusive, only what its conditions ask for."""
        regions: dict[str, Any] = {}
        flows = self.flows.outgoing(element)
        for number, (flow, branch) in enumerate(zip(flows, branches, strict=True), 1):
            made = self.sequence(branch.values(), flow, element)
            if join:
                made["states"]["joined"] = OVER
            if element.name == "inclusiveGateway":
                self.choose(element, flow, made)
            regions[f"branch_{number}"] = {"name": {"en": f"Branch {number}", "cy": f"Cangen {number}"}} | made
        over = self.ways(join) if join else [{"to": f"{self.key(element)}_over"}]
        name = self.named(element) if element.attributes.get("name") else {"name": BESIDES}
        return tree(name | {"regions": regions, "on": {"done": over}}, self.place(element))

    def choose(self, element: XmlElement, flow: XmlElement, made: dict[str, Any]) -> None:
        """Let a branch of an inclusive gateway begin with its condition; the default is for when no other is true."""
        others = [self.condition(each) for each in self.flows.outgoing(element) if each is not flow]
        if flow.attributes.get("id") == element.attributes.get("default") and all(others):
            asked = " or ".join(f"({each['if'].held})" for each in others)
            ways = [{"if": asked, "to": "joined"}, {"to": made["start"]}]
        else:
            ways = [{"to": made["start"]} | self.condition(flow), {"to": "joined"}]
        if "if" in ways[0]:
            made["states"]["joined"] = OVER
            name = {"en": "Is it needed?", "cy": "Oes ei angen?"}
            made["states"]["is_needed"], made["start"] = {"name": name, "next": ways}, "is_needed"

    def at_any_time(self, element: XmlElement, made: dict[str, Any]) -> None:
        """What may happen while the case is anywhere in a process: the way into a sub-process that an event starts."""
        start = element.first("startEvent")
        if start is None:
            raise self.refuse(element, "Nothing starts this sub-process.", "Draw a start event in it.")
        if "event" in start.attributes:
            self.flows.take(element)
            self.happening(start, self.ways(start), made)
            return
        if start.attributes.get("isInterrupting") == "false":
            raise self.refuse(start, "What goes on beside a process is not read.", "Let the event interrupt.")
        self.happening(start, [{"to": self.key(element)}], made)
        element.attributes["triggeredByEvent"] = "read"

    def is_caught(self, element: XmlElement) -> bool:
        """Whether it is one of several events of which a gateway waits for the first: no state of its own."""
        sources = [self.flows.elements.get(self.flows.holder(each)) for each in self.flows.incoming(element)]
        waits = element.name in {"intermediateCatchEvent", "receiveTask"}
        return waits and bool(sources) and all(each and each.name == "eventBasedGateway" for each in sources)

    def region(self, element: XmlElement) -> YamlNode:
        """One of several that go on side by side."""
        return tree(self.named(element) | self.container(element), self.place(element))

    def state(self, element: XmlElement, around: XmlElement) -> YamlNode:
        """One state."""
        for each in element.children:
            if "Loop" in each.name or element.attributes.get("isForCompensation") == "true":
                raise self.refuse(each, "Loops, and tasks that undo others, are not read.", "Draw a way back instead.")
        made = self.named(element) | self.more(element)
        made |= self.sort(element, around, made)
        waits = element.name == "intermediateCatchEvent" or (element.name == "receiveTask" and self.ways(element))
        if waits:
            self.happening(element, self.ways(element), made)
        elif element.name == "eventBasedGateway":
            for flow in self.flows.outgoing(element):
                event = self.flows.target(flow)
                self.happening(event, self.ways(event), made)
        elif ways := self.ways(element):
            goes_on = element.name in GOES_ON or element.attributes.get("waits") == "false"
            made |= {"next": ways} if goes_on else {"on": {"done": ways}}
        elif element.attributes.get("triggeredByEvent") == "read":
            made["on"] = {"done": [{"to": f"{self.key(element)}_over"}]}
        self.at_edge(element, made)
        for each in element.all("endEvent"):
            if each.first("errorEventDefinition") and "caught" not in each.attributes:
                raise self.refuse(each, "Nothing catches this error.", "Draw an error event at the edge around it.")
        return tree(made, self.place(element))

    def sort(self, element: XmlElement, around: XmlElement, made: dict[str, Any]) -> dict[str, Any]:
        """What kind of state it is. Raises ModelError."""
        name = element.name
        if name == "subProcess":
            return self.container(element)
        if name in FORKS and len(self.flows.incoming(element)) > 1:
            raise self.refuse(element, "Nothing that begins side by side ends here.", CURE)
        if name in {"endEvent", "intermediateThrowEvent"}:
            return self.thrown(element, around)
        if name in TASKS and "task" not in made:
            return {"task": {"who": self.who(element)}}
        if name in SERVICES and not made.keys() & set(KINDS):
            return {SERVICES[name]: self.key(element)}
        calls = element.attributes.get("calledElement", "").rpartition(":")[2]
        return {"call": calls} if name == "callActivity" and "call" not in made else {}

    def thrown(self, element: XmlElement, around: XmlElement) -> dict[str, Any]:
        """What an end, or an event on the way, does: nothing, or it sends a message. Raises ModelError."""
        found, is_end = definitions(element), element.name == "endEvent"
        unknown = found - {"messageEventDefinition"}
        ends = [{"errorEventDefinition"}, {"terminateEventDefinition"} if around.name == "process" else set[str]()]
        if unknown and not (is_end and unknown in ends):
            raise self.refuse(element, f"{min(unknown)!r} is not read.")
        letter = {"letter": self.key(element)} if found - unknown else {}
        return {"final": True} | ({"entry": [letter]} if letter else {}) if is_end else letter


def definitions(element: XmlElement) -> set[str]:
    """The kinds of event that an element is."""
    return {each.name for each in element.children if each.name.endswith("EventDefinition")}
