"""What comes of a decision that a process asks for, with the rules that made it."""

from datetime import UTC, datetime

import pytest

from townhall.kernel.catalogue.packages.deciding import decided
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.catalogue.processes.engine import Order

AT = datetime(2026, 5, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("service", "name", "given", "rules"),
    [
        ("bulky_waste", "fee.yaml#Fee", {"Items": 2, "Reduction": True}, [("Fee", 1)]),
        ("pest_control", "fee.yaml#Fee", {"Pest": "ants", "Reduction": True}, [("Full price", 4), ("Fee", 3)]),
        ("temporary_event_notice", "fee.yaml#Fee", {}, []),
    ],
)
def test_a_decision_has_the_rules_that_counted_those_of_its_parts_first(
    service: str, name: str, given: dict[str, object], rules: list[tuple[str, int]]
) -> None:
    order = Order("decision", "price#1", {"name": f"decisions/{name}", "with": given})
    found = decided(read(SHELF / service), order, at=AT)
    assert found.event.kind == "done"
    assert [(each.decision, each.rule) for each in found.reasons] == rules


def test_what_people_are_told_is_in_both_languages_and_a_failure_tells_nothing() -> None:
    package, asked = read(SHELF / "bulky_waste"), {"name": "decisions/fee.yaml#Fee"}
    found = decided(package, Order("decision", "price#1", asked | {"with": {"Items": 2, "Reduction": True}}), at=AT)
    assert found.reasons[0].told == (
        "With council tax reduction a collection of up to three things is free.",
        "Gyda gostyngiad y dreth gyngor mae casglu hyd at dri pheth am ddim.",
    )
    found = decided(package, Order("decision", "price#1", asked | {"with": {"Items": 0}}), at=AT)
    assert (found.event.kind, found.reasons) == ("failed", ())
