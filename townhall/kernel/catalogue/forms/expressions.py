"""Expressions of a form: FEEL, read once, with the questions and facts that each one speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.expressions import EVERYWHERE, Expression, Reader
from townhall.kernel.catalogue.decisions.feel.names import Names
from townhall.kernel.catalogue.decisions.feel.nodes import Name, Node, walk
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled
from townhall.kernel.catalogue.decisions.limits import Limits
from townhall.kernel.catalogue.decisions.model import ModelError, Place

MOST_COMPARED = 300
"""Among more names none is looked for that may have been meant."""
LIMITS = Limits(
    steps=200_000, depth=30, nesting=60, length=100_000, characters=5_000, notes=5, document_bytes=2_000_000
)


@dataclass(frozen=True, slots=True)
class Feel:
    """An expression of the file, compiled, with the names that it speaks of."""

    text: str
    place: Place
    node: Node
    run: Compiled
    names: tuple[str, ...]


@lru_cache(maxsize=10_000)
def expression_of(text: str, names: frozenset[str], members: frozenset[str]) -> Expression:
    """A text that may speak of these names, read once however often it stands in files. Raises FeelError."""
    return Reader(Names((), layer(members)), limits=LIMITS).made(text, layer(names, with_functions=True), cell=False)


@lru_cache(maxsize=256)
def layer(names: frozenset[str], *, with_functions: bool = False) -> Names:
    """Names to read with, put together once for all expressions that have the same."""
    return Names(names, EVERYWHERE if with_functions else None)


def compiled(text: str, names: frozenset[str], members: Mapping[str, str], place: Place) -> Feel:
    """An expression that may speak of these names; `members` stand inside others. Raises ModelError with a cure."""
    try:
        found = expression_of(text, names, frozenset(members))
    except FeelError as problem:
        cure = "Write it in FEEL; a text stands in double quotes inside the YAML's quotes."
        raise ModelError(f"{text!r} is not FEEL: {problem.message}.", place, cure) from problem
    for name, _ in found.unknown:
        if name in members:
            raise ModelError(f"{name!r} is asked inside {members[name]!r}.", place, f"Write {members[name]}.{name}.")
        near = get_close_matches(name, names, 1) if len(names) < MOST_COMPARED else []
        cure = f"Did you mean {near[0]!r}?" if near else "Name a question or a fact, or put a text into double quotes."
        raise ModelError(f"{text!r} speaks of {name!r}, which nobody asks.", place, cure)
    used = {each.name for each in walk(found.node) if isinstance(each, Name)}
    return Feel(text, place, found.node, found.run, tuple(sorted(used & names)))
