"""What measures tell."""

from dataclasses import dataclass
from typing import ClassVar

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class MeasuresMoved(Fact):
    """The roll-up of these measures changed."""

    kind: ClassVar[str] = "measures.measures_moved.v1"
    measures: list[str]
