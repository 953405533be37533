"""Words kept as data: one TOML file per subject."""

import tomllib
from importlib.resources import files
from typing import Any


def texts(subject: str) -> dict[str, Any]:
    """The tables of one file."""
    return tomllib.loads((files(__name__) / f"{subject}.toml").read_text("utf-8"))
