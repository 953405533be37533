"""GeoReport v2 as an OpenAPI 3.1 document: every address, what it takes, what it answers, in JSON and in XML."""
from typing import Any

from townhall.residents.open311.rules.asking import MOST
from townhall.residents.open311.rules.sending import LONGEST
from townhall.residents.open311.rules.statuses import DETAILED

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DEGREES: Schema = {"type": ["number", "null"]}
FAULTS = {
    400: "Something in it cannot be read or taken", 403: "The api_key is wrong, missing, or may not do this",
    404: "There is no such thing, or the jurisdiction is another's", 413: "It is too large",
    415: "It is neither a form nor JSON", 429: "Asked too often: try again after Retry-After seconds",
}  # fmt: skip
SCHEMAS: dict[str, Schema] = {
    "error": {"type": "object", "required": ["code", "description"],
              "properties": {"code": {"type": "integer"}, "description": TEXT}},
    "service": {
        "type": "object", "required": ["service_code", "service_name", "metadata", "type"],
        "properties": {
            "service_code": TEXT, "service_name": TEXT, "description": TEXT, "metadata": {"type": "boolean"},
            "type": {"enum": ["realtime", "batch", "blackbox"]}, "keywords": TEXT, "group": TEXT,
        },
    },
    "service_definition": {
        "type": "object", "required": ["service_code", "attributes"],
        "properties": {"service_code": TEXT, "attributes": {"type": "array", "items": {
            "type": "object", "required": ["variable", "code", "datatype", "required", "order", "description"],
            "properties": {
                "variable": {"type": "boolean"}, "code": TEXT, "required": {"type": "boolean"},
                "datatype": {"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]},
                "datatype_description": TEXT_OR_NONE, "order": {"type": "integer"}, "description": TEXT,
                "values": {"type": "array", "items": {"type": "object", "properties": {"key": TEXT, "name": TEXT}}},
            },
        }}},
    },
    "request": {
        "type": "object", "required": ["service_request_id"],
        "properties": {
            "service_request_id": TEXT, "status": {"enum": ["open", "closed"]}, "status_notes": TEXT_OR_NONE,
            "service_name": TEXT, "service_code": TEXT, "description": TEXT_OR_NONE, "agency_responsible": TEXT_OR_NONE,
            "service_notice": TEXT_OR_NONE, "requested_datetime": MOMENT, "updated_datetime": MOMENT,
            "expected_datetime": {"type": ["string", "null"]}, "address": TEXT_OR_NONE, "address_id": TEXT_OR_NONE,
            "zipcode": TEXT_OR_NONE, "lat": DEGREES, "long": DEGREES, "media_url": TEXT_OR_NONE, "token": TEXT,
        },
    },
    "update": {
        "type": "object", "required": ["update_id"],
        "properties": {
            "update_id": TEXT, "service_request_id": TEXT, "status": {"enum": sorted(set(DETAILED.values()))},
            "external_status_code": TEXT, "updated_datetime": MOMENT, "description": TEXT_OR_NONE,
            "description_cy": TEXT_OR_NONE, "media_url": TEXT_OR_NONE,
        },
    },
    "discovery": {
        "type": "object", "required": ["changeset", "contact", "endpoints"],
        "properties": {"changeset": TEXT, "contact": TEXT, "key_service": TEXT,
                       "endpoints": {"type": "array", "items": {"type": "object"}}},
    },
}  # fmt: skip
NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999}
PAGES: dict[str, Schema] = {"page": NUMBER, "page_size": NUMBER | {"description": f"At most {MOST} are answered"}}
SPAN: dict[str, Schema] = {
    "start_date": MOMENT | {"description": "At most 90 days before end_date"}, "end_date": MOMENT,
}  # fmt: skip
ASKED: dict[str, Schema] = SPAN | PAGES | {
    "service_request_id": TEXT | {"description": "Up to 200, with commas; overrides everything else"},
    "service_code": TEXT, "status": {"enum": ["open", "closed", "open,closed"]},
    "updated_after": MOMENT, "updated_before": MOMENT,
    "bbox": TEXT | {"description": "west,south,east,north in degrees"},
    "lat": {"type": "number"}, "long": {"type": "number"},
    "radius": {"type": "number", "exclusiveMinimum": 0, "maximum": 50_000, "description": "Metres around lat and long"},
    "extensions": {"type": "boolean", "description": "Adds attributes, detailed statuses, notes and photos"},
}  # fmt: skip
SENT: dict[str, Schema] = {
    "service_code": TEXT, "description": {"type": "string", "maxLength": LONGEST}, "lat": {"type": "number"},
    "long": {"type": "number"}, "address_string": TEXT, "address_id": TEXT | {"description": "A UPRN"}, "email": TEXT,
    "first_name": TEXT, "last_name": TEXT, "phone": TEXT, "title": TEXT, "media_url": TEXT,
}  # fmt: skip
SENT_UPDATE: dict[str, Schema] = {
    "update_id": TEXT | {"description": "Your own; sending it again changes nothing"}, "service_request_id": TEXT,
    "description": TEXT, "status": TEXT, "updated_datetime": MOMENT,
}  # fmt: skip


def described(url: str) -> dict[str, Any]:
    """The document. `url` is where this server's /open311/v2 is."""
    paths: dict[str, Any] = {}
    for form in ("json", "xml"):
        paths |= {f"{path}.{form}": _operations(path, form) for path in _OPERATIONS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Open311 GeoReport v2", "version": "2", "description": (
            "Problem reports for other systems. Everyone reads what is public; a key with a scope sends. The same "
            "facts are answered as JSON and as XML. Source: GeoReport v2, with FixMyStreet's update extension.")},
        "servers": [{"url": url}],
        "paths": paths,
        "components": {"schemas": SCHEMAS, "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}},
    }  # fmt: skip


def _many(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _one(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_OPERATIONS: dict[str, dict[str, tuple[str, dict[str, Schema], dict[int, Schema]]]] = {
    "/discovery": {"get": ("What is where", {}, {200: _one("discovery")})},
    "/services": {"get": ("What can be asked for", {}, {200: _many("service")})},
    "/services/{service_code}": {"get": ("What a service asks", {}, {200: _one("service_definition")})},
    "/requests": {
        "get": ("Requests, newest first, in pages", ASKED, {200: _many("request")}),
        "post": ("Send a request; the same Idempotency-Key, or the same body within ten minutes, makes one", SENT,
                 {201: _many("request"), 200: _many("request")}),
    },
    "/requests/{service_request_id}": {
        "get": ("One request", {"extensions": ASKED["extensions"]}, {200: _many("request")}),
    },
    "/tokens/{token}": {"get": ("The request that a token became", {}, {200: _many("request")})},
    "/servicerequestupdates": {
        "get": ("What happened to requests, oldest first, in pages",
                SPAN | PAGES | {"service_request_id": ASKED["service_request_id"]}, {200: _many("update")}),
        "post": ("Say what happened to a request", SENT_UPDATE, {201: _many("update"), 200: _many("update")}),
    },
}  # fmt: skip
"""By path and method: what it does, what it takes, what it answers."""


def _operations(path: str, form: str) -> dict[str, Any]:
    return {method: _operation(path, method, form) for method in _OPERATIONS[path]}


def _operation(path: str, method: str, form: str) -> dict[str, Any]:
    summary, taken, answers = _OPERATIONS[path][method]
    media = "application/json" if form == "json" else "text/xml"
    named = path.partition("{")[2].rstrip("}")
    parameters = [{"in": "path", "name": named, "required": True, "schema": TEXT | {"minLength": 1}}] if named else []
    parameters.append({"in": "query", "name": "jurisdiction_id", "schema": TEXT})
    operation: dict[str, Any] = {
        "operationId": f"{method}{path.replace('/', '_').replace('{', '').replace('}', '')}_{form}",
        "summary": summary, "tags": [form], "parameters": parameters,
        "responses": {str(status): _answer("Answered", media, schema) for status, schema in answers.items()},
    }  # fmt: skip
    if method == "get":
        parameters += [{"in": "query", "name": name, "schema": schema} for name, schema in taken.items()]
    else:
        operation |= {"requestBody": _body(taken), "security": [{"key": []}]}
    for status, why in FAULTS.items():
        if method == "post" or status not in {413, 415}:
            operation["responses"][str(status)] = _answer(why, media, _many("error"))
    return operation


def _answer(description: str, media: str, schema: Schema) -> dict[str, Any]:
    return {"description": description, "content": {media: {"schema": schema} if media.endswith("json") else {}}}


def _body(taken: dict[str, Schema]) -> dict[str, Any]:
    needed = [name for name in ("service_code", "update_id", "service_request_id", "description") if name in taken]
    schema = {"type": "object", "properties": taken, "required": [name for name in needed if name != "description"]}
    return {"required": True, "content": {
        "application/x-www-form-urlencoded": {"schema": schema}, "application/json": {"schema": schema},
    }}  # fmt: skip
