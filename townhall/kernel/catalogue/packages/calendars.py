"""What the engines are told by the installation: working days of the nation, today, and the bank holidays."""

from datetime import date, datetime

from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.rules import LONDON

TOLD = {"today": "date", "holidays": "list", "nation": "string"}
"""The facts that a form may ask for, with their types: the day, the nation's bank holidays, and which nation it is."""
USUAL = "england"
YEARS = 2


class NationCalendar:
    """Counts working days as the law of a nation does; `nation` is that of the council, for clocks that name none."""

    def __init__(self, nation: str = USUAL) -> None:
        self.nation = nation

    def later(self, at: datetime, days: int, nation: str) -> datetime:
        """The end of the working day that is so many working days after the date of `at`, which is not counted."""
        return working_calendar(nation or self.nation).after(at, days)

    def between(self, at: datetime, due: datetime, nation: str) -> int:
        """How many working days are left of a time that is over at the end of `due`; the day of `at` not counted."""
        calendar = working_calendar(nation or self.nation)
        first, last = at.astimezone(LONDON).date(), due.astimezone(LONDON).date()
        return 0 if last <= first else calendar.days_between(first, last) + calendar.is_working(last)


def facts_on(day: date, nation: str = USUAL) -> dict[str, object]:
    """What a form is told on a day: the holidays are those of the years around it."""
    around = range(day.year - 1, day.year + YEARS + 1)
    holidays = sorted(each for each in working_calendar(nation).holidays if each.year in around)
    return {"today": day, "holidays": holidays, "nation": nation}
