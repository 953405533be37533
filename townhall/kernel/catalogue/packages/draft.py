"""What has been read of a package, while it is checked: parts that could not be read are missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from townhall.kernel.catalogue.decisions.engine import Engine
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.packages.folder import Contents
from townhall.kernel.catalogue.packages.model import Example, Letter, Problems, Sheet
from townhall.kernel.catalogue.processes.checks import services
from townhall.kernel.catalogue.processes.expressions import Feel
from townhall.kernel.catalogue.processes.model import Action, Assignment, Definition, Node, Service, Way


@dataclass(slots=True)
class Draft:
    """The parts of a package."""

    slug: str
    files: Contents
    problems: Problems
    sheet: Sheet | None = None
    form: Form | None = None
    process: Definition | None = None
    decisions: dict[str, Engine] = field(default_factory=dict[str, Engine])
    letters: dict[str, Letter] = field(default_factory=dict[str, Letter])
    documents: dict[str, Letter] = field(default_factory=dict[str, Letter])
    forms: dict[str, Form] = field(default_factory=dict[str, Form])
    examples: list[Example] = field(default_factory=list[Example])

    def texts(self) -> list[Letter]:
        """The letters and the documents."""
        return [*self.letters.values(), *self.documents.values()]

    def orders(self, kind: str) -> list[Service]:
        """Everything of a kind that the process orders of the outside."""
        return [each for each in services(self.process) if each.kind == kind] if self.process else []

    def nodes(self) -> list[Node]:
        """The states of the process."""
        return list(self.process.nodes.values()) if self.process else []

    def parts_of(self, folder: str) -> list[str]:
        """The paths of the files in a folder of the package."""
        return [path for path in self.files if path.startswith(f"{folder}/")]


def feels(node: Node) -> Iterator[Feel]:
    """Every expression of a state and its ways."""
    for way in node.ways():
        yield from feels_of_way(way)
    for timer in node.timers.values():
        yield from [timer.moment] if timer.moment else []
    yield from [node.due.moment] if node.due and node.due.moment else []
    own: list[Action] = [*node.entry, *node.exit, *node.undo, *node.cancelled, *node.given]
    own += [node.service] if node.service else []
    yield from feels_of(own)


def feels_of_way(way: Way) -> Iterator[Feel]:
    """The expressions of a way."""
    yield from [way.guard] if way.guard else []
    yield from feels_of(way.actions)


def feels_of(actions: list[Action] | tuple[Action, ...]) -> Iterator[Feel]:
    """The expressions of what is done."""
    for each in actions:
        if isinstance(each, Assignment):
            yield each.value
        else:
            yield from (held.value for held in each.values)
