"""A backup taken while people write, restored beside, and compared row by row."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from townhall.kernel.cases.tests import factories
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents import storage
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.tests.factories import PDF, as_bytes, picture, upload
from townhall.upkeep import programs, snapshots
from townhall.upkeep.actions import backing_up, restoring
from townhall.upkeep.management.commands.restore import known_migrations
from townhall.upkeep.tests.conftest import quiet

Rows = dict[str, list[str]]


def every_row(connection: psycopg.Connection) -> Rows:
    """Every row of every table as text, sorted."""
    names = [row[0] for row in connection.execute(snapshots.TABLES)]
    return {
        name: sorted(
            row[0] for row in connection.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(name)))
        )
        for name in names
    }


class Writers:
    """Residents who report, and send photos and letters, until told to stop; everything is really committed."""

    def __init__(self, at: Any) -> None:
        self.at = at
        self.stopping = threading.Event()
        self.busy = threading.Barrier(4)
        self.written = 0
        self.threads = [threading.Thread(target=self.work, args=[number]) for number in range(3)]

    def work(self, number: int) -> None:
        """One writer."""
        turn = 0
        try:
            while not self.stopping.is_set():
                case = factories.case(title=f"Mattress {number} {turn}")
                colour = f"#{number:02x}{turn % 256:02x}{turn // 256:02x}"
                photo = upload(as_bytes(picture(90, 60, colour)))
                letter = upload(PDF + f"% {number} {turn}".encode(), "letter.pdf", "application/pdf")
                for file in (photo, letter):
                    kept = documents.keep(file=file, purpose="report", by=None, at=self.at)
                    documents.attach([kept.pk], case.pk, is_public=False)
                turn += 1
                self.written += 1
                if turn == 3:
                    self.busy.wait(60)
        finally:
            connections.close_all()

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        self.busy.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.commits
def test_what_is_restored_equals_the_snapshot_row_by_row_and_file_by_file(
    installation: Any, elsewhere: Callable[[], None], tmp_path: Path, pair: Any, at: Any
) -> None:
    path = tmp_path / "night.backup"
    with Writers(at) as writers, snapshots.snapshot(programs.owner_url()) as seen:
        before = writers.written
        with psycopg.connect(programs.owner_url()) as beside:
            beside.execute("set transaction isolation level repeatable read")
            beside.execute(sql.SQL("set transaction snapshot {}").format(sql.Literal(seen.name)))
            wanted = every_row(beside)
        made = backing_up.write(seen, path=path, to=[pair.to_public()], at=at, tell=quiet, replace=False)
        after = writers.written
    assert before >= 6
    assert after > before, "nobody wrote while the backup was taken"
    assert made.missing == []
    assert len(wanted["cases_case"]) < after, "the snapshot is of one moment"

    elsewhere()
    done = restoring.restore(path=path, keys=[pair], known_migrations=known_migrations(), tell=quiet)
    with psycopg.connect(os.environ["DATABASE_URL"]) as restored:
        assert every_row(restored) == wanted
        rows = restored.execute("select sha256, content_type from documents_document").fetchall()
    assert len(rows) == len(wanted["documents_document"]) > 6
    for sha256, content_type in rows:
        sizes = ("full", "web", "thumb") if content_type.startswith("image/") else ("full",)
        for size in sizes:
            with storage.store().open(storage.name_of(sha256, size)) as file:
                assert file.read()
    assert done.documents == made.documents == len(list(storage.store().names()))


@pytest.mark.commits
def test_nothing_is_swept_away_while_a_backup_reads_it(installation: Any, at: Any, tmp_path: Path, pair: Any) -> None:
    kept = documents.keep(file=upload(PDF, "a.pdf", "application/pdf"), purpose="report", by=None, at=at)
    with snapshots.snapshot(programs.owner_url()) as seen:
        Document.objects.filter(pk=kept.pk).delete()
        assert documents.sweep() == 0
        made = backing_up.write(
            seen, path=tmp_path / "a.backup", to=[pair.to_public()], at=at, tell=quiet, replace=False
        )
        assert (made.documents, made.missing) == (1, [])
    assert documents.sweep() == 1


@pytest.mark.commits
def test_a_file_that_the_store_has_lost_is_named_and_the_rest_is_kept(
    installation: Any, at: Any, tmp_path: Path, pair: Any
) -> None:
    lost = documents.keep(file=upload(PDF, "a.pdf", "application/pdf"), purpose="report", by=None, at=at)
    documents.keep(file=upload(PDF + b"%", "b.pdf", "application/pdf"), purpose="report", by=None, at=at)
    storage.store().remove(lost.sha256)
    made = backing_up.back_up(path=tmp_path / "a.backup", to=[pair.to_public()], at=at, tell=quiet)
    assert (made.documents, made.missing) == (1, [lost.sha256])
