"""What `townhall doctor` looks at. Every module adds its own questions in its `doctor.py`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from townhall.kernel.modules.registries import Registry

State = Literal["well", "note", "ill"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor saw. `note` may be as you want it; `ill` must be put right, and `advice` says how."""

    subject: str
    says: str
    state: State = "well"
    advice: str = ""


Checkup = Callable[[], Sequence[Finding]]
checkups: Registry[Checkup] = Registry("checkups")


def examine() -> Iterator[Finding]:
    """What every checkup finds, in the order of the modules. One that fails is a finding itself."""
    for name, checkup in checkups.items():
        try:
            yield from checkup()
        except Exception as error:
            yield Finding(name, f"could not be looked at: {type(error).__name__}", "ill", first_line(error))


def first_line(error: Exception) -> str:
    """The beginning of what an error says; addresses of databases, which may hold passwords, are left out."""
    line = (str(error).strip().splitlines() or [""])[0]
    return " ".join(word for word in line.split() if "://" not in word)[:200]
