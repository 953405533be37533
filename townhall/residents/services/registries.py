"""Who does what processes order, where that is a module above this one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from townhall.kernel.cases.models import Case
from townhall.kernel.modules.registries import Registry


@dataclass(frozen=True, slots=True)
class Call:
    """An order for another system: the case, the service's slug, the state that orders, and what is handed over.

    `name` is what packages call the system; `key` is the order's own, under which the process waits for what comes.
    """

    case: Case
    service: str
    state: str
    name: str
    values: Mapping[str, Any]
    key: str
    at: datetime


class Withdraw(Protocol):
    """Takes back what is not done yet."""

    def __call__(self, *, case_id: UUID, key: str, at: datetime) -> None:
        """Nothing happens where it is done, or was never ordered."""
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """Does one kind of order, in the transaction that has the case's lock.

    `order` writes down what is to be done, and is False where nobody has set it up: then a colleague does it. What came
    of it is told by `actions.answer_order`. `rename` lets open orders go on under other keys: case, old and new key.
    """

    order: Callable[[Call], bool]
    withdraw: Withdraw
    rename: Callable[[Sequence[tuple[UUID, str, str]]], None]


providers: Registry[Provider] = Registry("providers of what processes order")
"""By kind of order."""
