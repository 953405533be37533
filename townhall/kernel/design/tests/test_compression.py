"""What goes over the wire is compressed, and is the same inside."""

import gzip
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SHEET = "/static/design/parts.css"


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def test_a_page_comes_compressed_to_who_takes_it(council: Any, client: Client) -> None:
    plain, packed = (
        client.get("/privacy-and-cookies/"),
        client.get("/privacy-and-cookies/", headers={"Accept-Encoding": "gzip"}),
    )
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).count(b"<h1") == plain.content.count(b"<h1") == 1
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_file_comes_compressed_and_is_the_same_inside(client: Client) -> None:
    plain, packed = client.get(SHEET), client.get(SHEET, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body(packed)) == body(plain)
    again = client.get(SHEET, headers={"Accept-Encoding": "gzip"})
    assert body(again) == body(packed)


def test_a_part_of_a_file_and_a_picture_come_as_they_are(client: Client) -> None:
    part = client.get(SHEET, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert "Content-Encoding" not in part.headers
    font = client.get("/static/vendor/fonts/next-latin-normal.woff2", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in font.headers


def test_two_answers_with_the_same_words_differ_in_length(council: Any, client: Client) -> None:
    """So that nobody can tell a secret in a page from how long it is."""
    packed = {len(client.get("/", headers={"Accept-Encoding": "gzip"}).content) for _ in range(12)}
    assert len(packed) > 1
