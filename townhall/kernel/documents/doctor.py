"""Whether documents can be kept and scanned."""

from collections.abc import Sequence

from django.conf import settings

from townhall.kernel.documents import scanning, storage
from townhall.kernel.modules.checkups import Finding, checkups


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
