"""The archive: a tar, encrypted by age, whose last entry lists every other with its hash.

It is written as it is read from the database and the store, so that nothing lies on the disk in the clear and
memory holds one piece at a time.
"""

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec
import pyrage

from townhall.upkeep.failures import NeedsKey, UpkeepFailed
from townhall.upkeep.keys import Public, Secret
from townhall.upkeep.rules import CLOSING, Closing, Part

Entry = tuple[str, bytes]
CUT = "Take the backup again, or fetch another copy of the file."


class _Reading(io.BufferedIOBase):
    """The bytes of an iterator as a file that age reads."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.rest = b""

    def read(self, size: int | None = -1, /) -> bytes:
        """At most `size` bytes; empty at the end."""
        while not self.rest:
            try:
                self.rest = next(self.chunks)
            except StopIteration:
                return b""
        size = len(self.rest) if size is None or size < 0 else size
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


class _Hashing(io.BufferedIOBase):
    """A file that keeps the hash of what is written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def write(self, data: Any, /) -> int:
        """Write and hash."""
        self.digest.update(data)
        self.file.write(data)
        return len(data)


class Contents:
    """What an archive will hold: entries as they come; then the manifest of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = entries
        self.parts: list[Part] = []
        self.missing: list[str] = []

    def tar(self) -> Iterator[bytes]:
        """The bytes of the tar."""
        for name, data in self.entries:
            self.parts.append(part(name, data))
            yield from _blocks(name, data)
        yield from _blocks(CLOSING, msgspec.json.encode(Closing(parts=self.parts, missing=self.missing)))
        yield bytes(2 * tarfile.BLOCKSIZE)


def part(name: str, data: bytes) -> Part:
    """An entry as the manifest lists it."""
    return Part(name=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def _blocks(name: str, data: bytes) -> Iterator[bytes]:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    yield info.tobuf(tarfile.USTAR_FORMAT)
    yield data
    yield bytes(-len(data) % tarfile.BLOCKSIZE)


def write(path: Path, contents: Contents, to: list[Public], *, replace: bool) -> str:
    """Write the archive beside `path` and give it its name when it is whole and on the disk; its SHA-256."""
    if path.exists() and not replace:
        raise UpkeepFailed(f"{path} is there already. Give another name, or --replace.")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            hashing = _Hashing(file)
            pyrage.encrypt_io(_Reading(contents.tar()), hashing, to)
            file.flush()
            os.fsync(file.fileno())
        _name(beside, path, replace=replace)
    finally:
        beside.unlink(missing_ok=True)
    return hashing.digest.hexdigest()


def _name(beside: Path, path: Path, *, replace: bool) -> None:
    if replace:
        os.replace(beside, path)
    else:
        os.link(beside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def reading(path: Path, keys: list[Secret]) -> Iterator[Iterator[Entry]]:
    """The entries of an archive, in order. Raises NeedsKey for a wrong key, UpkeepFailed for a torn file."""
    inlet, outlet = os.pipe()
    problems: list[BaseException] = []
    thread = threading.Thread(target=_decrypt, args=(path, outlet, keys, problems), name="decrypt")
    thread.start()
    try:
        with os.fdopen(inlet, "rb") as pipe:
            yield _entries(pipe)
    except tarfile.ReadError as error:
        raise UpkeepFailed(f"{path} opens with this key, but it is not a backup of Townhall.") from error
    finally:
        thread.join()
        if problems:
            raise _in_words(path, problems[0])


def _decrypt(path: Path, outlet: int, keys: list[Secret], problems: list[BaseException]) -> None:
    try:
        with os.fdopen(outlet, "wb") as pipe, path.open("rb") as file:
            pyrage.decrypt_io(file, pipe, keys)
    except BrokenPipeError:
        return
    except BaseException as error:
        problems.append(error)


def _entries(pipe: IO[bytes]) -> Iterator[Entry]:
    with tarfile.open(fileobj=pipe, mode="r|") as tar:
        for info in tar:
            file = tar.extractfile(info)
            yield info.name, file.read() if file else b""
    while pipe.read(1 << 20):
        pass


def _in_words(path: Path, error: BaseException) -> UpkeepFailed:
    said = str(error)
    if isinstance(error, pyrage.DecryptError) and "key" in said.lower():
        return NeedsKey(f"This key does not open {path}. Use the secret key that belongs to its public key.")
    if isinstance(error, pyrage.DecryptError):
        return UpkeepFailed(f"{path} is not a backup, or its beginning is damaged. {CUT}")
    if isinstance(error, FileNotFoundError):
        return UpkeepFailed(f"{path} is not there.")
    return UpkeepFailed(f"{path} is torn or was changed after it was written ({said}). {CUT}")
