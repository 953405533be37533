"""Calling other servers: only public addresses (or hosts allowed by name), no redirects, little time, little data."""
import ipaddress
import socket
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

TIMEOUT = httpx.Timeout(10.0, connect=4.0)
MOST_SECONDS = 60.0
MOST_BYTES = 5_000_000
PHOTO_BYTES = 20_000_000
AGENT = "Townhall (Open311 GeoReport v2)"


class Unreachable(RuntimeError):
    """A server that did not answer in a way that can be used; trying later may help."""


class TooLong(Unreachable):
    """A server that did as it was asked, and answered with more than is read."""


class Rejected(RuntimeError):
    """A server that understood and said no. `status` is its HTTP status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status} {words}".strip())
        self.status = status


def call(
    method: str, url: str, *, params: Mapping[str, str] | None = None, form: Mapping[str, str] | None = None,
    files: list[tuple[str, tuple[str, bytes, str]]] | None = None, headers: Mapping[str, str] | None = None,
    content: bytes | None = None, most_bytes: int = MOST_BYTES,
) -> bytes:  # fmt: skip
    """The body of the server's answer. Raises Unreachable or Rejected.

    The name is looked up once, and that address is called, so that what was checked is what is reached.
    """
    try:
        parts = urlsplit(url)
        address = _address(parts.scheme, parts.hostname or "", parts.port)
        pinned = httpx.URL(url).copy_with(host=address)
        sent = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": AGENT, **(headers or {})}
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
            request = client.build_request(
                method, pinned, params=params, data=form, content=content, files=files, headers=sent,
                extensions={"sni_hostname": parts.hostname},
            )  # fmt: skip
            response = client.send(request, stream=True)
            try:
                return _body(response, most_bytes)
            finally:
                response.close()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
        raise Unreachable(type(problem).__name__) from problem


def _address(scheme: str, host: str, port: int | None) -> str:
    """One address of the host that may be called. Raises Unreachable."""
    is_allowed = host in settings.TOWNHALL_PRIVATE_HOSTS
    if not host or scheme not in ({"http", "https"} if is_allowed else {"https"}):
        raise Unreachable("only https addresses are called")
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise Unreachable("its name is not known") from problem
    addresses = [str(entry[4][0]) for entry in found]
    if not is_allowed and not all(_is_public(address) for address in addresses):
        raise Unreachable("it is on a private network, which nobody has allowed")
    return addresses[0]


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped:
        number = number.ipv4_mapped
    return number.is_global and not number.is_multicast


def _body(response: httpx.Response, most_bytes: int) -> bytes:
    """The body, read up to a limit. Raises Unreachable for a redirect, a fault of the server, too much or too slow."""
    read, until = bytearray(), time.monotonic() + MOST_SECONDS
    for chunk in response.iter_bytes():
        read += chunk
        if len(read) > most_bytes:
            raise (TooLong if response.is_success else Unreachable)("its answer is too long")
        if time.monotonic() > until:
            raise Unreachable("it took too long to answer")
    if response.is_success:
        return bytes(read)
    if response.status_code < 500 and response.status_code not in {408, 425, 429} and not response.is_redirect:
        raise Rejected(response.status_code, _words(bytes(read)))
    raise Unreachable(f"it answered {response.status_code}")


def _words(body: bytes) -> str:
    """The beginning of what an error says."""
    return " ".join(body[:300].decode("utf-8", "replace").split())


def plain(value: Any) -> str:
    """A value of somebody else's JSON as text; empty for what is no plain value."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
