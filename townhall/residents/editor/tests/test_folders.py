"""Services as folders that a council keeps in git: pulled, changed, pushed; nothing is lost, and nothing leads out."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from townhall.kernel.cases.tests.factories import Council
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.identity.models import Change
from townhall.residents.editor import actions
from townhall.residents.editor.actions import Done
from townhall.residents.editor.models import Draft
from townhall.residents.editor.tests.factories import NOON, draft
from townhall.residents.services import actions as published_actions
from townhall.residents.services import selectors as services
from townhall.residents.services.models import Version
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(council: Council) -> Version:
    """A service that residents use."""
    return factories.grant(NOON)


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def whole_service() -> Version:
    """One of the shelf, with examples, published."""
    return published_actions.publish(package=read(SHELF / "missed_bin"), at=NOON)


def push(folder: Path, by: Any, **more: Any) -> list[Done]:
    """Take a folder in."""
    return actions.push(folder, by=by, at=NOON, **more)


def test_what_is_pulled_is_what_was_published_byte_for_byte(live: Version, tmp_path: Path) -> None:
    assert actions.pull(tmp_path) == [Done("grant", "pulled")]
    assert files_in(tmp_path / "grant") == files_in(factories.FOLDER)
    assert actions.pull(tmp_path) == [Done("grant", "same")]


def test_what_was_changed_in_the_folder_is_not_written_over(live: Version, tmp_path: Path) -> None:
    actions.pull(tmp_path)
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    factories.changed(NOON)
    assert "changed here since" in actions.pull(tmp_path)[0].why
    assert (tmp_path / "grant" / "README.md").read_text() == "# Ours\n"
    assert actions.pull(tmp_path, force=True)[0].what == "pulled"
    assert b"What are you called?" in (tmp_path / "grant" / "form.yaml").read_bytes()


def test_a_newer_version_is_pulled_over_what_was_not_touched_and_what_is_gone_goes(tmp_path: Path) -> None:
    found = whole_service()
    actions.pull(tmp_path)
    gone = next(iter((tmp_path / "missed_bin" / "examples").iterdir()))
    files = {path: content.encode() for path, content in found.files.items() if path != f"examples/{gone.name}"}
    published_actions.publish(package=read_files("missed_bin", files), at=NOON)
    assert actions.pull(tmp_path)[0].what == "pulled"
    assert not gone.exists()


def test_a_folder_comes_in_as_a_draft_that_others_can_look_at(live: Version, council: Council, tmp_path: Path) -> None:
    actions.pull(tmp_path)
    assert push(tmp_path, council.manager) == [Done("grant", "same")]
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    assert push(tmp_path, council.manager) == [Done("grant", "draft")]
    found = Draft.objects.get(slug="grant")
    assert (found.files["README.md"], found.base, found.begun_by) == ("# Ours\n", live.hash, council.manager)
    assert push(tmp_path, council.manager) == [Done("grant", "same")]
    assert services.live_version("grant") == live


def test_a_draft_of_somebody_else_is_written_over_only_by_force_and_can_be_undone(
    live: Version, council: Council, tmp_path: Path
) -> None:
    draft(council.officer)
    actions.pull(tmp_path, drafts=True)
    slug = Draft.objects.get().slug
    assert (tmp_path / slug / "service.yaml").exists()
    (tmp_path / slug / "README.md").write_text("# Ours\n")
    assert "writes in a draft" in push(tmp_path, council.manager, slugs=[slug])[0].why
    assert push(tmp_path, council.manager, slugs=[slug], force=True)[0].what == "draft"
    assert Draft.objects.get().changes.get().by == council.manager


def test_another_live_version_than_the_one_that_was_pulled_is_a_conflict(
    live: Version, council: Council, tmp_path: Path
) -> None:
    actions.pull(tmp_path)
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    factories.changed(NOON)
    assert "Another version is live" in push(tmp_path, council.manager)[0].why
    assert not Draft.objects.exists()
    assert push(tmp_path, council.manager, force=True)[0].what == "draft"


def test_who_may_approve_services_publishes_and_nobody_else(council: Council, tmp_path: Path) -> None:
    readme = f"{whole_service().files['README.md']}\nOurs.\n"
    actions.pull(tmp_path)
    (tmp_path / "missed_bin" / "README.md").write_text(readme)
    with pytest.raises(PermissionDenied):
        push(tmp_path, council.officer, publish=True)
    assert push(tmp_path, council.manager, publish=True)[0].what == "published"
    found = services.live_version("missed_bin")
    assert found is not None
    assert found.published_by == council.manager
    assert Change.objects.filter(what="service: missed_bin", by=council.manager).exists()
    (tmp_path / "missed_bin" / "process.yaml").write_text("states: 7\n")
    actions.pull(tmp_path, force=False)
    assert "mistakes" in push(tmp_path, council.manager, publish=True, force=True)[0].why


def test_links_and_strange_files_are_refused_in_both_directions(
    live: Version, council: Council, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "services"
    root.mkdir()
    (root / "grant").symlink_to(outside)
    assert "no folder of its own" in actions.pull(root, force=True)[0].why
    assert push(root, council.manager)[0].what == "conflict"
    assert not list(outside.iterdir())
    (root / "grant").unlink()
    actions.pull(root)
    (root / "grant" / "letters" / "received.md").unlink()
    (root / "grant" / "letters" / "received.md").symlink_to("/etc/hostname")
    assert "This is a link" in push(root, council.manager)[0].why
    assert "This is a link" in actions.pull(root, force=True)[0].why
    (root / "grant" / "letters" / "received.md").unlink()
    (root / "grant" / "run.py").write_text("print(1)")
    assert "no place for this file" in push(root, council.manager)[0].why
    (root / "grant" / "run.py").unlink()
    (root / "grant" / "README.md").write_bytes(b"x" * 1_000_001)
    assert "larger than" in push(root, council.manager)[0].why


def test_the_commands_say_what_came_of_each_service(
    live: Version, council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("package_pull", str(tmp_path))
    assert "grant: pulled" in capsys.readouterr().out
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    call_command("package_push", str(tmp_path), "--as", council.manager.email, "--json")
    assert json.loads(capsys.readouterr().out) == [{"service": "grant", "what": "draft", "why": ""}]
    factories.changed(NOON)
    with pytest.raises(CommandError, match="1 of 1 services were left"):
        call_command("package_pull", str(tmp_path))
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("package_push", str(tmp_path), "--as", "nobody@example.org")
    with pytest.raises(CommandError, match="no service 'nothing'"):
        call_command("package_pull", str(tmp_path), "nothing")
