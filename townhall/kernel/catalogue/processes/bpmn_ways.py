"""The ways out of an element of a BPMN diagram: along its arrows, and out of the events at its edge."""

import json
from collections.abc import Iterator
from typing import Any

from townhall.kernel.catalogue.decisions.xmltree import XmlElement
from townhall.kernel.catalogue.processes.bpmn_parts import Parts

Ways = list[dict[str, Any]]


class WaysOut(Parts):
    """Reads arrows. `joins` are gateways where branches end; `beside` is what events do that leave nothing."""

    def __init__(self, file: str, root: XmlElement) -> None:
        super().__init__(file, root)
        self.joins: set[str] = set()
        self.beside: dict[str, Ways] = {}

    def only(self, element: XmlElement) -> XmlElement:
        """The only arrow out of an element. Raises ModelError."""
        flows = self.flows.outgoing(element)
        if len(flows) != 1:
            raise self.refuse(element, f"{len(flows)} arrows begin here, not one.", "Draw one.")
        return flows[0]

    def ways(self, element: XmlElement) -> Ways:
        """The ways out of an element, that without a condition last."""
        default = element.attributes.get("default")
        found = [way for flow in self.flows.outgoing(element) for way in self.through(flow)]
        found.sort(key=lambda each: each[0].attributes.get("id") == default)
        if element.name == "exclusiveGateway":
            self.choose_by_name(found)
        return [way for _, way in found]

    def choose_by_name(self, ways: list[tuple[XmlElement, dict[str, Any]]]) -> None:
        """Where arrows have names instead of conditions, what was done before says which: `result.way`."""
        plain = [(flow, way) for flow, way in ways if "if" not in way]
        if len(plain) > 1 and all(flow.attributes.get("name") for flow, _ in plain):
            for flow, way in plain[:-1]:
                way["if"] = f"result.way = {json.dumps(flow.attributes['name'], ensure_ascii=False)}"
            ways.sort(key=lambda each: "if" not in each[1])

    def through(self, flow: XmlElement) -> Iterator[tuple[XmlElement, dict[str, Any]]]:
        """The ways that an arrow comes to, through the gateways that only say which."""
        target = self.flows.target(flow)
        if target.attributes.get("part") == "gateway":
            default = target.attributes.get("default")
            for each in sorted(self.flows.outgoing(target), key=lambda each: each.attributes.get("id") == default):
                yield from self.through(each)
            return
        yield flow, self.target(flow) | self.condition(flow) | self.more(flow)

    def target(self, flow: XmlElement) -> dict[str, Any]:
        """Where an arrow leads."""
        target = self.flows.target(flow)
        if target.attributes.get("part") == "end":
            return {"to": target.attributes["to"]} if "to" in target.attributes else {}
        if target.attributes.get("id") in self.joins:
            return {"to": "joined"}
        return {"to": self.key(target)}

    def at_edge(self, element: XmlElement, made: dict[str, Any]) -> None:
        """Add the ways of the events at the edge of an element. Raises ModelError."""
        for each in self.flows.edge.get(element.attributes.get("id", ""), ()):
            beside = self.beside.get(each.attributes.get("id", ""))
            ways = [{"do": beside}] if beside is not None else self.ways(each)
            if not (each.first("errorEventDefinition") and self.catch(each, element, ways, made)):
                self.happening(each, ways, made)

    def catch(self, event: XmlElement, element: XmlElement, ways: Ways, made: dict[str, Any]) -> bool:
        """Let the ends of a sub-process that are errors lead out of it where an event catches them."""
        caught = event.first("errorEventDefinition")
        code = caught.attributes.get("errorRef") if caught else None
        found = False
        for each in element.all("endEvent"):
            error = each.first("errorEventDefinition")
            if error is not None and code in {None, error.attributes.get("errorRef")}:
                guard = {"if": f'result.outcome = "{self.key(each)}"'}
                done = made.get("on", {}).get("done", [])
                made["on"] = made.get("on", {}) | {"done": [*(way | guard for way in ways), *done]}
                each.attributes["caught"] = "true"
                found = True
        return found
