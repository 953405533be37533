"""Names that are in scope while a text is read: they may hold spaces and signs, and the longest one wins."""

from collections.abc import Iterable
from functools import lru_cache

from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.tokens import Token, tokenize


@lru_cache(maxsize=20_000)
def pieces(name: str) -> tuple[str, ...]:
    """The tokens of a name; the name itself where it cannot be told in tokens (such a name is never found)."""
    try:
        return tuple(token.text for token in tokenize(name, longest=10_000)[:-1])
    except FeelError:
        return (name,)


class Names:
    """A layer of names over the layers around it."""

    def __init__(self, names: Iterable[str] = (), around: "Names | None" = None, *, loose: bool = False) -> None:
        self.around = around
        self.loose = loose or (around is not None and around.loose)
        self.first: dict[str, dict[tuple[str, ...], str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Bring a name into scope."""
        parts = pieces(name)
        if parts:
            self.first.setdefault(parts[0], {})[parts] = name

    def longest(self, tokens: list[Token], at: int) -> tuple[str, int] | None:
        """The longest name that begins at a token, and how many tokens it has."""
        best: tuple[str, int] | None = None
        layer: Names | None = self
        while layer is not None:
            for parts, name in layer.first.get(tokens[at].text, {}).items():
                if (best is None or len(parts) > best[1]) and follows(tokens, at, parts):
                    best = name, len(parts)
            layer = layer.around
        return best


def follows(tokens: list[Token], at: int, parts: tuple[str, ...]) -> bool:
    """Whether the tokens from a place on are these."""
    if at + len(parts) > len(tokens):
        return False
    return all(tokens[at + number].text == part for number, part in enumerate(parts))
