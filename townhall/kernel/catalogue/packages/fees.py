"""Whether decisions are called and there, and whether a decision gives every fee that anybody pays."""

from dataclasses import replace

from townhall.kernel.catalogue.decisions.model import Decision, Place
from townhall.kernel.catalogue.packages.deciding import named
from townhall.kernel.catalogue.packages.draft import Draft
from townhall.kernel.catalogue.processes.expressions import RESULT
from townhall.kernel.catalogue.processes.model import ROOT, Assignment, Node, Service


def check_decisions(draft: Draft) -> None:
    """Whether every decision that is asked for is there with its inputs, and every one that is there is asked for."""
    wanted = [(each.name, each.place) for each in draft.orders("decision")]
    reached: set[str] = set()
    for order in draft.orders("decision"):
        check_inputs(draft, order)
    if draft.sheet and not draft.sheet.fee.is_free:
        wanted.append((draft.sheet.fee.decision, draft.sheet.places["fee"]))
    for name, place in wanted:
        engine, decision = named(draft.decisions, name)
        if engine is None:
            if name.partition("#")[0] not in draft.files:
                draft.problems.report(place, f"There is no file for the decision {name!r}.", "Add it to 'decisions'.")
        elif engine.model.named(decision) is None:
            cure = f"There are {', '.join(engine.names())}; write decisions/file.yaml#Name."
            draft.problems.report(place, f"There is no decision {decision!r} in that file.", cure)
        else:
            element = engine.model.named(decision)
            reached |= needed(draft, f"{engine.model.namespace}#{element.id if element else ''}")
    for path, engine in draft.decisions.items() if draft.process else ():
        for element in engine.model.elements.values():
            if f"{engine.model.namespace}#{element.id}" not in reached:
                cure = "Ask for it in process.yaml or service.yaml, or take it out."
                what = "decision" if isinstance(element, Decision) else "name"
                place = replace(element.place, file=path)
                draft.problems.report(place, f"Nobody calls the {what} {element.name!r}.", cure)


def needed(draft: Draft, reference: str) -> set[str]:
    """A decision, and all that it needs, in whichever file."""
    parts = {key: each for engine in draft.decisions.values() for key, each in engine.library.parts.items()}
    waiting, found = [reference], set[str]()
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(parts[key].element.needs if key in parts else ())
    return found


def check_inputs(draft: Draft, order: Service) -> None:
    """Whether a decision is handed all its inputs, and nothing else."""
    engine, name = named(draft.decisions, order.name)
    if engine is None or engine.model.named(name) is None:
        return
    inputs, given = set(engine.inputs_of(name)), {each.name for each in order.values}
    for each in sorted(inputs - given):
        cure = "Hand it over under 'with'."
        draft.problems.report(order.place, f"The decision {name!r} is not given {each!r}.", cure)
    for each in sorted(given - inputs):
        cure = f"Its inputs are {', '.join(sorted(inputs)) or 'none'}."
        draft.problems.report(order.place, f"The decision {name!r} has no input {each!r}.", cure)


def check_fee(draft: Draft) -> None:
    """Whether whatever is paid was decided by a table, and the sheet says that something is paid."""
    payments = draft.orders("payment")
    if draft.sheet is None or draft.process is None:
        return
    place = draft.sheet.places.get("fee", Place("service.yaml", 1))
    if payments and draft.sheet.fee.is_free:
        draft.problems.report(place, "The service is free, and the process takes a payment.", "Name the decision.")
    if not payments and not draft.sheet.fee.is_free:
        draft.problems.report(place, "Nobody ever asks for the fee.", "Add a payment to process.yaml, or write free.")
    priced = variables_of_decisions(draft)
    for each in payments:
        amount = next((held.value for held in each.values if held.name == "amount_pence"), None)
        if amount is not None and not set(amount.names) & priced:
            cure = "Set a variable to 'result.value' where a decision is done, and let the payment be of that."
            draft.problems.report(each.place, f"No decision gives the amount of the payment {each.name!r}.", cure)


def variables_of_decisions(draft: Draft) -> set[str]:
    """The variables that come from decisions, straight or by way of other variables."""
    sets = [(node, each) for node in draft.nodes() for each in assignments(node)]
    found = {each.name for node, each in sets if RESULT in each.value.names and is_decision(node)}
    for _ in range(len(sets)):
        more = {each.name for _, each in sets if found & set(each.value.names)}
        if more <= found:
            break
        found |= more
    return found


def is_decision(node: Node) -> bool:
    """Whether a state asks for a decision."""
    return node.service is not None and node.service.kind == "decision"


def assignments(node: Node) -> list[Assignment]:
    """What is set on the ways out of a state, and when it is entered and left."""
    done = [*node.entry, *node.exit, *(action for way in node.ways() for action in way.actions)]
    return [each for each in done if isinstance(each, Assignment) and node.frame == ROOT]
