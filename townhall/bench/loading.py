"""Load on a server: plans of requests, run by a process of their own so that their work is not the server's."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from townhall.bench.rules import percentile


class Refused(RuntimeError):
    """The server answered otherwise than the plan expects; what was measured would mean nothing."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a load: answers, wall seconds, milliseconds of each, the largest body, the loader's own CPU."""

    answers: int
    seconds: float
    times_ms: list[float]
    most_bytes: int
    loader_cpu: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    def within(self, percent: float) -> float:
        """Milliseconds within which so many percent were answered."""
        return percentile(self.times_ms, percent)


Asked = dict[str, Any]
"""A request: `path`, and where they are not the usual `method`, `headers`, `body`."""


def load(
    port: int, requests: Sequence[Asked], *, total: int = 0, clients: int = 1, headers: dict[str, str] | None = None,
    expects: Sequence[int] = (200,),
) -> Loaded:  # fmt: skip
    """Send `total` requests (each of them once where not given, then from the first again) by so many clients at once.

    Raises Refused where an answer has a status that is not expected.
    """
    plan = {
        "host": "127.0.0.1", "port": port, "clients": clients, "total": total or len(requests),
        "headers": headers or {}, "requests": list(requests),
    }  # fmt: skip
    command = [sys.executable, "-m", "townhall.bench.loader"]
    ended = subprocess.run(command, input=json.dumps(plan).encode(), stdout=subprocess.PIPE, check=True)
    told = json.loads(ended.stdout)
    statuses = {int(status): count for status, count in told["statuses"].items()}
    if set(statuses) - set(expects):
        raise Refused(f"{requests[0]['path']} and others were answered {statuses}, expected {list(expects)}")
    return Loaded(plan["total"], told["seconds"], told["times_ms"], told["most_bytes"], told["loader_cpu"])


def form(path: str, fields: str, **headers: str) -> Asked:
    """A POST of an urlencoded form."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return {"method": "POST", "path": path, "body": fields, "headers": kind | headers}
