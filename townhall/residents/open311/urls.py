"""Addresses below /open311/, with .json, .xml or neither at the end."""
from django.urls import path, re_path

from townhall.residents.open311.views import calls, documents, edge, keys

app_name = "open311"
END = r"(?:\.(?P<form>json|xml))?/?$"
PART = r"[^/]+?"

urlpatterns = [
    path("keys/", keys.listing, name="keys"),
    path("keys/new/", keys.new, name="new_key"),
    path("keys/<uuid:key_id>/", keys.change, name="key"),
    path("keys/<uuid:key_id>/end/", keys.end, name="end_key"),
    path("v2/openapi.json", documents.openapi, name="openapi"),
    re_path(rf"^(?:v2/)?discovery{END}", calls.discovery, name="discovery"),
    re_path(rf"^v2/services{END}", calls.services, name="services"),
    re_path(rf"^v2/services/(?P<code>{PART}){END}", calls.definition, name="definition"),
    re_path(rf"^v2/requests{END}", calls.requests, name="requests"),
    re_path(rf"^v2/requests/(?P<reference>{PART}){END}", calls.request, name="request"),
    re_path(rf"^v2/tokens/(?P<token>{PART}){END}", calls.token, name="token"),
    re_path(rf"^v2/servicerequestupdates{END}", calls.updates, name="updates"),
    re_path(r"^v2/.*$", edge.not_here),
]
