"""A process in words, in English or Welsh: what happens in a state, what a way waits for, the whole in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from townhall.kernel.catalogue.processes.model import Action, Assignment, Definition, Node, Timer, Way

WORDS = {
    "en": {
        "done": "done", "failed": "failed", "if": "if", "start": "It begins with", "to": "to", "end": "It ends here.",
        "task": "task for", "wait": "waits", "choice": "goes on by itself", "otherwise": "otherwise", "again": "again",
        "any": "At any time", "set": "set", "letter": "letter", "payment": "payment", "booking": "booking",
        "document": "document", "webhook": "webhook", "decision": "decision",
        "days": "days", "working days": "working days", "hours": "hours", "minutes": "minutes", "at": "at",
        "weeks": "weeks", "months": "months", "years": "years",
    },
    "cy": {
        "done": "wedi gorffen", "failed": "wedi methu", "if": "os", "start": "Mae'n dechrau gyda", "to": "i",
        "end": "Mae'n gorffen yma.", "task": "tasg i", "wait": "yn aros", "choice": "yn mynd ymlaen ei hun",
        "otherwise": "fel arall", "again": "eto", "any": "Ar unrhyw adeg", "set": "gosod",
        "letter": "llythyr", "payment": "taliad", "booking": "archeb", "document": "dogfen", "webhook": "bachyn gwe",
        "decision": "penderfyniad", "days": "diwrnod", "working days": "diwrnod gwaith", "hours": "awr",
        "minutes": "munud", "at": "ar", "weeks": "wythnos", "months": "mis", "years": "blwyddyn",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """A way with where it begins, where it leads (nowhere for one that stays), and what it waits for."""

    source: Node
    target: Node | None
    event: str
    way: Way


def events(node: Node) -> list[tuple[str, Way]]:
    """The ways out of a state with what they wait for; a timer is told by its name after an @."""
    found = [(event, way) for event, ways in node.on.items() for way in ways]
    found += [("", way) for way in node.then]
    return [*found, *((f"@{timer.name}", timer.way) for timer in node.timers.values())]


def edges(definition: Definition) -> Iterator[Edge]:
    """All ways, in the order of the file."""
    for node in definition.nodes.values():
        for event, way in events(node):
            yield Edge(node, way.target, event, way)


def sort_of(node: Node) -> str:
    """What a state with nothing inside is."""
    if node.kind == "final":
        return "final"
    if node.task or node.service:
        return "task" if node.task else "service"
    return "choice" if node.then else "wait"


def about(node: Node, language: str) -> str:
    """What happens in a state, in a few words."""
    words, sort = WORDS[language], sort_of(node)
    if node.task:
        return f"{words['task']} {node.task.who}"
    if node.service:
        return f"{words[node.service.kind]}: {plain(node.service.name)}"
    return "" if node.children or sort == "final" else words[sort]


def plain(name: str) -> str:
    """A name for the machine as people read it."""
    return name.partition("#")[2] or name.replace("_", " ")


def event_text(definition: Definition, edge: Edge, language: str) -> str:
    """What a way waits for, and its condition, in a few words; empty where it simply goes on."""
    words, event, way = WORDS[language], edge.event, edge.way
    if event.startswith("@"):
        said = span_text(edge.source.timers[event[1:]], language)
    elif event in definition.messages:
        said = definition.messages[event].text.said(language)
    else:
        said = "" if event in {"", "done"} else words.get(event, event)
    guard = f"{words['if']} {way.guard.text}" if way.guard else ""
    if not way.guard and any(each is not way and each.guard for each in edge.source.on.get(event, edge.source.then)):
        guard = words["otherwise"]
    return ", ".join(each for each in (said, guard) if each)


def span_text(timer: Timer, language: str) -> str:
    """How long a timer is."""
    words = WORDS[language]
    if timer.moment:
        return f"{words['at']} {timer.moment.text}"
    span = words[timer.span]
    return f"{timer.count} {span.removesuffix('s') if timer.count == 1 and language == 'en' else span}"


def stays_text(definition: Definition, edge: Edge, language: str) -> str:
    """What a way does that does not leave its state, or that leads back to it: a line of the state itself."""
    words = WORDS[language]
    done = words["again"] if edge.target else ", ".join(action_text(each, language) for each in edge.way.actions)
    return f"{event_text(definition, edge, language) or words['done']}: {done}"


def action_text(action: Action, language: str) -> str:
    """What is done on a way, in a few words."""
    if isinstance(action, Assignment):
        return f"{WORDS[language]['set']} {action.name}"
    return f"{WORDS[language][action.kind]} {plain(action.name)}"


def sentences(definition: Definition, language: str) -> list[str]:
    """The process in sentences, for those who do not see the drawing."""
    words = WORDS[language]
    first = definition.root.children[definition.root.start]
    said = [f"{words['start']} {first.title.said(language)}."]
    leading: dict[str, list[str]] = {}
    for edge in edges(definition):
        if edge.target is None:
            text = stays_text(definition, edge, language)
        else:
            when = event_text(definition, edge, language) or words["done"]
            text = f"{when}: {words['to']} {edge.target.title.said(language)}"
        leading.setdefault(edge.source.path, []).append(text)
    for node in definition.nodes.values():
        what, ways = about(node, language), leading.get(node.path)
        title = node.title.said(language) if node.parent else words["any"]
        title += f" ({what})" if what else ""
        if ways:
            said.append(f"{title}; {'; '.join(ways)}.")
        elif node.kind == "final":
            said.append(f"{title}. {words['end']}")
    return said
