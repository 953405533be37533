"""What the machine is like while we measure: how long a durable write takes, and how busy it is."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PAGE_BYTES = 8192
WRITES = 60
TURNS, TRIES = 100_000, 9
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Machine:
    """A moment of the machine: milliseconds of one 8 kB write with fsync (median), processors, load over a minute."""

    fsync_ms: float
    cores: int
    load: float


def look(folder: Path) -> Machine:
    """How the machine is now; writes a small file in `folder`, where the database is."""
    return Machine(fsync_ms=fsync_ms(folder), cores=os.cpu_count() or 1, load=os.getloadavg()[0])


def fsync_ms(folder: Path) -> float:
    """Milliseconds of one 8 kB write with fsync, the median of WRITES."""
    path = folder / "fsync-probe"
    page, times = b"\0" * PAGE_BYTES, []
    with path.open("wb", buffering=0) as file:
        for _ in range(WRITES):
            began = time.perf_counter()
            file.write(page)
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    path.unlink()
    return median(times) * 1000


def turns_ms() -> float:
    """Milliseconds of CPU for TURNS turns of a plain loop in Python, median of TRIES: how fast the machine is now."""
    return median(_turning() for _ in range(TRIES))


def _turning() -> float:
    began, total = time.process_time(), 0
    for number in range(TURNS):
        total += number * number % 7
    return (time.process_time() - began) * 1000


def tree(root: int) -> list[int]:
    """A process and all below it, as they are now."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdecimal() and (fields := _stat(int(path.name))):
            children.setdefault(int(fields[1]), []).append(int(path.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """The CPU time that a process, all below it, and its children that ended have used so far."""
    total = 0
    for pid in tree(root):
        if fields := _stat(pid):
            total += int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])
    return total / TICKS


def _stat(pid: int) -> list[str]:
    """/proc/PID/stat from its third field (the state) on; empty where the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
