"""What can be booked, and the applicant's buttons: read from the sheet, and held against the process."""

import pytest

from townhall.kernel.catalogue.packages.model import Opening
from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.packages.tests.breaking import broken, told

VAN = "  van:\n    name: {en: Van, cy: Fan}\n    days: {tuesday: 07:00-12:00, friday: [07:00-12:00, 13:00-15:30]}\n"
CONTACT = 'contact: {en: "Ask the waste'


def test_what_can_be_booked_is_read_with_its_week_and_its_numbers() -> None:
    held = broken("service.yaml", "", OWN_SHEET)
    package, problems = examined_files("bulky_waste", held, run_examples=False)
    assert problems == ()
    assert package is not None
    van = package.service.bookings["van"]
    assert van.openings == (Opening(1, "07:00", "12:00"), Opening(4, "07:00", "12:00"), Opening(4, "13:00", "15:30"))
    assert (van.capacity, van.slot_minutes, van.hold_minutes, van.name.cy) == (20, 60, 30, "Fan")
    assert package.service.buttons["withdrawn"].en == "Give it up"


def sheet_without_offers() -> str:
    """The sheet of the shelf, without what it offers."""
    lines = broken("service.yaml", CONTACT, CONTACT)["service.yaml"].decode().split("\n")
    kept: list[str] = []
    is_offer = False
    for line in lines:
        if not line.startswith(" "):
            is_offer = line.startswith(("bookings:", "buttons:"))
        kept += [] if is_offer else [line]
    return "\n".join(kept).rstrip("\n") + "\n"


BARE = sheet_without_offers()
BUTTONS = "buttons: {withdrawn: {en: Give it up, cy: Ildio}}\n"
OWN_SHEET = f"{BARE}bookings:\n{VAN}    capacity: 20\n    slot_minutes: 60\n{BUTTONS}"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            f"bookings:\n{VAN.replace('12:00', '25:00', 1)}",
            "'07:00-25:00' is no time of a day.",
        ),
        (f"bookings:\n{VAN}    capacity: 0\n", "A slot takes at least one booking. Write 1 or more."),
        (f"bookings:\n{VAN.replace('van', 'vans', 1)}", "Nobody books 'vans'. Did you mean 'van'?"),
        (f"bookings:\n{VAN.replace('van', 'cancel', 1)}", "'cancel' is a word of the process. Call it something else."),
        (f"bookings:\n{VAN}    capacity: many\n", "'many' is no whole number. Write digits alone."),
        ("buttons: {withdraw: {en: Give it up, cy: Ildio}}\n", "The process knows no message 'withdraw'."),
    ],
)
def test_an_offer_that_is_wrong_is_named_with_its_cure(more: str, message: str) -> None:
    assert any(message in each for _, each in told(broken("service.yaml", "", BARE + more)))
