import os
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from townhall.launch import postgres, roles


@pytest.fixture
def folder(tmp_path_factory):
    """A folder for a server of our own; whatever runs in it is stopped."""
    made = tmp_path_factory.mktemp("server")
    yield made
    postgres.stop(made)


def test_processes_that_race_share_one_server(folder):
    start = f"print(postgres.start(Path({str(folder)!r}), durable=False).data)"
    code = f"from pathlib import Path; from townhall.launch import postgres; {start}"
    racers = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert {racer.communicate(timeout=120)[0].strip() for racer in racers} == {str(folder / "data")}
    server = postgres.start(folder)
    with psycopg.connect(server.url("postgres")) as connection:
        row = connection.execute("select count(*) from pg_stat_activity where backend_type = 'checkpointer'").fetchone()
    assert row == (1,)


def test_a_killed_server_starts_again_with_its_data(folder):
    server = postgres.start(folder)
    serving, _ = roles.ensure_database(server, "kept")
    with psycopg.connect(server.url("kept"), autocommit=True) as connection:
        connection.execute("create table thing (name text)")
        connection.execute("insert into thing values ('kept')")
        connection.execute(f"grant select on thing to {roles.SERVES}")
    pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, 9)
    postgres.start(folder)
    with psycopg.connect(serving) as connection:
        assert connection.execute("select name from thing").fetchone() == ("kept",)


def test_a_server_that_is_kept_comes_back_by_itself_until_nobody_keeps_it(folder, monkeypatch):
    monkeypatch.setattr(postgres, "KEEP_SECONDS", 0.05)
    server = postgres.start(folder, durable=False)
    stopping = threading.Event()
    keeper = threading.Thread(target=postgres.keep, args=[folder, stopping])
    keeper.start()
    os.kill(int((folder / "data" / "postmaster.pid").read_text().split()[0]), 9)
    for _ in range(600):
        if postgres.is_alive(server):
            break
        threading.Event().wait(0.1)
    assert postgres.is_alive(server)
    stopping.set()
    keeper.join()
    postgres.stop(folder)
    assert not postgres.is_alive(server)


def test_a_server_that_runs_and_does_not_answer_is_not_started_beside_itself(folder, monkeypatch):
    server = postgres.start(folder, durable=False)
    pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    answers = iter([False, False, True])
    monkeypatch.setattr(postgres, "is_alive", lambda _server: next(answers))
    postgres.start(folder)
    monkeypatch.undo()
    assert int((folder / "data" / "postmaster.pid").read_text().split()[0]) == pid
    assert postgres.is_alive(server)


def test_the_role_that_serves_owns_nothing_and_makes_no_tables(folder):
    server = postgres.start(folder, durable=False)
    serving, owning = roles.ensure_database(server, "two_roles")
    with psycopg.connect(owning, autocommit=True) as connection:
        connection.execute("create table thing (name text)")
    with psycopg.connect(serving, autocommit=True) as connection:
        connection.execute("insert into thing values ('written')")
        for forbidden in (
            "create table other (name text)",
            "drop table thing",
            "alter table thing add column more text",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_a_long_path_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("x" * 80) / "data"
    assert len(str(postgres.socket_folder(deep))) < 90


def test_an_old_server_on_the_machine_is_refused_with_advice(monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(Path, "glob", lambda *_: [Path("/usr/lib/postgresql/15/bin")])
    with pytest.raises(postgres.DatabaseUnavailable, match=r"15 was found, but 16 .* set DATABASE_URL"):
        postgres.binaries()
