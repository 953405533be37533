"""People who work here need a password and a second step, and may lose either."""

import re
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from townhall.kernel.identity import actions
from townhall.kernel.identity.actions import factors, signing_in
from townhall.kernel.identity.models import Change, Person
from townhall.kernel.identity.permissions import PROVED
from townhall.kernel.identity.tests.conftest import Sent

pytestmark = pytest.mark.django_db
STAFF, SECOND, APP = "/identity/staff/", "/identity/staff/second-step/", "/identity/security/app/"
PASSWORD = "correct horse battery"


def digits(secret: str, steps: int = 0) -> str:
    """What an authenticator app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def secret_of(client: Client) -> str:
    """The key that the page shows, as a person would type it."""
    page = client.get(APP).content.decode()
    shown = page.split('id="app-key">')[1].split("</p>")[0]
    return "".join(re.findall(r">([A-Z2-7]{4})<", shown))


def with_app(client: Client, email: str = "dev@northmere.example") -> tuple[str, list[str]]:
    """Sign in for the first time; the app's secret and the recovery codes."""
    client.post(STAFF, {"email": email, "password": PASSWORD})
    secret = secret_of(client)
    page = client.post(APP, {"code": digits(secret)}).content.decode()
    listed = page.split('id="recovery-codes">')[1].split("</ul>")[0]
    return secret, [each.split("<")[0] for each in listed.split("<li>")[1:]]


def reader(client: Client) -> str | None:
    """Whose session it is."""
    return client.session.get("_auth_user_id")


def test_a_password_alone_opens_nothing(client: Client, council: Any) -> None:
    answer = client.post(STAFF, {"email": "DEV@northmere.example", "password": PASSWORD})
    assert answer.headers["Location"] == APP
    assert reader(client) is None
    assert client.get("/identity/security/").status_code == 302


def test_the_first_time_one_sets_up_an_app_and_keeps_recovery_codes(client: Client, council: Any) -> None:
    _secret, codes = with_app(client)
    assert reader(client) == str(council.officer.pk)
    assert len(codes) == 10


def test_wrong_digits_set_up_nothing(client: Client, council: Any) -> None:
    client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
    secret = secret_of(client)
    wrong = "000000" if digits(secret) != "000000" else "111111"
    assert client.post(APP, {"code": wrong}).status_code == 422
    assert secret_of(client) == secret
    assert reader(client) is None


def test_later_one_types_the_digits(council: Any) -> None:
    secret, _codes = with_app(Client())
    client = Client()
    answer = client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
    assert answer.headers["Location"] == SECOND
    key = client.session.session_key
    assert client.post(SECOND, {"code": digits(secret, 1)}).status_code == 302
    assert reader(client) == str(council.officer.pk)
    assert client.session.session_key != key


def test_digits_work_once(council: Any) -> None:
    secret, _codes = with_app(Client())
    shown = digits(secret, 1)
    for expected in (302, 422):
        client = Client()
        client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
        assert client.post(SECOND, {"code": shown}).status_code == expected


def test_a_recovery_code_works_once(council: Any) -> None:
    _secret, codes = with_app(Client())
    for expected in (302, 422):
        client = Client()
        client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
        assert client.post(SECOND, {"code": codes[0]}).status_code == expected


def test_digits_are_not_guessed(council: Any) -> None:
    secret, _codes = with_app(Client())
    client = Client()
    client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
    wrong = "000000" if digits(secret) != "000000" else "111111"
    answers = [client.post(SECOND, {"code": wrong}).status_code for _ in range(9)]
    assert answers == [422] * 8 + [429]
    assert client.post(SECOND, {"code": digits(secret)}).status_code == 429


def test_the_second_step_cannot_be_set_up_anew_over_one_that_is_there(council: Any) -> None:
    with_app(Client())
    client = Client()
    client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
    assert client.get(APP).headers["Location"] == SECOND
    assert client.post(APP, {"code": "123456"}).headers["Location"] == SECOND


def test_the_second_step_waits_ten_minutes(client: Client, council: Any) -> None:
    client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
    session = client.session
    session[signing_in.PENDING] = session[signing_in.PENDING] | {"at": timezone.now().timestamp() - 601}
    session.save()
    assert client.get(APP).headers["Location"] == STAFF


def test_wrong_passwords_and_unknown_people_are_answered_alike(council: Any) -> None:
    pages = [
        Client().post(STAFF, {"email": email, "password": "wrong"}).content.decode().replace(email, "ADDRESS")
        for email in ("dev@northmere.example", "asha@example.org", "nobody@example.org")
    ]
    without_tokens = {page.split('name="csrfmiddlewaretoken"')[0] for page in pages}
    assert len(without_tokens) == 1
    assert all("do not go together" in page for page in pages)


def test_a_resident_has_no_password_to_guess(client: Client, council: Any) -> None:
    council.resident.set_password(PASSWORD)
    council.resident.save()
    assert client.post(STAFF, {"email": "asha@example.org", "password": PASSWORD}).status_code == 422


def test_eight_wrong_passwords_lock_the_door_and_say_so(client: Client, council: Any) -> None:
    answers = [client.post(STAFF, {"email": "dev@northmere.example", "password": "wrong"}) for _ in range(8)]
    answer = answers[-1]
    assert answer.status_code == 429
    assert "01632 960 100" in answer.content.decode()
    assert answer.headers["Retry-After"] == "900"
    right = client.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
    assert right.status_code == 429
    assert Client().post(STAFF, {"email": "ines@northmere.example", "password": PASSWORD}).status_code == 302


def test_secrets_of_apps_cannot_be_read_from_the_database(council: Any) -> None:
    secret, codes = with_app(Client())
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert codes[0] not in kept


def test_under_another_secret_key_no_digits_are_right(council: Any, settings: Any, at: datetime) -> None:
    with_app(Client())
    settings.SECRET_KEY = "another"
    empty = digits("")
    with pytest.raises(factors.Wrong):
        factors.check_second_step(council.officer, empty, at)


def test_a_password_is_set_by_a_code_and_the_second_step_still_comes(council: Any, sent: Sent) -> None:
    elsewhere = Client()
    with_app(elsewhere)
    client = Client()
    client.post("/identity/staff/password/", {"address": "dev@northmere.example"})
    assert (
        client.post("/identity/sign-in/code/", {"code": sent.code}).headers["Location"]
        == "/identity/staff/password/new/"
    )
    assert client.post("/identity/staff/password/new/", {"password": "short"}).status_code == 422
    answer = client.post("/identity/staff/password/new/", {"password": "four words of mine"})
    assert answer.headers["Location"] == SECOND
    assert reader(client) is None
    assert reader(elsewhere) is None, "whoever had the old password is out"
    assert Person.objects.get(pk=council.officer.pk).check_password("four words of mine")


def test_a_password_cannot_be_set_without_the_code(client: Client, council: Any, sent: Sent) -> None:
    client.post("/identity/staff/password/", {"address": "dev@northmere.example"})
    answer = client.post("/identity/staff/password/new/", {"password": "four words of mine"})
    assert answer.headers["Location"] == "/identity/staff/password/"
    client.post("/identity/staff/password/", {"address": "asha@example.org"})
    assert client.post("/identity/sign-in/code/", {"code": sent.code}).status_code == 403


def test_whoever_works_here_keeps_a_second_step(client: Client, council: Any) -> None:
    with_app(client)
    app = Authenticator.objects.get(user=council.officer, type="totp")
    assert client.post(f"/identity/security/remove/{app.pk}/").status_code == 409
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_nobody_removes_anothers_second_step(client: Client, council: Any) -> None:
    with_app(Client())
    app = Authenticator.objects.get(user=council.officer, type="totp")
    with_app(client, "ines@northmere.example")
    client.post(f"/identity/security/remove/{app.pk}/")
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_new_recovery_codes_end_the_old(client: Client, council: Any, at: datetime) -> None:
    _secret, codes = with_app(client)
    page = client.post("/identity/security/recovery-codes/").content.decode()
    assert codes[0] not in page
    with pytest.raises(factors.Wrong):
        factors.check_second_step(council.officer, codes[0], at)


def test_a_resident_who_gets_a_role_must_sign_in_again_with_two_steps(
    client: Client, council: Any, sent: Sent, at: datetime
) -> None:
    client.post("/identity/sign-in/", {"address": "asha@example.org"})
    client.post("/identity/sign-in/code/", {"code": sent.code})
    assert reader(client)
    actions.give_role(person=council.resident, team=council.parks, role="officer", by=council.administrator, at=at)
    assert client.get("/identity/security/").status_code == 302


def test_somebody_who_leaves_is_out_at_once(client: Client, council: Any, at: datetime) -> None:
    with_app(client)
    actions.end_colleague(person=council.officer, by=council.administrator, at=at)
    assert client.get("/identity/security/").status_code == 302
    assert Client().post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD}).status_code == 422
    assert Change.objects.filter(what="person: Dev Patel", after={"is_active": False}).exists()


def administrator(client: Client, council: Any) -> Client:
    """A browser in which the administrator has signed in with both steps."""
    with_app(client, "glyn@northmere.example")
    return client


def test_an_administrator_adds_a_colleague_who_then_comes_in(client: Client, council: Any, sent: Sent) -> None:
    administrator(client, council)
    typed = {"name": "Nia Rowe", "email": "nia@northmere.example", "team": council.parks.pk, "role": "officer"}
    assert client.post("/identity/people/add/", typed).status_code == 302
    person = Person.objects.get(email="nia@northmere.example")
    assert person.roles == {"officer"}
    assert client.post("/identity/people/add/", typed).status_code == 422
    new = Client()
    new.post("/identity/staff/password/", {"address": "nia@northmere.example"})
    new.post("/identity/sign-in/code/", {"code": sent.code})
    assert new.post("/identity/staff/password/new/", {"password": "four words of mine"}).headers["Location"] == APP


def test_every_change_is_listed_with_who_made_it(client: Client, council: Any) -> None:
    administrator(client, council)
    team = council.parks
    typed = {
        "name": "Parks and trees",
        "name_cy": "Parciau",
        "code": "parks",
        "organisation": team.organisation_id,
        "is_active": "on",
    }
    assert client.post(f"/identity/teams/{team.pk}/", typed).status_code == 302
    client.post(f"/identity/people/{council.officer.pk}/role/", {"team": team.pk, "role": "manager"})
    page = client.get("/identity/changes/").content.decode()
    for word in ("Parks and trees", "Glyn Parry", "person: Dev Patel", "manager"):
        assert word in page
    assert (
        "Parks and trees"
        not in client.get("/identity/changes/", {"what": "Dev"})
        .content.decode()
        .split("<tbody>")[1]
        .split("role in")[0]
    )


def test_the_last_administrator_stays(client: Client, council: Any) -> None:
    administrator(client, council)
    me, team = council.administrator.pk, council.street_scene.pk
    assert client.post(f"/identity/people/{me}/role/{team}/end/").status_code == 409
    assert client.post(f"/identity/people/{me}/end/").status_code == 409
    assert client.post(f"/identity/people/{me}/role/", {"team": team, "role": "officer"}).status_code == 422
    assert Person.objects.get(pk=me).roles == {"administrator"}


def test_a_lost_telephone_is_set_up_again(client: Client, council: Any) -> None:
    with_app(Client())
    administrator(client, council)
    client.post(f"/identity/people/{council.officer.pk}/second-step/forget/")
    again = Client()
    answer = again.post(STAFF, {"email": "dev@northmere.example", "password": PASSWORD})
    assert answer.headers["Location"] == APP


@pytest.mark.parametrize(
    "address",
    [
        "organisations/",
        "organisations/add/",
        "teams/",
        "teams/add/",
        "people/",
        "people/add/",
        "people/{}/",
        "changes/",
    ],
)
@pytest.mark.parametrize("who", ["resident", "partner", "officer", "call_handler", "manager", None])
def test_only_administrators_set_things_up(client: Client, council: Any, address: str, who: str | None) -> None:
    if who:
        client.force_login(getattr(council, who))
    for method in (client.get, client.post):
        answer = method("/identity/" + address.format(council.officer.pk))
        assert answer.status_code == (403 if who else 302)


def test_pages_of_set_up_answer_in_both_languages(client: Client, council: Any) -> None:
    administrator(client, council)
    for language in ("en", "cy"):
        client.cookies["language"] = language
        for address in (
            "organisations/",
            "teams/",
            "teams/add/",
            "people/",
            "people/add/",
            f"people/{council.officer.pk}/",
            "changes/",
            "security/",
        ):
            assert client.get("/identity/" + address).status_code == 200, address


def test_set_up_of_people_asks_again_after_a_quarter_of_an_hour(client: Client, council: Any) -> None:
    secret, _codes = with_app(client, "glyn@northmere.example")
    session = client.session
    session[PROVED] = {"at": (timezone.now() - timedelta(minutes=16)).timestamp(), "how": "app"}
    session.save()
    assert client.get("/identity/people/add/").headers["Location"] == "/identity/security/again/"
    assert client.post("/identity/security/again/", {"code": "12"}).status_code == 422
    assert (
        client.post("/identity/security/again/", {"code": digits(secret, 1)}).headers["Location"]
        == "/identity/people/add/"
    )
