"""Several processes behind nginx that share nothing but the database: how they are started and stopped."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from townhall.launch import postgres, roles
from townhall.upkeep import programs

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "docs" / "how-to" / "nginx.conf"
DATABASE = "scale"
START_SECONDS = 240
POOL = 6
WRITTEN = {"8001": "one", "8002": "two", "8010": "hot"}


def until(happens: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What `happens` gives as soon as it is true; fails where it is not in time."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not (found := happens()):
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.1)
    return found


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def unprivileged(command: list[str]) -> list[str]:
    """The command as somebody who is not root: PgBouncer refuses root as PostgreSQL does."""
    return [*postgres.unprivileged(), *command]


@dataclass
class Cluster:
    """The processes by name, the ports they listen on, and the folder of their logs."""

    home: Path
    primary: postgres.Server
    replica: postgres.Server
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://localhost:{self.ports['nginx']}"

    @property
    def direct(self) -> str:
        """The database itself, for the role that serves."""
        return self.primary.url(DATABASE, roles.SERVES)

    def pooled(self, database: str = DATABASE) -> str:
        """The database through PgBouncer."""
        return f"postgresql://{roles.SERVES}@127.0.0.1:{self.ports['pgbouncer']}/{database}"

    def environment(self, **more: str) -> dict[str, str]:
        """What every process of ours is told. The folder that they share holds nothing they need."""
        return os.environ | {
            "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "townhall.config.settings",
            "TOWNHALL_HOME": str(self.home / "townhall"), "TOWNHALL_PROXIES": "1",
            "DATABASE_URL": self.pooled(), "DATABASE_DIRECT_URL": self.direct,
            "DATABASE_REPLICA_URL": self.replica.url(DATABASE, roles.SERVES),
        } | more  # fmt: skip

    def start(self, name: str, command: list[str], **told: str) -> None:
        """Start a process in a group of its own."""
        log = (self.home / f"{name}.log").open("ab")
        environment = self.environment(**told)
        self.processes[name] = subprocess.Popen(
            command, env=environment, cwd=self.home, stdout=log, stderr=log, start_new_session=True
        )

    def townhall(self, name: str, *words: str, **told: str) -> None:
        """Start one of our own processes."""
        self.start(name, [sys.executable, "-m", "townhall", *words], **told)

    def serve(self, name: str, lane: str) -> None:
        """Start a web process of one lane."""
        port = self.ports.setdefault(name, free_port())
        self.townhall(name, "serve", "--port", str(port), "--threads", "4", TOWNHALL_LANE=lane)

    def kill(self, name: str) -> None:
        """Let a process and all it started be gone, without a word."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def stop(self) -> None:
        """Stop everything."""
        for process in self.processes.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        for server in (self.replica, self.primary):
            postgres.stop(server.data.parent)

    def is_ready(self, name: str) -> bool:
        """Whether a web process says so itself. Fails with its log where it has ended."""
        assert self.processes[name].poll() is None, (self.home / f"{name}.log").read_text()[-2000:]
        try:
            return httpx.get(f"http://localhost:{self.ports[name]}/readyz", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False


def begin(home: Path, template: str, prepare: Callable[[str], None]) -> Cluster:
    """A database as in `template`, filled by `prepare`, its replica, PgBouncer, every process of ours, and nginx."""
    primary = postgres.start(home / "primary", durable=False)
    _fill(primary, template)
    prepare(primary.url(DATABASE, roles.SERVES))
    cluster = Cluster(home, primary, _follow(primary, home / "replica"))
    try:
        _start(cluster)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _fill(primary: postgres.Server, template: str) -> None:
    _, owning = roles.ensure_database(primary, DATABASE)
    dump = [str(postgres.binaries() / "pg_dump"), "--no-owner", "--no-privileges", "--no-comments"]
    written = subprocess.run(dump, env=programs.told(template), capture_output=True, check=True)
    load = [str(postgres.binaries() / "psql"), "--no-psqlrc", "--quiet", "--output=/dev/null"]
    subprocess.run([*load, "--set=ON_ERROR_STOP=1"], env=programs.told(owning), input=written.stdout, check=True)


def _follow(primary: postgres.Server, folder: Path) -> postgres.Server:
    """A read replica, as docs/scale.md makes it."""
    command = [str(postgres.binaries() / "pg_basebackup"), "--pgdata", str(folder / "data"), "--checkpoint=fast"]
    folder.mkdir()
    subprocess.run(
        [*command, "--write-recovery-conf", "--wal-method=stream"], env=programs.told(primary.url("postgres")),
        check=True, capture_output=True,
    )  # fmt: skip
    return postgres.start(folder, durable=False)


def _start(cluster: Cluster) -> None:
    for name in ("pgbouncer", "nginx"):
        cluster.ports[name] = free_port()
    cluster.start("pgbouncer", unprivileged([_found("pgbouncer"), str(_pgbouncer(cluster))]))
    for name, lane in (("one", "pages"), ("two", "pages"), ("hot", "hot")):
        cluster.serve(name, lane)
    for name in ("worker_one", "worker_two"):
        cluster.townhall(name, "worker")
    cluster.start("nginx", [_found("nginx"), "-p", str(cluster.home), "-c", str(_nginx(cluster)), "-g", _as_whom()])
    for name in ("one", "two", "hot", "nginx"):
        until(lambda name=name: cluster.is_ready(name), START_SECONDS)


def _found(program: str) -> str:
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin") or program


def _as_whom() -> str:
    return "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"


def _pgbouncer(cluster: Cluster) -> Path:
    path = cluster.home / "pgbouncer.ini"
    path.write_text(
        f"[databases]\n{DATABASE} = host={cluster.primary.socket} dbname={DATABASE} user={roles.SERVES}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {cluster.ports['pgbouncer']}\nunix_socket_dir =\n"
        f"auth_type = any\nadmin_users = {roles.SERVES}\npool_mode = transaction\n"
        f"default_pool_size = {POOL}\nmax_client_conn = 200\n"
    )
    return path


def _nginx(cluster: Cluster) -> Path:
    """The configuration of the handbook with this test's ports, name and folders."""
    text = CONFIGURATION.read_text()
    for written, name in WRITTEN.items():
        text = text.replace(f"127.0.0.1:{written}", f"127.0.0.1:{cluster.ports[name]}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{cluster.ports['nginx']};")
    text = text.replace("reports.council.example", "localhost").replace("worker_processes auto;", "worker_processes 1;")
    text = re.sub(r"/(run|var/log/nginx|var/lib/nginx)/", f"{cluster.home}/", text)
    path = cluster.home / "nginx.conf"
    path.write_text(text)
    return path


def count(url: str, statement: str) -> int:
    """The one number that a statement gives."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()  # pyright: ignore[reportArgumentType, reportCallIssue]
    return row[0] if row else 0
