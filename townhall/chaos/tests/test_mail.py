import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from random import Random

import pytest

from townhall.chaos import counting
from townhall.chaos.mail import Mailbag, MailServer
from townhall.chaos.rules import Counts


@pytest.fixture
def server() -> Iterator[MailServer]:
    running = MailServer(Mailbag(chance=Random(1), behaves=True))
    yield running
    running.stop()


def letter(number: int = 1) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = f"<letter{number}.1@northmere.example>"
    message["From"], message["To"] = "noreply@northmere.example", "sam@example.org"
    message.set_content("Thank you.\n.\nA line with a full stop alone.")
    return message


def send(server: MailServer, *messages: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", server.server_address[1], timeout=10) as sender:
        for message in messages:
            sender.send_message(message)


def behave(server: MailServer, way: str) -> None:
    server.bag.way = lambda: way  # pyright: ignore[reportAttributeAccessIssue]


def test_what_was_sent_is_kept_word_for_word_and_whoever_goes_on_has_heard(server: MailServer) -> None:
    send(server, letter(1), letter(2))
    assert [taken.letter for taken in server.bag.taken] == ["letter1", "letter2"]
    assert server.bag.taken[0].text.splitlines() == ["Thank you.", ".", "A line with a full stop alone."]
    assert all(taken.is_heard for taken in server.bag.taken)


@pytest.mark.parametrize(("way", "taken"), [("hangs up", 0), ("drops the answer", 1), ("4xx", 0), ("5xx", 0)])
def test_a_server_that_misbehaves_is_never_heard_to_say_yes(server: MailServer, way: str, taken: int) -> None:
    behave(server, way)
    with pytest.raises((smtplib.SMTPException, OSError)):
        send(server, letter())
    assert len(server.bag.taken) == taken
    assert not any(each.is_heard for each in server.bag.taken)


def test_only_a_letter_that_comes_again_after_it_was_heard_is_doubled(server: MailServer) -> None:
    behave(server, "drops the answer")
    with pytest.raises((smtplib.SMTPException, OSError)):
        send(server, letter(1))
    behave(server, "well")
    send(server, letter(1))
    assert counted(server) == (0, 1)
    send(server, letter(1))
    assert counted(server) == (1, 1)


def counted(server: MailServer) -> tuple[int, int]:
    """Letters doubled and repeated, of what the server took."""
    counts = Counts()
    counting.count_copies(server.bag.taken, counts)
    return counts.letters_doubled, counts.letters_repeated
