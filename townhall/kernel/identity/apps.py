from importlib import import_module

from townhall.kernel.modules import base


class Identity(base.Module):
    name = "townhall.kernel.identity"
    title = "People, teams and signing in"
    standard = "OpenID Connect, WebAuthn, TOTP (RFC 6238)"
    prefix = "identity/"

    def ready(self) -> None:
        """Load the rooms, and what every page is given."""
        super().ready()
        import_module("townhall.kernel.identity.context")
