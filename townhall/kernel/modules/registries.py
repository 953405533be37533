"""Lists that the kernel keeps and modules add to, so that neither side imports the other."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """An ordered list of named entries. Adding a name twice is a mistake and says so."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, Entry] = {}

    def add(self, key: str, entry: Entry) -> Entry:
        """Keep `entry` under `key`. Raises ValueError where another entry has the key."""
        if key in self._entries and self._entries[key] is not entry:
            raise ValueError(f"{self.name}: '{key}' is taken already")
        self._entries[key] = entry
        return entry

    def register(self, key: str) -> Callable[[Entry], Entry]:
        """A decorator that adds what it decorates under `key`."""
        return lambda entry: self.add(key, entry)

    def get(self, key: str) -> Entry | None:
        """The entry under `key`, or None."""
        return self._entries.get(key)

    def __getitem__(self, key: str) -> Entry:
        if key not in self._entries:
            raise KeyError(f"{self.name}: no '{key}'; there are: {', '.join(self._entries) or 'none'}")
        return self._entries[key]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def items(self) -> list[tuple[str, Entry]]:
        """Keys and entries in the order they were added."""
        return list(self._entries.items())
