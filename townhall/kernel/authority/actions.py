"""Naming this council and its neighbours."""

from typing import Any

from townhall.kernel.authority import selectors
from townhall.kernel.authority.models import Authority


def save_authority(*, gss_code: str, **fields: Any) -> Authority:
    """Add an authority to the directory, or change the one with this GSS code.

    Other processes see it within a minute.
    """
    row, _ = Authority.objects.update_or_create(gss_code=gss_code, defaults=fields)
    selectors.forget()
    return row
