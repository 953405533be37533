"""Makes closures of a model's expressions, and keeps what is wrong with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.expressions import Expression, Reader
from townhall.kernel.catalogue.decisions.feel.functions import BUILTINS
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope, null
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.model import Box, FunctionBox, Place
from townhall.kernel.catalogue.decisions.types import ModelType, TypeBook


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place of a model, and what to do about it. `is_fatal` where nothing comes of it but null."""

    place: Place
    message: str
    cure: str = ""
    is_fatal: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" {self.cure}" if self.cure else "")


Maker = Callable[["Workshop", Any, tuple[str, ...]], Compiled]


class Workshop:
    """Compiles the expressions of one model, with its types and the names that it knows."""

    def __init__(self, book: TypeBook, reader: Reader, problems: list[Problem], makers: dict[type[Box], Maker]) -> None:
        self.book, self.reader, self.problems, self.makers = book, reader, problems, makers

    def report(self, place: Place, message: str, cure: str = "", *, is_fatal: bool = True) -> None:
        """Keep what is wrong."""
        found = Problem(place, message, cure, is_fatal)
        if found not in self.problems:
            self.problems.append(found)

    def type(self, name: str, place: Place) -> ModelType:
        """The type of a name."""
        return self.book.named(name, place)

    def box(self, box: Box | None, names: tuple[str, ...]) -> Compiled:
        """A closure of any expression, whose result is of the expression's type; null of none."""
        made = self.untyped(box, names)
        return made if box is None or isinstance(box, FunctionBox) else self.typed(made, box.type, box.place)

    def untyped(self, box: Box | None, names: tuple[str, ...]) -> Compiled:
        """A closure of any expression; models often give a function the type of its result, so nothing is checked."""
        return (lambda _: None) if box is None else self.makers[type(box)](self, box, names)

    def typed(self, inner: Compiled, name: str, place: Place) -> Compiled:
        """A closure whose result is of a type, or null."""
        if not name:
            return inner
        wanted = self.type(name, place)

        def checked(scope: Scope) -> Value:
            return wanted.accepted(inner(scope), scope.run)

        return checked

    def text(self, text: str, names: Iterable[str], place: Place, *, loose: bool = False) -> Compiled:
        """A closure of an expression in FEEL; always null where it is none."""
        if not text.strip():
            return lambda _: None
        return self.kept(lambda: self.reader.expression(text, names, loose=loose), text, list(names), place)

    def tests(self, text: str, names: Iterable[str], place: Place) -> Compiled:
        """A closure of the tests of a cell; never satisfied where they are none."""
        return self.kept(lambda: self.reader.tests(text, names), text, list(names), place)

    def kept(self, make: Callable[[], Expression], text: str, names: list[str], place: Place) -> Compiled:
        """A closure, with what is wrong kept."""
        try:
            made = make()
        except FeelError as problem:
            where = Place(place.file, place.line + text.count("\n", 0, problem.position))
            self.report(where, f"{shortened(text)!r} is not FEEL: {problem.message}", "Correct the expression.")
            message = f"{shortened(text)!r} is not FEEL: {problem.message}"
            return lambda scope: null(scope, message)
        for name, position in made.unknown:
            line = Place(place.file, place.line + text.count("\n", 0, position))
            self.report(line, f"Nothing is called {name!r} here.", suggestion(name, names), is_fatal=False)
        return made.run


def shortened(text: str) -> str:
    """A text on one line, with no more than 60 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:57] + "..."


def suggestion(name: str, names: list[str]) -> str:
    """What may have been meant."""
    near = get_close_matches(name, [*names, *BUILTINS], n=1, cutoff=0.7)
    cure = f"Is it {near[0]!r}?" if near else "Correct it, or add it to what is needed here."
    return f"""{cure} Put a text in quotes: "{name}"; in YAML '"{name}"'."""
