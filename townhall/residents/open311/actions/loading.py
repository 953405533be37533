"""Loading files of requests from other systems: in batches, each of them whole or not at all, each row once."""
import csv
import json
import os
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import selectors as cases
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.models import Case
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import NotInBritain, Point, to_bng
from townhall.kernel.mapping import actions as mapping
from townhall.kernel.measures import actions as measures
from townhall.kernel.modules.bulk import copy
from townhall.kernel.modules.cells import safe
from townhall.kernel.modules.keys import reference
from townhall.kernel.outbox import actions as outbox
from townhall.residents.open311.actions import building
from townhall.residents.open311.actions.building import Here, Made
from townhall.residents.open311.actions.files import Raw, digest_of, rows_of
from townhall.residents.open311.events import RequestsLoaded
from townhall.residents.open311.models import Load
from townhall.residents.open311.rules.rows import BadRow, Row, row_of
from townhall.residents.open311.selectors.loads import known_ids
from townhall.residents.reports import selectors as reports
from townhall.residents.reports.actions.setting_up import add_former_category

BATCH = 2_000
LONDON = ZoneInfo("Europe/London")


class AlreadyLoading(RuntimeError):
    """Another process loads this file at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to load and how. `source` names the system it is from: its ids are known once. `errors` is the file of rows
    that were not loaded. `allows_anywhere` takes in what lies outside the council, and outside Britain."""

    path: Path
    errors: Path
    at: datetime
    source: str = "open311"
    zone: ZoneInfo = LONDON
    allows_anywhere: bool = False
    is_public: bool = True

    @property
    def came_from(self) -> str:
        """The source as reports keep it; apart from the sources of keys."""
        return f"import:{self.source}"


def load(plan: Plan) -> Generator[Load, None, None]:
    """Load the file; how far it is after each batch, and at last how it ended.

    A file that was loaded to its end without a wrong row is left alone; one that was broken off goes on with the first
    row that is not done. Nobody gets letters. Raises NotReadable, AlreadyLoading.
    """
    digest = digest_of(plan.path)
    with _alone(f"{plan.came_from} {digest}"):
        state = Load.objects.get_or_create(digest=digest, source=plan.source, defaults={"began_at": plan.at})[0]
        if state.ended_at and not state.wrong:
            yield state
            return
        if state.ended_at:
            state.begin_again()
        loader = Loader(plan, state)
        rows = enumerate(rows_of(plan.path), start=1)
        next(islice(rows, state.rows, state.rows), None)
        while batch := list(islice(rows, BATCH)):
            loader.take(batch)
            yield state
        loader.finish()
        yield state


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """While this lasts nobody else does the same."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [what])
        if not cursor.fetchone()[0]:
            raise AlreadyLoading(what)
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [what])


class Loader:
    """Loads batches of rows and keeps how far it is."""

    def __init__(self, plan: Plan, state: Load) -> None:
        self.plan, self.state = plan, state
        self.routing = cases.routing_rules()
        self.calendar = working_calendar(authority.ours().nation)
        self.categories = reports.by_code()
        self.by_name = {row.name.lower(): row.code for row in self.categories.values()}

    def take(self, batch: Sequence[tuple[int, Raw]]) -> None:
        """Load one batch with its measures and its place in the file: one transaction."""
        wrong: list[tuple[int, str, Raw]] = []
        read = {number: row for number, raw in batch if (row := self._read(number, raw, wrong))}
        known = known_ids(self.plan.came_from, [row.source_id for row in read.values()])
        fresh: dict[str, tuple[int, Row]] = {}
        for number, row in read.items():
            if row.source_id not in known:
                fresh.setdefault(row.source_id, (number, row))
        with transaction.atomic():
            made = self._made(list(fresh.values()), dict(batch), wrong)
            self._write(made)
            self.state.rows += len(batch)
            self.state.loaded += len(made)
            self.state.wrong += len(wrong)
            self.state.known += len(batch) - len(made) - len(wrong)
            self.state.error_bytes = self._note(wrong)
            self.state.save()

    def _read(self, number: int, raw: Raw, wrong: list[tuple[int, str, Raw]]) -> Row | None:
        try:
            if isinstance(raw, BadRow):
                raise raw
            return row_of(raw, zone=self.plan.zone, now=self.plan.at)
        except BadRow as problem:
            wrong.append((number, str(problem), raw))
            return None

    def _made(
        self, rows: Sequence[tuple[int, Row]], raws: dict[int, Raw], wrong: list[tuple[int, str, Raw]]
    ) -> list[Made]:
        """The rows that are to be loaded, each with its place here; the others are noted as wrong."""
        placed: list[tuple[Row, Point | None]] = []
        for number, row in rows:
            point = _grid(row)
            inside = point is not None and geo.is_inside(point)
            if row.where is None or inside or self.plan.allows_anywhere:
                placed.append((row, point))
                self.state.outside += row.where is not None and point is None
            else:
                wrong.append((number, "it is outside the area of this council", raws[number]))
        wards = geo.wards_at([point for _, point in placed if point])
        ward_codes = iter([ward.code if ward else "" for ward in wards])
        references = fresh_references(len(placed))
        return [
            self._one(row, point, next(ward_codes) if point else "", ref)
            for (row, point), ref in zip(placed, references, strict=True)
        ]

    def _one(self, row: Row, point: Point | None, ward: str, ref: str) -> Made:
        code = self._category(row)
        here = Here(
            category=code, category_name=self.categories[code].name, point=point, ward=ward,
            is_public=self.plan.is_public, source=self.plan.came_from, reference=ref,
        )  # fmt: skip
        minutes = self.calendar.minutes_between(row.requested_at, row.closed_at) if row.closed_at else 0
        return Made(row, here, self.routing, minutes)

    def _category(self, row: Row) -> str:
        """Our category of the same code or name; else one that is kept for these reports and that nobody can choose."""
        for code in (row.service_code, self.by_name.get(row.service_name.lower(), "")):
            if code in self.categories:
                return code
        code = "former-" + (re.sub(r"[^a-z0-9]+", "-", row.service_name.lower()).strip("-")[:40] or "unnamed")
        if code not in self.categories:
            self.categories[code] = add_former_category(code=code, name=row.service_name)
        return code

    def _write(self, made: Sequence[Made]) -> None:
        """COPY into the tables. Events are marked as relayed: measures and map count them here, nobody else hears."""
        incoming = "open311_incoming"
        columns = ", ".join(building.CASE)
        with connection.cursor() as cursor:
            cursor.execute(f"create temporary table {incoming} (like cases_case, words text) on commit drop")
            copy("cases.Case", (*building.CASE, "words"), (each.case() for each in made), into=incoming)
            cursor.execute(
                f"insert into cases_case ({columns}, search)"  # noqa: S608 # nosec B608
                f" select {columns}, to_tsvector('simple', public.unaccent(words)) from {incoming}"
            )
            cursor.execute(f"drop table {incoming}")
        copy("cases.Entry", building.ENTRY, (entry for each in made for entry in each.entries()))
        copy("reports.Report", building.REPORT, (each.report() for each in made))
        told = [(fact, fact.payload()) for each in made for fact in each.facts()]
        copy("outbox.Event", building.EVENT, (building.event(fact, said, self.plan.at) for fact, said in told))
        measures.add((fact.kind, fact.at, said) for fact, said in told)
        mapping.refresh([each.key for each in made], at=self.plan.at)

    def _note(self, wrong: Sequence[tuple[int, str, Raw]]) -> int:
        """Append rows to the error file, after cutting off what a broken run left there; its length."""
        if not wrong:
            return self.state.error_bytes
        with self.plan.errors.open("r+" if self.state.error_bytes else "w", encoding="utf-8", newline="") as file:
            file.seek(self.state.error_bytes)
            file.truncate()
            writer = csv.writer(file)
            if not self.state.error_bytes:
                writer.writerow(["row", "reason", "as_it_was"])
            for number, reason, raw in sorted(wrong, key=lambda each: each[0]):
                was = "" if isinstance(raw, BadRow) else json.dumps(raw, ensure_ascii=False)
                writer.writerow([number, safe(reason), safe(was)])
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def finish(self) -> None:
        """The file is loaded to its end."""
        with transaction.atomic():
            self.state.ended_at = self.plan.at
            self.state.save()
            if self.state.loaded:
                fact = RequestsLoaded(
                    at=self.plan.at, load_id=self.state.pk, source=self.plan.source, loaded=self.state.loaded
                )
                outbox.publish(fact)


def _grid(row: Row) -> Point | None:
    try:
        return to_bng(row.where) if row.where else None
    except NotInBritain:
        return None


def fresh_references(count: int) -> list[str]:
    """So many references that no case has."""
    made: dict[str, None] = {}
    while len(made) < count:
        more = {reference(): None for _ in range(count - len(made))}
        taken = set(Case.objects.filter(reference__in=more).values_list("reference", flat=True))
        made |= {one: None for one in more if one not in taken}
    return list(made)

