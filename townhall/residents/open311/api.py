"""The description of our Open311 addresses, for programs and for the page that shows every API."""

from typing import Any

from django.conf import settings

from townhall.kernel.modules.openapi import Description, descriptions
from townhall.residents.open311 import rules


def described() -> dict[str, Any]:
    """The OpenAPI document of /open311/v2/."""
    return rules.described(f"{settings.TOWNHALL_URL}/open311/v2")


descriptions.add("open311", Description("/open311/v2/openapi.json", described))
