"""Folders made to hurt end in a sentence, and soon; nothing outside of them is read."""

import os
import resource
from pathlib import Path

import pytest

from townhall.kernel.catalogue.packages.reading import examined, examined_files
from townhall.kernel.catalogue.packages.shelf import begun
from townhall.kernel.catalogue.packages.tests.breaking import files


def said(folder: Path) -> str:
    """All that is wrong with a folder."""
    return "\n".join(map(str, examined(folder).problems))


def test_a_link_to_a_file_outside_is_refused_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("name: {en: Secret, cy: Cyfrinach}")
    folder = begun("ask_us", tmp_path)
    (folder / "form.yaml").unlink()
    (folder / "form.yaml").symlink_to(tmp_path / "secret")
    assert "form.yaml: This is a link. Put the file itself into the folder." in said(folder)
    assert "Secret" not in said(folder)


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    folder = begun("ask_us", tmp_path)
    (folder / "decisions").symlink_to(tmp_path)
    assert "decisions: This is a link." in said(folder)
    (tmp_path / "linked").symlink_to(folder)
    assert "linked: This is no folder." in said(tmp_path / "linked")


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    folder = begun("ask_us", tmp_path)
    os.mkfifo(folder / "letters" / "pipe.md")
    assert "letters/pipe.md: This is no plain file. Take it out." in said(folder)


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    folder = begun("ask_us", tmp_path)
    with (folder / "README.md").open("wb") as opened:
        opened.truncate(3_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "README.md: The file is larger than 1,000,000 bytes. Take it apart." in said(folder)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


def test_too_many_files_and_deep_folders_are_refused(tmp_path: Path) -> None:
    folder = begun("ask_us", tmp_path)
    for each in range(400):
        (folder / "examples" / f"e{each}.yaml").write_text("x")
    assert "A package has at most 300 files and 5,000,000 bytes." in said(folder)


def test_folders_in_folders_are_refused(tmp_path: Path) -> None:
    folder = begun("ask_us", tmp_path)
    (folder / "letters" / "more").mkdir()
    assert "letters/more: A package has no folders in its folders." in said(folder)


LONG = (
    "name: {en: a, cy: b}\nstates:\n  a:\n    name: {en: a, cy: b}\n    after: {minutes: 1, to: a}\n    on: {stop: z}\n"
)
LONG += "  z: {name: {en: z, cy: z}, final: true}\nmessages: {stop: {en: s, cy: s}}\n"
HOSTILE = {
    "a form nested too deep": ("form.yaml", "pages: " + "{a: " * 500 + "1" + "}" * 500),
    "a table that counts for ever": (
        "decisions/fee.yaml", "decisions: {Fee: 'count(for a in 1..99999, b in 1..99999 return a)'}",
    ),
    "a letter of open brackets": ("letters/booked.md", "---\ntitle: a\nsubject_en: b\n---\n" + "((" * 100_000),
    "a process that goes round": ("process.yaml", LONG),
    "bytes that are no text": ("README.md", "\udcff"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence(what: str) -> None:
    path, text = HOSTILE[what]
    found = examined_files("bulky_waste", files() | {path: text.encode("utf-8", "surrogateescape")})
    assert any(each.place.file and each.cure for each in found.problems)


def test_a_timer_that_goes_round_for_ever_is_stopped(tmp_path: Path) -> None:
    folder = begun("ask_us", tmp_path)
    (folder / "process.yaml").write_text("entry: [{letter: received}]\n" + LONG)
    (folder / "service.yaml").write_text((folder / "service.yaml").read_text())
    (folder / "examples" / "answered.yaml").write_text(
        "name: a\nat: 2026-05-01\nanswers: {question: a, full_name: b, email: c@example.com}\n"
        "happens:\n  - {at: 2026-05-01 12:00, letters: [received]}\n  - {at: 2030-05-01 10:00, state: a}\n"
    )
    assert "The examples take more than 3,000 moves together." in said(folder)
