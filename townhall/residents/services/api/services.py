"""The services that can be applied for, and the JSON Schema of the answers that each asks for."""

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from townhall.kernel.modules.openapi import PAGE_SIZE, PageNumber, PageSize, Text, page_link, routers
from townhall.residents.services import selectors
from townhall.residents.services.models import Version

router = routers.add("services", Router())
Hash = Annotated[
    str, Field(pattern="^(?:[0-9a-f]{64})?$", description="A version, by its hash; empty for the live one")
]


class ServiceOut(Schema):
    """A service in the reader's language (Accept-Language: en or cy). `version` is the hash of what is live now, `url`
    the page on which residents begin, `schema_url` the JSON Schema of the answers."""

    slug: str
    name: str
    summary: str
    version: str
    url: str
    schema_url: str


class ServicesOut(Schema):
    """A page of services; the next one is in the Link header."""

    items: list[ServiceOut]
    page: int
    has_next: bool


@router.get("/", response=ServicesOut, url_name="services")
def listing(
    request: HttpRequest, response: HttpResponse, page: PageNumber = 1, page_size: PageSize = PAGE_SIZE
) -> dict[str, Any]:
    """What can be applied for now, by name, in pages."""
    start, found = (page - 1) * page_size, selectors.offered()
    has_next = len(found) > start + page_size
    if has_next:
        page_link(request, response, page=page + 1)
    return {"items": [_facts(each) for each in found[start : start + page_size]], "page": page, "has_next": has_next}


@router.get("/{slug}", response=ServiceOut, url_name="service")
def one(request: HttpRequest, slug: Text) -> dict[str, Any]:  # noqa: ARG001 - django-ninja knows it by name
    """A service that can be applied for now."""
    return _facts(version_of(slug))


@router.get("/{slug}/schema", response=dict[str, Any], url_name="service_schema")
def schema(request: HttpRequest, slug: Text, version: Hash = "") -> dict[str, Any]:  # noqa: ARG001
    """The JSON Schema (2020-12) of the answers of a version, with titles in the reader's language."""
    return selectors.answers_schema(version_of(slug, version), selectors.language())


def version_of(slug: str, content: str = "") -> Version:
    """The live version of a service, or an older one that is kept. Raises Http404."""
    live = selectors.live_version(slug)
    found = selectors.kept_version(slug, content) if live is not None and content else live
    if found is None or not selectors.is_offered(found):
        raise Http404(slug)
    return found


def _facts(version: Version) -> dict[str, Any]:
    spoken, root = selectors.language(), settings.TOWNHALL_URL
    return {
        "slug": version.slug, "name": version.title(spoken), "summary": version.line(spoken), "version": version.hash,
        "url": root + reverse("services:start", args=[version.slug]),
        "schema_url": root + reverse("api-1:service_schema", args=[version.slug]),
    }  # fmt: skip
