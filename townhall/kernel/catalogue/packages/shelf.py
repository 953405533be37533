"""Where packages are: the shelf that travels with Townhall, and the smallest one, to begin a new one from."""

import shutil
from pathlib import Path

from townhall.kernel.catalogue.packages.folder import NAMED, SLUG
from townhall.kernel.catalogue.said import Refused

SHELF = Path(__file__).resolve().parents[3] / "packages"
SMALLEST = Path(__file__).resolve().parent / "smallest"


def slugs() -> list[str]:
    """The names of all services on the shelf."""
    return sorted(each.name for each in SHELF.iterdir() if each.is_dir() and SLUG.fullmatch(each.name))


def folder_of(named: str) -> Path:
    """The folder that a name or a path means. Raises Refused where there is none."""
    if SLUG.fullmatch(named) and (SHELF / named).is_dir():
        return SHELF / named
    if Path(named).is_dir():
        return Path(named).absolute()
    raise Refused(f"There is no service {named!r} on the shelf, and no such folder. There are {', '.join(slugs())}.")


def begun(slug: str, inside: Path) -> Path:
    """A new folder with the smallest service that works. Raises Refused where it is there already."""
    if not SLUG.fullmatch(slug):
        raise Refused(f"{slug!r} cannot be the name of a service. {NAMED}")
    folder = inside / slug
    if folder.exists():
        raise Refused(f"{folder} is there already.")
    shutil.copytree(SMALLEST, folder)
    return folder
