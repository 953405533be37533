"""The page on which a sent code is typed, for every purpose, and what each purpose opens."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townhall.kernel.identity import rules
from townhall.kernel.identity.actions import people, signing_in
from townhall.kernel.identity.forms import CodeForm
from townhall.kernel.identity.models import Code, Person
from townhall.kernel.identity.views.again import go_back
from townhall.kernel.identity.views.signing_in import code_page, no_longer_works, right_code, sent_code, sign_in_proved
from townhall.kernel.identity.views.staff import password_proved

Then = Callable[[HttpRequest, rules.Contact], HttpResponse | None]


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent."""
    sent = sent_code(request)
    if sent is None:
        return redirect("identity:sign_in")
    details, contact = sent
    if request.method != "POST":
        return code_page(request, CodeForm(), contact)
    form = CodeForm(request.POST)
    if form.is_valid():
        if right_code(request, details, form.cleaned_data["code"]):
            answer = THEN[details["purpose"]](request, contact)
            if answer is not None:
                return answer
            form.add_error("code", _("Somebody else has proved that this address is theirs"))
        else:
            form.add_error("code", no_longer_works())
    return code_page(request, form, contact, status=422)


def _added(request: HttpRequest, contact: rules.Contact) -> HttpResponse | None:
    """The signed-in person has another address; None where it is somebody else's."""
    if not isinstance(request.user, Person):
        return redirect("identity:sign_in")
    try:
        people.add_address(request.user, contact, at=timezone.now())
    except people.Taken:
        return None
    return redirect("identity:security")


def _again(request: HttpRequest, contact: rules.Contact) -> HttpResponse:
    """The signed-in person has shown again who they are."""
    if not isinstance(request.user, Person):
        return redirect("identity:sign_in")
    signing_in.prove_again(request, contact.channel, timezone.now())
    return go_back(request)


THEN: dict[str, Then] = {
    Code.Purpose.SIGN_IN: sign_in_proved,
    Code.Purpose.PASSWORD: password_proved,
    Code.Purpose.ADD: _added,
    Code.Purpose.AGAIN: _again,
}
