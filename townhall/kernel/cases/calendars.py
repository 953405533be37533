"""Working days of the UK's nations, as a calendar that rules can count with."""

from functools import lru_cache

import holidays

from townhall.kernel.cases.rules import WorkingCalendar

SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}


@lru_cache(maxsize=8)
def working_calendar(nation: str) -> WorkingCalendar:
    """Monday to Friday less the nation's bank holidays, 9am to 5pm. Raises KeyError for an unknown nation.

    Source: Banking and Financial Dealings Act 1971, as kept by the `holidays` library.
    """
    days = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=range(2010, 2045))
    return WorkingCalendar(nation=nation, holidays=frozenset(days))
