"""Which figures there are and how each is measured: `@measurement` registers a function of `figures/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from townhall.bench.ground import Ground
from townhall.bench.rules import Figure

Measure = Callable[[Ground], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run gives a value for each of its figures, by name. `order` is where it stands in the table."""

    name: str
    order: int
    figures: tuple[Figure, ...]
    measure: Measure


_known: dict[str, Measurement] = {}


def measurement(name: str, *figures: Figure, order: int) -> Callable[[Measure], Measure]:
    """Register the function that measures these figures. Raises ValueError for a name that is taken."""

    def register(function: Measure) -> Measure:
        taken = {figure.name for each in _known.values() for figure in each.figures}
        if name in _known or taken & {figure.name for figure in figures}:
            raise ValueError(f"the bench has {name} already")
        _known[name] = Measurement(name, order, figures, function)
        return function

    return register


def chosen(names: Iterable[str]) -> list[Measurement]:
    """The measurements of these names (their own, or of one of their figures) in order; all where none is named.

    Raises KeyError for a name that nobody has.
    """
    wanted = set(names)
    ordered = sorted(_known.values(), key=lambda each: each.order)
    found = [each for each in ordered if not wanted or wanted & names_of(each)]
    if missing := wanted - {name for each in found for name in names_of(each)}:
        every = ", ".join(sorted({name for each in ordered for name in names_of(each)}))
        raise KeyError(f"no figure is called {', '.join(sorted(missing))}; there are: {every}")
    return found


def names_of(each: Measurement) -> set[str]:
    """Every name that asks for a measurement."""
    return {each.name, *(figure.name for figure in each.figures)}
