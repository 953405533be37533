"""A call as its sender means it, whichever way it came in; and the headers and errors of every answer."""
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from townhall.residents.open311.rules.faults import Refused, refuse
from townhall.residents.open311.rules.sending import flat
from townhall.residents.open311.rules.wire import Answer


def read_json(body: bytes) -> dict[str, list[str]]:
    """A JSON body as the form that would say the same. Raises Refused."""
    try:
        said = json.loads(body)
        if b"\\u" in body:
            json.dumps(said, ensure_ascii=False).encode()  # halves of signs, which are no text
    except (ValueError, RecursionError) as problem:
        raise refuse(400, "the body is not JSON") from problem
    return flat(said)


def digest_of_said(given: Mapping[str, Sequence[str]], files: Iterable[bytes] = ()) -> str:
    """A hash of everything sent but the key, the same however it was encoded. `files` are their SHA-256s."""
    digest = hashlib.sha256()
    said = {name: values for name, values in given.items() if name != "api_key"}
    digest.update(json.dumps(said, sort_keys=True).encode())
    for file in files:
        digest.update(file)
    return digest.hexdigest()


def caller_address(forwarded: str, remote: str, *, proxies: int) -> str:
    """Who calls: behind proxies of ours, whom the outermost of them saw."""
    seen = [part.strip() for part in forwarded.split(",") if part.strip()]
    return seen[-proxies] if proxies and len(seen) >= proxies else remote


def must_be_ours(jurisdiction: str, *, ours: Iterable[str], bound_to: str) -> None:
    """We answer for one jurisdiction, so it may be left out; another's is not found here.

    `ours` is what we are called; `bound_to` is the one jurisdiction that the caller's key is for; empty is any.
    """
    if not jurisdiction:
        return
    if jurisdiction not in {*ours} - {""} or (bound_to and bound_to != jurisdiction):
        raise refuse(404, f"jurisdiction_id '{jurisdiction[:60]}' was not found")


def errors(refused: Refused) -> Answer:
    """A refusal as the standard has it."""
    facts: list[dict[str, Any]] = [
        {"code": fault.code, "description": fault.description} for fault in refused.faults
    ]
    return Answer("errors", facts)


def headers_of(status: int, *, retry_seconds: int = 0) -> dict[str, str]:
    """Headers for every answer: other sites' pages may read what everyone may read, and send nothing."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Expose-Headers": "Link, Retry-After",
        "Cache-Control": "no-cache" if status == 200 else "no-store",
        "Vary": "Accept, Accept-Language, X-Api-Key",
    }
    return headers | ({"Retry-After": str(retry_seconds)} if retry_seconds else {})
