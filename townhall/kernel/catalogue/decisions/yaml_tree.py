"""YAML read safely: no tags, no anchors, a limit of size; each value knows its line."""

import re
from collections.abc import Iterator
from decimal import Decimal

import yaml
from yaml.reader import ReaderError

from townhall.kernel.catalogue.decisions.limits import Limits
from townhall.kernel.catalogue.decisions.model import ModelError, Place

MOST_NODES = 200_000
DEEPEST = 60
SMALLER = "Take it apart into smaller files."
CONSTANTS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
NUMBER = re.compile(r"-?[0-9]{1,34}(\.[0-9]{1,34})?")


class YamlNode:
    """A value of a file: what it holds, and where it stands."""

    def __init__(self, held: "str | list[YamlNode] | dict[str, YamlNode]", place: Place) -> None:
        self.held = held
        self.place = place

    def text(self) -> str:
        """The text that it is. Raises ModelError where it is a list or has keys."""
        if not isinstance(self.held, str):
            raise ModelError("A text is expected here.", self.place, "Put quotes around it.")
        return self.held

    def items(self) -> "list[YamlNode]":
        """The items that it lists; of a single value, that one."""
        if isinstance(self.held, dict):
            raise ModelError("A list is expected here.", self.place, "Begin each line with a hyphen.")
        return self.held if isinstance(self.held, list) else [self]

    def keys(self, *known: str) -> "dict[str, YamlNode]":
        """What it holds by key. Raises ModelError for a key that is not known here; any is where none is named."""
        if not isinstance(self.held, dict):
            raise ModelError("Keys with values are expected here.", self.place, "Write them as in 'key: value'.")
        for key, node in self.held.items():
            if known and key not in known:
                raise ModelError(f"There is no {key!r} here.", node.place, f"There are {', '.join(known)}.")
        return self.held

    def plain(self) -> object:
        """The value as Python's own: texts, numbers, true, false, null, lists and keys."""
        if isinstance(self.held, str):
            return plain_value(self.held) if self.is_plain else self.held
        if isinstance(self.held, list):
            return [each.plain() for each in self.held]
        return {key: each.plain() for key, each in self.held.items()}

    is_plain = False
    """Whether it was written without quotes, and may be a number, a date, true, false or null."""


def plain_value(text: str) -> object:
    """What a text without quotes stands for: null, true, false, a number, else the text."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    return Decimal(text) if NUMBER.fullmatch(text) else text


def parse(content: bytes, file: str, limits: Limits) -> YamlNode:
    """The tree of a file. Raises ModelError where it is none, or larger or deeper than it may be."""
    if len(content) > limits.document_bytes:
        raise ModelError(f"The file is larger than {limits.document_bytes:,} bytes.", Place(file), SMALLER)
    try:
        events = yaml.parse(content.decode(), Loader=yaml.SafeLoader)
        return Tree(events, file).whole()
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise ModelError("The file is not UTF-8.", Place(file, line), "Save it as UTF-8.") from problem
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 0
        cure = "Look at the quotes, colons, brackets and indents of this line and of those before it."
        raise ModelError(f"This is not YAML: {problem.problem}.", Place(file, line), cure) from problem
    except ReaderError as problem:
        line = content.decode()[: problem.position].count("\n") + 1
        cure = f"Take the character U+{int(problem.character):04X} out."
        raise ModelError("This is not YAML: a character cannot stand here.", Place(file, line), cure) from problem
    except (yaml.YAMLError, RecursionError) as problem:
        raise ModelError("This is not YAML.", Place(file), SMALLER) from problem


class Tree:
    """Makes nodes of the events of a file."""

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self.events, self.file, self.count = events, file, 0

    def whole(self) -> YamlNode:
        """The only document of the file."""
        found: YamlNode | None = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                if found is not None:
                    cure = "Take out the line '---' and what follows."
                    raise ModelError("The file holds more than one document.", self.place(event), cure)
                found = self.node(event, 0)
        if found is None:
            raise ModelError("The file is empty.", Place(self.file), "Write something into it.")
        return found

    def place(self, event: yaml.Event) -> Place:
        """Where an event is."""
        return Place(self.file, event.start_mark.line + 1 if event.start_mark else 0)

    def node(self, event: yaml.Event, depth: int) -> YamlNode:
        """The node that begins with an event."""
        place = self.place(event)
        self.count += 1
        if self.count > MOST_NODES or depth > DEEPEST:
            raise ModelError(f"The file has more than {MOST_NODES:,} values, or is too deep.", place, SMALLER)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ModelError("The file uses an anchor (& or *).", place, "Write the value out.")
        if getattr(event, "tag", None):
            raise ModelError("The file uses a tag (!).", place, "Take it out, or put quotes around the text.")
        if isinstance(event, yaml.ScalarEvent):
            made = YamlNode(str(event.value), place)
            made.is_plain = event.style is None
            return made
        if isinstance(event, yaml.SequenceStartEvent):
            return YamlNode(list(self.until(yaml.SequenceEndEvent, depth)), place)
        return self.mapping(place, depth)

    def until(self, end: type[yaml.Event], depth: int) -> Iterator[YamlNode]:
        """The nodes up to an event."""
        while not isinstance(event := next(self.events), end):
            yield self.node(event, depth + 1)

    def mapping(self, place: Place, depth: int) -> YamlNode:
        """Keys with values. Raises ModelError for a key that comes twice."""
        held: dict[str, YamlNode] = {}
        nodes = self.until(yaml.MappingEndEvent, depth)
        for key in nodes:
            value = next(nodes)
            if key.text() in held:
                raise ModelError(f"The key {key.text()!r} comes twice.", key.place, "Take one of them out.")
            held[key.text()] = value
        return YamlNode(held, place)
