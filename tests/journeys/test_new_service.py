"""The service of the page "Add a service", put into the running demo from another terminal."""

from playwright.sync_api import expect

from townhall.kernel.catalogue.packages.tests.test_howto import written


def test_a_folder_is_published_into_the_demo_and_residents_find_it(visitor, demo, tmp_path):
    folder = str(written(tmp_path))
    said = demo.command("at", "northmere", "package", "publish", folder)
    assert f"is live: {demo.northmere}/services/allotment/" in said.stdout, said.stderr
    resident = visitor()
    resident.goto("/search/?q=allotment")
    resident.get_by_role("main").get_by_role("link", name="Allotment").first.click()
    expect(resident.get_by_role("heading", name="Allotment")).to_be_visible()


def test_where_there_is_no_such_council_or_no_table_the_command_says_what_to_do(demo, tmp_path):
    assert "usage: townhall at northmere|merrowshire" in demo.command("at", "southmere", "doctor").stderr
    said = demo.command("package", "publish", str(written(tmp_path)))
    assert said.returncode == 1
    assert "Run 'townhall migrate'" in said.stderr
