"""What must be true of the documents' settings at start-up."""

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LIBRARY = "boto3"
"""What only the extra s3 brings."""


@register
def bucket_has_its_library(**_: Any) -> list[CheckMessage]:
    """A bucket needs the extra `s3`."""
    if settings.TOWNHALL_S3_BUCKET and find_spec(LIBRARY) is None:
        words = "TOWNHALL_S3_BUCKET is set but the extra s3 is missing: pip install townhall[s3]"
        return [Error(words, id="documents.E001")]
    return []


@register
def scanner_has_an_address(**_: Any) -> list[CheckMessage]:
    """A scanner is named as host:port or by the path of its socket."""
    address = settings.TOWNHALL_SCANNER
    if address and not address.startswith("/") and not address.rpartition(":")[2].isdecimal():
        return [Error("TOWNHALL_SCANNER must be host:port or the path of a socket", id="documents.E002")]
    return []
