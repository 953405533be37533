import asyncio

import msgspec
import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from townhall.kernel.cases.tests import factories
from townhall.kernel.live import actions, stream
from townhall.kernel.outbox.relay import relay_all


def session_of(person):
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return store.session_key or ""


@pytest.mark.django_db
def test_a_viewer_is_who_the_session_says(council):
    viewer = stream._viewer(session_of(council.officer))
    assert viewer.person == str(council.officer.pk)
    assert viewer.teams == {str(council.street_scene.pk)}
    assert not viewer.sees_all


@pytest.mark.django_db
def test_a_session_of_an_old_password_or_of_nobody_is_nobody(council):
    key = session_of(council.officer)
    council.officer.set_password("another long password")
    council.officer.save()
    assert stream._viewer(key).person == ""
    assert stream._viewer("made-up").person == ""


def test_an_event_reaches_an_open_stream_after_its_commit(own_database, at):
    """A real LISTEN, a real NOTIFY, a real commit."""
    council = factories.council()
    cookie = f"{stream.settings.SESSION_COOKIE_NAME}={session_of(council.officer)}".encode()
    sent = asyncio.run(_listen_while(cookie, lambda: (factories.case(), actions.tell(relay_all(at=at)))))
    kinds = [msgspec.json.decode(line.split("data: ")[1])["kind"] for line in sent if "event: message" in line]
    assert kinds[0] == "cases.case_opened.v1"


async def _listen_while(cookie, act):
    sent, gone, hub = [], asyncio.Event(), stream.Hub()
    stream.hub = hub

    async def send(message):
        sent.append(message.get("body", b"").decode())
        if "event: message" in sent[-1]:
            gone.set()

    async def receive():
        await gone.wait()
        return {"type": "http.disconnect"}

    scope = {"method": "GET", "headers": [(b"cookie", cookie)], "query_string": b"topics=queue"}
    answering = asyncio.create_task(stream.stream(scope, receive, send))
    await asyncio.wait_for(_until(hub.is_listening.is_set), 10)
    await asyncio.to_thread(act)
    await asyncio.wait_for(answering, 10)
    if hub.listener:
        hub.listener.cancel()
    return sent


async def _until(happens):
    while not happens():
        await asyncio.sleep(0)


def test_other_methods_are_refused():
    sent = []

    async def nothing():
        return {}

    async def send(message):
        sent.append(message)

    asyncio.run(stream.stream({"method": "POST", "headers": []}, nothing, send))
    assert sent[0]["status"] == 405
