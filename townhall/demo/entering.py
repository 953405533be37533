"""`townhall at COUNCIL WORDS…`: any other command, in a council of the demo instead of an installation of your own."""

import os
import sys

from townhall.demo import making
from townhall.demo.installations import NAMES, installations, port_of
from townhall.launch import environment, postgres


def enter(words: list[str]) -> list[str]:
    """Point the environment at a council of the demo; the words that are left. Exits with 2 where there is none."""
    home, name = environment.home(), words[0] if words else ""
    if name not in NAMES or len(words) < 2:
        leave(f"usage: townhall at {'|'.join(NAMES)} WORD [options]")
    (council,) = installations(home, port_of(home), name)
    if making.noted(council) is None:
        leave(f"There is no {name} here yet: ./run demo makes it.")
    os.environ.update(council.environment(postgres.start(home / "postgres")))
    return words[1:]


def leave(why: str) -> None:
    """Say why nothing is done, and exit."""
    sys.stderr.write(f"{why}\n")
    sys.exit(2)
