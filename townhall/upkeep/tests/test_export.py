"""Events as Parquet: each day once, the late ones too, nothing that is not in the events."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pyarrow import parquet

from townhall.kernel.outbox.models import Event
from townhall.upkeep.actions import exporting
from townhall.upkeep.failures import UpkeepFailed
from townhall.upkeep.tests.conftest import quiet

TODAY = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


def event(at: datetime, *, is_relayed: bool = True, **payload: Any) -> Event:
    """An event whose key was made at a time."""
    key = UUID(int=(int(at.timestamp() * 1000) << 80) | (uuid4().int >> 48))
    return Event.objects.create(
        id=key,
        kind="cases.case_opened.v1",
        payload=payload,
        at=at,
        case_id=uuid4(),
        relayed_at=at if is_relayed else None,
    )


def export(folder: Path, **options: Any) -> exporting.Exported:
    """Run at noon of today."""
    return exporting.export(folder=folder, at=TODAY, tell=quiet, **options)


def ids(folder: Path, at: datetime) -> set[str]:
    """The keys in the file of a day."""
    return set(parquet.read_table(exporting.path_of(folder, at.date())).column("id").to_pylist())


def test_each_day_has_a_file_with_what_was_relayed(db: None, tmp_path: Path) -> None:
    yesterday = TODAY - timedelta(days=1)
    first, second = event(yesterday, team="parks"), event(TODAY)
    event(TODAY, is_relayed=False)
    done = export(tmp_path)
    assert (done.days, done.events) == ([yesterday.date(), TODAY.date()], 2)
    row = parquet.read_table(exporting.path_of(tmp_path, yesterday.date())).to_pylist()[0]
    assert row.pop("day", "") in {"", yesterday.date().isoformat()}
    assert json.loads(row.pop("payload")) == {"team": "parks"}
    assert row == {
        "id": str(first.pk), "kind": first.kind, "case_id": str(first.case_id), "number": 0, "at": yesterday,
    }  # fmt: skip
    assert ids(tmp_path, TODAY) == {str(second.pk)}


def test_a_second_run_writes_only_what_is_new_and_a_late_event_makes_its_day_anew(db: None, tmp_path: Path) -> None:
    yesterday, long_ago = TODAY - timedelta(days=1), TODAY - timedelta(days=20)
    event(long_ago)
    event(yesterday)
    export(tmp_path)
    assert export(tmp_path) == exporting.Exported([], 0, 21)
    late = event(yesterday + timedelta(minutes=1))
    assert export(tmp_path).days == [yesterday.date()]
    assert str(late.pk) in ids(tmp_path, yesterday)
    very_late = event(long_ago + timedelta(minutes=1))
    assert export(tmp_path).days == []
    assert export(tmp_path, is_thorough=True).days == [long_ago.date()]
    assert str(very_late.pk) in ids(tmp_path, long_ago)


def test_a_run_that_fails_leaves_the_file_as_it_was(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event(TODAY)
    export(tmp_path)
    before = ids(tmp_path, TODAY)
    event(TODAY)

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", full)
        with pytest.raises(OSError, match="No space"):
            export(tmp_path)
    assert ids(tmp_path, TODAY) == before
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["events.parquet"]
    assert export(tmp_path).days == [TODAY.date()]


def test_without_the_extra_the_words_name_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(exporting, "arrow", None)
    with pytest.raises(UpkeepFailed, match=r"pip install townhall\[insight\]"):
        export(tmp_path)


def test_nothing_is_exported_that_is_not_in_the_event(db: None, tmp_path: Path) -> None:
    event(TODAY)
    export(tmp_path)
    schema = parquet.read_schema(exporting.path_of(tmp_path, TODAY.date()))
    assert tuple(schema.names) == exporting.COLUMNS
