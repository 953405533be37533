"""Merrowshire as a second, real installation: a database and a server process of its own, for tests of two councils."""
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

LINK = "the link between the two councils of the tests"
APP = "a reporter app of the tests"
ROOT = Path(__file__).parents[4]


@dataclass(frozen=True, slots=True)
class County:
    """Where the county answers, and its own process that does what tests ask of its officers."""

    address: str
    helper: "subprocess.Popen[str]"

    @property
    def open311(self) -> str:
        """The endpoint that its neighbours call."""
        return f"{self.address}/open311/v2/"

    def do(self, name: str, *words: str) -> str:
        """Call a function of this file in the county's own process; what it says."""
        assert self.helper.stdin
        assert self.helper.stdout
        self.helper.stdin.write(json.dumps([name, *words]) + "\n")
        self.helper.stdin.flush()
        said = json.loads(self.helper.stdout.readline())
        assert "error" not in said, said["error"]
        return said["said"]


@contextmanager
def running(database: str, home: Path) -> Iterator[County]:
    """The county, prepared and serving until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": database, "TOWNHALL_URL": f"http://localhost:{port}", "TOWNHALL_HOME": str(home),
        "TOWNHALL_DEMO": "1", "DJANGO_SETTINGS_MODULE": "townhall.config.settings",
    }  # fmt: skip
    setup = "import django; django.setup(); from townhall.residents.open311.tests import county; county.obey()"
    words = ["-m", "townhall", "serve", "--host", "127.0.0.1", "--port", str(port)]
    log = (home / "county.log").open("w")
    helper = subprocess.Popen(
        [sys.executable, "-c", setup], env=environment, cwd=ROOT, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=log,
    )  # fmt: skip
    server = subprocess.Popen([sys.executable, *words], env=environment, cwd=ROOT, stdout=log, stderr=log)
    county = County(f"http://localhost:{port}", helper)
    try:
        county.do("prepare")
        _wait(county.address, server, home / "county.log")
        yield county
    finally:
        for process in (helper, server):
            process.terminate()
            process.wait(timeout=30)
        log.close()


def obey() -> None:
    """In the county's process: do what each line asks for, until there are no more."""
    for line in sys.stdin:
        name, *words = json.loads(line)
        try:
            said = {"said": {"prepare": prepare, "work": work, "tell": tell, "count": count}[name](*words)}
        except Exception as problem:
            said = {"error": repr(problem)}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 150
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/healthz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"the county did not start: {log.read_text()[-2000:]}")


def prepare() -> str:
    """In the county's process: who it is, its categories, and keys for its neighbour and for an app."""
    from townhall.kernel.authority.models import Authority
    from townhall.kernel.cases.tests.factories import COUNTY, NOON, OURS
    from townhall.kernel.cases.tests.factories import council as make_council
    from townhall.residents.open311.actions.keys import make_key
    from townhall.residents.reports import actions as reports
    from townhall.residents.reports.models import Category

    make_council()
    Authority.objects.filter(gss_code=OURS).update(is_ours=False)
    Authority.objects.filter(gss_code=COUNTY).update(is_ours=True, open311_jurisdiction="merrowshire.example")
    reports.set_up_categories()
    Category.objects.filter(owner_gss=COUNTY).update(owner_gss="")
    every = ("read", "write", "updates")
    make_key(name="Northmere", scopes=every, per_minute=6_000, by=None, at=NOON, authority_gss=OURS, secret=LINK)
    make_key(name="App", scopes=every, per_minute=6_000, by=None, at=NOON, secret=APP)
    return "ready"


def work(reference: str, status: str, text: str) -> str:
    """In the county's process: an officer moves a case."""
    from datetime import UTC, datetime

    from townhall.kernel.cases import actions
    from townhall.kernel.cases.models import DONE, Case

    case, at = Case.objects.get(reference=reference), datetime.now(UTC)
    if status in DONE:
        actions.resolve(case_id=case.pk, outcome=status, by=None, at=at, text=text)
    else:
        actions.change_status(case_id=case.pk, status=status, by=None, at=at, text=text)
    return status


def count() -> str:
    """In the county's process: how many cases it has."""
    from townhall.kernel.cases.models import Case

    return str(Case.objects.count())


def tell(reference: str) -> str:
    """In the county's process: category, reporter, photos and updates of a case, and how many cases there are."""
    from townhall.kernel.cases.models import Case

    case = Case.objects.get(reference=reference)
    name = case.reporter.name if case.reporter else ""
    updates = case.entry_set.filter(kind="update").count()  # pyright: ignore[reportAttributeAccessIssue]
    photos = case.document_set.count()  # pyright: ignore[reportAttributeAccessIssue]
    return f"{case.category}|{name}|{photos}|{updates}|{Case.objects.count()}"
