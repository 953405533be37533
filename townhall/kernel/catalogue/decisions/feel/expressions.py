"""The door of FEEL: a text becomes an expression or a test that can be run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from townhall.kernel.catalogue.decisions.feel import calling, looping
from townhall.kernel.catalogue.decisions.feel.compiling import compiled
from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.functions import BUILTINS
from townhall.kernel.catalogue.decisions.feel.judging import INPUT
from townhall.kernel.catalogue.decisions.feel.kinds import Kind
from townhall.kernel.catalogue.decisions.feel.names import Names
from townhall.kernel.catalogue.decisions.feel.nodes import Anything, Name, Node, walk
from townhall.kernel.catalogue.decisions.feel.parser import Parser
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import DEFAULT, LimitReached, Limits, Run, counting

EVERYWHERE = Names(BUILTINS)
__all__ = ["Expression", "Reader", "calling", "looping"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A text of FEEL, what it is made of, and the closure that runs it. `unknown` are names that nobody announced."""

    text: str
    node: Node
    run: Compiled
    unknown: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Reader:
    """What texts are read with: names of members (`a.name`) and types that the model knows, and limits."""

    members: Names = field(default_factory=Names)
    types: Mapping[str, Kind | None] = field(default_factory=dict[str, Kind | None])
    limits: Limits = DEFAULT

    def expression(self, text: str, names: Iterable[str] = (), *, loose: bool = False) -> Expression:
        """An expression with these names in scope, and where it is `loose` any others. Raises FeelError."""
        return self.made(text, Names(names, EVERYWHERE, loose=loose), cell=False)

    def tests(self, text: str, names: Iterable[str] = ()) -> Expression:
        """The tests of an input cell; they are of the value that `?` has. Raises FeelError for a text that is none."""
        return self.made(text, Names([*names, INPUT], EVERYWHERE), cell=True)

    def made(self, text: str, names: Names, *, cell: bool) -> Expression:
        """A text, read and compiled."""
        if cell and not text.strip():
            return Expression(text, Anything(), compiled(Anything()))
        try:
            parser = Parser(
                text,
                names,
                members=self.members,
                types=self.types,
                nesting=self.limits.nesting,
                longest=self.limits.characters,
            )
            node = parser.cell() if cell else parser.whole()
            unknown = tuple((each.name, each.start) for each in walk(node) if isinstance(each, Name) and not each.known)
            return Expression(text, node, compiled(node), unknown)
        except RecursionError as problem:
            raise FeelError("This is nested too deep.") from problem


def evaluated(expression: Expression, values: Mapping[str, Value], run: Run | None = None) -> Value:
    """The value of an expression. Raises LimitReached where it asks for more than it may have."""
    run = run or Run()
    try:
        with counting(run):
            return expression.run(Scope(dict(values), run))
    except RecursionError as problem:
        raise LimitReached("This is nested too deep.") from problem
