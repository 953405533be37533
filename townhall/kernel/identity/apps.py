from townhall.kernel.modules import base


class Identity(base.Module):
    name = "townhall.kernel.identity"
    title = "People, teams and signing in"
    standard = "OpenID Connect, WebAuthn, TOTP (RFC 6238)"
    prefix = "identity/"
