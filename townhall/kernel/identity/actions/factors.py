"""Authenticator apps, recovery codes and passkeys: the second step of staff, and anybody's way in without a code."""

from datetime import datetime
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from townhall.kernel.identity import selectors
from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.models import Person


class Wrong(Exception):
    """The code, or the answer of the passkey, is not right."""


def app_secret(request: HttpRequest) -> str:
    """The secret that the person's app is to be given; the same until it is used."""
    with context.request_context(request):
        return totp.get_totp_secret()


def app_picture(person: Person, secret: str) -> str:
    """The secret as a QR code, in SVG."""
    adapter = get_adapter()
    return adapter.build_totp_svg(adapter.build_totp_url(person, secret))


def add_app(request: HttpRequest, person: Person, digits: str, at: datetime) -> list[str]:
    """Take the person's authenticator app as their second step; their recovery codes. Raises Wrong."""
    secret = app_secret(request)
    if not totp.validate_totp_code(secret, digits):
        raise Wrong
    try:
        with transaction.atomic():
            totp.TOTP.activate(person, secret)
    except IntegrityError as problem:
        raise Wrong from problem
    totp.clear_totp_secret(request)
    _first_use(person, digits, at)
    return RecoveryCodes.activate(person).get_unused_codes()


def check_second_step(person: Person, typed: str, at: datetime) -> str:
    """`app` or `recovery code`, whichever the digits are, used up. Raises Wrong."""
    digits = "".join(sign for sign in typed if sign.isdecimal())
    for kind, how in (("totp", "app"), ("recovery_codes", "recovery code")):
        held = Authenticator.objects.filter(user=person, type=kind).first()
        try:
            if digits and held and held.wrap().validate_code(digits) and _first_use(person, digits, at):
                held.record_usage()
                return how
        except ValueError as problem:
            raise Wrong from problem
    raise Wrong


def new_recovery_codes(person: Person) -> list[str]:
    """New recovery codes in place of the old."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person, type="recovery_codes").delete()
        return RecoveryCodes.activate(person).get_unused_codes()


def passkey_to_make(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey."""
    with context.request_context(request):
        return webauthn.begin_registration(person, passwordless=True)


def add_passkey(request: HttpRequest, person: Person, credential: dict[str, Any], name: str) -> Authenticator:
    """Keep a passkey that the browser has made. Raises Wrong."""
    try:
        with context.request_context(request):
            webauthn.parse_registration_response(credential)
            made = webauthn.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError) as problem:
        raise Wrong from problem
    if not made.is_user_verified():
        raise Wrong
    return webauthn.WebAuthn.add(person, name, credential).instance


def passkey_to_show(request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to ask for any passkey of this site."""
    with context.request_context(request):
        return webauthn.begin_authentication()


def check_passkey(request: HttpRequest, credential: dict[str, Any]) -> Person:
    """The person whose passkey has answered. Raises Wrong."""
    try:
        with context.request_context(request):
            webauthn.parse_authentication_response(credential)
            person = webauthn.extract_user_from_response(credential)
            used = webauthn.complete_authentication(person, credential)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Wrong from problem
    if not person.is_active:
        raise Wrong
    used.record_usage()
    return person  # pyright: ignore[reportReturnType]


def remove_factor(person: Person, authenticator: Authenticator) -> bool:
    """Remove a passkey or app; False where it is the last of somebody who works here, who must keep one."""
    with transaction.atomic():
        left = [each for each in selectors.factors(person) if each.pk != authenticator.pk]
        if person.roles and not left:
            return False
        authenticator.delete()
        if not left:
            Authenticator.objects.filter(user=person).delete()
    return True


def _first_use(person: Person, digits: str, at: datetime) -> bool:
    """Whether these digits have not been used in the two minutes for which an app's digits can be right."""
    return within_limit(f"digits {person.pk} {digits.strip()}", 1, seconds=120, at=at)
