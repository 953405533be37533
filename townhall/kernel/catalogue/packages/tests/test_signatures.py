"""What a second person signs: every mistake about it is named with its cure."""

from pathlib import Path

import pytest

from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.packages.tests.breaking import files

GRANT = Path(__file__).parents[4] / "residents" / "services" / "tests" / "packages" / "grant"


def told(old: str, new: str, file: str = "service.yaml") -> list[str]:
    """What is said of the grant with a text changed."""
    held = files(GRANT)
    assert old in held[file].decode()
    held[file] = held[file].decode().replace(old, new, 1).encode()
    return [f"{each.message} {each.cure}" for each in examined_files("grant", held, run_examples=False).problems]


def test_the_grant_says_what_its_second_person_signs() -> None:
    package, problems = examined_files("grant", files(GRANT), run_examples=False)
    assert problems == ()
    assert package is not None
    assert package.service.signatures["landlord"].days == 14


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  landlord:\n    says", "  landlady:\n    says", "Nobody asks for the signature 'landlady'. Did you mean"),
        ("  landlord:\n    says", "  landlady:\n    says", "Nobody is told what is signed by 'landlord'."),
        ("[full_name,", "[fullname,", "There is no answer 'fullname' to show. Did you mean 'full_name'?"),
        ("[full_name,", "[bank,", "A second person must not see 'bank': it is of type bank_details."),
        ("[full_name,", "[cost,", "There is no answer 'cost' to show."),
        ("[full_name, trade, jobs, total]", "[]", "Nobody signs what they do not see."),
        ("signed: owner_signed", "signed: owner_sined", "The process knows no message 'owner_sined'. Did you mean"),
        (", lapsed: owner_silent", "", "The process does not hear when it is lapsed."),
        ("days: 14", "days: 0", "'0' is no number of days. Write 1 to 90."),
        ("days: 14", "days: many", "'many' is no number of days."),
    ],
)
def test_what_is_wrong_with_a_signature_is_named_with_its_cure(old: str, new: str, message: str) -> None:
    assert any(message in each for each in told(old, new)), told(old, new)


def test_a_signature_stands_in_no_group() -> None:
    before = "is_listed: {type: yes_no,"
    found = told(before, f"who: {{type: signature, label: {{en: W, cy: P}}}}\n          {before}", "form.yaml")
    assert any("stands inside a group" in each for each in found)
