"""A council of our own to break: a folder, an embedded database with fsync, a drawn village, a key, a webhook."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
from psycopg import sql

from townhall.chaos.mail import MailServer
from townhall.chaos.processes import Process
from townhall.chaos.receiver import Receiver
from townhall.launch import postgres

CASES = "300"
SMALL = {"max_wal_size": "96MB", "min_wal_size": "32MB", "checkpoint_timeout": "30s"}
"""So that the log of the database fits on the small disk."""
INTRODUCE = """
from django.utils import timezone
from townhall.residents.open311.actions.keys import make_key
make_key(name="Chaos", scopes=["read", "write", "updates"], per_minute=100000, by=None, at=timezone.now(),
         secret="{secret}")
from townhall.residents.webhooks.actions import make_hook
make_hook(name="Chaos", address="{address}", by=None, at=timezone.now())
"""
CATEGORY = """
select code from reports_category
where is_active and is_public and owner_gss = '' and not stops and is_anonymous_allowed
  and not exists (select 1 from jsonb_array_elements(questions) one where coalesce((one->>'is_required')::bool, true))
order by code limit 1
"""
"""One that is ours and asks nothing that must be answered."""


@dataclass(frozen=True)
class Place:
    """Where reports lie, metres on the National Grid and degrees, and the category they are of."""

    easting: float
    northing: float
    lat: str
    long: str


class Installation:
    """The council's folder, settings and processes. `root` also keeps the logs, which no full disk takes away."""

    def __init__(self, root: Path, mail: MailServer, receiver: Receiver) -> None:
        self.root = root
        self.home = root / "home"
        self.logs = root / "logs"
        self.home.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        self.port, self.hot_port = free_port(), free_port()
        self.key = secrets.token_urlsafe(24)
        self.mail = mail
        self.receiver = receiver
        self.category = ""
        self.places: list[Place] = []
        self.confirmed: set[str] = set()

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://localhost:{self.port}"

    @property
    def postgres_folder(self) -> Path:
        """Where its database is."""
        return self.home / "postgres"

    def told(self) -> dict[str, str]:
        """The environment of its processes: nothing of ours but what an operator would set."""
        strange = ("TOWNHALL_", "DATABASE_", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
        return kept | {
            "TOWNHALL_HOME": str(self.home),
            "TOWNHALL_URL": self.url,
            "TOWNHALL_HOSTS": "localhost,127.0.0.1",
            "TOWNHALL_CHAOS": "1",
            "TOWNHALL_PRIVATE_HOSTS": "127.0.0.1",
            "TOWNHALL_SMTP_URL": self.mail.url,
            "TOWNHALL_MAIL_FROM": "noreply@northmere.example",
        }

    def processes(self) -> list[Process]:
        """Everything that an operator runs. The pages let us walk in as an officer; letters leave by SMTP all the same,
        because the workers are told nothing of a demo.
        """
        told = self.told()
        words = {
            "web": ["serve", "--port", str(self.port)],
            "hot": ["serve", "--lane", "hot", "--port", str(self.hot_port)],
            "worker-1": ["worker"],
            "worker-2": ["worker"],
        }
        demo = {"web": {"TOWNHALL_DEMO": "1"}}
        return [Process(name, words[name], told | demo.get(name, {}), self.logs / f"{name}.log") for name in words]

    def make(self) -> None:
        """Make tables, the village, the senders' key and the webhook. Raises SystemExit where that fails."""
        told = self.told() | {"TOWNHALL_DEMO": "1"}
        postgres.start(self.postgres_folder)
        self.run(["migrate", "--verbosity", "0"], told)
        self.run(["load_borough", "--size", "village", "--cases", CASES], told)
        code = INTRODUCE.format(secret=self.key, address=self.receiver.url)
        self.run(["shell", "--verbosity", "0", "-c", code], told)
        with self.connect() as connection:
            for name, value in SMALL.items():
                connection.execute(sql.SQL("alter system set {} = {}").format(sql.Identifier(name), value))
            connection.execute("select pg_reload_conf()")

    def run(self, words: list[str], told: dict[str, str]) -> None:
        """One command of the installation, to its end."""
        with (self.logs / "making.log").open("ab") as output:
            done = subprocess.run(
                [sys.executable, "-m", "townhall", *words], env=told, stdout=output, stderr=output, check=False
            )
        if done.returncode:
            raise SystemExit(f"townhall {words[0]} failed; see {self.logs / 'making.log'}")

    def answers(self) -> bool:
        """Whether the pages and the hot lane answer, the database with them."""
        asked = ((self.port, "/readyz"), (self.port, "/reports/"), (self.hot_port, "/readyz"))
        told = {"Host": f"localhost:{self.port}"}
        try:
            found = [httpx.get(f"http://127.0.0.1:{port}{path}", timeout=4, headers=told) for port, path in asked]
        except httpx.HTTPError:
            return False
        return all(answer.status_code == 200 for answer in found)

    def look_around(self) -> None:
        """Learn, as any other system would, which reports there are and where; and choose what is reported."""
        with self.connect() as connection:
            row = connection.execute(CATEGORY).fetchone()
            points = dict(connection.execute("select reference, point::text from cases_case where is_public"))
        self.category = row[0] if row else ""
        asked = f"http://127.0.0.1:{self.port}/open311/v2/requests.json"
        answer = httpx.get(asked, timeout=20, headers={"X-Api-Key": self.key})
        for each in answer.json():
            if point := points.get(each["service_request_id"]):
                east, north = point.strip("()").split(",")
                self.places.append(Place(float(east), float(north), str(each["lat"]), str(each["long"])))

    def links(self, pattern: re.Pattern[str], *, most: int) -> list[str]:
        """Links of a kind in letters that have come, each handed out once."""
        with self.mail.bag.lock:
            taken = list(self.mail.bag.taken[-200:])
        found = [link for each in taken for link in pattern.findall(each.text)]
        fresh = [link for link in dict.fromkeys(found) if link not in self.confirmed][:most]
        self.confirmed.update(fresh)
        return fresh

    @property
    def server(self) -> postgres.Server:
        """The embedded server."""
        data = self.postgres_folder.resolve() / "data"
        return postgres.Server(data=data, socket=postgres.socket_folder(data))

    def connect(self) -> psycopg.Connection:
        """A connection of ours, as the superuser, to look and to count."""
        return psycopg.connect(self.server.url("townhall"), autocommit=True, connect_timeout=3)

    def postmaster(self) -> int:
        """The process that is the database."""
        return int((self.postgres_folder / "data" / "postmaster.pid").read_text().split("\n")[0])

    def keep_what_it_said(self) -> None:
        """Copy the database's log beside the others, off the small disk."""
        said = self.postgres_folder / "postgres.log"
        if said.exists():
            shutil.copy(said, self.logs / "postgres.log")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
