"""The port to whoever takes the money: what a provider can do, and how it can fail."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from townhall.residents.payments.rules import Said


class Down(Exception):
    """The provider does not answer, or says that it cannot now. Whether it did what was asked is not known."""


class TimedOut(Down):
    """It took too long. It may have done it all the same."""


class RefundRefused(Exception):
    """The provider will not send the money back: why, in its words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment as a provider is asked for it. `key` makes asking twice one thing."""

    key: str
    amount_pence: int
    reference: str
    about: str
    return_url: str
    language: str


@dataclass(frozen=True, slots=True)
class Started:
    """A payment that the provider knows: what it calls it, and where the payer goes."""

    reference: str
    next_url: str


class Provider(Protocol):
    """Takes money for us, on pages of its own. Everything may be asked again: no call does a thing twice."""

    code: ClassVar[str]

    def start(self, wanted: Wanted) -> Started:
        """Begin a payment. Raises Down."""
        ...

    def ask(self, reference: str) -> Said:
        """What has come of a payment: the only truth about it. Raises Down."""
        ...

    def cancel(self, reference: str) -> None:
        """Let nobody pay it any more; where it was paid meanwhile nothing changes. Raises Down."""
        ...

    def refund(self, reference: str, key: str, amount_pence: int) -> None:
        """Send money back. Raises RefundRefused, Down."""
        ...
