"""What is there in the end, against what was acknowledged. Reads the database itself, past our own code."""

from collections import Counter

import psycopg

from townhall.chaos.load.journal import Journal
from townhall.chaos.mail import Taken
from townhall.chaos.receiver import Noticeboard
from townhall.chaos.rules import Counts

MARK = "substring({} from '[a-hj-kmnp-tv-z]{{16}}')"
REPORTS = f"""
select {MARK.format("description")}, reference from reports_report join cases_case on cases_case.id = case_id
where description like 'A test of %'
"""  # noqa: S608
REPLIES = f"""
select {MARK.format("cases_entry.text")}, reference from cases_entry join cases_case on cases_case.id = case_id
where cases_entry.kind = 'reply' and cases_entry.text like 'We have looked at %'
"""  # noqa: S608
OWED = """
select count(*) from outbox_event event join cases_case on cases_case.id = event.case_id
where event.at > %(since)s and cases_case.reporter_id is not null and event.kind = any(%(kinds)s)
  and exists (select 1 from identity_person where id = reporter_id and email is not null)
  and not exists (select 1 from notify_letter where key like '%%:' || event.id || ':%%')
"""
"""Events that owe the reporter a letter, and have none in any state."""
ASKED = """
select count(*) from outbox_event event where kind = 'reports.follow_asked.v1' and at > %(since)s
  and not exists (select 1 from notify_letter where key = 'report_follow:' || event.id)
"""
TELL = ["reports.report_received.v1", "cases.case_resolved.v1", "cases.replied.v1"]
UNRELAYED = "select (select count(*) from outbox_event where relayed_at is null) + (select count(*) from outbox_retry)"
TWICE = """
select coalesce(sum(many - 1), 0) from (
  select count(*) as many from notify_letter where created_at > %(since)s and kind like 'report%%'
  group by kind, case_id, number, coalesce(person_id::text, address->>'email'), subject, blocks
  having count(*) > 1) more
"""
TOLD = ("cases.case_opened.v1", "cases.status_changed.v1", "cases.case_resolved.v1", "cases.case_reopened.v1")
PUBLIC = """
select event.id::text from outbox_event event join cases_case on cases_case.id = event.case_id
where event.at > %(since)s and is_public and event.kind = any(%(kinds)s)
"""
SENT = "select id::text from notify_letter where provider = 'smtp' and state in ('sent', 'delivered')"


def count_sendings(connection: psycopg.Connection, journal: Journal, counts: Counts) -> None:
    """What was sent, acknowledged, found, lost and doubled."""
    found: dict[str, list[str]] = {}
    for query in (REPORTS, REPLIES):
        for mark, reference in connection.execute(query):  # pyright: ignore[reportArgumentType]
            found.setdefault(mark, []).append(reference)
    for each in journal.sendings:
        there = found.get(each.mark, [])
        counts.sent += 1
        counts.acknowledged += each.is_acknowledged
        counts.unanswered += not each.is_acknowledged
        counts.found += each.is_acknowledged and each.reference in there
        counts.doubled += len(there) > 1
        if each.is_acknowledged and each.reference not in there:
            counts.lost += 1
            counts.details.append(f"lost: {each}, found {there}")


def count_letters(connection: psycopg.Connection, taken: list[Taken], since: str, counts: Counts) -> None:
    """Letters that came twice, or that we believe we sent and the mail server never got."""
    count_copies(taken, counts)
    came = {each.letter for each in taken}
    rows = connection.execute(SENT).fetchall()
    counts.letters_sent = len(rows)
    counts.letters_missing = sum(key not in came for (key,) in rows)
    counts.letters_doubled += _number(connection, TWICE, since=since)


def count_copies(taken: list[Taken], counts: Counts) -> None:
    """What was taken again: after the sender had heard that it was taken, or because it could not know."""
    heard: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for each in taken:
        counts.letters_doubled += heard[each.letter] > 0
        counts.letters_repeated += came[each.letter] > 0 and heard[each.letter] == 0
        came[each.letter] += 1
        heard[each.letter] += each.is_heard


def count_webhooks(connection: psycopg.Connection, board: Noticeboard, since: str, counts: Counts) -> None:
    """Public events that the receiver was never told of, was told of again, or in another order than they happened."""
    owed = [key for (key,) in connection.execute(PUBLIC, {"since": since, "kinds": sorted(TOLD)})]
    counts.webhooks_sent = len(board.came)
    counts.webhooks_lost = sum(key not in board.came for key in owed)
    counts.webhooks_repeated = sum(many - 1 for many in board.came.values())
    counts.webhooks_out_of_order = board.out_of_order


def count_events(connection: psycopg.Connection, since: str, tallies: bool, counts: Counts) -> None:
    """Events that were never relayed, that a subscriber still owes an answer, or whose letter was never written.

    `tallies`: whether the measures came out the same when they were counted anew from every event.
    """
    counts.events_skipped = (
        _number(connection, UNRELAYED)
        + _number(connection, OWED, since=since, kinds=TELL)
        + _number(connection, ASKED, since=since)
        + (not tallies)
    )


def tallies(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    """Every measure as it stands."""
    query = "select measure, day, category, ward, team_id, bin, count from measures_tally where count <> 0"
    return sorted(connection.execute(query).fetchall(), key=str)


def _number(connection: psycopg.Connection, query: str, **values: object) -> int:
    row = connection.execute(query, values).fetchone()  # pyright: ignore[reportArgumentType]
    return int(row[0]) if row else 0
