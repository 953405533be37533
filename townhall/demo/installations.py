"""The councils of the demo: which processes they have and what these are told."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from townhall.launch import roles
from townhall.launch.postgres import Server

NAMES = ("northmere", "merrowshire")
PORT = 8000


@dataclass(frozen=True)
class Installation:
    """One council's installation in the demo."""

    name: str
    port: int
    home: Path

    @property
    def url(self) -> str:
        """Where a browser finds it; localhost, because passkeys refuse addresses."""
        return f"http://localhost:{self.port}"

    @property
    def kept(self) -> Path:
        """A file that is there when the borough as it was first drawn is, for starting again."""
        return self.home / self.name / "first-kept"

    def environment(self, server: Server) -> dict[str, str]:
        """The environment of its processes."""
        return os.environ | {
            "DATABASE_URL": server.url(self.name, roles.SERVES),
            "DATABASE_OWNER_URL": server.url(self.name, roles.OWNER),
            "TOWNHALL_HOME": str(self.home / self.name),
            "TOWNHALL_URL": self.url,
            "TOWNHALL_DEMO": "1",
            "TOWNHALL_MAIL_FROM": f"noreply@{self.name}.example",
            "DJANGO_SETTINGS_MODULE": "townhall.config.settings",
        }


def installations(home: Path, port: int, only: str = "") -> list[Installation]:
    """Northmere on `port` and Merrowshire on the next, or only one of them."""
    both = [Installation(name, port + number, home) for number, name in enumerate(NAMES)]
    return [one for one in both if only in {"", one.name}]


def keep_port(home: Path, port: int) -> None:
    """Remember Northmere's port for commands that are run in the demo."""
    (home / "port").write_text(str(port))


def port_of(home: Path) -> int:
    """Northmere's port when the demo was last started; 8000 before that."""
    path = home / "port"
    return int(path.read_text()) if path.exists() else PORT


def link_key(home: Path) -> str:
    """The key with which Northmere writes to Merrowshire's Open311 server; made once, kept with mode 0600."""
    path = home / "link-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(24))
    return path.read_text()
