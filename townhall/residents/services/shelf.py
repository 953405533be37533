"""The services that Townhall comes with: folders of data beside the code."""

from pathlib import Path

import townhall


def shelf() -> Path:
    """The folder of the shelf."""
    return Path(townhall.__file__).parent / "packages"


def folders() -> list[Path]:
    """The folders of its services, by name."""
    found = shelf()
    return sorted(each.parent for each in found.glob("*/service.yaml")) if found.is_dir() else []
