"""Signing in and out: a session begins with a new key, is listed, and can be ended from anywhere."""

import secrets
import time
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.core.internal.httpkit import get_client_ip
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from townhall.kernel.design.context import address_of
from townhall.kernel.design.registries import links
from townhall.kernel.identity import rules
from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import PROVED

BACKEND = "django.contrib.auth.backends.ModelBackend"
BROWSER, PENDING, ONWARDS, SEEN = (f"identity.{name}" for name in ("browser", "pending", "onwards", "seen"))
PENDING_SECONDS = 600
SEEN_SECONDS = 300
QUARTER_SECONDS, HOUR_SECONDS = 900, 3600
TRIES_FROM_A_PLACE, TRIES_FOR_ONE = 100, 60


def browser_secret(request: HttpRequest) -> str:
    """The secret that ties a code to this session."""
    return request.session.setdefault(BROWSER, secrets.token_urlsafe(16))


def remember_onwards(request: HttpRequest) -> None:
    """Keep where the person was going (`next`), if that is on this site."""
    if address := rules.path_here(request.GET.get("next", "")):
        request.session[ONWARDS] = address


def onwards(request: HttpRequest, person: Person) -> str:
    """Where to go after signing in; forgotten when asked."""
    name = links.get("officer_home") if person.roles else links.get("account")
    return request.session.pop(ONWARDS, "") or address_of(name or "") or settings.LOGIN_REDIRECT_URL


def sign_in(request: HttpRequest, person: Person, *, how: str, at: datetime) -> None:
    """Begin a session for a person who has proved who they are.

    The session gets a new key, and loses everything where it was another person's. What a visitor typed stays.
    """
    if not person.is_active:
        raise PermissionDenied("this person may not sign in")
    request.session.pop(PENDING, None)
    login(request, person, backend=BACKEND)
    request.session[PROVED] = {"at": at.timestamp(), "how": how}
    request.session[SEEN] = at.timestamp()
    _list_session(request)


def finish(request: HttpRequest, person: Person, *, how: str, at: datetime) -> str:
    """Sign in and return the address to go on to."""
    address = onwards(request, person)
    sign_in(request, person, how=how, at=at)
    return address


def sign_in_as(request: HttpRequest, person: Person, *, at: datetime) -> None:
    """Become one of the demo's people. Raises PermissionDenied where this is not a demo."""
    if not settings.TOWNHALL_DEMO:
        raise PermissionDenied("only in a demo")
    sign_in(request, person, how="demo", at=at)


def begin_second_step(request: HttpRequest, person: Person, at: datetime) -> None:
    """The password was right; nobody is signed in until the second step is done. The session's key changes already."""
    request.session.cycle_key()
    request.session[PENDING] = {"person": str(person.pk), "at": at.timestamp()}


def pending_person(request: HttpRequest, at: datetime) -> Person | None:
    """Whoever has given the right password in this session in the last ten minutes and has the second step to do."""
    pending: dict[str, Any] = request.session.get(PENDING) or {}
    if not pending or at.timestamp() - pending["at"] > PENDING_SECONDS:
        request.session.pop(PENDING, None)
        return None
    return Person.objects.filter(pk=UUID(pending["person"]), is_active=True).first()


def prove_again(request: HttpRequest, how: str, at: datetime) -> None:
    """The signed-in person has shown again who they are: what is sensitive is open for a quarter of an hour."""
    request.session.cycle_key()
    request.session[PROVED] = {"at": at.timestamp(), "how": how}
    _list_session(request)


def note_seen(request: HttpRequest) -> None:
    """Keep when and from where this session was last used, at most every five minutes."""
    now = time.time()
    if now - request.session.get(SEEN, 0) >= SEEN_SECONDS:
        request.session[SEEN] = now
        _list_session(request)


def ends_at(request: HttpRequest, now: float) -> float:
    """When this session ends, in seconds since 1970, if no other page is opened after this one.

    What answers this request has not been noted yet, but will be if the last note is old enough.
    """
    seen = request.session.get(SEEN, 0)
    return (now if now - seen >= SEEN_SECONDS else seen) + settings.SESSION_COOKIE_AGE


def stay(request: HttpRequest, at: datetime) -> None:
    """Stay signed in as long again as from opening a page."""
    request.session[SEEN] = at.timestamp()
    _list_session(request)


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """End all of the person's sessions, save the one with the key `but`; how many ended."""
    sessions = list(UserSession.objects.filter(user=person).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    return len(sessions)


def may_try_password(email: str, place: str, at: datetime) -> bool:
    """Whether another password may be tried for an address from a place. Counts the try.

    Wrong ones from one place for one account are counted apart (django-axes); here it is all that come from one place,
    and all for one account from places in which nobody is signed in to it: so nobody can lock a colleague out of the
    place where they work by knowing their e-mail address.
    """
    if not within_limit(f"passwords from {place}", TRIES_FROM_A_PLACE, seconds=QUARTER_SECONDS, at=at):
        return False
    sessions: Any = UserSession.objects
    if sessions.filter(user__email__iexact=email, ip=place).exists():
        return True
    return within_limit(f"passwords for {email} from strange places", TRIES_FOR_ONE, seconds=HOUR_SECONDS, at=at)


def came_from(request: HttpRequest) -> str:
    """The address the request came from, behind as many proxies as are ours."""
    return get_client_ip(request) or "0.0.0.0"  # noqa: S104 # nosec B104


def _list_session(request: HttpRequest) -> None:
    sessions: Any = UserSession.objects
    sessions.create_from_request(request)
