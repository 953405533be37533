"""Cases as JSON for programs of colleagues: reading them, and taking steps on them."""

from townhall.council.casework.api import reading, steps

__all__ = ["reading", "steps"]
