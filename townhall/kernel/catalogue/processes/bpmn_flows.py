"""The arrows of a BPMN diagram: what follows what, and which branches go on side by side between two gateways."""

from collections.abc import Iterator

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.xmltree import XmlElement

FORKS = ("parallelGateway", "inclusiveGateway")
MOST_FORKS = 20
CURE = "Let all branches that begin at one gateway, and no others, end at one gateway of the same kind."


class Flows:
    """The elements of a diagram by their identifiers, and the arrows out of them and into them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.elements: dict[str, XmlElement] = {}
        self.out: dict[str, list[XmlElement]] = {}
        self.into: dict[str, list[XmlElement]] = {}
        self.edge: dict[str, list[XmlElement]] = {}

    def take(self, container: XmlElement) -> None:
        """Add what stands in a process or sub-process. Raises ModelError."""
        for each in container.children:
            identity = each.attributes.get("id", "")
            if each.name == "sequenceFlow":
                self.out.setdefault(each.attributes.get("sourceRef", ""), []).append(each)
                self.into.setdefault(each.attributes.get("targetRef", ""), []).append(each)
            elif identity in self.elements and self.elements[identity] is not each:
                place = Place(self.file, each.line)
                raise ModelError(f"The identifier {identity!r} comes twice.", place, "Save it anew.")
            elif identity:
                self.elements[identity] = each
            if each.name == "boundaryEvent":
                self.edge.setdefault(each.attributes.get("attachedToRef", ""), []).append(each)
        for each in [each for each in container.children if not each.name.endswith("Gateway")]:
            self.part(each, container)

    def part(self, element: XmlElement, container: XmlElement) -> None:
        """Put a gateway behind an element that several arrows leave at once. Raises ModelError."""
        identity = element.attributes.get("id", "")
        flows = self.out.get(identity, [])
        if len(flows) < 2:
            return
        if any(each.text_of("conditionExpression") not in {"", "true"} for each in flows):
            message, cure = "Of the conditions here several may hold.", "Put an exclusive gateway behind it."
            raise ModelError(message, Place(self.file, element.line), cure)
        fork = XmlElement("parallelGateway", element.namespace, element.line, {"id": f"{identity}.fork"})
        flow = XmlElement("sequenceFlow", element.namespace, element.line, {"id": f"{identity}.flow"})
        flow.attributes |= {"sourceRef": identity, "targetRef": f"{identity}.fork"}
        for each in flows:
            each.attributes["sourceRef"] = f"{identity}.fork"
        self.elements[f"{identity}.fork"] = fork
        self.out[f"{identity}.fork"], self.out[identity] = flows, [flow]
        self.into[f"{identity}.fork"] = [flow]
        container.children.append(fork)

    def outgoing(self, element: XmlElement) -> list[XmlElement]:
        """The arrows out of an element."""
        return self.out.get(element.attributes.get("id", ""), [])

    def incoming(self, element: XmlElement) -> list[XmlElement]:
        """The arrows into an element."""
        return self.into.get(element.attributes.get("id", ""), [])

    def target(self, flow: XmlElement) -> XmlElement:
        """Where an arrow leads. Raises ModelError."""
        found = self.elements.get(flow.attributes.get("targetRef", ""))
        if found is None:
            place, cure = Place(self.file, flow.line), "Draw it to a state beside it."
            raise ModelError("The arrow leads nowhere.", place, cure)
        return found

    def following(self, element: XmlElement) -> Iterator[XmlElement]:
        """What the arrows out of an element, and out of the events at its edge, lead to."""
        for each in (element, *self.edge.get(element.attributes.get("id", ""), ())):
            for flow in self.outgoing(each):
                yield self.target(flow)

    def reach(self, first: XmlElement, stop: XmlElement | None) -> dict[str, XmlElement]:
        """Everything from an element on, up to the one where it stops."""
        waiting, found = [first], dict[str, XmlElement]()
        while waiting:
            each = waiting.pop()
            identity = each.attributes.get("id", "")
            if each is not stop and identity not in found:
                found[identity] = each
                waiting.extend(self.following(each))
        return found

    def branches(self, fork: XmlElement) -> tuple[XmlElement | None, list[dict[str, XmlElement]]]:
        """The gateway where the branches of a fork meet again (none where all come to an end), and what is in each.

        Raises ModelError where they are not apart from each other and from all else.
        """
        firsts = [self.target(flow) for flow in self.outgoing(fork)]
        reached = self.reach(firsts[0], None)
        joins = [each for each in reached.values() if each.name == fork.name and len(self.incoming(each)) > 1]
        for join in (*joins[:MOST_FORKS], None):
            found = [self.reach(each, join) for each in firsts]
            if self.are_apart(fork, join, found):
                return join, found
        raise ModelError("What begins here side by side does not end so.", Place(self.file, fork.line), CURE)

    def are_apart(self, fork: XmlElement, join: XmlElement | None, found: list[dict[str, XmlElement]]) -> bool:
        """Whether each branch has its own elements, begins at the fork alone, and ends where the others end."""
        own = {"", fork.attributes["id"]}
        everything = {name: each for branch in found for name, each in branch.items()}
        if len(everything) != sum(map(len, found)) or own & everything.keys():
            return False
        ends = any(each.name == "endEvent" for each in everything.values())
        if join is not None and (ends or len(self.outgoing(join)) != 1 or not self.meets(fork, join, everything)):
            return False
        return all(
            self.holder(flow) in own | everything.keys() for each in everything.values() for flow in self.incoming(each)
        )

    def meets(self, fork: XmlElement, join: XmlElement, inside: dict[str, XmlElement]) -> bool:
        """Whether all arrows into a join come from between it and its fork."""
        return all(self.holder(flow) in {fork.attributes["id"], *inside} for flow in self.incoming(join))

    def holder(self, flow: XmlElement) -> str:
        """The element that an arrow leaves; of an event at the edge of one, that one."""
        source = flow.attributes.get("sourceRef", "")
        element = self.elements.get(source)
        is_edge = element is not None and element.name == "boundaryEvent"
        return element.attributes.get("attachedToRef", "") if element and is_edge else source
