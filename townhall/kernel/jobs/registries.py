"""What runs on a timer and what runs in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from townhall.kernel.modules.registries import Registry


@dataclass(frozen=True, slots=True)
class Timer:
    """A function of the time that the worker calls every so many seconds; one worker at a time runs it."""

    name: str
    seconds: float
    run: Callable[[datetime], Any]


timers: Registry[Timer] = Registry("timers")
background: Registry[Callable[..., Any]] = Registry("background jobs")
"""Functions of (progress, **arguments), by name; `actions.start` runs one and a person can watch it."""


def every(seconds: float) -> Callable[[Callable[[datetime], Any]], Callable[[datetime], Any]]:
    """Call the function (of the present time) every so many seconds. It must be safe to call again after a crash."""

    def register(function: Callable[[datetime], Any]) -> Callable[[datetime], Any]:
        name = f"{function.__module__}.{function.__name__}"
        timers.add(name, Timer(name=name, seconds=seconds, run=function))
        return function

    return register


def job(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a background job under a name, as in `privacy.collect`. Its first argument is its `Progress`."""
    return background.register(name)
