"""The guide to services names the teams that the demo has."""

import re
from pathlib import Path

import pytest

from townhall.demo.loading.councils import COUNTY_TEAMS, DISTRICT_TEAMS, TeamPlan

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-service.md"


@pytest.mark.parametrize(("council", "teams"), [("Northmere", DISTRICT_TEAMS), ("Merrowshire", COUNTY_TEAMS)])
def test_the_guide_names_every_team_of_a_council_by_its_code(council: str, teams: tuple[TeamPlan, ...]) -> None:
    listed = re.search(rf"{council} has ((?:`\w+`(?:, | and )?)+)", GUIDE.read_text(encoding="utf-8"))
    assert listed
    assert re.findall(r"\w+(?=`)", listed[1]) == sorted(each.code.replace("-", "_") for each in teams)
