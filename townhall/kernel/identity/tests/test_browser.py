"""A real browser with a passkey in it, made and used through our own script, under our own content policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import open_browser, violations
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.tests.conftest import Sent

pytestmark = pytest.mark.browser


@pytest.fixture
def address(own_database: str, settings: Any, sent: Sent) -> Iterator[str]:
    """A live server on a database of its own; passkeys need the name localhost."""
    settings.ALLOWED_HOSTS = ["*"]
    Person.objects.create_person(name="Asha Begum", email="asha@example.org", email_verified_at=timezone.now())
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A page of a browser that holds a virtual authenticator, opened after the database and closed before it."""
    for browser in open_browser():
        yield with_authenticator(browser)


def with_authenticator(browser: Browser) -> Page:
    """A page whose device checks its owner and keeps passkeys."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return page


def test_a_passkey_is_made_and_used(page: Page, address: str, sent: Sent) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/identity/sign-in/?next=/identity/security/")
    assert violations(page) == []
    page.get_by_label("Email address or UK mobile number").fill("asha@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(sent.code)
    assert violations(page) == []
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("A name for it").fill("My telephone")
    assert violations(page) == []
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("My telephone").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Sign out everywhere").click()
    page.goto(f"{address}/identity/sign-in/?next=/identity/security/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Sign-in and security")).to_be_visible()
    assert complaints == []
