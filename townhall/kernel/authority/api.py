"""Who this council is, and who its neighbours are, as JSON."""

from django.http import HttpRequest
from ninja import Router, Schema

from townhall.kernel.authority import rules, selectors
from townhall.kernel.modules.openapi import routers

router = routers.add("council", Router())


class CouncilOut(Schema):
    """A council: its GSS code, names, tier, and how to reach it. `does` says what it deals with."""

    gss_code: str
    name: str
    name_cy: str
    short_name: str
    tier: str
    nation: str
    telephone: str
    emergency_telephone: str
    text_relay: str
    address: str
    email: str
    website: str
    does: list[str]
    does_cy: list[str]
    open311_url: str
    is_fictional: bool


@router.get("/", response=CouncilOut, url_name="council")
def this_council(request: HttpRequest) -> rules.Authority:  # noqa: ARG001 - django-ninja knows it by name
    """This council."""
    return selectors.ours()


@router.get("/neighbours", response=list[CouncilOut], url_name="neighbours")
def neighbours(request: HttpRequest) -> list[rules.Authority]:  # noqa: ARG001
    """The other councils that deal with something here, by name."""
    return selectors.neighbours()
