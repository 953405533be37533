"""The addresses of pages that are the same on every page: worked out once, not twenty times for each."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str) -> str:
    """The address of a URL name that takes nothing. Raises NoReverseMatch."""
    return _worked_out(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=1024)
def _worked_out(name: str, urlconf: str, _prefix: str) -> str:
    return reverse(name, urlconf)
