"""A service with a fee, applied for by somebody who has to pay now; and a payer with a browser."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from townhall.kernel.catalogue.packages.reading import read_files
from townhall.kernel.catalogue.packages.shelf import SMALLEST
from townhall.residents.payments.models import Payment
from townhall.residents.services import actions as services
from townhall.residents.services.models import Application

PROCESS = """
name: {en: Question, cy: Cwestiwn}
entry: [{letter: received}]
variables: {fee_pence: {type: number, begins: 0}}
messages: {try_again: {en: Pays again, cy: Yn talu eto}, withdrawn: {en: Withdrawn, cy: Tynnwyd yn ôl}}
states:
  price:
    name: {en: Price, cy: Pris}
    decision: {name: decisions/fee.yaml#Fee}
    on: {done: {set: {fee_pence: result.value}, to: pay}, failed: stopped}
  pay:
    name: {en: Payment, cy: Taliad}
    payment: {name: fee, with: {amount_pence: fee_pence, minutes: 60}}
    on: {done: answer, failed: unpaid, withdrawn: stopped}
  unpaid:
    name: {en: Not paid, cy: Heb ei dalu}
    on: {try_again: pay}
  answer:
    name: {en: Answer, cy: Ateb}
    task: {who: contact}
    on:
      done: answered
      withdrawn: {to: stopped, do: [{payment: {name: refund, with: {amount_pence: -fee_pence}}}]}
  answered: {name: {en: Answered, cy: Atebwyd}, final: true}
  stopped: {name: {en: Stopped, cy: Stopiwyd}, final: true}
"""
FEE = """
name: Fee
decisions:
  Fee: {type: number, question: "What does it cost, in pence?", value: "3750"}
"""
COSTS = """fee:
  decision: decisions/fee.yaml#Fee
  about: {en: One price, cy: Un pris}
  source: {en: A test's own, cy: Prawf}
buttons:
  withdrawn: {en: Give it up, cy: Ildio}
  try_again: {en: Try to pay again, cy: Ceisio talu eto}"""
ANSWERS: dict[str, Any] = {"question": "May I?", "full_name": "Asha Begum", "email": "asha@example.org"}
PENCE = 3_750


def publish(at: datetime) -> Any:
    """A service that costs £37.50, published."""
    files = {str(each.relative_to(SMALLEST)): each.read_bytes() for each in SMALLEST.rglob("*") if each.is_file()}
    files = {path: content for path, content in files.items() if not path.startswith("examples/")}
    files["process.yaml"], files["decisions/fee.yaml"] = PROCESS.encode(), FEE.encode()
    files["service.yaml"] = files["service.yaml"].replace(b"fee: free", COSTS.encode())
    return services.publish(package=read_files("with_fee", files), at=at)


def applied(at: datetime, secret: str, person: Any = None) -> Application:
    """Somebody has sent the form: the payment waits."""
    begun = services.start_application(
        version=publish(at), secret=secret, language="en", at=at, answers=ANSWERS, person=person
    )
    sent = services.send_application(application=begun, at=at, signed_in=None)
    services.begin_course(application_id=sent.pk, at=at)
    return sent


class Payer:
    """A browser of the applicant, at the payment."""

    def __init__(self, at: datetime, relay: Callable[[], Any]) -> None:
        self.secret = "of the payer"
        self.application, self.relay = applied(at, self.secret), relay
        self.client = Client()
        self.client.cookies["applications"] = self.secret

    @property
    def payment(self) -> Payment:
        """The payment as it is now."""
        return Payment.objects.filter(case_id=self.application.pk).latest("id")

    @property
    def url(self) -> str:
        """Its page."""
        return f"/payments/{self.payment.pk}/"

    def begin(self, sandbox: str = "works") -> Any:
        """Press the button that leads to the provider."""
        return self.client.post(self.url, {"sandbox": sandbox})

    def choose(self, outcome: str) -> Any:
        """Go to the provider, and let something happen there; the page one comes to."""
        begun = self.begin()
        assert begun.status_code == 302, begun.content.decode()
        return self.client.post(begun["Location"], {"choice": outcome}, follow=True)

    def page(self) -> str:
        """What the page of the payment says."""
        return self.client.get(self.url).content.decode()

    def states(self) -> list[str]:
        """Where the process is."""
        return list(services_course(self.application).state["active"])


def services_course(application: Application) -> Any:
    """The course of an application."""
    application.refresh_from_db()
    return Application.objects.select_related("course").get(pk=application.pk).course  # pyright: ignore
