"""The commands as an operator uses them, and what they say when something is wrong."""

import os
import shutil
import stat
import subprocess
import tarfile
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pyrage
import pytest
from django.core.management import CommandError, call_command

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.tests import factories
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.tests.factories import PDF, upload
from townhall.upkeep import archives, keys, rules
from townhall.upkeep.failures import NeedsKey


def say(*words: str) -> str:
    """Run a command; what it printed."""
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def test_a_pair_of_keys_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "council.key"
    said = say("backup", "key", str(path))
    public = said.split("TOWNHALL_BACKUP_KEY=")[1].strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(keys.identities(path)[0].to_public()) == public
    with pytest.raises(CommandError, match="is there already and is not overwritten"):
        say("backup", "key", str(path))


def test_without_a_key_nothing_is_written_and_the_words_say_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(keys.SETTING, raising=False)
    with pytest.raises(CommandError, match="townhall backup key FILE"):
        say("backup")
    monkeypatch.setenv(keys.SETTING, "age1nonsense")
    with pytest.raises(CommandError, match="not a public key of age"):
        say("backup")


@pytest.mark.parametrize("words", ["", "# only a comment\n", "AGE-SECRET-KEY-1NONSENSE\n"])
def test_a_file_without_a_secret_key_is_named(tmp_path: Path, words: str) -> None:
    path = tmp_path / "secret.key"
    path.write_text(words)
    with pytest.raises(NeedsKey, match="holds no secret key"):
        keys.identities(path)


@pytest.mark.commits
def test_a_backup_goes_into_the_place_of_what_is_there_only_when_asked(
    installation: Any, tmp_path: Path, pair: Any, key_file: Path, at: Any
) -> None:
    path = tmp_path / "a.backup"
    case = factories.case()
    documents.keep(file=upload(PDF, "a.pdf", "application/pdf"), purpose="report", by=None, at=at)
    words = ["backup", str(path), "--recipient", str(pair.to_public())]
    assert "1 files of documents" in say(*words)
    with pytest.raises(CommandError, match="is there already"):
        say(*words)
    say(*words, "--replace")
    assert subprocess.run(["sha256sum", "--check", f"{path.name}.sha256"], cwd=tmp_path, check=False).returncode == 0

    Case.objects.filter(pk=case.pk).update(title="Changed afterwards")
    factories.case(title="Reported afterwards")
    with pytest.raises(CommandError, match="The database is not empty"):
        say("restore", str(path), "--key", str(key_file))
    assert "compared one by one" in say("restore", str(path), "--key", str(key_file), "--replace")
    assert list(Case.objects.values_list("pk", "title")) == [(case.pk, "Mattress and bags dumped")]


@pytest.mark.commits
def test_a_restore_that_ends_otherwise_than_the_snapshot_changes_nothing(
    installation: Any, tmp_path: Path, pair: Any, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.backup"
    factories.case()
    say("backup", str(path), "--recipient", str(pair.to_public()))
    later = factories.case(title="Reported afterwards")
    wrote = rules.must_be_readable
    wrong = {"cases_case": rules.Table(7, "1")}
    monkeypatch.setattr(rules, "must_be_readable", lambda data: _with(wrote(data), wrong))
    with pytest.raises(CommandError, match=r"The database is as it was: .*table cases_case is not as it was backed up"):
        say("restore", str(path), "--key", str(key_file), "--replace")
    assert Case.objects.filter(pk=later.pk).exists()


def _with(opening: rules.Opening, tables: dict[str, rules.Table]) -> rules.Opening:
    return msgspec.structs.replace(opening, tables=tables)


@pytest.mark.commits
def test_a_wrong_key_or_a_torn_file_changes_nothing_and_says_what_to_do(
    installation: Any, tmp_path: Path, pair: Any, key_file: Path
) -> None:
    path = tmp_path / "a.backup"
    say("backup", str(path), "--recipient", str(pair.to_public()))
    other = tmp_path / "other.key"
    keys.make_pair(other)
    whole = path.read_bytes()
    assert "Whole: made" in say("restore", str(path), "--key", str(key_file), "--check")

    def refused(key: Path, data: bytes | None, says: str) -> None:
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(CommandError, match=says):
            say("restore", str(path), "--key", str(key), "--replace")

    refused(other, None, "This key does not open")
    refused(key_file, whole[: len(whole) // 2], "is torn or was changed.*Take the backup again")
    refused(key_file, whole[:4000] + bytes([whole[4000] ^ 1]) + whole[4001:], "is torn or was changed")
    refused(key_file, b"", "is not a backup, or its beginning is damaged")
    refused(key_file, pyrage.encrypt(b"something else" * 99, [pair.to_public()]), "not a backup of Townhall")
    refused(key_file, pyrage.encrypt(_tar({"opening.json": b'{"format": 99}'}), [pair.to_public()]), "its format is 99")
    path.unlink()
    refused(key_file, None, "is not there")
    assert Case.objects.count() == 0


def _tar(entries: dict[str, bytes]) -> bytes:
    return b"".join(archives.Contents(entries.items()).tar())


@pytest.mark.commits
def test_a_backup_of_a_newer_townhall_is_refused_by_name(
    installation: Any, tmp_path: Path, pair: Any, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.backup"
    say("backup", str(path), "--recipient", str(pair.to_public()))
    known = "townhall.upkeep.management.commands.restore.known_migrations"
    monkeypatch.setattr(known, lambda: {"cases.0001_initial"})
    with pytest.raises(CommandError, match=r"made by a newer Townhall.*Install that version"):
        say("restore", str(path), "--key", str(key_file), "--replace")


@pytest.mark.commits
def test_the_newest_backups_of_a_folder_are_kept_and_a_failed_one_leaves_nothing(
    installation: Any, tmp_path: Path, pair: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"townhall-2020010{day}T000000Z.backup").touch()
    (folder / "notes.txt").touch()
    said = say("backup", "--to", str(folder), "--keep", "2", "--recipient", str(pair.to_public()))
    assert "2 old backups removed" in said
    names = sorted(path.name for path in folder.glob("*.backup"))
    assert names[0] == "townhall-20200103T000000Z.backup"
    assert len(names) == 2

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("pyrage.encrypt_io", full)
    with pytest.raises(OSError, match="No space"):
        say("backup", str(folder / "b.backup"), "--recipient", str(pair.to_public()))
    assert [path.name for path in folder.iterdir() if "b.backup" in path.name] == []


@pytest.mark.commits
def test_an_empty_database_has_nothing_to_back_up(
    empty_database: str, use: Callable[[str], None], tmp_path: Path, pair: Any, db: None
) -> None:
    use(empty_database)
    with pytest.raises(CommandError, match="nothing to back up"):
        say("backup", str(tmp_path / "a.backup"), "--recipient", str(pair.to_public()))


@pytest.mark.commits
def test_the_standard_command_of_age_opens_a_backup_too(
    installation: Any, tmp_path: Path, pair: Any, key_file: Path
) -> None:
    if shutil.which("age") is None:
        pytest.skip("needs age: install Debian's package age")
    path = tmp_path / "a.backup"
    say("backup", str(path), "--recipient", str(pair.to_public()))
    opened = subprocess.run(["age", "-d", "-i", str(key_file), str(path)], capture_output=True, check=True)
    with tarfile.open(fileobj=BytesIO(opened.stdout)) as tar:
        names = tar.getnames()
    assert (names[0], names[-1]) == ("opening.json", "manifest.json")
    assert "database/000000" in names


@pytest.mark.commits
def test_the_tables_can_be_restored_while_nobody_holds_them(
    installation: Any, tmp_path: Path, pair: Any, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.backup"
    say("backup", str(path), "--recipient", str(pair.to_public()))
    monkeypatch.setattr("townhall.upkeep.scripts.LOCK_SECONDS", 1)
    with psycopg.connect(os.environ["DATABASE_URL"]) as somebody:
        somebody.execute("select 1 from cases_case")
        with pytest.raises(CommandError, match="Stop the web and worker processes"):
            say("restore", str(path), "--key", str(key_file), "--replace")
    assert "compared one by one" in say("restore", str(path), "--key", str(key_file), "--replace")
