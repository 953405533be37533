"""Which fault comes when, and what the counts at the end mean. Pure."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

RECOVERS_WITHIN_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to break: a `kind`, and the process or processes it concerns, where it concerns any."""

    kind: str
    targets: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.kind, *self.targets))


def faults(seed: int, processes: Sequence[str], *, has_disk: bool) -> Iterator[Fault]:
    """Faults for ever, in an order that follows from the seed.

    Each round has every kind of fault once and kills every process at least once, so that a short run meets the most
    different ones.
    """
    chance = random.Random(seed)
    while True:
        yield from _round(chance, processes, has_disk=has_disk)


def _round(chance: random.Random, processes: Sequence[str], *, has_disk: bool) -> list[Fault]:
    workers = [name for name in processes if name.startswith("worker")]
    some = [Fault("kill", (name,)) for name in processes]
    some += [Fault("kill", ("postgres",)), Fault("kill", (chance.choice(list(processes)), "postgres"))]
    some += [Fault("cut connections"), Fault("wrong clock", (chance.choice(workers),))]
    chance.shuffle(some)
    return [some[0], Fault("full disk"), *some[1:]] if has_disk else some


@dataclass(slots=True)
class Counts:
    """What a run came to. `sent` to `full_disks` are what was promised; the rest explains them.

    `lost`: acknowledged, and not found when everything had come back. `doubled`: one sending, two cases or entries.
    `letters_doubled`: a letter taken twice by a mail server that the sender had heard say so. `letters_repeated`: taken
    twice because the mail server or the worker fell silent in the moment of the answer, under the same Message-ID.
    """

    sent: int = 0
    acknowledged: int = 0
    found: int = 0
    lost: int = 0
    doubled: int = 0
    letters_doubled: int = 0
    events_skipped: int = 0
    kills: int = 0
    full_disks: int = 0
    webhooks_sent: int = 0
    webhooks_lost: int = 0
    webhooks_repeated: int = 0
    webhooks_out_of_order: int = 0
    unanswered: int = 0
    letters_sent: int = 0
    letters_repeated: int = 0
    letters_missing: int = 0
    answers_unhelpful: int = 0
    answers_unavailable: int = 0
    faults: int = 0
    recovered_late: int = 0
    recovery_seconds_max: float = 0.0
    load_average: float = 0.0
    disk_skipped: str = ""
    details: list[str] = field(default_factory=list[str])

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        broken = (
            self.lost, self.doubled, self.letters_doubled, self.letters_missing, self.events_skipped,
            self.webhooks_lost, self.webhooks_out_of_order, self.answers_unhelpful, self.recovered_late,
        )  # fmt: skip
        return not any(broken) and self.acknowledged > 0

    def as_json(self) -> dict[str, Any]:
        """The counts as one JSON object; the reason for a skipped disk only where it was, the details in the log."""
        kept = asdict(self)
        return {name: kept[name] for name in kept if name != "details" and (name != "disk_skipped" or kept[name])}
