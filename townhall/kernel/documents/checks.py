"""What must be true of the documents' settings at start-up."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from townhall.kernel.documents import scanning, storage
from townhall.kernel.modules.checkups import Finding, checkups


@register
def bucket_has_its_library(**_: Any) -> list[CheckMessage]:
    """A bucket needs the extra `s3`."""
    if settings.TOWNHALL_S3_BUCKET and storage.S3Storage is None:
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


@checkups.register("documents")
def kept_documents() -> Sequence[Finding]:
    """Whether documents can be kept and scanned: a bucket is listed, a scanner is given a few harmless bytes."""
    return [where_kept(), scanner()]


def where_kept() -> Finding:
    """The folder or the bucket."""
    if not settings.TOWNHALL_S3_BUCKET:
        return Finding("Documents", "are kept in TOWNHALL_HOME")
    try:
        next(iter(storage.store().names()), None)
    except Exception as error:
        advice = "check TOWNHALL_S3_BUCKET, TOWNHALL_S3_URL and the key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        return Finding("Documents", f"the bucket cannot be read: {type(error).__name__}", "ill", advice)
    return Finding("Documents", "the bucket answers")


def scanner() -> Finding:
    """The scanner, where one is set."""
    if not scanning.is_set():
        return Finding("Scanner", "is not set: uploads stay “not scanned”", "note", "set TOWNHALL_SCANNER to a clamd")
    try:
        scanning.scan(b"harmless")
    except scanning.ScannerUnavailable as problem:
        return Finding("Scanner", f"gave no verdict: {problem}", "ill", "is clamd running where TOWNHALL_SCANNER says?")
    return Finding("Scanner", "answers")
