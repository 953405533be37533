"""What became of each request by now: fixed, passed on, still waiting; on time or late."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .chance import Rng
from .demand import CATEGORIES

Status = Literal["received", "looking", "booked", "waiting", "passed", "fixed", "closed"]
STATUSES: tuple[Status, ...] = ("received", "looking", "booked", "waiting", "passed", "fixed", "closed")
# Promises are in working days; seven days pass for each five.
CALENDAR = 7 / 5


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One row per request: status number, seconds until closed (0 while open), and what people said of it."""

    status: np.ndarray
    seconds: np.ndarray
    late: np.ndarray
    reopened: np.ndarray
    satisfied: np.ndarray
    supporters: np.ndarray
    photo: np.ndarray


def outcomes(category: np.ndarray, ward: np.ndarray, age_seconds: np.ndarray, rng: Rng) -> Outcomes:
    """Decided once for each request; some wards and categories do worse than others."""
    count = len(category)
    days = np.array([row.days for row in CATEGORIES])[category] * CALENDAR
    slow = 1 + np.clip(stretch(int(ward.max(initial=0)) + 1, rng)[ward], -0.5, 1.2)
    late = rng.random(count) < np.array([row.late for row in CATEGORIES])[category] * slow
    share = np.where(late, 1.05 + rng.exponential(0.6, count), rng.beta(2.2, 2.0, count) * 0.97 + 0.02)
    # A few are never brought to an end.
    share = np.where(rng.random(count) < 0.012, share + 60, share)
    seconds = (days * share * 86400).astype(np.int64)
    done = seconds < age_seconds
    gone = age_seconds / np.maximum(days * share * 86400, 1)
    late = late & (age_seconds > days * 86400)
    status = np.where(done, np.where(rng.random(count) < 0.87, 5, 6), _open_status(category, gone, rng))
    answered = done & (rng.random(count) < 0.34)
    pleased = rng.random(count) < np.where(late, 0.42, 0.78) * np.where(status == 6, 0.45, 1.0)
    return Outcomes(
        status, np.where(done, seconds, 0), late, done & (rng.random(count) < 0.04),
        np.where(answered, np.where(pleased, 1, 0), -1), _supporters(count, rng),
        rng.random(count) < np.array([row.photo for row in CATEGORIES])[category],
    )  # fmt: skip


def stretch(wards: int, rng: Rng) -> np.ndarray:
    """How much more often than usual each ward's are late."""
    return rng.normal(0, 0.28, wards)


def _open_status(category: np.ndarray, gone: np.ndarray, rng: Rng) -> np.ndarray:
    """Received, then looked at, then booked; some wait for somebody, some are with the other council."""
    chance = rng.random(len(category))
    county = np.array([row.owner == "county" for row in CATEGORIES])[category]
    status = np.where(gone < 0.2, 0, np.where(gone < 0.55, 1, 2))
    status = np.where((chance < 0.1) & (gone > 0.15), 3, status)
    return np.where(county & (chance > 0.15), 4, status)


def _supporters(count: int, rng: Rng) -> np.ndarray:
    """People who said they had seen it too: mostly none, now and then many."""
    some = rng.random(count) < 0.28
    return np.where(
        some, rng.geometric(0.42, count) + np.where(rng.random(count) < 0.03, rng.integers(4, 22, count), 0), 0
    )
