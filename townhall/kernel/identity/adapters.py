"""How allauth behaves here: nobody signs up through it, secrets are encrypted, only staff come in from a provider."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from townhall.kernel.authority import selectors as authority
from townhall.kernel.identity import rules, selectors
from townhall.kernel.identity.actions import signing_in
from townhall.kernel.identity.directory import DirectoryProvider, as_app


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, no messages and no letters of allauth's own: our pages and notify do those."""

    def is_open_for_signup(self, request: Any) -> bool:  # noqa: ARG002
        """Never: the first proved code makes a person."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where the request came from, behind as many proxies as are ours."""
        return signing_in.came_from(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: our pages say what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: letters are notify's."""


class FactorsAdapter(DefaultMFAAdapter):
    """Keeps authenticator secrets encrypted with a key made from the installation's own, and names the council."""

    def encrypt(self, text: str) -> str:
        """The text, unreadable without the installation's secret key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text as it was. Raises ValueError where the secret key has changed: an empty secret could be guessed."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as problem:
            raise ValueError("kept under another secret key") from problem

    def get_totp_issuer(self) -> str:
        """The council's name, as the authenticator app shows it."""
        return authority.ours().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that passkeys belong to: the host that people see, under the council's name."""
        return super().get_public_key_credential_rp_entity() | {"name": authority.ours().name}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """What the person's device calls the passkey."""
        label = user.email or rules.national(user.phone or "") or user.name
        return {"id": user.pk.hex.encode(), "display_name": user.name or label, "name": label}


class StaffDirectoryAdapter(DefaultSocialAccountAdapter):
    """People who are staff here sign in through the council's own provider; it never makes a person."""

    def get_provider(self, request: HttpRequest, *_provider: Any, **_more: Any) -> DirectoryProvider:
        """The one provider of the settings. Raises SocialApp.DoesNotExist where there is none."""
        known = selectors.provider()
        if known is None:
            raise SocialApp.DoesNotExist
        return DirectoryProvider(request, app=as_app(known.issuer, known.client_id, known.secret, known.name))

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:  # noqa: ARG002
        """Never: an administrator adds staff."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign staff in by the address that the provider has verified, or refuse; nothing after this runs."""
        verified = [address.email for address in sociallogin.email_addresses if address.verified is True]
        person = selectors.colleague_with_email(verified[0]) if verified else None
        if person is None:
            raise ImmediateHttpResponse(render(request, "identity/provider_refused.html", status=403))
        onwards = signing_in.finish(request, person, how="provider", at=timezone.now())
        raise ImmediateHttpResponse(redirect(onwards))

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Our own page, with another way in."""
        raise ImmediateHttpResponse(render(request, "identity/provider_failed.html", status=401))


def _box() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"townhall-totp").digest()
    return Fernet(base64.urlsafe_b64encode(key))
