"""Whoever applied, or an officer of the case, looks after a signature: another address, once more, or no more."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import requires
from townhall.residents.services import actions, selectors
from townhall.residents.services.forms import SignerForm
from townhall.residents.services.models import Application, Signing
from townhall.residents.services.views.flow import application_of, private
from townhall.residents.services.views.telling import address_of, worked_on


@require_http_methods(["GET", "POST"])
def signature(request: HttpRequest, application_id: UUID, signing_id: UUID) -> HttpResponse:
    """Who is asked to sign and how that stands; written to again or withdrawn while it is open."""
    return Looking(request, application_of(request, application_id), "services:signature").answer(signing_id)


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def signatory(request: HttpRequest, application_id: UUID, signing_id: UUID) -> HttpResponse:
    """The same for a colleague who may work the case: the resident has rung."""
    application = worked_on(request, application_id)
    return Looking(request, application, "services:signatory", by=cast("Person", request.user)).answer(signing_id)


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody looks after the signature of an application, on the page of this address; `by` is an officer."""

    request: HttpRequest
    application: Application
    address: str
    by: Person | None = None

    def answer(self, signing_id: UUID) -> HttpResponse:
        """The page, or where to go on. Raises Http404."""
        signing = Signing.objects.filter(application=self.application, pk=signing_id).first()
        if signing is None:
            raise Http404
        signing.application = self.application
        form = SignerForm(initial={"name": signing.name, "email": signing.email})
        if self.request.method != "POST" or not selectors.is_open_at(signing, timezone.now()):
            return self.page(signing, form)
        if self.request.POST.get("_do") == "withdraw":
            return self.withdraw(signing)
        form = SignerForm(self.request.POST)
        return self.ask_again(signing, form) if form.is_valid() else self.page(signing, form, 422)

    def withdraw(self, signing: Signing) -> HttpResponse:
        """Ask for it no more."""
        try:
            actions.withdraw_signature(signing_id=signing.pk, at=timezone.now(), by=self.by)
        except actions.TooLate:
            return redirect(self.address, self.application.pk, signing.pk)
        return redirect(self.back())

    def ask_again(self, signing: Signing, form: SignerForm) -> HttpResponse:
        """Write once more."""
        said = form.cleaned_data
        try:
            actions.ask_again(
                signing_id=signing.pk, name=said["name"], email=said["email"], at=timezone.now(), by=self.by
            )
        except actions.TooManyLinks:
            form.add_error("email", self.enough())
            return self.page(signing, form, 429)
        except actions.CannotMail:
            form.add_error("email", _("We cannot write to this address today. Try again tomorrow."))
            return self.page(signing, form, 503)
        except actions.TooLate:
            pass
        return redirect(self.address, self.application.pk, signing.pk)

    def enough(self) -> str:
        """What to do instead of writing once more."""
        if self.by is None:
            return _("We have written often enough about this signature. Call us.")
        return _("We have written often enough. Ring the person, write to another address or withdraw it.")

    def back(self) -> str:
        """The page that leads here."""
        return address_of(self.application) if self.by else reverse("services:sent", args=[self.application.pk])

    def page(self, signing: Signing, form: SignerForm, status: int = 200) -> HttpResponse:
        """How it stands, and what can be done."""
        application, spoken = self.application, selectors.language()
        question = selectors.package(application.version).form.questions.get(signing.question)
        context = {
            "signing": signing, "form": form, "case": application.case, "back_url": self.back(),
            "label": question.label.said(spoken) if question else _("Signature of somebody else"),
            "name": application.version.title(spoken), "line": selectors.line_of(signing),
            "is_open": selectors.is_open_at(signing, timezone.now()),
        }  # fmt: skip
        template = "services/signatory.html" if self.by else "services/signature.html"
        return private(render(self.request, template, context, status=status))
