"""What stands at one element of a BPMN diagram: names, who does it, conditions, and what it waits for."""

import json
import re
import unicodedata
from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.xmltree import XmlElement
from townhall.kernel.catalogue.processes.bpmn_flows import Flows
from townhall.kernel.catalogue.processes.writing import tree

LIMIT = "Take it out, or draw it with tasks, gateways, sub-processes, and messages, errors and timers."
DURATION = re.compile(r"P(?=.)(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?(?:T(?=.)(?:([0-9]{1,4})H)?(?:([0-9]{1,4})M)?)?")
CYCLE = re.compile(r"R([0-9]{1,2})/(.+)")
SPANS = (("days", 1440), ("hours", 60), ("minutes", 1))
OFFICER = "officer"
"""Who does a task of a diagram that does not say."""
MESSAGES = ("messageEventDefinition", "signalEventDefinition")
PERFORMERS = ("potentialOwner", "performer", "humanPerformer", "resourceRole")
FOLLOWED = 2_000


class Parts:
    """Reads elements of one document."""

    def __init__(self, file: str, root: XmlElement) -> None:
        self.file, self.flows = file, Flows(file)
        self.messages = {each.attributes.get("id", ""): each for each in root.all("message", "signal")}
        self.resources = {
            each.attributes.get("id", ""): each.attributes.get("name", "") for each in root.all("resource")
        }
        self.lanes: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.waited: dict[str, XmlElement] = {}

    def place(self, element: XmlElement) -> Place:
        """Where an element stands."""
        return Place(self.file, element.line)

    def refuse(self, element: XmlElement, message: str, cure: str = LIMIT) -> ModelError:
        """An error at an element."""
        return ModelError(message, self.place(element), cure)

    def named(self, element: XmlElement) -> dict[str, Any]:
        """The name for people; without Welsh where there is none."""
        name, cy = " ".join(element.attributes.get("name", "").split()), element.attributes.get("cy", "")
        name = name or element.attributes.get("id", element.name)
        return {"name": tree({"en": name, "cy": cy} if cy else name, self.place(element))}

    def more(self, element: XmlElement) -> dict[str, Any]:
        """What stands in our own attribute."""
        try:
            found: object = json.loads(element.attributes.get("more", "{}"))
        except (ValueError, RecursionError) as problem:
            raise self.refuse(element, "What stands in townhall:more is not JSON.", "Take it out.") from problem
        made = tree(found, self.place(element)).held
        if not isinstance(made, dict):
            raise self.refuse(element, "What stands in townhall:more is no object.", "Take it out.")
        return dict(made)

    def key(self, element: XmlElement) -> str:
        """The name of a state for the machine: as it was written by us, else made of what people see."""
        identity = element.attributes.get("id", "")
        if identity not in self.keys:
            plain = unicodedata.normalize("NFKD", element.attributes.get("name") or identity).lower()
            made = re.sub("[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_")[:40].strip("_")
            made = element.attributes.get("state") or (made if made[:1].isalpha() else f"state_{made}".strip("_"))
            taken = set(self.keys.values()) if "state" not in element.attributes else set[str]()
            number = next(each for each in range(1, 10_000) if (f"{made}_{each}" if each > 1 else made) not in taken)
            self.keys[identity] = f"{made}_{number}" if number > 1 else made
        return self.keys[identity]

    def take_lanes(self, element: XmlElement) -> None:
        """Remember in which lane each element stands: the innermost, where lanes stand in lanes."""
        for lane in element.all("lane"):
            name = " ".join(lane.attributes.get("name", "").split())
            self.lanes |= {each.text.strip(): name for each in lane.all("flowNodeRef") if name}
            for inner in lane.all("childLaneSet"):
                self.take_lanes(inner)

    def who(self, element: XmlElement) -> str:
        """Who does a task: whom it names, else whose lane it stands in."""
        named = (self.resources.get(each.text_of("resourceRef"), "") for each in element.all(*PERFORMERS))
        return next(filter(None, named), "") or self.lanes.get(element.attributes.get("id", "")) or OFFICER

    def condition(self, flow: XmlElement) -> dict[str, Any]:
        """The condition of an arrow, where it is FEEL. Raises ModelError for another language."""
        found = flow.first("conditionExpression")
        text = found.text.strip().removeprefix("=").strip() if found else ""
        language = found.attributes.get("language", "") if found else ""
        if text not in {"", "true", "false"} and language and "FEEL" not in language.upper():
            raise self.refuse(flow, f"The condition {text!r} is in {language}.", "Write it in FEEL.")
        return {"if": tree(text, self.place(flow))} if text not in {"", "true"} else {}

    def happening(self, element: XmlElement, ways: list[dict[str, Any]], made: dict[str, Any]) -> None:
        """Add the ways of a message, an error or a timer to a state. Raises ModelError for any other event."""
        timer = element.first("timerEventDefinition")
        if timer is not None:
            name, own = self.event_name(element).removeprefix("@"), self.more(element)
            for number, span in enumerate([own] if own else self.spans(timer), 1):
                called = {"name": f"{name}_{number}" if number > 1 else name}
                made["after"] = [*made.get("after", []), *(span | way | called for way in ways)]
        elif element.first(*MESSAGES) or element.name == "receiveTask":
            told = (element.first(*MESSAGES) or element).attributes
            sent = self.messages.get(told.get("messageRef") or told.get("signalRef", ""), element)
            name = self.event_name(sent)
            self.waited[name] = sent
            made["on"] = made.get("on", {}) | {name: ways}
        elif element.first("errorEventDefinition"):
            made["on"] = made.get("on", {}) | {"failed": ways}
        else:
            raise self.refuse(element, "This event is neither a message, an error nor a timer.")

    def event_name(self, element: XmlElement) -> str:
        """The name of a message or timer for the machine."""
        return element.attributes.get("event") or self.key(element)

    def spans(self, timer: XmlElement) -> list[dict[str, Any]]:
        """When a timer of another tool is due: once, or as often as it says. Raises ModelError."""
        date, cycle = timer.text_of("timeDate"), CYCLE.fullmatch(timer.text_of("timeCycle"))
        text = cycle[2] if cycle else timer.text_of("timeDuration")
        found = DURATION.fullmatch(text)
        if found is not None:
            weeks, days, hours, minutes = (int(each or 0) for each in found.groups())
            length = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
            unit, size = next((unit, size) for unit, size in SPANS if length % size == 0)
            return [{unit: str(length // size * each)} for each in range(1, int(cycle[1]) + 1 if cycle else 2)]
        try:
            return [{"at": f'date and time("{datetime.fromisoformat(date).isoformat()}")'}]
        except ValueError:
            said = date or timer.text_of("timeCycle") or text or "This timer"
            raise self.refuse(timer, f"{said!r} is not read.", "Use a duration in days or hours: P10D.") from None

    def done_beside(self, event: XmlElement) -> list[dict[str, Any]]:
        """What is done where an event does not leave its state: messages and services up to an end. Raises ModelError.

        The elements on the way are taken from the diagram: they are no states.
        """
        made: list[dict[str, Any]] = []
        each = event
        for _ in range(FOLLOWED):
            flows = self.flows.outgoing(each)
            each = self.flows.target(flows[0]) if len(flows) == 1 else event
            kind = DONE.get(each.name)
            if len(self.flows.incoming(each)) != 1 or (kind is None and each.name != "endEvent"):
                break
            each.attributes["part"] = "beside"
            if kind is None:
                return made
            made.append({kind: self.key(each)})
        message = "What goes on beside a state that is not left is only read as messages and services up to an end."
        raise self.refuse(event, message, "Let the event interrupt, or let it send a message.")


DONE = {"sendTask": "letter", "intermediateThrowEvent": "letter", "serviceTask": "webhook", "scriptTask": "webhook"}
"""What an element does that nobody waits for."""
