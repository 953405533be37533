"""Who listens to which events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from townhall.kernel.modules.registries import Registry
from townhall.kernel.outbox.events import Delivered

Handler = Callable[[Sequence[Delivered]], None]


@dataclass(frozen=True)
class Subscriber:
    """A handler of batches of events of some kinds ("*" is every kind).

    It is called in a transaction, at least once.
    """

    name: str
    kinds: frozenset[str]
    handle: Handler

    def wants(self, kind: str) -> bool:
        """Whether events of this kind are for it."""
        return kind in self.kinds or "*" in self.kinds


subscribers: Registry[Subscriber] = Registry("subscribers")


def subscribe(*kinds: str) -> Callable[[Callable[[Delivered], None]], Callable[[Delivered], None]]:
    """Call the function for each event of these kinds, in order per case. It must be idempotent."""

    def register(function: Callable[[Delivered], None]) -> Callable[[Delivered], None]:
        def each(events: Sequence[Delivered]) -> None:
            for event in events:
                function(event)

        _add(function, kinds, each)
        return function

    return register


def subscribe_batch(*kinds: str) -> Callable[[Handler], Handler]:
    """Call the function with batches of events of these kinds, oldest first. It must be idempotent."""

    def register(function: Handler) -> Handler:
        _add(function, kinds, function)
        return function

    return register


def _add(function: Callable[..., None], kinds: tuple[str, ...], handle: Handler) -> None:
    name = f"{function.__module__}.{function.__name__}"
    subscribers.add(name, Subscriber(name=name, kinds=frozenset(kinds), handle=handle))
