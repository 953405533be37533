"""A resident signs in with a code; others do not sign in with it."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from townhall.kernel.identity import actions
from townhall.kernel.identity.models import Code, Person
from townhall.kernel.identity.permissions import PROVED
from townhall.kernel.identity.tests.conftest import Sent

pytestmark = pytest.mark.django_db
SIGN_IN, CODE, STAFF = "/identity/sign-in/", "/identity/sign-in/code/", "/identity/staff/"


def ask(client: Client, address: str = "new@example.org", onwards: str = "") -> Any:
    """Type an address on the first page."""
    client.get(SIGN_IN, {"next": onwards} if onwards else {})
    return client.post(SIGN_IN, {"address": address})


def reader(client: Client) -> str | None:
    """Whose session it is."""
    return client.session.get("_auth_user_id")


def test_a_code_makes_a_person_and_signs_them_in(client: Client, council: Any, sent: Sent) -> None:
    assert ask(client).headers["Location"] == CODE
    assert sent[-1][:2] == ("email", "new@example.org")
    answer = client.post(CODE, {"code": f" {sent.code[:3]} {sent.code[3:]} "})
    assert answer.status_code == 302
    person = Person.objects.get(email="new@example.org")
    assert person.email_verified_at is not None
    assert reader(client) == str(person.pk)


def test_a_text_message_does_as_well(client: Client, council: Any, sent: Sent) -> None:
    ask(client, "07700 900142")
    assert sent[-1][:2] == ("sms", "+447700900142")
    client.post(CODE, {"code": sent.code})
    assert reader(client) == str(council.resident.pk)


def test_known_and_unknown_addresses_are_answered_alike(council: Any, sent: Sent) -> None:
    pages, counts = [], []
    for address in ("asha@example.org", "nobody@example.org", "dev@northmere.example"):
        browser = Client()
        browser.get(SIGN_IN)
        with CaptureQueriesContext(connection) as queries:
            answer = browser.post(SIGN_IN, {"address": address})
        pages.append(
            (answer.status_code, browser.get(CODE).content.decode().replace(address, "ADDRESS").count("ADDRESS"))
        )
        counts.append(len(queries))
    assert len(set(pages)) == 1
    assert len(set(counts)) == 1, "the same work, so the same time"
    assert len(sent) == 3


def test_a_wrong_code_is_refused_and_five_end_it(client: Client, council: Any, sent: Sent) -> None:
    ask(client)
    wrong = "000000" if sent.code != "000000" else "111111"
    for _ in range(5):
        assert client.post(CODE, {"code": wrong}).status_code == 422
    assert client.post(CODE, {"code": sent.code}).status_code == 422
    assert reader(client) is None


def test_a_code_works_once(client: Client, council: Any, sent: Sent) -> None:
    ask(client)
    session = client.session["identity.sent"], client.session["identity.browser"]
    client.post(CODE, {"code": sent.code})
    client.post("/identity/sign-out/")
    replay = Client()
    store = replay.session
    store["identity.sent"], store["identity.browser"] = session
    store.save()
    assert replay.post(CODE, {"code": sent.code}).status_code == 422
    assert reader(replay) is None


def test_a_code_is_of_no_use_in_another_browser(client: Client, council: Any, sent: Sent) -> None:
    ask(client)
    other = Client()
    ask(other, "other@example.org")
    first = client.session["identity.sent"]
    session = other.session
    session["identity.sent"] = first
    session.save()
    assert other.post(CODE, {"code": sent[0][2]}).status_code == 422
    assert reader(other) is None


def test_a_code_ends_after_ten_minutes(client: Client, council: Any, sent: Sent) -> None:
    ask(client)
    Code.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(CODE, {"code": sent.code}).status_code == 422


def test_asking_again_ends_the_code_before(client: Client, council: Any, sent: Sent) -> None:
    ask(client)
    ask(client)
    assert client.post(CODE, {"code": sent[0][2]}).status_code == (422 if sent[0][2] != sent[1][2] else 302)
    assert client.post(CODE, {"code": sent[1][2]}).status_code == 302


def test_codes_are_kept_as_hashes(client: Client, council: Any, sent: Sent) -> None:
    ask(client)
    assert sent.code not in str(list(Code.objects.values()))
    assert sent.code not in str(dict(client.session))


def test_one_address_gets_five_codes_an_hour(council: Any, sent: Sent) -> None:
    answers = [ask(Client(), "New@example.org").status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(sent) == 5


def test_one_place_asks_for_thirty_codes_an_hour(council: Any, sent: Sent) -> None:
    answers = [ask(Client(), f"new{number}@example.org").status_code for number in range(31)]
    assert answers == [302] * 30 + [429]
    assert ask(Client(REMOTE_ADDR="203.0.113.9"), "elsewhere@example.org").status_code == 302


def test_a_page_says_so_when_nothing_could_be_sent(
    client: Client, council: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(channel: str, address: str, code: str, language: str) -> None:
        raise OSError("no post today")

    monkeypatch.setattr("townhall.kernel.identity.registries.code_sender._entries", {"fails": fails})
    answer = ask(client)
    assert answer.status_code == 503
    assert "new@example.org" in answer.content.decode()


def test_a_code_does_not_let_staff_in(client: Client, council: Any, sent: Sent) -> None:
    ask(client, "dev@northmere.example")
    answer = client.post(CODE, {"code": sent.code})
    assert answer.headers["Location"] == STAFF
    assert reader(client) is None


@pytest.mark.parametrize(
    "onwards", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(client: Client, council: Any, sent: Sent, onwards: str) -> None:
    ask(client, onwards=onwards)
    answer = client.post(CODE, {"code": sent.code})
    assert "evil" not in answer.headers["Location"]
    assert answer.headers["Location"].startswith("/")


def test_one_goes_on_to_where_one_was_going(client: Client, council: Any, sent: Sent) -> None:
    ask(client, onwards="/identity/security/")
    assert client.post(CODE, {"code": sent.code}).headers["Location"] == "/identity/security/"


def test_a_session_planted_by_somebody_else_does_not_become_the_persons(
    client: Client, council: Any, sent: Sent
) -> None:
    ask(client)
    planted = client.session.session_key
    client.post(CODE, {"code": sent.code})
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[_cookie()] = planted or ""
    assert thief.get("/identity/security/").status_code == 302


def test_what_was_typed_before_signing_in_is_kept(client: Client, council: Any, sent: Sent) -> None:
    ask(client)
    session = client.session
    session["reports.draft"] = {"description": "a hole"}
    session.save()
    client.post(CODE, {"code": sent.code})
    assert client.session["reports.draft"] == {"description": "a hole"}


def test_nothing_of_one_person_is_left_for_the_next(client: Client, council: Any, sent: Sent) -> None:
    client.force_login(council.neighbour)
    session = client.session
    session["reports.draft"] = {"description": "mine"}
    session.save()
    ask(client)
    client.post(CODE, {"code": sent.code})
    assert "reports.draft" not in client.session


def test_signing_out_is_a_post_and_ends_the_session(client: Client, council: Any, sent: Sent) -> None:
    client.force_login(council.resident)
    assert client.get("/identity/sign-out/").status_code == 405
    client.post("/identity/sign-out/")
    assert reader(client) is None


def test_somebody_who_has_been_closed_out_cannot_come_in(client: Client, council: Any, sent: Sent) -> None:
    Person.objects.filter(pk=council.resident.pk).update(is_active=False)
    ask(client, "asha@example.org")
    assert client.post(CODE, {"code": sent.code}).status_code == 403
    assert reader(client) is None


def test_a_letter_signs_in_the_person_it_was_posted_to(client: Client, council: Any, sent: Sent) -> None:
    person = council.resident
    person.address, person.postcode = "14 Hope Street", "nm2 6rd"
    person.save()
    client.force_login(council.call_handler)
    assert client.post(f"/identity/residents/{person.pk}/posted-code/").status_code == 200
    channel, address, code, _language = sent[-1]
    assert (channel, address) == ("post", "Asha Begum\n14 Hope Street\nNM2 6RD")
    home = Client()
    assert home.post("/identity/sign-in/letter/", {"postcode": "NM2 6RE", "code": code}).status_code == 422
    assert home.post("/identity/sign-in/letter/", {"postcode": "nm26rd", "code": code.lower()}).status_code == 302
    assert reader(home) == str(person.pk)
    assert Client().post("/identity/sign-in/letter/", {"postcode": "nm26rd", "code": code}).status_code == 422


def test_letters_are_not_guessed(council: Any) -> None:
    answers = [
        Client().post("/identity/sign-in/letter/", {"postcode": "NM2 6RD", "code": f"AAAA-AA{number:02d}"}).status_code
        for number in range(11)
    ]
    assert answers == [422] * 10 + [429]


@pytest.mark.parametrize("who", ["resident", "partner", None])
def test_only_staff_post_codes(client: Client, council: Any, sent: Sent, who: str | None) -> None:
    if who:
        client.force_login(getattr(council, who))
    answer = client.post(f"/identity/residents/{council.neighbour.pk}/posted-code/")
    assert answer.status_code == (403 if who else 302)
    assert sent == []


def test_no_code_is_posted_to_staff_or_to_nowhere(client: Client, council: Any, sent: Sent) -> None:
    client.force_login(council.call_handler)
    assert client.post(f"/identity/residents/{council.officer.pk}/posted-code/").status_code == 404
    assert client.post(f"/identity/residents/{council.neighbour.pk}/posted-code/").status_code == 409
    assert sent == []


def test_sessions_are_listed_and_ended(client: Client, council: Any, sent: Sent) -> None:
    here, there = Client(), Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 16) Firefox/140.0")
    for browser in (here, there):
        ask(browser, "asha@example.org")
        browser.post(CODE, {"code": sent.code})
    page = here.get("/identity/security/").content.decode()
    assert "Firefox, Android" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/identity/security/sessions/{other.pk}/end/")
    assert there.get("/identity/security/").status_code == 302
    assert here.get("/identity/security/").status_code == 200


def test_nobody_ends_anothers_session(client: Client, council: Any, sent: Sent) -> None:
    ask(client, "asha@example.org")
    client.post(CODE, {"code": sent.code})
    mine = UserSession.objects.get(user=council.resident)
    other = Client()
    other.force_login(council.neighbour)
    assert other.post(f"/identity/security/sessions/{mine.pk}/end/").status_code == 404
    assert client.get("/identity/security/").status_code == 200


def test_signing_out_everywhere_ends_all(council: Any, sent: Sent) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        ask(browser, "asha@example.org")
        browser.post(CODE, {"code": sent.code})
    browsers[0].post("/identity/security/sessions/end/")
    assert [browser.get("/identity/security/").status_code for browser in browsers] == [302, 302]


def test_another_address_is_used_only_once_it_is_proved(client: Client, council: Any, sent: Sent) -> None:
    ask(client, "asha@example.org")
    client.post(CODE, {"code": sent.code})
    client.post("/identity/security/address/", {"address": "asha.new@example.org"})
    assert Person.objects.get(pk=council.resident.pk).email == "asha@example.org"
    client.post(CODE, {"code": sent.code})
    assert Person.objects.get(pk=council.resident.pk).email == "asha.new@example.org"


def test_an_address_that_is_somebody_elses_is_refused(client: Client, council: Any, sent: Sent) -> None:
    ask(client, "asha@example.org")
    client.post(CODE, {"code": sent.code})
    client.post("/identity/security/address/", {"address": "tom@example.org"})
    assert client.post(CODE, {"code": sent.code}).status_code == 422
    assert Person.objects.get(pk=council.resident.pk).email == "asha@example.org"


def test_a_code_to_add_an_address_signs_nobody_in(client: Client, council: Any, sent: Sent) -> None:
    ask(client, "asha@example.org")
    client.post(CODE, {"code": sent.code})
    client.post("/identity/security/address/", {"address": "tom@example.org"})
    details = client.session["identity.sent"] | {"purpose": "sign_in"}
    session = client.session
    session["identity.sent"] = details
    session.save()
    assert client.post(CODE, {"code": sent.code}).status_code == 422


def test_what_is_sensitive_asks_again_after_a_quarter_of_an_hour(client: Client, council: Any, sent: Sent) -> None:
    ask(client, "asha@example.org")
    client.post(CODE, {"code": sent.code})
    session = client.session
    session[PROVED] = {"at": timezone.now().timestamp() - 901, "how": "email"}
    session.save()
    assert client.get("/identity/security/passkey/").headers["Location"] == "/identity/security/again/"
    client.post("/identity/security/again/")
    assert sent[-1][:2] == ("email", "asha@example.org")
    assert client.post(CODE, {"code": sent.code}).headers["Location"] == "/identity/security/passkey/"
    assert client.get("/identity/security/passkey/").status_code == 200


def test_the_demo_signs_in_as_anybody_and_nothing_else_does(
    rf: Any, client: Client, council: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TOWNHALL_DEMO", False)
    request = rf.get("/")
    request.session = client.session
    with pytest.raises(PermissionDenied, match="only in a demo"):
        actions.sign_in_as(request, council.administrator, at=timezone.now())


@pytest.mark.parametrize("name", ["sign_in", "letter", "staff", "password"])
def test_each_page_answers_in_both_languages(client: Client, council: Any, name: str) -> None:
    for language in ("en", "cy"):
        client.cookies["language"] = language
        answer = client.get(reverse(f"identity:{name}"))
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]


def _cookie() -> str:
    return settings.SESSION_COOKIE_NAME


def test_the_demos_people_are_not_asked_again_and_outside_a_demo_everybody_is(
    client: Client, council: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(council.resident)
    session = client.session
    session[PROVED] = {"at": timezone.now().timestamp() - 9000, "how": "demo"}
    session.save()
    for is_demo, status in ((True, 200), (False, 302)):
        monkeypatch.setattr(settings, "TOWNHALL_DEMO", is_demo)
        assert client.get("/identity/security/address/").status_code == status
