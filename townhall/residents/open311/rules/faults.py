"""How the standard says no: a status code, and a list of codes with descriptions."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, in words for the developer at the other end."""

    code: int
    description: str


class Refused(ValueError):
    """A call that cannot be answered as asked. `faults` has everything that is wrong with it, at least one."""

    def __init__(self, *faults: Fault, retry_seconds: int = 0) -> None:
        super().__init__("; ".join(fault.description for fault in faults))
        self.faults = faults
        self.retry_seconds = retry_seconds

    @property
    def status(self) -> int:
        """The HTTP status of the answer: that of the first fault."""
        return self.faults[0].code


def refuse(code: int, description: str) -> Refused:
    """A refusal with one fault, to be raised."""
    return Refused(Fault(code, description))
