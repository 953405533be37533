"""Guessing passwords has an end, and does not shut out whoever the account belongs to."""

from datetime import datetime
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from townhall.kernel.identity.actions import signing_in

pytestmark = pytest.mark.django_db
STAFF = "/identity/staff/"
RIGHT = {"email": "dev@northmere.example", "password": "correct horse battery"}
WRONG = RIGHT | {"password": "wrong"}


def test_wrong_passwords_from_one_place_do_not_lock_another(council: Any) -> None:
    answers = [Client(REMOTE_ADDR="203.0.113.9").post(STAFF, WRONG) for _ in range(9)]
    assert answers[-1].status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.7").post(STAFF, RIGHT).status_code == 302


def test_many_places_together_have_an_end_but_for_those_who_work_there(council: Any, at: datetime) -> None:
    for number in range(signing_in.TRIES_FOR_ONE):
        assert signing_in.may_try_password(WRONG["email"], f"203.0.113.{number}", at)
    assert not signing_in.may_try_password(WRONG["email"], "203.0.113.250", at)
    UserSession.objects.create(user=council.officer, ip="198.51.100.7", session_key="known", user_agent="a browser")
    assert signing_in.may_try_password(WRONG["email"], "198.51.100.7", at)
    assert not signing_in.may_try_password(WRONG["email"], "198.51.100.8", at)


def test_one_place_cannot_try_everybody(council: Any, at: datetime) -> None:
    tries = [signing_in.may_try_password(f"{number}@example.org", "203.0.113.9", at) for number in range(101)]
    assert tries == [True] * 100 + [False]


@pytest.mark.parametrize(("language", "says"), [("en", "Try again in 15 minutes"), ("cy", "15 munud")])
def test_the_page_says_when_to_try_again_in_both_languages(language: str, says: str, council: Any) -> None:
    client = Client(headers={"Accept-Language": language})
    answer = [client.post(STAFF, WRONG) for _ in range(9)][-1]
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert says in answer.content.decode()
    assert "01632 960 100" in answer.content.decode()
