"""Writes YAML that our own reader takes back as it was: no anchors, no tags, and in quotes what would be a number."""

import json
import re
from typing import Any, NamedTuple

import yaml

from townhall.kernel.catalogue.decisions.yaml_tree import CONSTANTS, NUMBER, YamlNode

PLAIN = re.compile(r"[^\W_][\w .()/;'’*+<>=-]*[\w.)]|[^\W_]")
"""What may stand without quotes wherever it stands."""
WIDE = 1_000_000
"""Lines are never broken: a text stays on one line, unless it has several itself."""


class Imported(NamedTuple):
    """A file of another notation as YAML of ours, and what of it is not in that, each thing in a sentence."""

    text: str
    left: tuple[str, ...]


class Line(dict[str, Any]):
    """A map that is written on one line."""


class Writer(yaml.SafeDumper):
    """Writes everything out, however often it comes, and every value as a text: our reader knows no other tag."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whether something that comes twice is written twice."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Let the items of a list stand further right than what they belong to."""
        del indentless
        super().increase_indent(flow, False)

    def scalar(self, text: str, style: str | None = None) -> yaml.ScalarNode:
        """A value, without quotes where nothing else is said and it can stand so."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def text_node(writer: Writer, text: str) -> yaml.ScalarNode:
    """A text: in quotes where it could be taken for something else, lines below each other where there are several."""
    if PLAIN.fullmatch(text) and text not in CONSTANTS and not NUMBER.fullmatch(text):
        return writer.scalar(text)
    is_single = '"' in text and text.isprintable()
    return writer.scalar(text, "|" if ends_in_one_way(text) else "'" if is_single else '"')


def ends_in_one_way(text: str) -> bool:
    """Whether it has several lines, and none that ends otherwise than with a line feed."""
    return "\n" in text and text.splitlines() == text.removesuffix("\n").split("\n")


def value_node(writer: Writer, value: float | bool | None) -> yaml.ScalarNode:
    """A number, true, false or null."""
    return writer.scalar(json.dumps(value))


def tree_node(writer: Writer, node: YamlNode) -> yaml.Node:
    """What was read of a file: without quotes what stood there without quotes."""
    is_bare = isinstance(node.held, str) and node.is_plain
    return writer.scalar(str(node.held)) if is_bare else writer.represent_data(node.held)


def line_node(writer: Writer, held: Line) -> yaml.MappingNode:
    """A map on one line, unless a text in it has several."""
    return writer.represent_mapping("tag:yaml.org,2002:map", held.items(), flow_style="\\n" not in json.dumps(held))


Writer.yaml_implicit_resolvers = {}
Writer.add_representer(str, text_node)
Writer.add_representer(YamlNode, tree_node)
Writer.add_representer(Line, line_node)
for kind in (bool, int, float, type(None)):
    Writer.add_representer(kind, value_node)


def yaml_of(value: Any) -> str:
    """The text of a value: small lists and maps on one line, as people write them."""
    return yaml.dump(value, Dumper=Writer, allow_unicode=True, sort_keys=False, width=WIDE, default_flow_style=None)
