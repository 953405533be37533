"""The two stores keep the same promises."""

import threading
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from townhall.kernel.documents.storage import Bucket, Folder, Store, name_of, sha256_of

NAME = name_of("ab" * 32, "full")
THUMB = name_of("ab" * 32, "thumb")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 API on this machine."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Each store, empty."""
    if request.param == "folder":
        return Folder(tmp_path)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    url = request.getfixturevalue("s3")
    bucket = f"documents-{tmp_path.name}".lower().replace("_", "-")[:60].strip("-")
    place = {"LocationConstraint": "eu-west-2"}
    boto3.client("s3", endpoint_url=url).create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
    return Bucket(bucket, url)


def test_what_is_put_can_be_read_and_removed(store: Store) -> None:
    store.put(NAME, b"bytes", "image/jpeg")
    store.put(THUMB, b"small", "image/jpeg")
    with store.open(NAME) as file:
        assert file.read() == b"bytes"
    assert set(store.names()) == {NAME, THUMB}
    store.remove(NAME)
    store.remove(NAME)
    assert set(store.names()) == {THUMB}
    with pytest.raises(FileNotFoundError):
        store.open(NAME)


def test_putting_again_changes_nothing(store: Store) -> None:
    store.put(NAME, b"bytes", "image/jpeg")
    store.put(NAME, b"bytes", "image/jpeg")
    assert list(store.names()) == [NAME]


def test_a_name_that_is_not_ours_reaches_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = Folder(tmp_path / "documents")
    for name in ("../secret", "/etc/passwd", "ab" * 32 + "-huge", ""):
        with pytest.raises(FileNotFoundError):
            folder.open(name)
    assert sha256_of(NAME) == sha256_of(THUMB) == "ab" * 32


def test_a_file_lies_two_folders_deep(tmp_path: Path) -> None:
    Folder(tmp_path).put(NAME, b"bytes", "image/jpeg")
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()] == [Path("ab/ab") / NAME]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="space"):
        Folder(tmp_path).put(NAME, b"bytes", "image/jpeg")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_many_writers_of_the_same_bytes_agree(tmp_path: Path) -> None:
    data = b"x" * 300_000
    writers = [threading.Thread(target=Folder(tmp_path).put, args=(NAME, data, "image/jpeg")) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Folder(tmp_path).open(NAME) as file:
        assert file.read() == data
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [NAME]
