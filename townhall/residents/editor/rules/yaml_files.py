"""A file of YAML, changed in place: comments, order and quotes of what is not touched stay as they are.

A file is read by the catalogue's own reader first, which refuses what is hostile: anchors, tags, depth, size. Every
value is then a text as it stands there, so that `22.00`, `yes` and `2026-04-01` come out as they went in.
"""

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ruamel.yaml import YAML, comments
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString
from ruamel.yaml.tag import Tag

from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.yaml_tree import CONSTANTS, NUMBER, parse

TEXT = Tag(suffix="tag:yaml.org,2002:str")
PLAIN = re.compile(r"[^\W_][\w .()/;'’*+<>=-]*[\w.)]|[^\W_]")
"""What may stand without quotes wherever it stands."""
WIDE = 1_000_000
"""Lines are never broken: a text stays on the line on which somebody wrote it."""
Tree = Any
"""A map of a file, with its comments and layout: the library says nothing of what stands in it."""
Map: Any = comments.CommentedMap
Seq: Any = comments.CommentedSeq


class CannotChange(ValueError):
    """A change cannot be made: why, for whoever asked for it."""


class Unreadable(CannotChange):
    """A file is no YAML that could be changed by clicking."""


Base: Any = VersionedResolver


class Resolver(Base):
    """Takes every plain value as a text."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of a value."""
        around: Any = super()
        return TEXT if kind is ScalarNode else around.resolve(kind, value, implicit)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages, as it stands in a file; either may be missing."""

    en: str = ""
    cy: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.cy)

    def said(self, language: str) -> str:
        """The text in a language, else in the other."""
        return (self.cy if language == "cy" else self.en) or self.en or self.cy


def reader() -> Any:
    """A reader and writer that keeps what it does not touch."""
    made: Any = YAML(typ="rt", pure=True)
    made.preserve_quotes, made.width, made.allow_unicode = True, WIDE, True
    made.brace_single_entry_mapping_in_flow_sequence = True
    made.indent(mapping=2, sequence=4, offset=2)
    made.Resolver = Resolver
    return made


def opened(text: str, file: str) -> Tree:
    """The tree of a file. Raises Unreadable."""
    try:
        parse(text.encode(), file, DEFAULT)
        found = reader().load(text)
    except ModelError as problem:
        raise Unreadable(str(problem)) from problem
    except (YAMLError, RecursionError, ValueError) as problem:
        raise Unreadable(f"{file}: {problem}") from problem
    if not isinstance(found, Map):
        raise Unreadable(f"{file}: Keys with values are expected here.")
    return found


def written(tree: Tree) -> str:
    """The text of a tree."""
    out = io.StringIO()
    reader().dump(tree, out)
    return out.getvalue()


def styled(value: Any) -> Any:
    """A value as it is written: a text that could be taken for something else stands in quotes."""
    if type(value) is not str or PLAIN.fullmatch(value):
        return value
    is_single = '"' in value and value.isprintable()
    return SingleQuotedScalarString(value) if is_single else DoubleQuotedScalarString(value)


def flow(held: Mapping[str, Any]) -> Tree:
    """A map that is written on one line: `{en: Yes, cy: Ie}`."""
    made = Map({styled(key): styled(each) for key, each in held.items()})
    made.fa.set_flow_style()
    return made


def listed(held: Sequence[Any], *, on_one_line: bool = True) -> Tree:
    """A list, written on one line or with a line for each item."""
    made = Seq([styled(each) for each in held])
    if on_one_line:
        made.fa.set_flow_style()
    return made


def fresh(tree: Mapping[str, Any] | Any) -> Tree:
    """A map as it stands in a file, for one that is about to be written into; a new one where there is none."""
    return tree if isinstance(tree, Map) else Map()


def quoted(text: str) -> str:
    """A text that stands for itself where a value may also be a number, true, false or null."""
    return DoubleQuotedScalarString(text) if text in CONSTANTS or NUMBER.fullmatch(text) else text


def as_map(held: Any) -> Mapping[str, Any]:
    """What is held by key; nothing where it holds no keys."""
    return cast("Mapping[str, Any]", held) if isinstance(held, Mapping) else {}


def as_list(held: Any) -> list[Any]:
    """The items of a list; one value alone is a list of it, none is empty."""
    if held is None:
        return []
    return list(cast("list[Any]", held)) if isinstance(held, list) else [held]


def as_text(held: Any) -> str:
    """A text; of anything else nothing."""
    return str(held) if isinstance(held, str) else ""


def words(held: Any) -> Words:
    """A text in both languages."""
    if isinstance(held, str):
        return Words(str(held))
    return Words(as_text(as_map(held).get("en")), as_text(as_map(held).get("cy")))


def put(held: Tree, key: str, value: Any) -> None:
    """Write a value under a key, or take the key out where the value is empty. What is there already is not touched."""
    if value in ("", None) or (isinstance(value, Mapping | list) and not value):
        held.pop(key, None)
    elif plain(held.get(key)) != plain(value):
        held[key] = styled(value)


def put_words(held: Tree, key: str, text: Words) -> None:
    """Write a text in both languages under a key, or take it out where there is none."""
    if not text:
        held.pop(key, None)
    elif words(held.get(key)) != text:
        held[key] = flow({"en": text.en, "cy": text.cy} if text.cy else {"en": text.en})


def plain(held: Any) -> Any:
    """A value as JSON has it, without comments and layout."""
    if isinstance(held, Mapping):
        return {str(key): plain(each) for key, each in as_map(held).items()}
    if isinstance(held, list):
        return [plain(each) for each in as_list(cast("Any", held))]
    return None if held is None else str(held)


def at(tree: Any, *where: str) -> Any:
    """What stands in a tree under keys, one after another; none where it is not there."""
    for key in where:
        tree = as_map(tree).get(key)
    return tree


def mark_of(held: Any) -> str:
    """A short mark of a part of a file: another where anything in it was changed."""
    return hashlib.sha256(json.dumps(plain(held), ensure_ascii=False).encode()).hexdigest()[:16]


def put_in_order(held: Tree, order: Sequence[str]) -> None:
    """Put the keys of a map into an order."""
    for key in order:
        held.move_to_end(key)


def moved(held: Tree, key: str, by: int) -> None:
    """Move a key of a map up (-1) or down (1). Raises CannotChange where it is not there."""
    names = list(held)
    if key not in names:
        raise CannotChange(f"There is no {key!r} any more.")
    here = names.index(key)
    there = min(max(here + by, 0), len(names) - 1)
    names.insert(there, names.pop(here))
    put_in_order(held, names)
