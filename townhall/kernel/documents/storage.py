"""Where the bytes are: a folder of this machine, or a bucket behind the S3 API. Names come from the content's hash."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

S3 = "storages.backends.s3.S3Storage"
"""Looked up when a bucket is named: reading it takes a fifth of a second, and its extra need not be there."""
_NAME = re.compile(r"^([0-9a-f]{64})(-(?:web|thumb))?$")


class Store(Protocol):
    """Keeps bytes under a name. Writing a name that is there already changes nothing: equal names mean equal bytes."""

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Keep the bytes; when this returns they survive a crash."""
        ...

    def open(self, name: str) -> BinaryIO:
        """The bytes, to read. Raises FileNotFoundError."""
        ...

    def remove(self, name: str) -> None:
        """Forget the bytes; nothing happens where there are none."""
        ...

    def names(self) -> Iterator[str]:
        """Every name that is kept."""
        ...


def name_of(sha256: str, size: str) -> str:
    """The name of one size of a document."""
    return sha256 if size == "full" else f"{sha256}-{size}"


def sha256_of(name: str) -> str:
    """The hash in a name; empty for a name that is not ours."""
    match = _NAME.match(name)
    return match.group(1) if match else ""


class Folder:
    """A folder with two levels of folders in it. A file appears whole or not at all, and outlives a power cut."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Where the name's bytes are. Raises FileNotFoundError for a name that is not ours."""
        if not sha256_of(name):
            raise FileNotFoundError(name)
        return self.root / name[:2] / name[2:4] / name

    def put(self, name: str, data: bytes, content_type: str) -> None:  # noqa: ARG002
        """Write beside, force to disk, rename."""
        path = self.path(name)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(beside)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def open(self, name: str) -> BinaryIO:
        """The file."""
        return self.path(name).open("rb")

    def remove(self, name: str) -> None:
        """Delete the file."""
        with suppress(FileNotFoundError):
            self.path(name).unlink()

    def names(self) -> Iterator[str]:
        """The files' names."""
        return (path.name for path in self.root.glob("??/??/*") if sha256_of(path.name))


class Bucket:
    """A bucket behind the S3 API, through django-storages. Nothing in it is public; our views read it."""

    def __init__(self, bucket: str, url: str) -> None:
        try:
            backend = import_string(S3)
        except ImportError as missing:
            raise ImproperlyConfigured("TOWNHALL_S3_BUCKET needs the extra s3: pip install townhall[s3]") from missing
        options: dict[str, Any] = {"bucket_name": bucket, "endpoint_url": url or None, "default_acl": None}
        self.storage = backend(**options)

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Upload; the S3 API shows an object only when it is whole."""
        body = BytesIO(data)
        self.storage.bucket.put_object(Key=name, Body=body, ContentType=content_type)

    def open(self, name: str) -> BinaryIO:
        """The object, to read."""
        return cast("BinaryIO", self.storage.open(name, "rb"))

    def remove(self, name: str) -> None:
        """Delete the object."""
        self.storage.delete(name)

    def names(self) -> Iterator[str]:
        """The objects' names, page by page."""
        return (item.key for item in self.storage.bucket.objects.all() if sha256_of(item.key))


@lru_cache(maxsize=4)
def _made(bucket: str, url: str, home: Path) -> Store:
    return Bucket(bucket, url) if bucket else Folder(home / "documents")


def store() -> Store:
    """The store that the settings name. Raises ImproperlyConfigured where its library is missing."""
    return _made(settings.TOWNHALL_S3_BUCKET, settings.TOWNHALL_S3_URL, settings.TOWNHALL_HOME)
