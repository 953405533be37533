"""Working days of the UK's nations, and of all of them together, as a calendar that rules can count with."""

from functools import lru_cache

import holidays

from townhall.kernel.cases.rules import WorkingCalendar

SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
TOGETHER = "united_kingdom"
"""Where a bank holiday in any nation is no working day, as the Freedom of Information Act 2000, s. 10(6) has it."""


@lru_cache(maxsize=8)
def working_calendar(nation: str) -> WorkingCalendar:
    """Monday to Friday less the nation's bank holidays, 9am to 5pm; TOGETHER has those of every nation.

    Raises KeyError for an unknown nation.

    Source: Banking and Financial Dealings Act 1971, as kept by the `holidays` library.
    """
    parts = SUBDIVISIONS.values() if nation == TOGETHER else [SUBDIVISIONS[nation]]
    days = (holidays.country_holidays("GB", subdiv=part, years=range(2010, 2045)) for part in parts)
    return WorkingCalendar(nation=nation, holidays=frozenset().union(*days))
