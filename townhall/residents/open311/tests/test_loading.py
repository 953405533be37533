"""Loading files: each request once, whatever breaks off in between; nobody gets a letter; the measures agree."""
import csv
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.management import call_command
from django.db.models import Count
from django.test import Client

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.measures.actions import rebuild
from townhall.kernel.measures.models import Tally
from townhall.kernel.notify.models import Letter
from townhall.kernel.outbox.models import Event
from townhall.residents.open311.actions import loading
from townhall.residents.open311.actions.files import NotReadable
from townhall.residents.open311.actions.loading import Plan, load
from townhall.residents.open311.models import Load
from townhall.residents.reports.models import Category, Report
from townhall.residents.reports.tests import factories as reports

pytestmark = pytest.mark.django_db
NAMES = (
    "service_request_id", "service_name", "description", "lat", "long", "requested_datetime", "status", "status_notes",
    "colour",
)  # fmt: skip
ROWS = (
    ("1", "Graffiti", "Tags, ring 07700 900142", "54.39", "-2.61", "2026-01-05T10:00:00Z", "open", "", "red"),
    ("2", "Graffiti", "More tags", "54.391", "-2.612", "2026-01-05T11:00:00Z", "closed", "Removed", "blue"),
    ("3", "Hedge trouble", "A hedge", "", "", "2026-01-06T10:00:00Z", "", "", ""),
    ("4", "Hedge trouble", "I want to kill myself", "54.39", "-2.61", "2026-01-06T10:00:00Z", "", "", ""),
    ("1", "Graffiti", "The same id again", "54.39", "-2.61", "2026-01-05T10:00:00Z", "", "", ""),
    ("5", "Graffiti", "Undated", "54.39", "-2.61", "some day", "", "", ""),
    ("6", "Graffiti", "In Boston", "42.36", "-71.06", "2026-01-06T10:00:00Z", "", "", ""),
)


@pytest.fixture(autouse=True)
def town(council: Any) -> Any:
    reports.categories()
    return council


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "requests.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([NAMES, *ROWS])
    return path


def run(path: Path, **options: Any) -> tuple[Load, str]:
    said = StringIO()
    call_command("import_open311", str(path), stdout=said, **options)
    return Load.objects.get(), said.getvalue()


def snapshot() -> dict[str, list[Any]]:
    """Everything that a second run must leave alone."""
    return {
        "cases": list(Case.objects.order_by("pk").values_list("pk", "version", "updated_at")),
        "entries": list(Entry.objects.order_by("pk").values_list("pk", flat=True)),
        "reports": list(Report.objects.order_by("pk").values_list("pk", "answers")),
        "categories": list(Category.objects.order_by("pk").values_list("pk", flat=True)),
        "measures": list(Tally.objects.order_by("pk").values_list("measure", "day", "category", "bin", "count")),
        "events": list(Event.objects.order_by("pk").values_list("pk", flat=True)),
    }


def test_good_rows_are_loaded_and_bad_ones_are_written_down(file: Path) -> None:
    state, said = run(file)
    assert (state.loaded, state.known, state.wrong) == (4, 1, 2)
    assert "4 requests loaded, 1 were here already, 2 not loaded" in said
    with (file.parent / "requests.csv.errors.csv").open() as errors:
        lines = list(csv.reader(errors))
    assert [(line[0], line[1]) for line in lines[1:]] == [
        ("6", "its requested date 'some day' cannot be read"), ("7", "it is outside the area of this council"),
    ]  # fmt: skip
    assert "In Boston" in lines[2][2]


def test_cases_stand_as_they_stood(file: Path) -> None:
    run(file)
    first, second = (Case.objects.get(report__source_id=key) for key in ("1", "2"))
    assert (first.status, first.channel) == ("received", "import")
    assert first.team is not None
    assert first.team.code == "street-scene"
    assert (second.status, second.closed_at) == ("fixed", datetime(2026, 1, 5, 11, tzinfo=UTC))
    assert Entry.objects.get(case=second, kind="resolved").text == "Removed"
    assert first.point is not None
    assert "07700" not in first.title
    third = Case.objects.get(report__source_id="3")
    assert (third.category, third.point) == ("former-hedge-trouble", None)
    assert not Category.objects.get(code="former-hedge-trouble").is_active
    held = Case.objects.get(report__source_id="4")
    assert (held.is_public, held.title) == (False, "Hedge trouble")
    assert Case.objects.filter(search=SearchQuery("tags", config="simple")).count() == 2


def test_nothing_of_a_row_is_lost_not_even_outside_britain(file: Path, client: Client) -> None:
    state, said = run(file, anywhere=True)
    assert state.outside == 1
    assert "outside Britain" in said
    report = Report.objects.get(source_id="6")
    assert report.answers["imported"] == {"service_name": "Graffiti", "lat": 42.36, "long": -71.06}
    assert Report.objects.get(source_id="2").answers["imported"]["colour"] == "blue"
    fact = client.get(f"/open311/v2/requests/{report.case.reference}.json").json()[0]
    assert (fact["lat"], fact["long"]) == (42.36, -71.06)


def test_a_second_run_changes_nothing(file: Path) -> None:
    run(file)
    before, errors = snapshot(), (file.parent / "requests.csv.errors.csv").read_bytes()
    state, said = run(file)
    assert snapshot() == before
    assert (file.parent / "requests.csv.errors.csv").read_bytes() == errors
    assert (state.loaded, state.known) == (0, 5)
    renamed = file.rename(file.with_name("again.csv"))
    run(renamed)
    assert snapshot() == before
    assert "0 requests loaded" in said


def test_a_whole_file_is_not_read_again(file: Path) -> None:
    file.write_text("\n".join(",".join(row) for row in [NAMES, ROWS[1]]))
    run(file)
    before = snapshot()
    _, said = run(file)
    assert "loaded before" in said
    assert snapshot() == before


def test_another_source_may_use_the_same_ids(file: Path) -> None:
    file.write_text("\n".join(",".join(row) for row in [NAMES, ROWS[1]]))
    call_command("import_open311", str(file), stdout=StringIO())
    call_command("import_open311", str(file), source="elsewhere", stdout=StringIO())
    assert Case.objects.count() == 2


def test_a_run_that_breaks_off_goes_on_where_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    plan = Plan(path=file, errors=file.with_name("e.csv"), at=datetime(2026, 5, 12, tzinfo=UTC))
    running = load(plan)
    for _ in range(2):
        next(running)
    running.close()
    assert (Load.objects.get().rows, Case.objects.count()) == (4, 4)
    plan.errors.write_text("half a line that a crash left behi")
    for state in load(plan):
        assert state.rows > 4
    assert (Load.objects.get().loaded, Load.objects.get().wrong) == (4, 2)
    assert plan.errors.read_text().startswith("row,reason,as_it_was")


def test_nobody_gets_a_letter_and_the_measures_agree_with_the_events(
    file: Path, relay: Callable[[], list[Any]]
) -> None:
    run(file)
    relay()
    assert not Letter.objects.exists()
    tallies = list(Tally.objects.order_by("measure", "day", "category", "bin").values_list("measure", "day", "count"))
    assert sum(count for measure, _, count in tallies if measure == "received") == 4
    rebuild()
    again = Tally.objects.order_by("measure", "day", "category", "bin").values_list("measure", "day", "count")
    assert list(again) == tallies


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("x")
    with pytest.raises(NotReadable):
        next(load(Plan(path=path, errors=path, at=datetime.now(UTC))))


def test_bostons_24273_requests_are_loaded_in_time_once(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "reporting" / "boston_open311_2018_may_aug.csv"
    began = time.process_time()
    state, _ = run(path, anywhere=True, errors=tmp_path / "errors.csv", source="boston")
    seconds = time.process_time() - began
    assert (state.loaded, state.wrong, state.outside) == (24_273, 0, 24_273)
    assert seconds < 30, "so much of a processor's time leaves room for a slow database within the minute"
    before = snapshot()
    run(path, anywhere=True, errors=tmp_path / "errors.csv", source="boston")
    assert snapshot() == before
    links = Report.objects.exclude(answers__imported__duplicate_of=None).aggregate(count=Count("pk"))
    assert links["count"] == 375
