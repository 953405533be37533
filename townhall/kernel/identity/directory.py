"""The council's own OpenID Connect provider, as allauth wants to see it."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse

PROVIDER = "staff"


class Directory(OpenIDConnectOAuth2Adapter):
    """The protocol (authorization code, PKCE), with an address of ours to come back to, on the configured host."""

    def get_callback_url(self, request: Any, app: Any) -> str:  # noqa: ARG002
        """Where the provider sends the browser back to."""
        return settings.TOWNHALL_URL + reverse("identity:provider_back")


class DirectoryProvider(OpenIDConnectProvider):
    """The provider that the settings name."""

    oauth2_adapter_class = Directory


def as_app(issuer: str, client_id: str, secret: str, name: str) -> SocialApp:
    """The provider as allauth's unsaved record."""
    return SocialApp(
        provider="openid_connect", provider_id=PROVIDER, name=name, client_id=client_id, secret=secret,
        settings={"server_url": issuer, "oauth_pkce_enabled": True},
    )  # fmt: skip
