"""Clients that others wrote (PyPI: georeport, three) read from and write to a running server of ours."""
import itertools
from types import ModuleType
from typing import Any

import georeport
import pytest

from townhall.residents.open311.tests.county import APP, County
from townhall.residents.open311.tests.factories import PLACE

HOLE = {"service_code": "graffiti", "lat": PLACE["lat"], "long": PLACE["long"], "description": "Tags by another client"}


@pytest.fixture(scope="session")
def three() -> ModuleType:
    """The client `three`, which still expects a name that Python 3 took away."""
    itertools.ifilter = filter  # pyright: ignore[reportAttributeAccessIssue]
    import three as module

    return module


def client(county: County, three: ModuleType, **more: Any) -> Any:
    return three.Three(county.open311, api_key=APP, jurisdiction="merrowshire.example", **more)


def sent_by_three(county: County, three: ModuleType, words: str) -> str:
    """A request posted by `three`; its id."""
    fields = HOLE | {"description": words, "attribute[offensive]": "no", "attribute[surface]": "wall"}
    answer = client(county, three).post(**fields, name="Nia Rees", email="nia@example.org", phone="07700 900333")
    return answer[0]["service_request_id"]


def test_three_writes_and_reads_what_it_wrote(county: County, three: ModuleType) -> None:
    ours = client(county, three)
    assert ours.discovery()["endpoints"][0]["url"] == county.open311.rstrip("/")
    codes = [service["service_code"] for service in ours.services()]
    assert {"graffiti", "pothole"} <= set(codes)
    assert ours.services("graffiti")["attributes"][0]["code"] == "offensive"
    sent = sent_by_three(county, three, "Tags sent by three")
    found = ours.request(sent)[0]
    assert (found["service_code"], found["description"], found["status"]) == ("graffiti", "Tags sent by three", "open")
    assert sent in [row["service_request_id"] for row in ours.requests("graffiti", count=20)]
    assert ours.requests(start="01/01/2020", end="02/01/2020") == []


def test_three_is_told_what_is_wrong(county: County, three: ModuleType) -> None:
    errors = client(county, three).post("graffiti", description="No place")
    assert errors[0]["code"] == 400
    assert client(county, three).request("AAAA-AAA")[0]["code"] == 404


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_in_both_formats(county: County, three: ModuleType, form: str) -> None:
    sent = [sent_by_three(county, three, f"Tags {number} for {form}") for number in range(2)]
    ours = georeport.GeoReport(county.open311, jurisdiction="merrowshire.example", output_format=form)
    assert "graffiti" in [service["service_code"] for service in ours.get_service_list()]
    assert ours.get_service_definition("graffiti")["service_code"] == "graffiti"
    assert ours.get_service_request(sent[0])["description"] == f"Tags 0 for {form}"
    listed = ours.get_service_requests(service_code="graffiti", status="open")
    assert set(sent) <= {row["service_request_id"] for row in listed}
    chosen = ours.get_service_requests(service_request_id=",".join(sent))
    assert {row["service_request_id"] for row in chosen} == set(sent)


def test_both_formats_of_the_running_server_agree(county: County, three: ModuleType) -> None:
    sent = sent_by_three(county, three, "The same & <more>")
    in_json = georeport.GeoReport(county.open311).get_service_request(sent)
    in_xml = georeport.GeoReport(county.open311, output_format="xml").get_service_request(sent)
    assert {name: None if value is None else str(value) for name, value in in_json.items()} == dict(in_xml)
