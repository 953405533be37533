"""Counting where people leave a form, and which page refuses what they type, without a word about anybody.

What is counted of an application is remembered on its row (`counted`), written by the update that keeps the page: a
second press, a way back or a second window counts nothing twice. Only what residents begin on the pages is counted: an
officer who fills in for a caller knows the form, and an API has no pages. Trying a draft keeps nothing at all.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from townhall.residents.services.models import KEPT_DAYS, Application, Count
from townhall.residents.services.rules.counting import Mark, What, fresh

LEFT_AFTER = timedelta(days=1)
"""A form that nobody touched for so long was left. Most take minutes, so a day is enough to see where; those who come
back within the 28 days that it is kept are taken out of the count again.
"""
COUNTED_DAYS = 731
"""How long counts are kept: two years, so that a month has the same month before it."""
FOLD = """
with many as (
  select version_id, day, page, what, question, rule from services_count where day >= %s
  group by 1, 2, 3, 4, 5, 6 having count(*) > 1
), gone as (
  delete from services_count as c using many as m
  where (c.version_id, c.day, c.page, c.what, c.question, c.rule)
    = (m.version_id, m.day, m.page, m.what, m.question, m.rule)
  returning c.*
)
insert into services_count (version_id, day, page, what, question, rule, number)
select version_id, day, page, what, question, rule, sum(number) from gone
group by 1, 2, 3, 4, 5, 6 having sum(number) <> 0
"""


def day_begun(row: Application) -> date:
    """The day under which an application is counted."""
    return timezone.localdate(row.created_at)


def count_of(row: Application, mark: Mark, number: int = 1) -> Count:
    """A row to append."""
    return Count(
        version_id=row.version_id, day=day_begun(row), page=mark.page, what=mark.what, question=mark.question,
        rule=mark.rule, number=number,
    )  # fmt: skip


def count_start(row: Application, page: str) -> None:
    """Count an application that is about to be kept, from its first page on.

    Where the same browser began this form today and typed nothing into it, as after going back to the start, that one
    is counted no more and this one takes its place.
    """
    midnight = timezone.localtime(row.created_at).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Application.objects.unsent().filter(owner=row.owner, version_id=row.version_id, number=0)
    again = mine.filter(created_at__gte=midnight, is_left=False).exclude(counted=[]).select_for_update()
    row.at_page = page
    if before := again.only("counted").first():
        row.counted = before.counted
        before.counted = []
        before.save(update_fields=["counted"])
        return
    marks = [Mark("", What.STARTED), Mark(page, What.REACHED)]
    row.counted = [each.key for each in marks]
    Count.objects.bulk_create(count_of(row, each) for each in marks)


def count(row: Application, marks: Iterable[Mark], *, at_page: str) -> None:
    """Count what an application has come to for the first time, with one statement or none.

    `row` is locked, and the caller keeps it in the same transaction; `at_page` is where it goes on. One that was
    counted as left has come back.
    """
    if not row.counted:
        return
    back = [count_of(row, Mark(row.at_page, What.LEFT), -1)] if row.is_left else []
    new = fresh(marks, row.counted)
    row.counted = [*row.counted, *(each.key for each in new)]
    row.at_page, row.is_left = at_page, False
    if rows := [*back, *(count_of(row, each) for each in new)]:
        Count.objects.bulk_create(rows)


def count_left(at: datetime, most: int = 500) -> int:
    """Count the forms that were left, each at the page where it would go on; how many."""
    waiting = Application.objects.unsent().filter(is_left=False, updated_at__lt=at - LEFT_AFTER).exclude(counted=[])
    with transaction.atomic():
        rows = list(
            waiting.select_for_update(skip_locked=True).only("version_id", "created_at", "at_page")[:most]
        )  # fmt: skip
        Count.objects.bulk_create(count_of(each, Mark(each.at_page, What.LEFT)) for each in rows)
        Application.objects.filter(pk__in=[each.pk for each in rows]).update(is_left=True)
    return len(rows)


def fold_counts(at: datetime) -> int:
    """Add up the rows of one place, and forget those that are too old; how many rows there are fewer by age.

    Rows that are appended meanwhile are not seen and stay; what two workers add up at once is added up by one.
    """
    today = timezone.localdate(at)
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [today - timedelta(days=2 * KEPT_DAYS)])
    return Count.objects.filter(day__lt=today - timedelta(days=COUNTED_DAYS)).delete()[0]
